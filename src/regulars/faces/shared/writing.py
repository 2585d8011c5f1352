"""Numbers, money and days as Python writes them into sentences and tables of a page."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString

from regulars.faces.shared.visits import Visit
from regulars.services.messages import languages


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes in the language and the currency of a visit; the rules' sentences too."""

    visit: Visit

    def number(self, value: int) -> str:
        return languages.written_number(value, self.visit.language)

    def points(self, points: int) -> str:
        return self.number(points)

    def money(self, cents: int) -> str:
        company = self.visit.company
        return languages.written_money(
            cents, self.visit.language, currency=company.currency, exponent=company.exponent
        )

    def day(self, day: date, style: languages.DayStyle = "long") -> str:
        return languages.written_day(day, self.visit.language, style)

    def dated(self, day: date, style: languages.DayStyle = "medium") -> SafeString:
        return dated(day, self.visit.language, style)


@lru_cache(maxsize=4096)
def dated(on: date, language: str, style: languages.DayStyle) -> SafeString:
    """A day as people read it and as programs do."""
    written = languages.written_day(on, language, style)
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), written)
