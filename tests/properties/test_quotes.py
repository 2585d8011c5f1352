"""A quote and the posting that follows agree, whatever the program, the bill and the guest."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regulars.records.scope import organization_scope
from regulars.rules.permissions import Actor
from regulars.services import closing, desk_acts, importing, quoting, receiving, standing
from regulars.services.organizations import find_organization, load_company
from regulars.services.receiving import Sender
from tests.services.short_histories import START, command, guest, invoice, program

NOW = datetime(2026, 3, 10, 15, tzinfo=UTC)
SENDER = Sender(Actor("till"))
KINDS = ("service", "product", "gift_card", "membership", "tip", "prepaid_card")

cents = st.integers(min_value=1, max_value=40_000)


def money(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02}"


@st.composite
def tiers(draw: Any) -> list[dict[str, Any]]:
    """One to three tiers; some only collect."""
    found = []
    least = draw(st.sampled_from([0, 5_000, 10_000]))
    for rank in range(draw(st.integers(1, 3))):
        rate = {"points": draw(st.integers(1, 60)), "per": "100.00"}
        accruals: dict[str, Any] = {"amount_spent": rate}
        if draw(st.booleans()):
            accruals["amount_spent_birthday"] = {"points": 90, "per": "100.00"}
        if draw(st.booleans()):
            accruals["welcome_bonus"] = {"points": draw(st.integers(1, 80))}
        if draw(st.booleans()):
            accruals["online_booking"] = {"points": 15}
        found.append(
            {
                "id": f"t{rank}",
                "name": f"Tier {rank}",
                "minimum_spend": money(least) if least else "0",
                "validity_days": 90,
                "points_expire_after_days": draw(st.sampled_from([None, 30, 365])),
                "allow_redemption": rank > 0 or draw(st.booleans()),
                "accruals": accruals,
            }
        )
        least += draw(st.integers(1, 30_000))
    return found


@st.composite
def programs(draw: Any) -> dict[str, Any]:
    is_closed = draw(st.booleans())
    redemption = {
        "minimum_points": draw(st.integers(0, 60)),
        "increment": draw(st.sampled_from([1, 1, 5, 25])),
        "maximum_points": draw(st.sampled_from([None, None, 40, 120])),
        "maximum_percent": draw(st.sampled_from([None, None, 10, 50])),
    }
    settings: dict[str, Any] = {"award_on": "payments"}
    if is_closed:
        settings["award_on"] = "closed_invoices"
        settings["tax_basis"] = draw(st.sampled_from(["post_tax", "pre_tax"]))
        settings["split_rate_on_tier_jump"] = draw(st.booleans())
        settings["award_discounted_items"] = draw(st.booleans())
        redemption["tax"] = draw(st.sampled_from(["post_tax", "pre_tax"]))
    return program(
        tiers=draw(tiers()),
        point_value=draw(st.sampled_from(["0.10", "0.01", "0.007", "1", "2.50", None])),
        redemption=redemption,
        award_timing=draw(st.sampled_from(["day_close", "immediate"])),
        **settings,
    )


@st.composite
def bills(draw: Any) -> dict[str, Any]:
    """An open bill of one to four lines, some of it paid already perhaps."""
    lines = []
    for number in range(draw(st.integers(1, 4))):
        price = draw(cents)
        line = {
            "id": f"l{number}",
            "kind": draw(st.sampled_from(KINDS)),
            "price": money(price),
            "discount": money(draw(st.sampled_from([0, 0, price // 3]))),
            "tax": money(draw(st.sampled_from([0, price // 12]))),
        }
        lines.append(line)
    bill: dict[str, Any] = {"guest": "ann", "center": "soho", "lines": lines, "id": "b1"}
    if draw(st.booleans()):
        tender = draw(st.sampled_from(["cash", "gift_card"]))
        paid = {"id": "p0", "tender": tender, "amount": money(draw(st.integers(1, 80)))}
        bill["payments"] = [paid | {"at": NOW.isoformat()}]
    return bill


@st.composite
def guests(draw: Any) -> list[dict[str, Any]]:
    """Ann: her birthday perhaps, what she has spent, points by hand, points owed."""
    birthday = {"birthday": "1990-03-10"} if draw(st.booleans()) else {}
    found = [guest("ann", **birthday)]
    if draw(st.booleans()):
        found.append(invoice("i0", "ann", money(draw(cents)), "2026-02-20"))
    if draw(st.booleans()):
        points = draw(st.integers(1, 500))
        found.append(command("add_points/a0", "2026-03-01", guest="ann", points=points))
    if draw(st.booleans()):  # today already, so that she has more to settle than the bill
        found.append(invoice("i1", "ann", money(draw(cents)), "2026-03-10T10:00"))
    return found


@pytest.mark.usefixtures("sqlite_database")
@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(terms=programs(), bill=bills(), history=guests(), is_known=st.booleans())
def test_a_quote_and_what_follows_agree(sqlite_database, terms, bill, history, is_known):
    sqlite_database.renew()
    told: list[Any] = []
    records = [*START, terms, *history]
    importing.import_records(
        iter([(None, one) for one in records]), emit=lambda *one: told.append(one)
    )
    row = find_organization("lumen")
    with organization_scope(row.id):
        company = load_company(row)
        closing.close_through(company, NOW.date() - timedelta(days=1))
        opened = {"type": "invoice", "status": "open", "opened_at": NOW.isoformat(), **bill}
        if is_known:
            posted(company, opened)
        before = len(_entries(company))
        quote = quoting.quote(company, bill, sender=SENDER, now=NOW)
        assert isinstance(quote, dict), quote
        company = load_company(find_organization("lumen"))
        if not is_known:
            posted(company, opened)
        _check_redeeming(company, quote)
        _check_earning(company, opened, quote, before)


def posted(company: Any, document: dict[str, Any]) -> None:
    [result] = receiving.receive_all(company, [document], sender=SENDER, now=NOW)
    assert result.status == "applied", result


def redeemed(company: Any, points: int) -> str:
    """`applied`, or the code it was refused with; tried only."""
    document = {"type": "redeem_points", "id": f"rd{points}", "invoice": "b1", "points": points}
    done = desk_acts.act(company, document, sender=SENDER, now=NOW, is_trial=True)
    return str(done.result.code or done.result.status)


def _check_redeeming(company: Any, quote: dict[str, Any]) -> None:
    terms, refusals = quote["redeemable"], [one["code"] for one in quote["refusals"]]
    most = terms["maximum"]
    if not most:
        tried = terms["minimum"] or 1
        assert redeemed(company, tried) in refusals, (terms, refusals)
        return
    least, step = terms["minimum"], terms["increment"]
    assert refusals == []
    for points in {least, most, least + step if least + step <= most else least}:
        assert redeemed(company, points) == "applied", (points, terms)
    assert redeemed(company, most + step) in {
        "above_maximum",
        "insufficient_points",
        "exceeds_amount_due",
    }
    if least - step > 0:
        assert redeemed(company, least - step) == "below_minimum"
    if step > 1:
        assert redeemed(company, least + 1) == "wrong_increment"


def _check_earning(
    company: Any, opened: dict[str, Any], quote: dict[str, Any], before: int
) -> None:
    """Paid by card and closed: tonight's close gives what was quoted, by action."""
    payments = [*opened.get("payments", ())]
    if quote["due"] != "0.00":
        rest = {"id": "p9", "tender": "card", "amount": quote["due"], "at": NOW.isoformat()}
        payments.append(rest)
    closed = {"status": "closed", "closed_at": NOW.isoformat(), "payments": payments}
    posted(company, {**opened, **closed})
    closing.close_through(company, NOW.date())
    earned: dict[str, int] = {}
    for entry in _entries(company)[before:]:
        if entry["kind"] in ("accrual", "reversal"):
            earned[entry["action"]] = earned.get(entry["action"], 0) + entry["points"]
    quoted: dict[str, int] = {}
    for one in quote["earns"]:
        quoted[one["action"]] = quoted.get(one["action"], 0) + one["points"]
    assert {k: v for k, v in earned.items() if v} == {k: v for k, v in quoted.items() if v}


def _entries(company: Any) -> list[dict[str, Any]]:
    state = standing.guest_state(company, "ann", now=NOW)
    return list(state["entries"])
