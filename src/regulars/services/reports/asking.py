"""What is asked of a report, in words: read, completed and checked before anything is counted.

Every refusal names the field and its value. Fields are those of the command line, with `_`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from regulars.records.queries import reports_ledger
from regulars.rules import sentences
from regulars.rules.permissions import Actor, Permission, require
from regulars.rules.refusals import Refused, unknown_reference
from regulars.services.organizations import Company

NO_TIER = "none"
"""The word for guests in no tier, where a tier is asked for."""

Choice = Sequence[str]
Period = Literal["range", "day", "none"]


@dataclass(frozen=True, slots=True)
class Request:
    """A report asked for, as text came in; `today` is the organization's own."""

    name: str
    today: date
    said: Mapping[str, str] = field(default_factory=dict)
    actor: Actor | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What a report takes: a range of days, one day, or none; and further fields.

    `choices` are the words a field takes, the first of them what it is when not said.
    `may_look_ahead` lets a range end in the future.
    """

    period: Period
    choices: Mapping[str, Choice] = field(default_factory=dict)
    fields: Sequence[str] = ()
    may_look_ahead: bool = False
    permission: Permission | None = None

    @property
    def accepted(self) -> list[str]:
        days = {"range": ["from", "to"], "day": ["as_of"], "none": []}[self.period]
        return [*days, *self.choices, *self.fields]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question that can be answered. `last` is the day itself where there is no range."""

    name: str
    first: date
    last: date
    today: date
    closed_through: date | None
    words: Mapping[str, str] = field(default_factory=dict)
    centers: Mapping[str, str] = field(default_factory=dict)

    def word(self, name: str) -> str | None:
        return self.words.get(name)

    @property
    def is_settled(self) -> bool:
        """Whether all its days are closed: nothing that is yet to come changes them."""
        return self.closed_through is not None and self.last <= self.closed_through

    @property
    def at_hand(self) -> date:
        """The day that a question about "now" is about: today, or where the books stopped."""
        closed = self.closed_through
        return self.today if closed is None else _at_hand(closed, self.today)

    @property
    def lines(self) -> list[tuple[str, str]]:
        """As it was understood, for whoever reads the report."""
        period = [("From", str(self.first)), ("To", str(self.last))]
        head = [("As of", str(self.last))] if self.first == self.last else period
        closed = str(self.closed_through or "nothing yet")
        told = [
            (name.replace("_", " ").capitalize(), text) for name, text in self.words.items()
        ]
        return [*head, *told, ("Books closed through", closed)]

    def day(self, name: str) -> date | None:
        text = self.words.get(name)
        return None if text is None else date.fromisoformat(text)


def _at_hand(closed: date, today: date) -> date:
    return today if closed + timedelta(days=1) == today else closed


def understand(company: Company, request: Request, question: Question) -> Asked:
    """Check who asks and what; defaults are filled in (rule 11, contract section 4)."""
    said = {name: text for name, text in request.said.items() if text is not None}
    _check_permission(request, question, said)
    for name, text in said.items():
        if name not in question.accepted:
            raise _no_such_field(request.name, name, text, question)
    words = _words(said, question)
    centers = reports_ledger.center_names()
    center = words.get("center")
    if center is not None and center not in centers:
        raise unknown_reference("center", center, field="center")
    asked = Asked(
        name=request.name,
        first=date.min,
        last=date.max,
        today=request.today,
        closed_through=company.closed_through,
        words=words,
        centers=centers,
    )
    first, last = _days(asked, said, question)
    return replace(asked, first=first, last=last)


def _check_permission(request: Request, question: Question, said: Mapping[str, str]) -> None:
    """Rule 11: money of the whole company is for those who may see the liability.

    Whoever acts at one center only is shown no other center's money.
    """
    actor = request.actor
    if actor is None or question.permission is None:
        return
    require(actor, question.permission)
    if actor.center is None:
        return
    if "center" in question.fields and said.get("center") == actor.center:
        return
    raise Refused(
        "not_permitted",
        sentences.said(
            "{name} may see {center} only: the report {report} is about all centers.",
            name=actor.name,
            center=actor.center,
            report=request.name,
        ),
        field="center",
        value=said.get("center"),
        detail={"permission": question.permission.value, "center": actor.center},
    )


def _no_such_field(report: str, name: str, text: str, question: Question) -> Refused:
    takes = ", ".join(question.accepted)
    return Refused(
        "invalid_record",
        sentences.said(
            "The report {report} takes no {name}; it takes {takes}.",
            report=report,
            name=name,
            takes=takes,
        ),
        field=name,
        value=text,
    )


def _words(said: Mapping[str, str], question: Question) -> dict[str, str]:
    """Everything but the days of the report; choices checked, those not said added."""
    words = {}
    for name, choices in question.choices.items():
        text = said.get(name, choices[0])
        if text not in choices:
            raise Refused(
                "invalid_record",
                sentences.said(
                    "{name} must be one of {known}; it is {text!r}.",
                    name=name,
                    known=", ".join(choices),
                    text=text,
                ),
                field=name,
                value=text,
                detail={"choices": list(choices)},
            )
        words[name] = text
    for name in question.fields:
        if name in said:
            text = said[name].strip()
            if not text:
                raise Refused(
                    "invalid_record",
                    sentences.said("{name} must not be empty.", name=name),
                    field=name,
                    value=said[name],
                )
            words[name] = str(day_of(name, text)) if name.endswith("_until") else text
    return words


# -- days -------------------------------------------------------------------------------------

_EARLIEST = date.min + timedelta(days=1)
"""A report of a period asks what there was on the day before it too."""


def day_of(name: str, text: str) -> date:
    """A day as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(
            "invalid_record",
            sentences.said(
                "{name} must be a date like 2026-03-31; it is {text!r}.", name=name, text=text
            ),
            field=name,
            value=text,
        ) from None


def _days(asked: Asked, said: Mapping[str, str], question: Question) -> tuple[date, date]:
    """The last day closed, or the month up to it, where nothing is said."""
    usual = asked.closed_through or asked.today
    latest = max(usual, asked.today)
    if question.period == "none":
        return usual, usual
    if question.period == "day":
        day = day_of("as_of", said["as_of"]) if "as_of" in said else usual
        _check_not_ahead("as_of", day, latest)
        return day, day
    return _range(said, usual, latest, question)


def _range(
    said: Mapping[str, str], usual: date, latest: date, question: Question
) -> tuple[date, date]:
    first = day_of("from", said["from"]) if "from" in said else None
    last = day_of("to", said["to"]) if "to" in said else None
    if last is not None and not question.may_look_ahead:
        _check_not_ahead("to", last, latest)
    if first is None:
        first = (last or usual).replace(day=1)
    if last is None:
        last = max(usual, first) if question.may_look_ahead or first <= latest else usual
    if first > last:
        raise Refused(
            "invalid_record",
            sentences.said(
                "from must not be after to: from is {first}, to is {last}.",
                first=first,
                last=last,
            ),
            field="from",
            value=str(first),
            detail={"to": str(last)},
        )
    return max(first, _EARLIEST), max(last, _EARLIEST)


def _check_not_ahead(name: str, day: date, latest: date) -> None:
    if day > latest:
        raise Refused(
            "invalid_record",
            sentences.said(
                "{name} must not be in the future; it is {day}, and today is {latest}.",
                name=name,
                day=day,
                latest=latest,
            ),
            field=name,
            value=str(day),
            detail={"latest": str(latest)},
        )


# -- tiers and statuses -----------------------------------------------------------------------


def tiers_named(company: Company, text: str) -> list[str | None]:
    """Ids of tiers, by commas; refused unless some version of the program has them.

    "none" is no tier: None.
    """
    known = {tier.id for program in company.versions.programs for tier in program.tiers}
    names = [part.strip() for part in text.split(",")]
    for name in names:
        if name != NO_TIER and name not in known:
            raise unknown_reference("tier", name, field="tier")
    return [None if name == NO_TIER else name for name in names]


def statuses_named(text: str) -> list[str]:
    """Ids of guest statuses, by commas."""
    names = [part.strip() for part in text.split(",")]
    known = reports_ledger.status_names()
    for name in names:
        if name not in known:
            raise unknown_reference("guest status", name, field="status")
    return names
