from regulars.records.models.access import ApiKey, KeptAnswer, KeyUse
from regulars.records.models.documents import (
    Appointment,
    Feedback,
    Invoice,
    InvoiceAppointment,
    Record,
    Refusal,
    Spend,
)
from regulars.records.models.guests import Account, Guest, GuestClaim, TierMove
from regulars.records.models.ledger import Draw, LedgerEntry, Lot, Occasion, Outbox
from regulars.records.models.messages import (
    Consent,
    ContactPreference,
    Message,
    MessageSetting,
    MessageTemplate,
)
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
from regulars.records.models.work import WorkRun

__all__ = [
    "Account",
    "ApiKey",
    "Appointment",
    "ApprovalRequest",
    "Center",
    "Consent",
    "ContactPreference",
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
    "KeptAnswer",
    "KeyUse",
    "LedgerEntry",
    "Lot",
    "Merge",
    "Message",
    "MessageSetting",
    "MessageTemplate",
    "Occasion",
    "Organization",
    "Outbox",
    "ProgramVersion",
    "Record",
    "Redemption",
    "ReferralTurn",
    "Refusal",
    "Reward",
    "RewardRun",
    "Spend",
    "TierMove",
    "WorkRun",
]
