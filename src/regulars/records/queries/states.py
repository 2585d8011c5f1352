"""The loyalty state of guests, as contract section 4 shows it.

As of the end of a business date that has just been closed: what is dated later is left out.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from math import floor
from typing import Any
from uuid import UUID

from regulars.records import codec, load
from regulars.records.bulk import select
from regulars.records.load import GuestWork
from regulars.records.quarters import quarters_of_entries, quarters_opened
from regulars.records.queries.reward_lists import of_status
from regulars.records.queries.told_guests import spend_by_day
from regulars.records.scope import current_organization
from regulars.rules import rewards, tiers
from regulars.rules.amounts import format_money
from regulars.rules.explaining import sentence_of
from regulars.rules.lots import POINTS
from regulars.rules.program import Tier
from regulars.rules.versions import Versions

State = dict[str, Any]


@dataclass(frozen=True, slots=True)
class View:
    """As of which day, and in which money and program, a state is shown."""

    versions: Versions
    exponent: int
    on: date
    ends_at: datetime

    def money(self, cents: int) -> str:
        return format_money(cents, self.exponent)


def guest_ids() -> list[UUID]:
    rows = select(
        "SELECT id FROM records_guest WHERE organization_id = %s ORDER BY external_id",
        [current_organization()],
        types="uuid",
    )
    return [row[0] for row in rows]


def guest_states(ids: Sequence[UUID], view: View) -> dict[str, State]:
    """States by the callers' guest ids, for a chunk of guests. A fixed number of queries."""
    entries = _entries(ids, view)
    credit = _rewards(ids)

    def lists(key: UUID) -> State:
        told = reward_state(credit.get(key, []), view)
        return {"entries": entries.get(key, []), **told}

    return _states(ids, view, lists)


def guest_numbers(ids: Sequence[UUID], view: View) -> dict[str, State]:
    """States without `entries`, `rewards` and `lots`, of which a guest of many years has many:
    `n_lots` says how many lots, `next_expiry` the soonest last day among them.
    """
    credit, sums = _credit(ids, view), _lot_sums(ids)

    def more(key: UUID) -> State:
        _, n_lots, next_expiry = sums.get(key, _NO_LOTS)
        return {
            "reward_credit": view.money(credit.get(key, 0)),
            "n_lots": n_lots,
            "next_expiry": _day(next_expiry),
        }

    free = {key: one[0] for key, one in sums.items()}
    return _states(ids, view, more, free=free)


_NO_LOTS = (0, 0, None)


def _lot_sums(ids: Sequence[UUID]) -> dict[UUID, tuple[int, int, date | None]]:
    """Of open lots of points: how many points are free, how many lots, the soonest to end."""
    rows = select(
        """SELECT guest_id, SUM(remaining_points - held_points), COUNT(*), MIN(expires_on)
        FROM records_lot WHERE organization_id = %s AND guest_id IN %s
        AND remaining_points > 0 AND unit = 'points' GROUP BY guest_id""",
        [current_organization(), ids],
        types="uuid int int date",
    )
    return {key: (free, n_lots, soonest) for key, free, n_lots, soonest in rows}


def _states(
    ids: Sequence[UUID],
    view: View,
    more: Callable[[UUID], State],
    *,
    free: Mapping[UUID, int] | None = None,
) -> dict[str, State]:
    """With the free points of each the lots need not be read, and are not told."""
    work = load.guests(ids)
    load.open_points(work.values(), lots_of=set(work) if free is None else set())
    load.add_spend(work, first=view.versions.window_from(view.on), last=view.on)
    sales = _sales(ids, view)
    kept = _spend_at_next_check(work, view)
    states = {}
    for key, one in sorted(work.items(), key=lambda item: item[1].facts.id):
        state = _standing_state(one, view, kept.get(key, 0))
        if free is None:
            state.update(_with_lots(one, view))
        else:
            state.update(_points_state(one, view, free.get(key, 0)))
        state.update(more(key))
        state["qualifying_sales"] = _sales_state(one, sales.get(key, 0), view)
        if one.merged_into is not None:
            state["merged_into"] = _ref_of(one.merged_into)
        states[one.facts.id] = state
    return states


def _ref_of(guest: UUID) -> str:
    rows = select(
        "SELECT external_id FROM records_guest WHERE organization_id = %s AND id = %s",
        [current_organization(), guest],
    )
    return str(rows[0][0])


def _standing_state(one: GuestWork, view: View, kept_cents: int) -> State:
    program = view.versions.on(view.on)
    standing = one.facts.standing
    tier = program.tier(standing.tier) if program and standing.tier else None
    above = next_tier(standing.tier, view)
    spend = one.facts.spend_cents
    check_on = tiers.next_check_on(program, standing, view.on) if program else None
    to_stay = None
    if tier is not None:
        missing = tier.spend_to_stay_cents - kept_cents if check_on else 0
        to_stay = view.money(max(0, missing))
    return {
        "tier": standing.tier,
        "tier_since": _day(standing.since),
        "enrolled_on": _day(standing.enrolled_on),
        "valid_until": _day(tiers.valid_until(program, standing) if program else None),
        "spend": view.money(spend),
        "spend_to_stay": to_stay,
        "next_check_on": _day(check_on),
        "next_tier": above.id if above else None,
        "spend_to_next_tier": spend_to_next_tier(standing.tier, spend, view),
    }


def next_tier(tier: str | None, view: View) -> Tier | None:
    """The tier above this one, the first of the ladder above none."""
    program = view.versions.on(view.on)
    if program is None:
        return None
    return program.next_above(program.tier(tier) if tier else None)


def spend_to_next_tier(tier: str | None, spend_cents: int, view: View) -> str | None:
    """What is missing to the tier above; None at the top, and without a program."""
    above = next_tier(tier, view)
    return (
        None if above is None else view.money(max(0, above.minimum_spend_cents - spend_cents))
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _spend_at_next_check(work: dict[UUID, GuestWork], view: View) -> dict[UUID, int]:
    """Spend so far that will still lie in the window on each guest's next check (4.15)."""
    program = view.versions.on(view.on)
    if program is None:
        return {}
    first_days = {
        key: tiers.window_of(program, check_on)
        for key, one in work.items()
        if (check_on := tiers.next_check_on(program, one.facts.standing, view.on)) is not None
    }
    if not first_days:
        return {}
    first = min(first_days.values())
    spend = spend_by_day(list(first_days), first=first, last=view.on)
    return {
        key: sum(cents for on, cents in days if on >= first_days[key])
        for key, days in spend.items()
    }


def _points_state(one: GuestWork, view: View, free: int) -> State:
    """Points, and what of them may be redeemed where so many are free."""
    program = view.versions.on(view.on)
    points = one.points.points
    tier = one.facts.standing.tier
    found = program.tier(tier) if program and tier else None
    may_redeem = found is not None and found.allow_redemption and points >= 0
    value = None
    if program is not None and program.point_value is not None:
        value = view.money(floor(max(0, points) * Fraction(program.point_value)))
    return {
        "points": points,
        "redeemable_points": free if may_redeem else 0,
        "points_value": value,
    }


def _with_lots(one: GuestWork, view: View) -> State:
    """The same, and the lots in spending order."""
    lots = one.points.open_lots()
    return {
        **_points_state(one, view, sum(lot.free for lot in lots)),
        "lots": [
            {
                "points": lot.remaining,
                "tier": lot.tier,
                "action": lot.action,
                "earned_on": lot.earned_on.isoformat(),
                "expires_on": _day(lot.expires_on),
            }
            for lot in lots
        ],
    }


def _entries(ids: Sequence[UUID], view: View) -> dict[UUID, list[State]]:
    rows = select(
        """SELECT guest_id, entered_on, kind, action, points, tier, source, why
        FROM records_ledgerentry WHERE organization_id = %s AND entered_quarter IN %s
        AND guest_id IN %s AND unit = %s AND entered_on <= %s ORDER BY guest_id, number""",
        [current_organization(), quarters_of_entries(), ids, POINTS, view.on],
        types="uuid date text text int text text text",
    )
    found: dict[UUID, list[State]] = {}
    for guest, on, kind, action, points, tier, source, why in rows:
        found.setdefault(guest, []).append(
            {
                "date": on.isoformat(),
                "kind": kind,
                "action": action,
                "points": points,
                "tier": tier,
                "source": source,
                "why": str(sentence_of(codec.value_of(why), view.exponent)),
            }
        )
    return found


# -- rewards ----------------------------------------------------------------------------------


def _rewards(
    ids: Sequence[UUID], *, narrowed: tuple[str, list[date]] = ("TRUE", [])
) -> dict[UUID, list[tuple[Any, ...]]]:
    """Rewards of guests, or those that a condition with its parameters leaves of them."""
    condition, params = narrowed
    rows = select(
        f"""SELECT r.guest_id, r.external_id, r.amount_cents, r.applied_cents, r.state,
        r.issued_on, r.expires_on, r.source, i.external_id
        FROM records_reward r LEFT JOIN records_invoice i
        ON i.organization_id = r.organization_id AND i.id = r.invoice_id
        WHERE r.organization_id = %s AND r.guest_id IN %s AND {condition}""",
        [current_organization(), ids, *params],
        types="uuid text int int text date date text text",
    )
    found: dict[UUID, list[tuple[Any, ...]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row[1:])
    return found


def redeemable_rewards(ids: Sequence[UUID], on: date) -> dict[UUID, list[tuple[Any, ...]]]:
    """Those that may be used on a day. One query."""
    return _rewards(ids, narrowed=of_status("issued", on))


def open_rewards(ids: Sequence[UUID], view: View) -> dict[UUID, list[State]]:
    """The states of rewards that may be used or are on hold. One query."""
    found = _rewards(ids, narrowed=of_status("outstanding", view.on))
    return {key: reward_state(rows, view)["rewards"] for key, rows in found.items()}


def _credit(ids: Sequence[UUID], view: View) -> dict[UUID, int]:
    """What rewards that may be redeemed are worth, in minor units."""
    condition, params = of_status("issued", view.on)
    rows = select(
        f"""SELECT r.guest_id, SUM(r.amount_cents) FROM records_reward r
        WHERE r.organization_id = %s AND r.guest_id IN %s AND r.issued_on <= %s
        AND {condition} GROUP BY r.guest_id""",
        [current_organization(), ids, view.on, *params],
        types="uuid int",
    )
    return dict(rows)


def reward_state(rows: Iterable[tuple[Any, ...]], view: View) -> State:
    shown = []
    credit = 0
    ordered = sorted(rows, key=lambda row: (row[5] or date.max, row[4], row[0]))
    for ref, amount, applied, state, issued_on, expires_on, source, invoice in ordered:
        if issued_on > view.on:
            continue
        status = rewards.status_on(state, expires_on, view.on)
        credit += amount if status == "issued" else 0
        shown.append(
            {
                "id": ref,
                "amount": view.money(amount),
                "applied": view.money(applied),
                "status": status,
                "issued_on": issued_on.isoformat(),
                "expires_on": _day(expires_on),
                "source": source,
                "invoice": invoice if status == "redeemed" else None,
            }
        )
    return {"rewards": shown, "reward_credit": view.money(credit)}


def _sales(ids: Sequence[UUID], view: View) -> dict[UUID, int]:
    """Qualifying sales since the program's start date (rules 10.1, 10.4). One query, or two."""
    program = view.versions.on(view.on)
    start = program.rewards.start_date if program else None
    since = start or date.min
    rows = select(
        """SELECT guest_id, SUM(qualifying_cents) FROM records_invoice
        WHERE organization_id = %s AND opened_quarter IN %s AND guest_id IN %s
        AND opened_on >= %s GROUP BY guest_id""",
        [current_organization(), quarters_opened(since, date.max), ids, since],
        types="uuid int",
    )
    return dict(rows)


def _sales_state(one: GuestWork, total: int, view: View) -> State:
    consumed = one.account.consumed_cents
    return {
        "total": view.money(total),
        "consumed": view.money(consumed),
        "carry": view.money(total - consumed),
    }
