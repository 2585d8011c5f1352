from regulars.records.models.documents import (
    Appointment,
    Feedback,
    Invoice,
    InvoiceAppointment,
    Record,
    Spend,
)
from regulars.records.models.guests import Account, Guest, GuestClaim, TierMove
from regulars.records.models.ledger import Draw, LedgerEntry, Lot, Occasion, Outbox
from regulars.records.models.organization import (
    Center,
    GuestStatus,
    Item,
    Organization,
    ProgramVersion,
)
from regulars.records.models.value import (
    ApprovalRequest,
    Hold,
    JobRun,
    Merge,
    Redemption,
    ReferralTurn,
    Reward,
    RewardRun,
)

__all__ = [
    "Account",
    "Appointment",
    "ApprovalRequest",
    "Center",
    "Draw",
    "Feedback",
    "Guest",
    "GuestClaim",
    "GuestStatus",
    "Hold",
    "Invoice",
    "InvoiceAppointment",
    "Item",
    "JobRun",
    "LedgerEntry",
    "Lot",
    "Merge",
    "Occasion",
    "Organization",
    "Outbox",
    "ProgramVersion",
    "Record",
    "Redemption",
    "ReferralTurn",
    "Reward",
    "RewardRun",
    "Spend",
    "TierMove",
]
