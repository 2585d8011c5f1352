"""What a tier's accrual settings give, on an example: worked out by the rules that award."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from regulars.rules import accrual, actions
from regulars.rules.amounts import floor_points
from regulars.rules.facts import GuestFacts, Invoice, Line, Move, Payment, Standing
from regulars.rules.program import (
    ACTIONS,
    AMOUNT_ACTIONS,
    AWARDABLE_KINDS,
    ITEM_KINDS,
    Program,
    Tier,
)
from regulars.rules.versions import Versions

_NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Example:
    """`points` for one occasion of an action; where money is paid, `cents` for a `kind`."""

    action: str
    points: int
    cents: int | None
    kind: str


def examples_of(program: Program, tier: Tier, *, cents: int) -> dict[str, Example]:
    """One example for each action that is on in the tier, `cents` being paid (rule 6).

    A guest who pays on her birthday, or anniversary, is one who does so on that day alone.
    """
    kind = _kind_bought(program, tier)
    found = {}
    for action in ACTIONS:
        terms = tier.accruals.get(action)
        if terms is None:
            continue
        is_paid = terms.per_cents is not None
        paid = cents if is_paid else None
        points = _points(program, tier, action, kind=kind, cents=cents)
        found[action] = Example(action, points, paid, kind)
    return found


def _kind_bought(program: Program, tier: Tier) -> str:
    """A service, or the first kind that earns in this tier (rule 3.6)."""
    earning = tier.award_points_for
    if program.award_on != "closed_invoices":
        earning = AWARDABLE_KINDS
    return next((kind for kind in ITEM_KINDS if kind in earning), ITEM_KINDS[0])


def _points(program: Program, tier: Tier, action: str, *, kind: str, cents: int) -> int:
    day = program.effective_from
    versions = Versions([program])
    invoice = _bill(day, kind=kind, cents=cents, tender=_tender(program))
    if action not in AMOUNT_ACTIONS:
        due = actions.Due(action, action, day, "", invoice)
        return actions.points_of(due, tier.accruals[action], program, tier, versions)
    # In the tier already: no jump of tiers splits the rate (rule 4.10).
    before = day - timedelta(days=1)
    guest = GuestFacts(
        key=_NOBODY,
        id="",
        birthday=day if action == "amount_spent_birthday" else None,
        anniversary=day if action == "amount_spent_anniversary" else None,
        opted_in=True,
        signed_up_on=None,
        standing=Standing(tier=tier.id, since=before),
        moves=[Move(before, None, tier.id, "command", Standing())],
    )
    award = accrual.judge_payment(
        guest, invoice, invoice.payments[0], versions, lambda _: tier.id, on=day
    )
    return floor_points(accrual.exact_points(award.slices)) if award else 0


def _tender(program: Program) -> str:
    return min(program.earning_tenders, default="card")


def _bill(day: date, *, kind: str, cents: int, tender: str) -> Invoice:
    """One line without tax, paid and closed at once."""
    noon = datetime.combine(day, time(12), tzinfo=UTC)
    return Invoice(
        key=_NOBODY,
        id="",
        status="closed",
        opened_at=noon,
        opened_on=day,
        closed_at=noon,
        closed_on=day,
        known_on=day,
        lines=(Line("", kind, cents),),
        payments=(Payment("", tender, cents, noon, day),),
        refunds=(),
        paid_in_full_on=day,
        was_paid_in_full=True,
    )
