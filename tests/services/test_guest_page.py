"""What the guest's page shows and offers, and that looking at it changes nothing."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regulars.records.queries import guest_heads, guest_lists, waiting
from regulars.records.scope import organization_scope
from regulars.rules.permissions import Actor, Role, actor_of
from regulars.rules.refusals import Refused
from regulars.rules.sentences import Said, Sum
from regulars.services import (
    client_lists,
    enroll_offers,
    guest_acts,
    guest_points,
    merge_previews,
    staff_choices,
)
from regulars.services.client_lists import Asked
from regulars.services.receiving import Sender
from tests.books import faults
from tests.races.desk import Desk
from tests.services.short_histories import SILVER, START, command, guest, invoice, program

NOW = datetime(2026, 3, 5, 15, 0, tzinfo=UTC)
ON = date(2026, 3, 5)
VISIT = {
    "type": "appointment",
    "id": "a1",
    "guest": "ann",
    "center": "soho",
    "booked_at": "2026-02-01T10:00",
    "channel": "desk",
    "starts_at": "2026-02-10T12:00",
    "status": "completed",
    "at": "2026-02-10T12:00",
}
SAID = {
    "type": "feedback",
    "id": "f1",
    "guest": "ann",
    "appointment": "a1",
    "at": "2026-02-12T12:00",
    "channel": "desk",
    "rating": 9,
    "comment": "Lovely",
    "share_permission": True,
}
HISTORY = [
    *START,
    program(direct_enrollment=True, approval_above_points=500),
    guest("ann", name="Ann Lee", phone="+1 212 555 0101"),
    guest("bea", name="=Bea Ito", referred_by="ann"),
    guest("cleo", name="Cleo Roy"),
    VISIT,
    invoice("i1", "ann", "150.00", "2026-02-10T12:00"),
    invoice("i2", "ann", "60.00", "2026-02-11T12:00"),
    SAID,
    invoice("i3", "bea", "1200.00", "2026-02-12T12:00"),
    command("issue_reward/R1", "2026-03-01T10:00", guest="ann", amount="25.00"),
]


@pytest.fixture
def desk(each_database):
    made = Desk(*HISTORY, closed="2026-03-04")
    with organization_scope(made.company.id):
        assert do(made, "add_points", "p1", guest="ann", points=900).status == "pending"
        yield made
    assert faults() == []


def head(ref):
    found = guest_heads.head_of(ref)
    assert found is not None
    return found


def sender(name: str = "kim") -> Sender:
    return Sender(Actor(name))


def do(desk, kind: str, ref: str, by: str = "kim", **fields: Any):
    document = {"type": kind, "id": ref, **fields}
    return guest_acts.carry_out(desk.company, document, sender=sender(by), now=NOW)


# -- what is shown ----------------------------------------------------------------------------


def test_the_head_says_who_it_is_and_the_tabs_how_much_there_is(desk):
    ann, bea = head("ann"), head("bea")

    assert (ann.name, ann.tier, ann.points, ann.opted_in) == ("Ann Lee", "silver", 352, True)
    assert bea.referrer is not None
    assert (bea.referrer.id, bea.referrer.name) == ("ann", "Ann Lee")
    counts = guest_heads.counts_of(ann.key)
    assert (counts.n_appointments, counts.n_invoices, counts.n_rewards) == (1, 2, 1)
    assert (counts.n_feedback, counts.n_referred, counts.n_waiting) == (1, 1, 1)
    assert guest_heads.head_of("nobody") is None


def test_the_points_tab_shows_balance_tier_and_what_is_needed(desk):
    view = guest_points.points_view(desk.company, head("ann"), now=NOW)

    standing, balance = view.standing, view.balance
    assert (balance.points, balance.redeemable, balance.value_cents) == (352, 352, 3520)
    assert balance.next_ending == guest_points.Ending(date(2027, 2, 10), 130, 2)
    assert standing.tier is not None
    assert standing.tier.name == "Silver"
    assert (standing.since, standing.spend_cents) == (date(2026, 2, 10), 21000)
    assert (standing.spend_from, standing.months) == (date(2025, 3, 5), 12)
    assert (standing.to_stay_cents, standing.check_on) == (0, date(2026, 5, 31))
    assert standing.next_tier is not None
    assert standing.next_tier.name == "Gold"
    assert standing.to_next_cents == 79000
    assert view.reward_credit_cents == 2500
    assert "In Silver since 2026-02-10" in standing.sentences[0]


def test_entries_tell_why_and_the_balance_after_each(desk):
    page = guest_points.entries_shown(desk.company, head("ann").key)

    told = [(one.line.points, one.line.balance, one.line.action) for one in page.rows]
    assert told[-2:] == [(100, 130, "welcome_bonus"), (30, 30, "amount_spent")]
    assert told[0][1] == 352
    assert "30 points for amount spent: 150.00 on invoice i1" in page.rows[-1].sentence
    by_one, after = [], None
    while True:
        part = guest_lists.entries(head("ann").key, after=after, limit=1)
        by_one += part.rows
        if part.next is None:
            break
        after = part.next
    assert by_one == [one.line for one in page.rows]


def test_lists_are_newest_first_and_referrals_say_what_they_paid(desk):
    ann = head("ann").key

    [visit] = guest_lists.appointments(ann).rows
    assert (visit.id, visit.center_name, visit.time_zone) == ("a1", "Soho", "America/New_York")
    bills = guest_lists.invoices(ann, limit=1)
    assert [one.id for one in bills.rows] == ["i2"]
    assert [one.id for one in guest_lists.invoices(ann, after=bills.next).rows] == ["i1"]
    [opinion] = guest_lists.feedback(ann).rows
    assert (opinion.rating, opinion.comment, opinion.share_permission) == (9, "Lovely", True)
    [brought] = guest_lists.referred(ann).rows
    assert (brought.id, brought.paid) == ("bea", (("referral_visit", "paid", 200),))


def test_waiting_acts_are_listed_and_approved_by_a_second_person(desk):
    [act] = waiting.waiting_acts().rows
    assert (act.request, act.guest_name, act.points) == ("add_points/p1", "Ann Lee", 900)
    assert (act.asked_by, act.has_expiry) == ("kim", False)

    with pytest.raises(Refused, match="second person"):
        do(desk, "approve", "y1", request="add_points/p1")
    assert do(desk, "approve", "y2", by="lou", request="add_points/p1").status == "applied"

    assert waiting.count_waiting() == 0
    assert head("ann").points == 1252


# -- what is offered --------------------------------------------------------------------------


def test_enroll_offers_the_tier_by_spend_and_the_highest(desk):
    offer = enroll_offers.enroll_offer(desk.company, head("cleo"), sender=sender(), now=NOW)

    assert (offer.spend_cents, offer.first, offer.last) == (0, date(2025, 3, 5), ON)
    applicable, highest = offer.offers
    assert applicable.refusal is not None
    assert applicable.refusal.detail["missing"] == "100.00"
    # as a sentence, of which a face writes the money as its language does
    assert isinstance(applicable.refusal.said, Said)
    assert applicable.refusal.said.values["missing"] == Sum("100.00")
    assert highest.tier is not None
    assert (highest.tier.name, highest.points) == ("Gold", 100)
    assert head("cleo").tier is None


def test_a_merge_is_shown_before_it_is_done_and_undone(desk):
    preview = merge_previews.merge_preview(desk.company, "ann", "bea", sender=sender(), now=NOW)

    assert (preview.goes.points, preview.stays.points) == (352, 340)
    after = preview.after
    assert (after.points, after.n_rewards, after.credit_cents) == (692, 1, 2500)
    assert (after.counts.n_invoices, after.counts.n_appointments) == (3, 1)
    assert after.tier is not None
    assert after.tier.name == "Gold"
    assert head("ann").merged_into is None

    do(desk, "merge_guests", "m1", **{"from": "ann", "into": "bea"})
    assert head("ann").merged_into == guest_heads.Named("bea", "=Bea Ito")
    [merge] = guest_lists.merges_of(head("bea").key)
    assert (merge.id, merge.merged_name, merge.is_undone) == ("m1", "Ann Lee", False)
    assert guest_lists.merge_named("m1") == merge
    why_not = merge_previews.why_not_undone(desk.company, "m1", sender=sender(), now=NOW)
    assert why_not is None
    do(desk, "undo_merge", "u1", merge="m1")
    assert (head("ann").points, head("bea").points) == (352, 340)
    why_not = merge_previews.why_not_undone(desk.company, "m1", sender=sender(), now=NOW)
    assert why_not is not None
    assert why_not.code == "not_undoable"


# -- acts -------------------------------------------------------------------------------------


def test_editing_keeps_what_was_not_touched(desk):
    seen = head("bea")
    change = guest_acts.edited_guest(
        desk.company, "bea", {"phone": "+1 212 555 0199"}, seen=seen.digest
    )

    result = guest_acts.carry_out(desk.company, change, sender=sender(), now=NOW)

    after = head("bea")
    assert result.status == "applied"
    assert (after.phone, after.name) == ("+1 212 555 0199", "=Bea Ito")
    assert after.referrer == seen.referrer
    with pytest.raises(Refused) as refused:
        guest_acts.edited_guest(desk.company, "bea", {"phone": None}, seen=seen.digest)
    assert refused.value.code == "conflict"


def test_a_new_guest_gets_an_id_that_can_be_said(desk):
    fields = {"name": "Dora Ann", "phone": "+1 212 555 0102"}
    record = guest_acts.new_guest(fields, token="t1")
    guest_acts.carry_out(desk.company, record, sender=sender(), now=NOW)
    assert guest_acts.new_guest(fields, token="t1") == record
    assert guest_acts.new_guest({"name": "Eve Roy"}, token="t1")["id"] != record["id"]

    assert head(record["id"]).name == "Dora Ann"
    assert len(record["id"]) == 9
    assert record["id"][4] == "-"


def test_a_refusal_names_its_field_and_permission(desk):
    with pytest.raises(Refused) as refused:
        do(desk, "remove_points", "p2", guest="ann", points=400)
    assert (refused.value.code, refused.value.field) == ("insufficient_points", "points")
    assert refused.value.detail == {"available": 352, "missing": 48}

    clerk = Sender(actor_of("pat", Role.FRONT_DESK))
    with pytest.raises(Refused) as refused:
        guest_acts.carry_out(
            desk.company,
            {"type": "add_points", "id": "p3", "guest": "ann", "points": 1},
            sender=clerk,
            now=NOW,
        )
    assert refused.value.code == "not_permitted"


# -- the list in words ------------------------------------------------------------------------


def asked(**words: str) -> Asked:
    return Asked("soho", ON, words)


def test_the_list_is_asked_for_in_words(desk):
    def ids(**words: str) -> list[str]:
        page = client_lists.client_page(desk.company, asked(**words))
        return [one.client.id for one in page.rows]

    assert ids() == ["bea", "ann", "cleo"]
    assert ids(sort="-points") == ["ann", "bea", "cleo"]
    assert ids(tier="none") == ["cleo"]
    assert ids(tier="gold") == ["bea"]
    assert ids(has_rewards="yes") == ["ann"]
    assert ids(search="555 0101") == ["ann"]
    assert ids(search="ro cl") == ["cleo"]
    assert ids(search="lee", tier="gold") == []
    assert ids(included="yes") == []
    for field, words in (("sort", "size"), ("included", "maybe"), ("status", "vip")):
        with pytest.raises(Refused) as refused:
            ids(**{field: words})
        assert refused.value.field == field


def test_the_file_holds_no_formula(desk):
    lines = client_lists.client_file(
        desk.company, asked(), ["name", "points", "rewards"], now=NOW
    )

    text = b"".join(lines).decode("utf-8-sig")

    assert text.splitlines() == [
        "Name,Points,Reward amount",
        "'=Bea Ito,340,0.00",
        "Ann Lee,352,25.00",
        "Cleo Roy,0,0.00",
    ]


def test_columns_are_kept_for_each_staff_member(desk):
    assert staff_choices.choice_of("kim", "client_list") is None
    staff_choices.keep_choice("kim", "client_list", ["points"])
    staff_choices.keep_choice("kim", "client_list", ["tier", "points"])

    kept = staff_choices.choice_of("kim", "client_list")
    assert client_lists.chosen_columns(kept) == ("name", "tier", "points")
    assert client_lists.chosen_columns(["no such"]) == client_lists.USUAL
    assert staff_choices.choice_of("lou", "client_list") is None


# -- statements -------------------------------------------------------------------------------


def statements(act):
    with CaptureQueriesContext(connection) as seen:
        act()
    return len(seen.captured_queries)


def costs(desk, ref: str) -> dict[str, int]:
    company, who = desk.company, head(ref)
    return {
        "head": statements(lambda: guest_heads.head_of(ref)),
        "counts": statements(lambda: guest_heads.counts_of(who.key)),
        "points": statements(lambda: guest_points.points_view(company, who, now=NOW)),
        "entries": statements(lambda: guest_points.entries_shown(company, who.key)),
        "visits": statements(lambda: guest_lists.appointments(who.key)),
        "invoices": statements(lambda: guest_lists.invoices(who.key)),
        "feedback": statements(lambda: guest_lists.feedback(who.key)),
        "referred": statements(lambda: guest_lists.referred(who.key)),
    }


def test_a_long_history_costs_as_many_statements_as_a_short_one(each_database):
    flat = program(tiers=[SILVER])
    many = [guest("ann"), guest("bea")]
    many += [guest(f"r{n}", referred_by="ann") for n in range(30)]
    many += [invoice("b0", "bea", "150.00", "2026-02-10T12:00")]
    many += [
        invoice(f"i{n}", "ann", "150.00", f"2026-02-{10 + n // 10}T12:00") for n in range(50)
    ]
    made = Desk(*START, flat, *many, closed="2026-03-04")
    with organization_scope(made.company.id):
        assert len(guest_lists.entries(head("ann").key, limit=60).rows) > 50
        assert costs(made, "ann") == costs(made, "bea")
