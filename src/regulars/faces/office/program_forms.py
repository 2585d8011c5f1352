"""Forms on a part of the draft: what it says, live checks, what somebody else wrote."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date
from typing import Any

from regulars.faces.office import program_fields as fields
from regulars.faces.office import program_words as words
from regulars.faces.office.program_fields import Setting
from regulars.faces.shared.fields import DeskForm, MoneyField
from regulars.faces.shared.visits import Visit
from regulars.rules.program import AWARDABLE_KINDS
from regulars.rules.refusals import Refused
from regulars.services import program_drafts as drafts
from regulars.services.program_drafts import Change, Draft, Part

Document = Mapping[str, Any]


class PartForm(DeskForm):
    """Settings of one part of the draft's document, from the table of program_fields.

    `settings` are relative to what `part.look` gives; `above` is the path to it.
    """

    settings: Sequence[Setting] = ()

    def __init__(
        self,
        visit: Visit,
        draft: Draft,
        part: Part,
        *,
        settings: Sequence[Setting] = (),
        **options: Any,
    ) -> None:
        self.settings = settings or self.settings
        self.draft, self.part = draft, part
        self.said = part.look(draft.document) or {}
        options["initial"] = {**self._initial(visit), **options.get("initial", {})}
        super().__init__(visit, sent_by(visit), version=part.version(draft.document), **options)
        for one in self.settings:
            made = fields.field_of(one)
            if isinstance(made, MoneyField):
                made.language = visit.language
            self.fields[one.name] = made
        award_on = visit.request.POST.get("award_on") or draft.document.get("award_on")
        self.bar(str(award_on), self.said)

    def _initial(self, visit: Visit) -> dict[str, Any]:
        return {
            one.name: fields.shown(one, one.value_in(self.said), visit.language)
            for one in self.settings
        }

    # -- what is asked for -------------------------------------------------------------------

    def edit(self, document: Document) -> dict[str, Any]:
        """The document with what the form says."""
        changed = deepcopy(dict(document))
        for one in self.settings:
            one.put(changed, self.value(one))
        return changed

    def value(self, one: Setting) -> Any:
        held = self.cleaned_data[one.name]
        return fields.meant(one, held, exponent=self.visit.company.exponent)

    def is_own(self, document: Document, problem: Refused) -> bool:
        """Is it this form's to answer for?"""
        return self.field_at(problem.field or "", document) is not None

    def field_at(self, path: str, document: Document) -> str | None:
        """The form's field for a field of the document."""
        return next((one.name for one in self.settings if one.path == path), None)

    def save(self) -> Draft | None:
        """Keep it in the draft; None where it is shown again with what is wrong."""
        visit = self.visit
        wanted = Change(self.part, self.edit, self.cleaned_data["version"], self.is_own)
        try:
            return drafts.change(
                visit.company, wanted, on=day_of(visit), at=visit.now, by=visit.actor
            )
        except drafts.Unfit as unfit:
            self.blame(self.edit(self.draft.document), unfit.problems)
        except drafts.Overtaken as overtaken:
            self.beside(overtaken.draft)
        return None

    # -- what is in the way ------------------------------------------------------------------

    def bar(self, award_on: str, said: Document) -> None:
        """What goes with closed invoices only cannot be chosen without, unless it was."""
        for one in self.settings:
            value = words.CLOSED_ONLY.get(one.path, "")
            if value == "" or award_on == "closed_invoices":
                continue
            made: Any = self.fields[one.name]
            made.reason = words.closed_only()
            if one.kind == "choice":
                made.widget.barred = frozenset({value})
            else:
                held = one.value_in(said)
                is_chosen = held is True
                if one.kind == "some":
                    is_chosen = set(held or AWARDABLE_KINDS) != AWARDABLE_KINDS
                # What cannot be chosen is not sent; what is sent was chosen before.
                made.disabled = not (is_chosen or (self.is_bound and one.name in self.data))

    def mark(self, document: Document, problems: Sequence[Refused]) -> None:
        """Put settings that exclude each other where they are, both named; they may be kept."""
        for problem in problems:
            name = self.field_at(problem.field or "", document)
            if name is not None and problem.code == "setting_conflict":
                made: Any = self.fields[name]
                made.conflict = words.problem_said(self.visit, document, problem)

    def blame(self, document: Document, problems: Sequence[Refused]) -> None:
        """Put what is wrong at its fields."""
        for problem in problems:
            name = self.field_at(problem.field or "", document)
            sentence = self.sentence(document, problem)
            self.add_error(name if name in self.fields else None, sentence)

    def sentence(self, document: Document, problem: Refused) -> str:
        return words.problem_said(self.visit, document, problem)

    # -- what somebody else wrote meanwhile --------------------------------------------------

    overtaken: Draft | None = None

    def beside(self, draft: Draft) -> None:
        """Show what is in the draft by now beside what was typed; sent again, that is kept."""
        self.overtaken = draft
        self.data = with_version(self.data, self.part.version(draft.document))
        now = self.part.look(draft.document) or {}
        for one in self.settings:
            value = one.value_in(now)
            if value != self.value(one):
                made: Any = self.fields[one.name]
                made.newer = words.said(self.visit, one.path, value)


def sent_by(visit: Visit) -> Any:
    """What a form is filled with; a form with nothing in it was sent as well."""
    return visit.request.POST if visit.request.method == "POST" else None


def with_version(data: Any, version: str) -> Any:
    """What was sent, as if it had been made from another version."""
    changed = data.copy()
    changed["version"] = version
    return changed


def day_of(visit: Visit) -> date:
    """Today, as the program's versions count days: the organization's."""
    return visit.now.astimezone(visit.company.zone).date()


def draft_of(visit: Visit) -> Draft:
    return drafts.current(visit.company, on=day_of(visit))


def checked(form: PartForm) -> None:
    """What is wrong with it as it stands, without keeping it: for live checks.

    What has not been filled in yet is not complained about.
    """
    form.full_clean()
    for name, errors in list(form.errors.items()):
        if any(one.code == "required" for one in errors.as_data()):
            del form.errors[name]
    filled = {
        one.name for one in form.settings if form.cleaned_data.get(one.name) not in (None, "")
    }
    for one in form.settings:
        form.cleaned_data.setdefault(one.name, None)
    document = form.edit(form.draft.document)
    _program, problems = drafts.read_draft(form.visit.company, document, on=day_of(form.visit))
    for problem in problems:
        at = form.field_at(problem.field or "", document)
        if problem.code == "invalid_record" and at in filled:
            form.add_error(at, form.sentence(document, problem))
    form.mark(document, problems)
