"""Feedback published and withdrawn: by whom, with which points, and in whose words (6, 6.4)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from regulars.records import models
from regulars.records.queries import feedback_review
from regulars.records.queries.feedback_review import Wanted, short_name
from regulars.rules.permissions import ROLES, Actor, Role
from regulars.rules.refusals import Refused
from regulars.services import publishing, upkeep, verifying
from regulars.services.formats.results import Result
from regulars.services.organizations import Company
from regulars.services.receiving import Sender, receive_all
from tests.services.short_histories import GOLD, SILVER, History, guest, invoice, program

pytestmark = pytest.mark.usefixtures("each_database")

NOW = datetime(2026, 3, 4, 17, tzinfo=UTC)
ACCRUALS = SILVER["accruals"] | {"shared_feedback": {"points": 40}}
PROGRAM = program(tiers=[SILVER | {"accruals": ACCRUALS}, GOLD])
NADIA = Sender(Actor("nadia", ROLES[Role.MARKETING]))
TILDA = Sender(Actor("tilda", ROLES[Role.FRONT_DESK]))
LINK = "https://facebook.example/alder/1"


def feedback(ref: str, of: str, rating: int, **fields: Any) -> dict[str, Any]:
    said = {"channel": "guest", "rating": rating, "comment": "As always.", **fields}
    return {"type": "feedback", "id": ref, "guest": of, "at": "2026-03-02", **said}


PAST = (
    PROGRAM,
    guest("ann", name="Ann Lee Castellanos"),
    guest("bob", name="Bob"),
    invoice("i1", "ann", "150.00", "2026-03-01"),
    feedback("good", "ann", 5, share_permission=True),
    feedback("bad", "ann", 1, share_permission=True),
    feedback("quiet", "ann", 2),
    feedback("bobs", "bob", 4, share_permission=True),
)


def publish(
    company: Company, ref: str, to: str = "webstore", link: str | None = None
) -> Result:
    document = publishing.published(company, ref, to, at=NOW, link=link)
    return tell(company, ref, document)


def tell(
    company: Company, ref: str, document: dict[str, Any], sender: Sender = NADIA
) -> Result:
    [result] = receive_all(
        company, [{**document, "type": "feedback", "id": ref}], sender=sender, now=NOW
    )
    return result


def points(company: Company, ref: str, to: str = "webstore") -> tuple[int, str]:
    document = publishing.published(company, ref, to, at=NOW, link=None)
    seen = publishing.effect(company, document, sender=NADIA, now=NOW)
    return seen.points, seen.why


def test_the_points_shown_before_are_those_that_come_whatever_the_rating():
    History(*PAST, until="2026-03-03")
    with upkeep.at_work(None) as company:
        assert points(company, "good") == (40, "paid")
        assert points(company, "bad") == (40, "paid")
        assert points(company, "bobs") == (0, "no_tier")
        assert models.Feedback.objects.filter(published_on__isnull=False).count() == 0

        assert publish(company, "bad").status == "applied"
        assert points(company, "bad", "facebook") == (0, "once")
        gone = publishing.withdrawn(company, "bad", "webstore")
        seen = publishing.effect(company, gone, sender=NADIA, now=NOW)
        assert seen.why in ("paid", "nothing")
        assert verifying.verify(company).is_clean


def test_where_it_is_published_is_kept_with_its_address():
    History(*PAST, until="2026-03-03")
    with upkeep.at_work(None) as company:
        publish(company, "good")
        publish(company, "good", "facebook", LINK)
        [one] = feedback_review.reviews(Wanted(state="published")).rows
        assert [(place.to, place.link) for place in one.places] == [
            ("webstore", None),
            ("facebook", LINK),
        ]
        tell(company, "good", publishing.withdrawn(company, "good", "webstore"))
        [one] = feedback_review.reviews(Wanted(state="published")).rows
        assert one.place_names == ["facebook"]
        assert feedback_review.published().rows == ()
        with pytest.raises(Refused, match="not published there"):
            publishing.withdrawn(company, "good", "x")
        with pytest.raises(Refused, match="not allowed us"):
            publishing.published(company, "quiet", "webstore", at=NOW, link=None)
        refused = publish(company, "good", "x", "javascript:alert(1)")
        assert (refused.code, refused.detail["field"]) == ("invalid_record", "published.1.link")
        assert verifying.verify(company, deep=True).is_clean


def test_the_count_is_of_everything_and_the_page_of_what_is_allowed():
    History(*PAST, until="2026-03-03")
    with upkeep.at_work(None) as company:
        for ref in ("good", "bobs"):
            publish(company, ref)

        found = feedback_review.ratings()
        assert found.counts == [(5, 1), (4, 1), (2, 1), (1, 1)]
        assert (found.n_all, found.tenths, found.average, found.best) == (4, 30, "3.0", 5)
        assert [(one.by, one.rating) for one in feedback_review.published().rows] == [
            ("Ann C.", 5),
            ("Bob", 4),
        ]
        counts = feedback_review.state_counts()
        assert counts == {"waiting": 1, "published": 2, "private": 1}
        low = feedback_review.reviews(Wanted(state="waiting", rating=1)).rows
        assert [one.id for one in low] == ["bad"]

        taken_back = feedback("good", "ann", 5, share_permission=False)
        del taken_back["at"]
        assert tell(company, "good", taken_back, TILDA).status == "applied"
        assert [one.by for one in feedback_review.published().rows] == ["Bob"]


def test_a_long_list_is_read_in_pages():
    many = [feedback(f"more{n:02}", "ann", 5, share_permission=True) for n in range(5)]
    History(*PAST[:4], *many, until="2026-03-03")
    with upkeep.at_work(None):
        first = feedback_review.reviews(Wanted(), limit=3)
        rest = feedback_review.reviews(Wanted(), after=first.next, limit=3)

    assert [one.id for one in first.rows] == ["more04", "more03", "more02"]
    assert ([one.id for one in rest.rows], rest.next) == (["more01", "more00"], None)


def test_publishing_has_a_permission_of_its_own():
    History(*PAST, until="2026-03-03")
    with upkeep.at_work(None) as company:
        document = publishing.published(company, "good", "webstore", at=NOW, link=None)
        at_the_desk = tell(company, "good", document, TILDA)
        assert (at_the_desk.status, at_the_desk.code) == ("refused", "not_permitted")
        assert at_the_desk.detail["permission"] == "publish_feedback"
        changed = tell(company, "good", document | {"comment": "Wonderful!"})
        assert (changed.code, changed.detail["permission"]) == ("not_permitted", "record_facts")
        unknown = tell(company, "nobody-said", document)
        assert (unknown.code, unknown.detail["permission"]) == ("not_permitted", "record_facts")
        assert tell(company, "good", document).status == "applied"

        # Whoever writes feedback down and knows nothing of publishing leaves it published.
        again = {name: document[name] for name in document if name != "published"}
        assert tell(company, "good", again | {"comment": "Lovely."}, TILDA).status == "applied"
        [one] = feedback_review.reviews(Wanted(ref="good")).rows
        assert (one.comment, one.place_names) == ("Lovely.", ["webstore"])


@pytest.mark.parametrize(
    ("name", "short"),
    [("Vivian Castellanos", "Vivian C."), ("Bob", "Bob"), ("Ana de la Cruz", "Ana C.")],
)
def test_names_are_shortened_for_everybody(name, short):
    assert short_name(name) == short
