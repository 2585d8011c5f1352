"""A small shop with a worker: records in, instants passed, messages looked at."""

from datetime import UTC, date, datetime
from typing import Any

from regulars.records import models
from regulars.records.scope import every_organization
from regulars.services import importing, upkeep, worker
from regulars.services.messages import consent, kinds, switches
from regulars.services.schedule import FIGURES
from regulars.services.shifts import Ended
from tests.services.short_histories import SILVER, START, Fact

VENICE = {
    "type": "center",
    "id": "venice",
    "name": "Venice",
    "time_zone": "America/Los_Angeles",
    "at": "2026-01-01",
}
SHORT = SILVER | {"points_expire_after_days": 30}


def take_in(*records: Fact, organization: str | None = None) -> None:
    """As a file would; nothing of it may be refused. Days that are over are closed by it."""
    refused = []

    def note(result: Any) -> None:
        if result.status == "refused":
            refused.append(result)

    source = enumerate(records)
    importing.import_records(source, emit=note, organization=organization)
    assert not refused, refused


def open_shop(*records: Fact) -> None:
    take_in(*START, *records)


def instant(text: str) -> datetime:
    """A local instant with its offset, as 2026-03-02T00:05-05:00."""
    return datetime.fromisoformat(text).astimezone(UTC)


def switch_on(*names: str, told_from: str = "2026-01-01", channel: str = "email") -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    with upkeep.at_work(None) as company:
        for kind in names or tuple(kinds.KINDS):
            first = date.fromisoformat(told_from)
            switches.switch_on(company, kind, channel, told_from=first, at=at, by="owner")


def agree(*guests: str, channel: str = "email") -> None:
    """These guests gave their consent at the desk."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    with upkeep.at_work(None) as company:
        for ref in guests:
            terms = {"channel": channel, "state": "given", "by": "owner", "how": "desk"}
            consent.record_consent(company, ref, at=at, **terms)


def work(at: str, *, name: str = "anna", **terms: Any) -> list[Ended]:
    """What a worker ends at this instant, but for the figures it counts after every close."""
    return [one for one in all_work(at, name=name, **terms) if one.job != FIGURES]


def all_work(at: str, *, name: str = "anna", **terms: Any) -> list[Ended]:
    """The same with the figures."""
    with upkeep.at_work(None) as company:
        return worker.run_due(company, now=instant(at), worker=name, **terms)


def jobs(ended: list[Ended]) -> list[str]:
    """Job, day and center of what was done; what was not says so."""
    return [
        " ".join(
            str(part)
            for part in (one.job, one.day, one.center, one.state != "done" and one.state)
            if part
        )
        for one in ended
    ]


def told() -> list[tuple[str, str, str]]:
    """Guest, kind and occasion of all messages, in their order."""
    with every_organization():
        rows = models.Message.objects.select_related("guest").order_by("id")
        return [(row.guest.external_id, row.kind, row.occasion) for row in rows]


def states() -> list[str]:
    with every_organization():
        return list(models.Message.objects.order_by("id").values_list("state", flat=True))
