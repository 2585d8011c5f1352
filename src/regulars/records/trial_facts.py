"""Facts of a month gone by, for guests who are to live it again (rules/trials.py)."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from regulars.records import load
from regulars.records.bulk import select
from regulars.records.load import GuestWork
from regulars.records.quarters import quarters_of_spend, quarters_opened
from regulars.records.scope import current_organization
from regulars.rules.facts import Feedback, Occasion, Referral

Work = dict[UUID, GuestWork]


def guests_of_month(first: date, last: date) -> int:
    """How many guests came in the month, or are in a tier. One query."""
    rows = select(f"SELECT COUNT(*) FROM ({_WHO}) there", _who(first, last), types="int")
    return int(rows[0][0])


def some_guests_of_month(first: date, last: date, *, every: int) -> list[UUID]:
    """Every so manieth of them by row id, in that order. One query."""
    rows = select(
        f"""SELECT guest_id FROM (
        SELECT guest_id, ROW_NUMBER() OVER (ORDER BY guest_id) AS place
        FROM ({_WHO}) there) numbered WHERE place %% %s = 0 ORDER BY guest_id""",
        [*_who(first, last), every],
        types="uuid",
    )
    return [row[0] for row in rows]


_CAME = """SELECT guest_id FROM records_account WHERE organization_id = %s AND tier IS NOT NULL
    UNION SELECT guest_id FROM records_invoice
    WHERE organization_id = %s AND closed_on BETWEEN %s AND %s
    UNION SELECT guest_id FROM records_feedback
    WHERE organization_id = %s AND first_on BETWEEN %s AND %s
    UNION SELECT guest_id FROM records_tiermove
    WHERE organization_id = %s AND moved_on BETWEEN %s AND %s
    UNION SELECT guest_id FROM records_spend
    WHERE organization_id = %s AND paid_on BETWEEN %s AND %s AND paid_quarter IN %s
    UNION SELECT guest_id FROM records_invoice
    WHERE organization_id = %s AND opened_on BETWEEN %s AND %s AND opened_quarter IN %s"""
_WHO = f"""SELECT c.guest_id FROM ({_CAME}) c JOIN records_guest g
    ON g.organization_id = %s AND g.id = c.guest_id WHERE g.merged_into_id IS NULL"""


def _who(first: date, last: date) -> list[Any]:
    org = current_organization()
    days = [org, first, last]
    spent, opened = quarters_of_spend(first, last), quarters_opened(first, last)
    return [org, *days * 4, spent, *days, opened, org]


def add_month(
    work: Work, *, first: date, last: date, window_from: date, quarters: Sequence[int]
) -> None:
    """Invoices, spend, feedback, referrals and memories, but for appointments. Six queries.

    `quarters` are those of all invoices: one of the month may have been opened long before.
    """
    ids = list(work)
    condition = """i.opened_quarter IN %s AND i.guest_id IN %s
        AND (i.opened_on BETWEEN %s AND %s OR i.closed_on BETWEEN %s AND %s
        OR i.id IN (SELECT invoice_id FROM records_spend
        WHERE organization_id = %s AND paid_quarter IN %s AND guest_id IN %s
        AND paid_on BETWEEN %s AND %s))"""
    days, in_quarters = [first, last], quarters_of_spend(first, last)
    params = [quarters, ids, *days, *days, current_organization(), in_quarters, ids, *days]
    for guest, invoice in load.invoices_where(condition, params):
        work[guest].facts.invoices.append(invoice)
    load.add_spend_rows(work, first=window_from, last=last)
    _add_feedback(work, first, last)
    _add_referrals(work, first, last, quarters)
    _add_occasions(work, before=first)


def _add_feedback(work: Work, first: date, last: date) -> None:
    rows = select(
        """SELECT guest_id, id, external_id, appointment_ref, first_on, share_permission,
        published_on FROM records_feedback WHERE organization_id = %s AND guest_id IN %s
        AND (first_on BETWEEN %s AND %s OR published_on BETWEEN %s AND %s)
        ORDER BY external_id""",
        [current_organization(), list(work), first, last, first, last],
        types="uuid uuid text text date bool date",
    )
    for row in rows:
        work[row[0]].facts.feedback.append(Feedback(*row[1:]))


def _add_referrals(work: Work, first: date, last: date, quarters: Sequence[int]) -> None:
    """Invoices of referred guests that were closed, or paid in full, in the month."""
    rows = select(
        """SELECT id, external_id, referrer_id FROM records_guest
        WHERE organization_id = %s AND referrer_id IN %s""",
        [current_organization(), list(work)],
        types="uuid text uuid",
    )
    friends = {row[0]: (row[1], row[2]) for row in rows}
    if not friends:
        return
    condition = """i.opened_quarter IN %s AND i.guest_id IN %s AND i.status = 'closed'
        AND (i.closed_on BETWEEN %s AND %s OR i.paid_in_full_on BETWEEN %s AND %s)"""
    params = [quarters, list(friends), first, last, first, last]
    for owner, invoice in load.invoices_where(condition, params):
        friend, referrer = friends[owner]
        work[referrer].facts.referrals.append(Referral(friend, invoice))


def _add_occasions(work: Work, *, before: date) -> None:
    """What was used up before the month."""
    rows = select(
        """SELECT guest_id, name, action, state, times, points, tier, source, invoice_ref,
        happened_on FROM records_occasion
        WHERE organization_id = %s AND guest_id IN %s AND happened_on < %s""",
        [current_organization(), list(work), before],
        types="uuid text text text int int text text text date",
    )
    for row in rows:
        occasion = Occasion(*row[1:])
        work[row[0]].facts.occasions[occasion.name] = occasion


def appointments_asked(
    ids: Sequence[UUID], first: date, last: date, *, quarters: Sequence[int]
) -> tuple[str, list[Any]]:
    """The condition of the appointments that may earn in the month, with its parameters.

    `quarters` are those of all invoices.
    """
    condition = """guest_id IN %s AND (starts_on BETWEEN %s AND %s OR invoice_ref IN (
        SELECT external_id FROM records_invoice WHERE organization_id = %s
        AND opened_quarter IN %s AND guest_id IN %s AND closed_on BETWEEN %s AND %s))"""
    org, days = current_organization(), [first, last]
    return condition, [ids, *days, org, quarters, ids, *days]
