"""What the pages of the program share: tabs, and where the draft stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from regulars.faces.office import program_words as words
from regulars.faces.office.program_forms import day_of, draft_of
from regulars.faces.shared.visits import Visit
from regulars.rules.permissions import Permission
from regulars.rules.program import Program
from regulars.rules.program_diff import Difference, differences
from regulars.services.program_drafts import Draft

DEFINE = Permission.DEFINE_PROGRAM


@dataclass(frozen=True, slots=True)
class Told:
    """One difference in words: of what (a tier, or nothing), the setting, from what to what.

    `kind` is new, gone, retired or changed.
    """

    of: str
    kind: str
    label: str
    before: str = ""
    after: str = ""


def framed(
    visit: Visit, here: str, draft: Draft | None = None, **context: Any
) -> dict[str, Any]:
    """The context of a page: its tabs, the draft, what it changes and what is to be settled."""
    may_define = visit.may(DEFINE)
    shown = draft or draft_of(visit)
    tabs = [("program", _("Tiers"))]
    if may_define:
        tabs += [("program_settings", _("Settings")), ("program_rewards", _("Money rewards"))]
    tabs.append(("program_versions", _("Versions")))
    return {
        "tabs": [
            {"label": label, "address": reverse(name), "is_here": name == here}
            for name, label in tabs
        ],
        "may_define": may_define,
        "draft": shown if may_define else None,
        "n_changes": len(changes(visit, shown)) if may_define and shown.is_kept else 0,
        "problems": [words.problem_said(visit, shown.document, one) for one in shown.problems],
        **context,
    }


def changes(visit: Visit, draft: Draft) -> list[Difference]:
    """What the draft changes of the version it would follow."""
    return of_versions(in_force(visit, draft.program.effective_from), draft.program)


def of_versions(before: Program | None, after: Program) -> list[Difference]:
    """What changed between two, but for their days."""
    return [one for one in differences(before, after) if one.path != "effective_from"]


def in_force(visit: Visit, on: date) -> Program | None:
    return visit.company.versions.on(on)


def in_force_today(visit: Visit) -> Program | None:
    return in_force(visit, day_of(visit))


def told(
    visit: Visit, found: Sequence[Difference], programs: Sequence[Program | None]
) -> list[Told]:
    """Differences in the words of the trade. `programs`: where tiers are called what."""
    names = {tier.id: tier.name for program in programs if program for tier in program.tiers}
    return [_told(visit, one, names) for one in found]


def _told(visit: Visit, one: Difference, names: dict[str, str]) -> Told:
    if not one.path.startswith("tiers."):
        label = str(words.LABELS.get(one.path, one.path))
        before, after = (
            words.said(visit, one.path, value) for value in (one.before, one.after)
        )
        return Told("", "changed", label, before, after)
    ref, _dot, setting = _parts(one.path, names)
    tier = names.get(ref, ref)
    if not setting:
        if one.before is None:
            return Told(tier, "new", words.money(visit, one.after["minimum_spend"]))
        return Told(tier, "gone", "")
    if setting == "retire" and one.after is not None:
        return Told(tier, "retired", names.get(one.after, one.after))
    action = setting.removeprefix("accruals.")
    label = str(words.ACTIONS[action] if action in words.ACTIONS else words.LABELS[setting])
    name = action if action in words.ACTIONS else setting
    before, after = (words.said(visit, name, value) for value in (one.before, one.after))
    return Told(tier, "changed", label, before, after)


def _parts(path: str, names: dict[str, str]) -> tuple[str, str, str]:
    """The tier's id may have dots itself: the longest known one that fits."""
    rest = path.removeprefix("tiers.")
    for ref in sorted(names, key=len, reverse=True):
        if rest == ref or rest.startswith(f"{ref}."):
            return ref, ".", rest[len(ref) + 1 :]
    return rest.partition(".")
