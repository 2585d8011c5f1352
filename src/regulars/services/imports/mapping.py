"""Which column of a file is which field, and how its values are to be read."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from regulars.rules import sentences
from regulars.rules.refusals import Refused
from regulars.services.imports.fields import FIELDS, KINDS, WORDS, Field, by_name, plain
from regulars.services.imports.tables import Table
from regulars.services.imports.values import (
    COMMA,
    DAY_FIRST,
    MONTH_FIRST,
    POINT,
    UNCLEAR,
    day_order,
    decimal_sign,
)

DAYS = ("day", "instant")
AMOUNTS = ("money", "number")


class ColumnMapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mapping as it is kept and sent: columns by their headers, those left out unused.

    `values` has, by field, what words of a file mean in the contract's: {"tender": {"Klarna":
    "custom"}}. What is None is found out from the file.
    """

    columns: dict[str, str] = msgspec.field(default_factory=dict)
    date_order: Literal["day_first", "month_first"] | None = None
    decimal: Literal[".", ","] | None = None
    country: str | None = None
    center: str | None = None
    line_kind: str = "service"
    values: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)


def mapping_from(document: object) -> ColumnMapping:
    """A mapping as it was sent; refused by the name of what is wrong."""
    try:
        return msgspec.convert(document, ColumnMapping)
    except msgspec.ValidationError as error:
        raise Refused(
            "invalid_record", sentences.said("mapping: {error}.", error=error), field="mapping"
        ) from None


def check_kind(kind: str) -> None:
    """Refuse what is no kind of file."""
    if kind not in KINDS:
        raise Refused(
            "invalid_record",
            sentences.said(
                "kind must be one of {known}; it is {kind!r}.",
                known=", ".join(KINDS),
                kind=kind,
            ),
            field="kind",
            value=kind,
        )


def check_mapping(kind: str, mapping: ColumnMapping) -> None:
    """Every name it uses is one of this kind of file."""
    check_kind(kind)
    known = by_name(kind)
    for header, field in mapping.columns.items():
        if field not in known:
            raise Refused(
                "invalid_record",
                sentences.said(
                    "{field!r} is no field of {kind}; there are {known}.",
                    field=field,
                    kind=kind,
                    known=", ".join(known),
                ),
                field=header,
                value=field,
            )
    for field, words in mapping.values.items():
        form = known[field].form if field in known else None
        meanings = WORDS.get(form or "", {}).values()
        for meaning in words.values():
            if meaning not in meanings:
                raise Refused(
                    "invalid_record",
                    sentences.said(
                        "{field} has no word {meaning!r}.", field=field, meaning=meaning
                    ),
                    field="values",
                    value=meaning,
                )
    if mapping.line_kind not in WORDS["line_kind"].values():
        raise Refused(
            "invalid_record",
            sentences.said(
                "line_kind must be one of {known}.",
                known=", ".join(sorted(set(WORDS["line_kind"].values()))),
            ),
            field="line_kind",
            value=mapping.line_kind,
        )


class Columns:
    """The columns of one table by their fields, and how each is to be read."""

    def __init__(self, kind: str, table: Table, mapping: ColumnMapping, *, exponent: int):
        self.kind = kind
        self.mapping = mapping
        self.exponent = exponent
        self.width = len(table.headers)
        self.places = _places(table, mapping)
        known = by_name(kind)
        self.fields: dict[str, Field] = {name: known[name] for name in self.places}
        self.headers = {name: table.headers[place] for name, place in self.places.items()}
        self.order: dict[str, str | None] = {}
        self.sign: dict[str, str | None] = {}
        self._read_signs(table)
        self._own = {
            name: {plain(said): meaning for said, meaning in words.items()}
            for name, words in mapping.values.items()
        }

    def own_words(self, field: str) -> Mapping[str, str]:
        return self._own.get(field, {})

    def _read_signs(self, table: Table) -> None:
        """Day order and decimal sign, decided over whole columns; refused where unclear."""
        days = [name for name, field in self.fields.items() if field.form in DAYS]
        amounts = [name for name, field in self.fields.items() if field.form in AMOUNTS]
        self.order = dict.fromkeys(days, self.mapping.date_order)
        self.sign = dict.fromkeys(amounts, self.mapping.decimal)
        seen: dict[str, dict[str, str]] = {name: {} for name in (*days, *amounts)}
        asked = [name for name, said in {**self.order, **self.sign}.items() if said is None]
        if not asked:
            return
        for _, cells in table.rows():
            for name in asked:
                text = cells[self.places[name]] if self.places[name] < len(cells) else ""
                if text and (sign := self._sign_of(name, text)) not in (None, *seen[name]):
                    seen[name][str(sign)] = text
        for name in asked:
            of = self.order if name in self.order else self.sign
            of[name] = self._decided(name, seen[name])

    def _sign_of(self, name: str, text: str) -> str | None:
        if name in self.order:
            return day_order(text)
        exponent = 0 if self.fields[name].form == "number" else self.exponent
        return decimal_sign(text, exponent)

    def _decided(self, name: str, seen: Mapping[str, str]) -> str | None:
        sure = [sign for sign in (DAY_FIRST, MONTH_FIRST, POINT, COMMA) if sign in seen]
        setting = "date_order" if name in self.order else "decimal"
        if len(sure) > 1 and setting == "decimal" and self.fields[name].form == "number":
            return None
        if len(sure) > 1:
            both = " / ".join(f"{seen[sign]!r} ({sign})" for sign in sure)
            why = sentences.said("is written in two ways: {both}", both=both)
            raise self._ask(name, setting, why, None)
        if not sure and UNCLEAR in seen:
            text = seen[UNCLEAR]
            why = sentences.said("can be read in two ways: {text!r}", text=text)
            raise self._ask(name, setting, why, text)
        return sure[0] if sure else None

    def _ask(self, name: str, setting: str, problem: str, value: str | None) -> Refused:
        choice = (
            sentences.said("day_first or month_first")
            if setting == "date_order"
            else sentences.said("a point or a comma")
        )
        return Refused(
            "invalid_record",
            sentences.said(
                "Column {column!r} {problem}. Say {setting}: {choice}.",
                column=self.headers[name],
                problem=problem,
                setting=setting,
                choice=choice,
            ),
            field=setting,
            value=value,
            detail={"column": self.headers[name]},
        )


def _places(table: Table, mapping: ColumnMapping) -> dict[str, int]:
    """Where each field stands. Headers are compared by letter; no two mean one field."""
    by_letters = {plain(header): place for place, header in enumerate(table.headers)}
    exact = {header: place for place, header in enumerate(table.headers)}
    places: dict[str, int] = {}
    for header, field in mapping.columns.items():
        place = exact.get(header, by_letters.get(plain(header)))
        if place is None:
            raise Refused(
                "invalid_record",
                sentences.said(
                    "{name} has no column {header!r}; it has {known}.",
                    name=table.name,
                    header=header,
                    known=", ".join(table.headers),
                ),
                field="columns",
                value=header,
            )
        if field in places:
            raise Refused(
                "invalid_record",
                sentences.said(
                    "{column!r} and {header!r} cannot both be {field}.",
                    column=table.headers[places[field]],
                    header=header,
                    field=field,
                ),
                field="columns",
                value=header,
            )
        places[field] = place
    return places


def missing_fields(kind: str, fields: Sequence[str], *, is_alone: bool = True) -> Iterator[str]:
    """What no column is given for and every row needs; each as it may be said to a person."""
    for field in FIELDS[kind]:
        if field.is_required and field.name not in fields:
            yield field.name
    if kind == "guests":
        if not {"name", "first_name", "last_name"}.intersection(fields):
            yield "name (or first_name and last_name)"
        if not {"id", "email", "phone"}.intersection(fields):
            yield "id (or email or phone, from which an id is made)"
    if kind == "invoices" and is_alone:
        for name in ("guest", "opened_at"):
            if name not in fields:
                yield name
