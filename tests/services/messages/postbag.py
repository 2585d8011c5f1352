"""An organization with messages that wait, to be sent in tests."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from regulars.records import models
from regulars.records.scope import organization_scope
from regulars.services.messages.consent import record_consent
from regulars.services.messages.sending import Sending, send_due
from regulars.services.organizations import Company
from tests.races.desk import Desk
from tests.services.short_histories import START, Fact, guest

NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)
FROM = "Lumen Spa <hello@lumen.example>"


def known(ref: str, **fields: Any) -> Fact:
    """A guest with addresses."""
    return guest(ref, **{"email": f"{ref}@example.com", "phone": "+1 212 555 0100", **fields})


class Postbag:
    """Ann and whoever else is named, and what waits for them."""

    def __init__(self, *guests: Fact) -> None:
        self.desk = Desk(*START, *(guests or [known("ann")]), closed="2026-02-01")
        self.company: Company = self.desk.company

    def add(self, of: str = "ann", *, channel: str = "email", **fields: Any) -> models.Message:
        """A message of a kind that needs no consent; it waits since noon."""
        with organization_scope(self.company.id):
            row = models.Guest.objects.get(external_id=of)
            n_there = models.Message.objects.count()
            values: dict[str, Any] = {
                "kind": "points_awarded",
                "occasion": f"occasion/{n_there}",
                "language": "en",
                "recipient": row.email if channel == "email" else row.phone,
                "subject": "120 points for you",
                "body": f"Hello {row.name},\n\nthank you!\n\nLumen Spa\n",
                "state": "waiting",
                "next_try_at": NOON,
                "made_at": NOON,
            }
            return models.Message.objects.create(
                guest_id=row.id, channel=channel, **{**values, **fields}
            )

    def send(self, *, after: timedelta = timedelta(), limit: int = 200) -> Sending:
        with organization_scope(self.company.id):
            return send_due(self.company, now=NOON + after, limit=limit, worker="till 1")

    def sending(self, *, after: timedelta = timedelta(), limit: int = 200) -> Any:
        """The same, to be done by a thread of its own."""
        return self.desk.inside(
            lambda: send_due(self.company, now=NOON + after, limit=limit, worker="till 2")
        )

    def consent(self, of: str, state: str, channel: str = "email") -> None:
        with organization_scope(self.company.id):
            record_consent(
                self.company, of, channel=channel, state=state, at=NOON, by="ann", how="desk"
            )

    def change(self, of: str, **fields: Any) -> None:
        """The guest's record says something else now."""
        with organization_scope(self.company.id):
            models.Guest.objects.filter(external_id=of).update(**fields)

    def row(self, message: models.Message) -> models.Message:
        [found] = self.desk.rows(models.Message, id=message.id)
        assert isinstance(found, models.Message)
        return found

    def states(self) -> Counter[str]:
        return Counter(one.state for one in self.desk.rows(models.Message))
