"""Numbers, shares and days as charts and cards of the back office write them."""

from decimal import Decimal
from fractions import Fraction

from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_compact_decimal, format_currency, format_percent
from django.utils.translation import gettext as _

from regulars.faces.shared.writing import Writer
from regulars.services.figures.board import Bucket
from regulars.services.messages import languages


class FigureWriter(Writer):
    """What charts, cards and reports need besides."""

    __slots__ = ()

    def exact_money(self, amount: Decimal) -> str:
        """An amount with all its digits, such as the value of one point."""
        written = format_currency(
            amount,
            self.visit.company.currency,
            locale=self._locale,
            decimal_quantization=False,
        )
        return str(written)

    def share(self, thousandths: int) -> str:
        """345 is 34.5%."""
        return format_percent(
            Decimal(thousandths).scaleb(-3), locale=self._locale, decimal_quantization=False
        )

    def brief(self, value: int) -> str:
        """12K where there is little room."""
        if abs(value) < 10_000:
            return self.number(value)
        said = format_compact_decimal(value, locale=self._locale, fraction_digits=1)
        return self.number(value) if said.lstrip("-").isdigit() else said  # as German does

    def brief_money(self, cents: int) -> str:
        return self.brief(int(Decimal(cents).scaleb(-self.visit.company.exponent)))

    def bucket(self, bucket: Bucket) -> str:
        """A day, the first day of a week, a month or a year."""
        skeleton = {"day": "MMMd", "week": "MMMd", "month": "yMMM", "year": "y"}[bucket.unit]
        return format_skeleton(skeleton, bucket.first, locale=self._locale)

    @property
    def _locale(self) -> Locale:
        return languages.locale_of(self.visit.language)


def thousandths(part: int, whole: int) -> int | None:
    """A share of something; None where there is nothing to have a share of."""
    return round(Fraction(1000 * part, whole)) if whole else None


def change(now: int, before: int, write: FigureWriter) -> dict[str, str]:
    """How a number compares with the one before, as a sentence with an icon."""
    if now == before:
        return {"icon": "equal", "text": _("as before")}
    icon = "trending-up" if now > before else "trending-down"
    if not before:
        return {"icon": icon, "text": _("none before")}
    if abs(now) >= 3 * abs(before):
        times = write.number(round(Fraction(abs(now), abs(before))))
        return {"icon": icon, "text": _("%(n)s times as many as before") % {"n": times}}
    share = round(Fraction(1000 * abs(now - before), abs(before)))
    said = write.share(share if share < 100 else round(share, -1))
    text = _("%(share)s more than before") if now > before else _("%(share)s less than before")
    return {"icon": icon, "text": text % {"share": said}}
