"""What the demo's guests agreed to is the same every time, and nobody is told twice."""

from regulars.records import models
from regulars.services.messages import occasions
from regulars.services.samples import demo_messages
from tests.services.histories import guest, invoice
from tests.services.messages.salon import rows, salon

GUESTS = [
    guest(f"guest-{n}", email=f"guest-{n}@example.com", phone=f"+1-212-555-{100 + n:04d}")
    for n in range(40)
]
SALES = [
    *(invoice(f"may-{n}", f"guest-{n}", "200.00", "2026-05-20") for n in range(20)),
    *(invoice(f"june-{n}", f"guest-{n}", "200.00", "2026-06-20") for n in range(20, 40)),
]


def tell() -> tuple[int, int, list[tuple]]:
    with salon(*GUESTS, *SALES, until="2026-06-30") as company:
        at = company.day_ends_at(company.closed_through)
        first, again = (demo_messages.tell_guests(company, at=at) for _ in range(2))
        assert occasions.tell_next(company, at=at).n_rows == 0
        said = models.ContactPreference.objects.order_by("guest__external_id")
        wishes = list(said.values_list("email_consent", "sms_consent", "language"))
        assert models.Consent.objects.count() == sum(
            wish is not None for wished in wishes for wish in wished
        )
    return first, again, wishes


def test_the_same_guests_agree_and_only_the_last_month_is_told(each_database):
    first, again, wishes = tell()
    told = rows()

    assert again == 0
    assert first == len(told) > 0
    assert {email for email, _, _ in wishes} == {"given", "withdrawn", None}
    # Twenty guests came in June: enrolled, and points awarded; those of May are not told.
    assert {ref for ref, kind, *_ in told if kind == "enrolled"} == {
        f"guest-{n}" for n in range(20, 40)
    }
    assert {state for *_, state, _ in told} == {"waiting", "withheld"}
