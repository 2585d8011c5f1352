"""Which days a page is about: a period by its name, or two days of one's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from regulars.services.figures.board import PERIODS, days_of

OWN = "own"
NAMES: Mapping[str, str | Promise] = {
    "this_month": gettext_lazy("This month"),
    "last_month": gettext_lazy("Last month"),
    "last_30_days": gettext_lazy("Last 30 days"),
    "last_90_days": gettext_lazy("Last 90 days"),
    "this_year": gettext_lazy("This year"),
    "last_year": gettext_lazy("Last year"),
    "last_12_months": gettext_lazy("Last 12 months"),
    "everything": pgettext_lazy("period", "Everything"),
}
assert list(NAMES) == list(PERIODS)


@dataclass(frozen=True, slots=True)
class Days:
    """The days asked for; `period` is their name, "own" where they were picked."""

    period: str
    first: date
    last: date


def days_asked(said: Mapping[str, str], today: date, *, beginning: date, usual: str) -> Days:
    """`period`, or `from` and `to`; what cannot be read is as if it was not said.

    Days that were picked the wrong way round are turned.
    """
    first, last = _day(said.get("from", "")), _day(said.get("to", ""))
    period = said.get("period", "")
    if (first or last) and period in ("", OWN):
        first = first or min(beginning, last or today)
        last = last or max(today, first)
        return Days(OWN, min(first, last), max(first, last))
    if period not in PERIODS:
        period = usual
    return Days(period, *days_of(period, today, beginning=beginning))


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if date(1900, 1, 1) <= day <= date(9000, 1, 1) else None
