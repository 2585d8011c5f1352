"""What the desk says of its own about the catalog and the centers.

Items, centers and statuses themselves are records of the contract. How long an item takes, at
which rate it is taxed, whether it is still offered and when a center is open are not: nothing
of what a guest earns depends on them; an invoice says its taxes in money.
"""

from collections.abc import Mapping
from datetime import datetime

from regulars.records import codec, models
from regulars.rules.permissions import Actor, Permission, require
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.services import desk_changes
from regulars.services.founding import id_from
from regulars.services.organizations import Company
from regulars.services.transactions import write

LONGEST_MINUTES = 24 * 60
WHOLE = 100_000
"""A tax rate of 100 %: rates are in thousandths of a percent."""


def ref_for(kind: str, name: str, token: str) -> str:
    """An id for something new: its name, and enough of its form's token for it to be its own.

    The same form sent twice gives the same id, so that it makes one thing.
    """
    return f"{id_from(name, kind)[:150]}-{token[:8]}"


# -- items ------------------------------------------------------------------------------------


def offer_item(
    company: Company,
    ref: str,
    *,
    minutes: int | None,
    is_retired: bool,
    at: datetime,
    by: Actor,
    tax_rate: int | None = None,
) -> bool:
    """How long an item takes, its tax rate, if it is still offered; False if it was so already.

    A retired item stays on old bills and may be named by new ones; the desk offers it no more.
    """
    require(by, Permission.SET_UP)
    if minutes is not None and not 1 <= minutes <= LONGEST_MINUTES:
        raise Refused(
            "invalid_record",
            said(
                "minutes must be from 1 to {most}; {minutes} is not.",
                most=LONGEST_MINUTES,
                minutes=minutes,
            ),
            field="minutes",
            value=minutes,
        )
    if tax_rate is not None and not 0 <= tax_rate <= WHOLE:
        raise Refused(
            "invalid_record",
            "A tax is from 0 to 100 percent.",
            field="tax_rate",
            value=tax_rate,
        )
    wanted = (minutes, is_retired, tax_rate)

    def offer() -> bool:
        item = models.Item.objects.filter(external_id=ref).first()
        if item is None:
            raise unknown_reference("item", ref, field="id")
        row = models.ItemOffer.objects.filter(item_id=item.id).first()
        row = row or models.ItemOffer(item_id=item.id)
        if (row.minutes, row.retired_at is not None, row.tax_rate) == wanted:
            return False
        row.minutes, row.tax_rate = minutes, tax_rate
        row.retired_at = (row.retired_at or at) if is_retired else None
        row.save()
        body = {"minutes": minutes, "is_retired": is_retired, "tax_rate": tax_rate}
        desk_changes.note(f"item/{ref}", codec.text_of(body), at=at, by=by.name)
        return True

    return write(offer)


# -- opening hours ----------------------------------------------------------------------------


def set_hours(
    company: Company,
    center: str,
    hours: Mapping[int, tuple[int, int]],
    *,
    at: datetime,
    by: Actor,
) -> bool:
    """When a center is open: (opens, closes) in minutes after midnight by weekday, 0 is Monday.

    A weekday left out is closed; False if it was so already. Refused by `hours.<weekday>`.
    """
    place = company.center(center)
    require(by, Permission.SET_UP, center=center)
    for weekday, span in hours.items():
        _check_span(weekday, span)

    def keep() -> bool:
        rows = models.OpeningHours.objects.filter(center_id=place.id)
        fields = ("weekday", "opens_minute", "closes_minute")
        held = {day: (opens, closes) for day, opens, closes in rows.values_list(*fields)}
        if held == dict(hours):
            return False
        rows.delete()
        models.OpeningHours.objects.bulk_create(
            models.OpeningHours(
                center_id=place.id, weekday=day, opens_minute=opens, closes_minute=closes
            )
            for day, (opens, closes) in sorted(hours.items())
        )
        body = codec.text_of({str(day): span for day, span in sorted(hours.items())})
        desk_changes.note(f"hours/{center}", body, at=at, by=by.name)
        return True

    return write(keep)


def _check_span(weekday: int, span: tuple[int, int]) -> None:
    opens, closes = span
    if not 0 <= weekday <= 6 or not 0 <= opens < closes <= LONGEST_MINUTES:
        raise Refused(
            "invalid_record",
            said("A center opens before it closes, both on the same day."),
            field=f"hours.{weekday}",
            value=f"{_clock(opens)}-{_clock(closes)}",
        )


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
