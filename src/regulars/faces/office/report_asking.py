"""What a report takes, as fields above its table; what was asked, as the report wants it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.faces.office import report_words
from regulars.faces.office.periods import NAMES, OWN
from regulars.faces.shared.visits import Visit
from regulars.records.queries import reports_ledger
from regulars.rules.credit_history import HAPPENINGS
from regulars.services.figures.board import AHEAD, days_of
from regulars.services.reports import guest_list
from regulars.services.reports.asking import NO_TIER, Question, Request

SORTED_BY_HEADS = ("sort", "order")
"""On screen a table is sorted by the heads of its columns."""
AHEAD_NAMES: Mapping[str, str | Promise] = {
    "next_30_days": gettext_lazy("Next 30 days"),
    "next_90_days": gettext_lazy("Next 90 days"),
    "next_12_months": gettext_lazy("Next 12 months"),
}
assert tuple(AHEAD_NAMES) == AHEAD
LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Field:
    """One field: a `kind` of select, day, text or checks, with its choices and what is on."""

    name: str
    label: str | Promise
    kind: str
    value: str = ""
    choices: tuple[tuple[str, str, bool], ...] = ()


def words_asked(visit: Visit, question: Question) -> dict[str, str]:
    """What the address says that this report takes: what a view keeps and a file is of."""
    said = visit.request.GET
    names = [*question.accepted, *(["period"] if question.period == "range" else [])]
    words = {}
    for name in names:
        text = ",".join(part for part in said.getlist(name) if part)
        if name not in SORTED_BY_HEADS and text:
            words[name] = text[:LONGEST].replace("\x00", "")
    if words.get("period", OWN) not in (OWN, *NAMES, *AHEAD):
        del words["period"]
    if words.get("period", OWN) != OWN:  # its days are those of the day one looks
        words.pop("from", None)
        words.pop("to", None)
    if visit.actor.center is not None and "center" in question.fields:
        words["center"] = visit.actor.center
    return words


def request_of(
    visit: Visit, name: str, words: Mapping[str, str], *, question: Question
) -> Request:
    """The report asked for, as the service takes it."""
    today = visit.now.astimezone(visit.company.zone).date()
    said = {field: text for field, text in words.items() if field != "period"}
    period = words.get("period", OWN)
    if period != OWN:
        beginning = reports_ledger.first_entry_on() or today
        first, last = days_of(period, today, beginning=beginning)
        said |= {"from": str(first), "to": str(last)}
    return Request(name, today, said, visit.actor)


# -- fields -----------------------------------------------------------------------------------


def fields_of(visit: Visit, question: Question, words: Mapping[str, str]) -> list[Field]:
    """The fields in the order of the report's own parameters."""
    return [
        *_days(question, words),
        *_choices(question, words),
        *_others(visit, question, words),
    ]


def _days(question: Question, words: Mapping[str, str]) -> Iterator[Field]:
    if question.period == "day":
        yield Field("as_of", report_words.FIELDS["as_of"], "day", words.get("as_of", ""))
    if question.period != "range":
        return
    names = {**NAMES, **(AHEAD_NAMES if question.may_look_ahead else {})}
    now = words.get("period", OWN if "from" in words or "to" in words else "")
    known = [("", _("Month of the last close")), *names.items(), (OWN, _("Own days"))]
    choices = tuple((name, str(label), name == now) for name, label in known)
    yield Field("period", _("Period"), "select", now, choices)
    yield Field("from", report_words.FIELDS["from"], "day", words.get("from", ""))
    yield Field("to", report_words.FIELDS["to"], "day", words.get("to", ""))


def _choices(question: Question, words: Mapping[str, str]) -> Iterator[Field]:
    for name, known in question.choices.items():
        if name not in SORTED_BY_HEADS:
            now = words.get(name, known[0])
            choices = tuple((one, report_words.choice(one), one == now) for one in known)
            yield Field(name, report_words.FIELDS[name], "select", now, choices)


def _others(visit: Visit, question: Question, words: Mapping[str, str]) -> Iterator[Field]:
    for name in question.fields:
        label, now = report_words.FIELDS[name], words.get(name, "")
        if name == "columns":
            yield Field(name, label, "checks", now, _columns(now))
        elif (known := _known(visit, name)) is not None:
            shown = [("", _("all")), *known] if len(known) != 1 else known
            choices = tuple((one, text, one == now) for one, text in shown)
            yield Field(name, label, "select", now, choices)
        else:
            kind = "day" if name.endswith("_until") else "text"
            yield Field(name, label, kind, now)


def _known(visit: Visit, name: str) -> list[tuple[str, str]] | None:
    """What a field may be, by id and name; None: any text."""
    if name == "center":
        own = visit.actor.center
        return [(one.ref, one.name) for one in visit.centers if own in (None, one.ref)]
    if name == "tier":
        ladder = _ladder(visit)
        return [*ladder, (NO_TIER, report_words.choice("in no tier"))]
    if name == "status":
        return list(reports_ledger.status_names().items())
    if name == "source":
        return [(one, report_words.choice(one)) for one in ("run", "manual")]
    if name == "happening":
        return [(one, report_words.choice(one)) for one in HAPPENINGS]
    return None


def _ladder(visit: Visit) -> list[tuple[str, str]]:
    program = visit.company.versions.on(visit.today)
    return [(tier.id, tier.name) for tier in program.tiers] if program else []


def _columns(now: str) -> tuple[tuple[str, str, bool], ...]:
    names = now.split(",") if now else list(guest_list.USUAL)
    every = now == "all"
    return tuple(
        (one.name, report_words.word(one.title), every or one.name in names)
        for one in guest_list.COLUMNS
    )


def may_see(visit: Visit, question: Question) -> bool:
    """Whether the member may have this report at all; the report itself refuses the rest."""
    if question.permission is None:
        return True
    may: Any = visit.may(question.permission)
    return bool(may and (visit.actor.center is None or "center" in question.fields))
