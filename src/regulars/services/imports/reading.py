"""A row of a table as what it says of a guest, an invoice, an appointment or a balance."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from regulars.rules import sentences
from regulars.rules.refusals import Refused
from regulars.services.imports.fields import plain
from regulars.services.imports.mapping import Columns
from regulars.services.imports.values import (
    is_email,
    read_day,
    read_instant,
    read_money,
    read_number,
    read_phone,
    read_time,
    read_word,
)

Said = dict[str, Any]
EMPTY, TOTALS = "empty", "totals"

_TOTAL = re.compile(r"(grand|sub)?(total|totals|summe|gesamt|gesamtsumme|endsumme|sum|sums)")
_TENDERS = ("cash", "card", "check", "custom", "gift_card", "prepaid_card")


@dataclass(slots=True)
class Part:
    """What one row says: `key` names the record it belongs to, `said` is its share of that.

    `at` is its latest instant, for the order; `warnings` are (field, value, sentence).
    """

    key: str
    said: Said
    at: str = ""
    warnings: list[tuple[str, str, str]] = field(default_factory=list)


class RowReader:
    """Rows of one table. `now` bounds birthdays, `known_at` dates what has no date."""

    def __init__(
        self, columns: Columns, *, known_at: datetime, country: str | None, center: str | None
    ) -> None:
        self.columns = columns
        self.year = known_at.year
        self.known_at = known_at.isoformat()
        self.country = columns.mapping.country or country
        self.center = columns.mapping.center or center
        self._read: Callable[[_Cells], Part] = {
            "guests": self._guest,
            "invoices": self._invoice,
            "appointments": self._appointment,
            "balances": self._balance,
        }[columns.kind]

    def kind_of_row(self, cells: Sequence[str]) -> str | None:
        """`EMPTY`, `TOTALS`, or None for one that is to be read."""
        if not any(cells):
            return EMPTY
        keys = (
            ("invoice", "guest")
            if self.columns.kind == "invoices"
            else ("id", "guest", "email")
        )
        texts = [cells[self.columns.places[key]] for key in keys if self._holds(key, cells)]
        labelled = any(_TOTAL.fullmatch(plain(cell)) for cell in cells if cell)
        if labelled and all(not text or _TOTAL.fullmatch(plain(text)) for text in texts):
            return TOTALS
        return None

    def _holds(self, field: str, cells: Sequence[str]) -> bool:
        return self.columns.places.get(field, len(cells)) < len(cells)

    def read(self, cells: Sequence[str]) -> Part:
        """What the row says; refused by the field that is wrong."""
        extra = [cell for cell in cells[self.columns.width :] if cell]
        if extra:
            raise Refused(
                "invalid_record",
                sentences.said(
                    "The row has {n_cells} cells and the header {width}: is there"
                    " a separator within a value?",
                    n_cells=len(cells),
                    width=self.columns.width,
                ),
                field="row",
                value=extra[0],
            )
        return self._read(_Cells(self.columns, cells))

    def key_of(self, cells: Sequence[str]) -> str | None:
        """The invoice that a row belongs to though it cannot be read."""
        return _Cells(self.columns, cells).text("invoice") or None

    def totals(self, cells: Sequence[str]) -> dict[str, str]:
        """What a row of totals states, by the names of control totals."""
        row = _Cells(self.columns, cells)
        names = {"points": "points", "amount": "paid"}
        names |= {f"paid_{tender}": f"paid_{tender}" for tender in _TENDERS}
        found: dict[str, str] = {}
        for said, name in names.items():
            with suppress(Refused):
                if row.text(said):
                    is_points = said == "points"
                    found[name] = str(row.number(said)) if is_points else row.money(said)[1]
        return found

    # -- kinds -------------------------------------------------------------------------------

    def _guest(self, row: "_Cells") -> Part:
        warnings: list[tuple[str, str, str]] = []
        names = [row.text("first_name"), row.text("last_name")]
        name = row.text("name") or " ".join(one for one in names if one)
        if not name:
            raise _missing("name")
        email, phone = row.text("email"), row.text("phone")
        if email and not is_email(email):
            why = sentences.said("{email!r} is no e-mail address; it is left out.", email=email)
            warnings.append(("email", email, why))
            email = ""
        if phone:
            try:
                phone = read_phone(phone, self.country, field="phone")
            except Refused as refused:
                why = sentences.said("{why} It is left out.", why=refused.said)
                warnings.append(("phone", phone, why))
                phone = ""
        ref = row.text("id") or email.lower() or phone
        if not ref:
            raise _missing("id")
        said: Said = {"type": "guest", "id": ref, "name": name, "at": self.known_at}
        said |= _given(email=email, phone=phone)
        for day in ("birthday", "anniversary"):
            if row.text(day):
                said[day] = row.day(day, born_by=self.year)
        said |= _given(
            status=row.text("status"),
            home_center=row.text("home_center") or self.center or "",
            referred_by=row.text("referred_by"),
        )
        if row.text("loyalty_opt_in"):
            said["loyalty_opt_in"] = row.word("loyalty_opt_in") == "yes"
        return Part(ref, said | self._signup(row), "", warnings)

    def _signup(self, row: "_Cells") -> Said:
        """Of a sign-up at the desk, which earns nothing, the day need not be known."""
        if row.text("signup_at"):
            channel = row.word("signup_channel", default="desk")
            return {"signup": {"channel": channel, "at": row.instant("signup_at")}}
        if plain(row.text("signup_channel")) == "desk":
            return {"signup": {"channel": "desk", "at": self.known_at}}
        return {}

    def _invoice(self, row: "_Cells") -> Part:
        ref = row.text("invoice")
        if not ref:
            raise _missing("invoice")
        head: Said = _given(
            guest=row.text("guest"), center=row.text("center") or self.center or ""
        )
        if row.text("opened_at"):
            head["opened_at"] = row.instant("opened_at", clock="opened_time")
        if row.text("closed_at"):
            head["closed_at"] = row.instant("closed_at")
        if row.text("status"):
            head["status"] = row.word("status")
        said: Said = {"head": head}
        line = self._line(row)
        if line:
            said["line"] = line
        payments = self._payments(row)
        if payments:
            said["payments"] = payments
        instants = [
            head.get("opened_at"),
            head.get("closed_at"),
            *(p.get("at") for p in payments),
        ]
        return Part(ref, said, max((one for one in instants if one), default=""))

    def _line(self, row: "_Cells") -> Said:
        amounts = ("unit_price", "price", "total")
        if not any(row.text(name) for name in amounts):
            return {}
        line: Said = _given(
            id=row.text("line"),
            item=row.text("item"),
            appointment=row.text("appointment"),
            staff=row.text("staff_id"),
        )
        if not row.text("item") or row.text("kind"):
            line["kind"] = row.word("kind", default=self.columns.mapping.line_kind)
        for name in ("price", "discount", "tax", "total", "unit_price"):
            if row.text(name):
                factor, amount = row.money(name)
                # Some systems write discounts below zero, as what they take off.
                line[name] = amount if factor > 0 or name == "discount" else f"-{amount}"
        if row.text("quantity"):
            line["quantity"] = row.number("quantity")
        return line

    def _payments(self, row: "_Cells") -> list[Said]:
        at = row.instant("paid_at") if row.text("paid_at") else None
        found: list[Said] = []
        if row.text("amount"):
            factor, amount = row.money("amount")
            if amount.strip("0.") or row.text("payment"):
                tender = row.word("tender", default=None)
                said = {"tender": tender, "amount": amount, "is_refund": factor < 0}
                of, line = row.text("refund_of"), row.text("refunded_line")
                said |= _given(id=row.text("payment"), at=at or "", of=of, line=line)
                found.append(said)
        for tender in _TENDERS:
            if row.text(f"paid_{tender}"):
                factor, amount = row.money(f"paid_{tender}")
                if amount.strip("0."):
                    said = {"tender": tender, "amount": amount, "is_refund": factor < 0}
                    found.append(said | _given(at=at or ""))
        return found

    def _appointment(self, row: "_Cells") -> Part:
        ref, guest = row.text("id"), row.text("guest")
        for name, text in (("id", ref), ("guest", guest), ("starts_at", row.text("starts_at"))):
            if not text:
                raise _missing(name)
        starts_at = row.instant("starts_at", clock="starts_time")
        # It was booked before it begins, and before anybody knows of it.
        booked_at = min(starts_at, self.known_at, key=lambda text: text[:16])
        if row.text("booked_at"):
            booked_at = row.instant("booked_at")
        said: Said = {
            "type": "appointment",
            "id": ref,
            "guest": guest,
            "center": row.text("center") or self.center,
            "booked_at": booked_at,
            "channel": row.word("channel", default="desk"),
            "starts_at": starts_at,
            "status": row.word("status", default="booked"),
            "at": booked_at,
        }
        if said["center"] is None:
            raise _missing("center")
        said |= _given(
            invoice=row.text("invoice"), staff=row.text("staff_id"), note=row.text("note")
        )
        if row.text("service_ids"):
            named = row.text("service_ids").split(";")
            said["services"] = [one.strip() for one in named if one.strip()]
        if row.text("minutes"):
            said["minutes"] = row.number("minutes")
        return Part(ref, said, booked_at)

    def _balance(self, row: "_Cells") -> Part:
        guest = row.text("guest")
        if not guest:
            raise _missing("guest")
        if not row.text("points"):
            raise _missing("points")
        points = row.number("points")
        said: Said = {
            "type": "opening_balance",
            "guest": guest,
            "points": points,
            "at": self.known_at,
        }
        if row.text("earned_on"):
            said["earned_on"] = row.day("earned_on")
        if "expires_on" in self.columns.places:
            # A column of last days that is empty here says that these points never end.
            said["expires_on"] = row.day("expires_on") if row.text("expires_on") else None
        said |= _given(tier=row.text("tier"), comment=row.text("comment"))
        days = (said.get("earned_on") or "-", said.get("expires_on") or "-")
        ref = row.text("id") or ":".join(("opening", guest, *days))
        return Part(ref, {**said, "id": ref})


class _Cells:
    """One row by its fields."""

    def __init__(self, columns: Columns, cells: Sequence[str]) -> None:
        self.columns = columns
        self.cells = cells

    def text(self, name: str) -> str:
        place = self.columns.places.get(name)
        return self.cells[place] if place is not None and place < len(self.cells) else ""

    def day(self, name: str, *, born_by: int | None = None) -> str:
        order = self.columns.order[name]
        return read_day(self.text(name), order, field=name, born_by=born_by)

    def instant(self, name: str, *, clock: str = "") -> str:
        said = self.text(clock) if clock else ""
        at = read_time(said, field=clock) if said else ""
        return read_instant(self.text(name), self.columns.order[name], field=name, clock=at)

    def money(self, name: str) -> tuple[int, str]:
        sign, exponent = self.columns.sign[name], self.columns.exponent
        return read_money(self.text(name), sign, exponent, field=name)

    def number(self, name: str) -> int:
        return read_number(self.text(name), self.columns.sign[name], field=name)

    def word(self, name: str, *, default: str | None = "") -> str:
        text = self.text(name)
        if not text and default:
            return default
        if not text:
            raise _missing(name)
        form = self.columns.fields[name].form
        return read_word(text, form, field=name, own=self.columns.own_words(name))


def _given(**said: str) -> Said:
    return {name: value for name, value in said.items() if value}


def _missing(name: str) -> Refused:
    return Refused(
        "invalid_record", sentences.said("{name} is empty.", name=name), field=name, value=""
    )
