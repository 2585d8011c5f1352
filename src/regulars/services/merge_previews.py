"""What merging two guests would move, and whether a merge can be undone (rule 9.4).

The merge is carried out and taken back: what is shown is what would be there.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from regulars.records.queries import guest_heads, states
from regulars.records.queries.guest_heads import Counts, GuestHead
from regulars.rules.amounts import parse_money
from regulars.rules.refusals import Refused, unknown_reference
from regulars.services import closing, guest_acts
from regulars.services.guest_points import TierShown, tier_shown
from regulars.services.organizations import Company
from regulars.services.receiving import Sender


@dataclass(frozen=True, slots=True)
class Side:
    """A guest as far as a merge touches her; `n_rewards` may be used, for `credit_cents`."""

    head: GuestHead
    counts: Counts
    tier: TierShown | None
    since: date | None
    points: int
    n_lots: int
    next_expiry: date | None
    n_rewards: int
    credit_cents: int
    spend_cents: int
    carry_cents: int


@dataclass(frozen=True, slots=True)
class MergePreview:
    """The guest that goes, the one that stays, and the one that would be there after it."""

    goes: Side
    stays: Side
    after: Side

    @property
    def sides(self) -> tuple[Side, Side, Side]:
        return self.goes, self.stays, self.after


def merge_preview(
    company: Company, goes: str, stays: str, *, sender: Sender, now: datetime
) -> MergePreview:
    """Refused as the merge itself would be."""
    document = {"type": "merge_guests", "id": "preview", "from": goes, "into": stays}
    company = replace(company)
    with transaction.atomic():
        _catch_up(company, now)
        going, staying = (side_of(company, ref, now=now) for ref in (goes, stays))
        guest_acts.carry_out(company, document, sender=sender, now=now)
        after = side_of(company, stays, now=now)
        transaction.set_rollback(True)
    return MergePreview(going, staying, after)


def _catch_up(company: Company, now: datetime) -> None:
    """Close what is over, as the merge would first: its points are no doing of the merge's."""
    over = closing.last_final_day(company, now)
    if over is not None and company.closed_through is not None:
        closing.close_through(company, over)


def why_not_undone(
    company: Company, merge: str, *, sender: Sender, now: datetime
) -> Refused | None:
    """What stands in the way of undoing a merge now; None when nothing does."""
    document = {"type": "undo_merge", "id": "preview", "merge": merge}
    try:
        guest_acts.carry_out(company, document, sender=sender, now=now, is_trial=True)
    except Refused as refused:
        return refused
    return None


def side_of(company: Company, ref: str, *, now: datetime) -> Side:
    """One guest as things stand."""
    head = guest_heads.head_of(ref)
    if head is None:
        raise unknown_reference("guest", ref, field="guest")
    on = now.astimezone(company.zone).date()
    view = states.View(company.versions, company.exponent, on, now)
    state = states.guest_numbers([head.key], view)[head.id]
    open_ones = states.open_rewards([head.key], view).get(head.key, [])

    def cents(text: str) -> int:
        return parse_money(text, company.exponent, field="amount", allow_negative=True)

    since, next_expiry = state["tier_since"], state["next_expiry"]
    return Side(
        head=head,
        counts=guest_heads.counts_of(head.key),
        tier=tier_shown(company, state["tier"]),
        since=date.fromisoformat(since) if since else None,
        points=state["points"],
        n_lots=state["n_lots"],
        next_expiry=date.fromisoformat(next_expiry) if next_expiry else None,
        n_rewards=sum(one["status"] == "issued" for one in open_ones),
        credit_cents=cents(state["reward_credit"]),
        spend_cents=cents(state["spend"]),
        carry_cents=cents(state["qualifying_sales"]["carry"]),
    )
