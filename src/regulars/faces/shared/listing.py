"""Lists that can be sorted and paged through, by links: what a template needs for its table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

PER_PAGE = 50
MOST_PRINTED = 5_000
"""Rows on paper: more are a file's work."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its name in the address; `kind` is text, number or day."""

    name: str
    label: str | Promise
    kind: str = "text"
    is_sortable: bool = True


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list as asked for: `?order=-name&page=2`, other parts of the address kept.

    A page reads its rows by `order`, `is_descending`, `offset` and `PER_PAGE`.
    """

    request: HttpRequest
    columns: Sequence[Column]
    order: str
    is_descending: bool
    number: int

    @property
    def offset(self) -> int:
        return 0 if self.is_whole else (self.number - 1) * PER_PAGE

    def of(self, rows: Sequence[Any], n_rows: int) -> "Shown":
        return Shown(self, rows, n_rows)

    @property
    def is_whole(self) -> bool:
        """Is it asked for as a whole, to be printed?"""
        return "whole" in self.request.GET

    @property
    def size(self) -> int:
        return MOST_PRINTED if self.is_whole else PER_PAGE

    def link(self, **changes: Any) -> str:
        """This address with something changed; None leaves a part out."""
        query = self.request.GET.copy()
        for name, value in changes.items():
            if value is None:
                query.pop(name, None)
            else:
                query[name] = str(value)
        return f"?{query.urlencode()}"


@dataclass(frozen=True, slots=True)
class Shown:
    """The rows of one page of a list, of `n_rows` in all."""

    listing: Listing
    rows: Sequence[Any]
    n_rows: int

    @property
    def heads(self) -> list[dict[str, Any]]:
        listing = self.listing
        heads = []
        for column in listing.columns:
            is_it = column.name == listing.order
            sign = "-" if is_it and not listing.is_descending else ""
            sorting = ("descending" if listing.is_descending else "ascending") if is_it else ""
            link = listing.link(order=f"{sign}{column.name}", page=None)
            heads.append({"column": column, "sorting": sorting, "link": link})
        return heads

    @property
    def n_pages(self) -> int:
        return 1 if self.listing.is_whole else max(1, -(-self.n_rows // PER_PAGE))

    @property
    def n_left_out(self) -> int:
        """Rows that do not fit on paper."""
        return max(0, self.n_rows - MOST_PRINTED) if self.listing.is_whole else 0

    @property
    def number(self) -> int:
        return self.listing.number

    @property
    def earlier(self) -> str | None:
        return self.listing.link(page=self.number - 1) if self.number > 1 else None

    @property
    def later(self) -> str | None:
        return self.listing.link(page=self.number + 1) if self.number < self.n_pages else None


def listing_of(
    request: HttpRequest, columns: Sequence[Column], *, order: str | None = None
) -> Listing:
    """What is asked for; the first column, or `order` such as "-on", unless said otherwise."""
    asked = request.GET.get("order", "")
    names = {column.name for column in columns if column.is_sortable}
    if asked.removeprefix("-") not in names:
        asked = order or columns[0].name
    page = request.GET.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    return Listing(
        request, columns, asked.removeprefix("-"), asked.startswith("-"), max(1, number)
    )
