"""A day closed by several at once, and while the desk goes on: as if by one."""

from typing import Any

from regulars.records import models
from tests.races.desk import Desk
from tests.services.short_histories import GOLD, SILVER, START, command, guest, invoice, program

DAY = "2026-02-28"
GUESTS = [f"g{n}" for n in range(12)]
# Checked and, by then, past their last day: everything that a close does happens on this one.
SHORT = {"validity_days": 10, "points_expire_after_days": 20}
PROGRAM = {"tiers": [SILVER | SHORT, GOLD | SHORT], "unenrolled_points": "expire"}


def desk() -> Desk:
    past: list[Any] = [*START, program(**PROGRAM, qualification_period_months=1)]
    past += [guest(ref, referred_by=GUESTS[n - 1]) for n, ref in enumerate(GUESTS) if n]
    past.insert(4, guest(GUESTS[0]))
    for n, ref in enumerate(GUESTS):
        past.append(invoice(f"old{n}", ref, "400.00", f"2026-01-{n + 5:02}"))
    past.sort(key=lambda one: one["at"])
    for n, ref in enumerate(GUESTS[::2]):
        past.append(invoice(f"new{n}", ref, "1200.00", "2026-02-26"))
    return Desk(*past, closed="2026-02-25")


def came_to(till: Desk) -> dict[str, list[Any]]:
    """Accounts, entries and moves by guest, but for row ids and instants of posting."""
    names = {one.id: one.external_id for one in till.rows(models.Guest)}
    columns = {
        models.Account: "points tier tier_since lot_count entry_count entered_tiers head",
        models.LedgerEntry: "number kind action points tier source entered_on key why",
        models.TierMove: "number moved_on tier_before tier_after cause",
        models.Lot: "number size_points remaining_points expired_points expires_on source",
    }
    return {
        model.__name__: sorted(
            (names[row.guest_id], *(str(getattr(row, name)) for name in names_of.split()))
            for row in till.rows(model)
        )
        for model, names_of in columns.items()
    }


def test_a_day_closed_by_six_at_once(each_database):
    alone = desk()
    alone.at_once([alone.close(DAY)])
    expected = came_to(alone)
    each_database.renew()
    till = desk()
    till.at_once([till.close(DAY) for _ in range(6)])
    assert came_to(till) == expected
    assert any(row[5] == "check" for row in expected["TierMove"])
    assert any(row[2] == "expiry" for row in expected["LedgerEntry"])
    done = till.rows(models.JobRun, job="close")
    assert all(one.is_done for one in done)


def test_a_day_is_closed_while_points_are_spent(each_database):
    """An invoice that earns, bills that are paid by points: nothing is lost on either side."""
    past = [
        *START,
        program(),
        *(guest(ref) for ref in GUESTS),
        *(invoice(f"old{ref}", ref, "400.00", "2026-02-20") for ref in GUESTS),
    ]
    for ref in GUESTS:
        past.append(
            command(f"add_points/{ref}", "2026-02-21", guest=ref, points=300, expires_on=None)
        )
    for n, ref in enumerate(GUESTS):
        bill = invoice(f"bill{n}", ref, "300.00", "2026-02-22", status="open", payments=[])
        del bill["closed_at"]
        past.append(bill)
    past += [invoice(f"new{n}", ref, "100.00", "2026-02-26") for n, ref in enumerate(GUESTS)]
    till = Desk(*past, closed="2026-02-25")
    acts = [till.close("2026-02-26"), till.close("2026-02-26")]
    for n, ref in enumerate(GUESTS):
        for again in range(3):
            fields = {"guest": ref, "invoice": f"bill{n}", "points": 200}
            at = "2026-02-26T18:00"
            acts.append(till.command(command(f"redeem_points/{ref}-{again}", at, **fields)))
    till.at_once(acts)
    for ref in GUESTS:
        # 80 earned, 100 of welcome, 300 by hand; 20 earned on the day: two of 200, not three.
        assert till.points(ref) == 480 + 20 - 400
