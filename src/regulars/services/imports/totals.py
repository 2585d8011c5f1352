"""Control totals: what was read, what was stated, and what the books hold afterwards."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from regulars.records.queries import imported, said
from regulars.rules import sentences
from regulars.rules.amounts import format_money, parse_money
from regulars.rules.refusals import Refused
from regulars.services.formats.sent import Tender
from regulars.services.organizations import Company

NAMES = ("rows", "records", "guests", "invoices", "appointments", "points", "paid", "refunded")
TENDERS: tuple[str, ...] = Tender.__args__  # type: ignore[attr-defined]
MONEY = ("paid", "refunded", *(f"paid_{tender}" for tender in TENDERS))

_COUNTED = {"guest": "guests", "invoice": "invoices", "appointment": "appointments"}


@dataclass(frozen=True, slots=True)
class Total:
    """One control total. `stated` and `held` are None where nobody said, or looked."""

    name: str
    read: str
    stated: str | None = None
    held: str | None = None

    @property
    def differs(self) -> bool:
        return any(other not in (None, self.read) for other in (self.stated, self.held))


def add_document(totals: Counter[str], document: Mapping[str, Any], *, exponent: int) -> None:
    """Count one record in."""
    kind = document["type"]
    totals["records"] += 1
    if kind in _COUNTED:
        totals[_COUNTED[kind]] += 1
    if kind == "opening_balance":
        totals["points"] += document["points"]
    if kind == "invoice":
        _add_money(totals, document, exponent)


def _add_money(totals: Counter[str], document: Mapping[str, Any], exponent: int) -> None:
    for one in document["payments"]:
        cents = parse_money(one["amount"], exponent, field="amount")
        totals["paid"] += cents
        totals[f"paid_{one['tender']}"] += cents
    for one in document["refunds"]:
        totals["refunded"] += parse_money(one["amount"], exponent, field="amount")


def held_totals(
    kind: str, documents: Sequence[Mapping[str, Any]], *, exponent: int
) -> Counter[str]:
    """The same of what the books hold for these records: one query for a chunk."""
    totals: Counter[str] = Counter()
    refs = [document["id"] for document in documents]
    if kind == "balances":
        guests = sorted({document["guest"] for document in documents})
        found = imported.opening_points(guests, [f"opening_balance/{ref}" for ref in refs])
        totals["records"] += len(found)
        totals["points"] += sum(found)
    elif kind == "invoices":
        for document in said.these("invoice", refs, exponent=exponent):
            add_document(totals, {**document, "type": "invoice"}, exponent=exponent)
    else:
        n_found = imported.count_of(kind.removesuffix("s"), refs)
        totals["records"] += n_found
        totals[kind] += n_found
    return totals


def check_stated(stated: Mapping[str, str]) -> None:
    """Only totals that there are can be stated."""
    known = {*NAMES, *MONEY}
    for name in stated:
        if name not in known:
            raise Refused(
                "invalid_record",
                sentences.said(
                    "{name} is no control total; there are {known}.",
                    name=name,
                    known=", ".join(sorted(known)),
                ),
                field="expect",
                value=name,
            )


def compared(
    company: Company,
    read: Mapping[str, int],
    stated: Mapping[str, str],
    held: Mapping[str, int] | None,
) -> list[Total]:
    """Every total that was read or stated, beside what was stated and what is held."""
    names = [name for name in (*NAMES, *MONEY) if read.get(name) or name in stated]
    found = []
    for name in dict.fromkeys(names):
        is_held = held is not None and name != "rows"
        found.append(
            Total(
                name,
                _shown(company, name, read.get(name, 0)),
                _as_stated(company, name, stated[name]) if name in stated else None,
                _shown(company, name, (held or {}).get(name, 0)) if is_held else None,
            )
        )
    return found


def _shown(company: Company, name: str, value: int) -> str:
    return format_money(value, company.exponent) if name in MONEY else str(value)


def _as_stated(company: Company, name: str, text: str) -> str:
    """The same amount, written as ours are; what is no amount stays as it was said."""
    try:
        exponent = company.exponent if name in MONEY else 0
        return _shown(company, name, parse_money(text, exponent, field=name))
    except Refused:
        return text


def differing(totals: Iterable[Total]) -> list[Total]:
    return [one for one in totals if one.differs]
