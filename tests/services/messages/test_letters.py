"""Letters of a run: one file, a page a guest, rewards as coupons."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from regulars.records import models
from regulars.records.scope import organization_scope
from regulars.rules.refusals import Refused
from regulars.services.messages import letters
from regulars.services.messages.fonts import faces
from regulars.services.messages.letter_pages import Coupon, Letter, LetterFile
from regulars.services.messages.letters import letters_of_run
from tests.races.desk import Desk
from tests.services.short_histories import START, Fact, command, guest, invoice, program

pytestmark = pytest.mark.usefixtures("sqlite_database")

DAY = date(2026, 2, 1)
VIP: Fact = {
    "type": "status",
    "id": "vip",
    "name": "VIP",
    "include_in_loyalty_rewards": True,
    "at": "2026-01-01",
}
RUN: Fact = command(
    "process_rewards/winter",
    "2026-02-01T10:00",
    threshold="100.00",
    amount="25.00",
    expires_on="2026-06-30",
)


def salon(*more: Fact, **bea: object) -> Desk:
    """Ann has sales for two rewards, Bea for one."""
    return Desk(
        *START,
        VIP,
        program(),
        guest("ann", name="Ann Miller", status="vip", home_center="soho"),
        guest("bea", name="Bea Ångström", status="vip", **bea),
        invoice("i1", "ann", "230.00", "2026-01-10"),
        invoice("i2", "bea", "110.00", "2026-01-11"),
        RUN,
        *more,
        closed="2026-01-31",
    )


def printed(desk: Desk, *, on: date = DAY) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(file_of(desk, on=on))).pages]


def file_of(desk: Desk, *, on: date = DAY) -> bytes:
    out = BytesIO()
    with organization_scope(desk.company.id):
        n_letters = letters_of_run(desk.company, "winter", out, on=on)
    assert n_letters == len(PdfReader(BytesIO(out.getvalue())).pages)
    return out.getvalue()


def test_each_guest_has_a_page_with_every_reward():
    ann, bea = printed(salon())
    for words in (
        "Lumen Spa",
        "Soho",
        "Ann Miller",
        "February 1, 2026",
        "winter:ann:1",
        "winter:ann:2",
        "$25.00",
        "Good through June 30, 2026",
    ):
        assert words in ann
    assert "bea" not in ann
    assert "Bea Ångström" in bea
    assert "Soho" not in bea


def test_the_same_letters_are_the_same_bytes():
    desk = salon()
    assert file_of(desk) == file_of(desk)


def test_in_the_guests_language_and_on_the_paper_of_the_country():
    desk = salon()
    with organization_scope(desk.company.id):
        ann = models.Guest.objects.get(external_id="ann")
        models.ContactPreference.objects.create(guest_id=ann.id, language="de")
    words, _ = printed(desk)
    assert "1. Februar 2026" in words
    assert "Gültig bis 30. Juni 2026" in words
    assert "25,00 $" in words.replace("\xa0", " ")
    [page, _] = PdfReader(BytesIO(file_of(desk))).pages
    assert [round(side) for side in page.mediabox[2:]] == [612, 792]


def test_void_used_and_past_rewards_are_left_out():
    void = command(
        "void_reward/v1", "2026-02-01T11:00", reward="winter:ann:1", reason="Given twice."
    )
    desk = salon(void)
    ann, _ = printed(desk)
    assert "winter:ann:1" not in ann
    assert "winter:ann:2" in ann
    assert len(printed(desk, on=date(2026, 6, 30))) == 2
    out = BytesIO()
    with organization_scope(desk.company.id):
        n_letters = letters_of_run(desk.company, "winter", out, on=date(2026, 7, 1))
    assert n_letters == 0


def test_a_guest_merged_since_is_written_to_as_the_survivor():
    merge = command("merge_guests/m1", "2026-02-01T11:00", **{"from": "bea", "into": "ann"})
    [words] = printed(salon(merge))
    assert "Ann Miller" in words
    assert "Ångström" not in words
    for code in ("winter:ann:1", "winter:ann:2", "winter:bea:1"):
        assert code in words


def test_who_opted_out_gets_no_letter():
    [words] = printed(salon(loyalty_opt_in=False))
    assert "Ann Miller" in words


def test_progress_is_told_by_the_chunk(monkeypatch):
    monkeypatch.setattr(letters, "CHUNK", 1)
    desk, told = salon(), []
    with organization_scope(desk.company.id):
        letters_of_run(desk.company, "winter", BytesIO(), on=DAY, progress=told.append)
    assert told == [1, 2]


def test_a_run_that_is_unknown_or_undone_is_refused():
    desk = salon(command("undo_process_rewards/u1", "2026-02-01T11:00", run="winter"))
    with organization_scope(desk.company.id):
        with pytest.raises(Refused, match="summer"):
            letters_of_run(desk.company, "summer", BytesIO(), on=DAY)
        with pytest.raises(Refused, match="undone"):
            letters_of_run(desk.company, "winter", BytesIO(), on=DAY)


# -- the page itself --------------------------------------------------------------------------


def letter(**fields: object) -> Letter:
    values = {
        "organization": "Lumen Spa",
        "center": "",
        "guest": "Ann Miller",
        "day": "February 1, 2026",
        "subject": "$25.00 for you",
        "text": "Dear Ann,\n\nthank you.",
        "coupons": [Coupon("$25.00", "winter:ann:1", "Good through June 30, 2026")],
    }
    return Letter(**{**values, **fields})  # type: ignore[arg-type]


def pages_of(one: Letter) -> list[str]:
    out = BytesIO()
    file = LetterFile(out, title="Letters", paper="a4")
    file.add(one)
    file.close()
    return [page.extract_text() for page in PdfReader(out).pages]


def test_what_looks_like_markup_is_text():
    [words] = pages_of(letter(subject="<b>5 < 6</b>", text="Dear <Ann> & co &amp;,"))
    assert "<b>5 < 6</b>" in words
    assert "Dear <Ann> & co &amp;," in words


def test_more_than_fits_goes_on_to_the_next_page():
    coupons = [Coupon("$25.00", f"winter:ann:{n}", "") for n in range(12)]
    first, second = pages_of(letter(text="thank you\n\n" * 15, coupons=coupons))
    for n in range(12):
        assert f"winter:ann:{n}" in first + second
    long = pages_of(letter(text="many words " * 900))
    assert sum(page.count("many") for page in long) == 900


def test_a_long_code_is_printed_whole():
    code = "".join(f"{n:04d}-" for n in range(52))
    [words] = pages_of(letter(coupons=[Coupon("$25.00", code, "")]))
    assert code in words.replace("\n", "")


def test_names_of_half_the_world_can_be_read():
    pytest.importorskip("font_source_sans_pro")
    for name in ("Łukasz Żółć", "Αθηνά Παπαδοπούλου", "Анна Їжак", "Nguyễn Thị Ánh"):
        [words] = pages_of(letter(guest=name))
        assert name in words


def test_what_there_is_no_letter_for_is_said_without_its_marks_or_asked_about():
    use = faces()
    assert use.readable("Zoë Müller") == "Zoë Müller"
    assert use.readable("a\u200bb\tc") == "ab c"
    assert use.readable("花子") == "??"
