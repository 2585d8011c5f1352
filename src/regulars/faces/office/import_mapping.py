"""Which column of a file is which field, as the form shows it and as it was said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from regulars.faces.office import import_words as words
from regulars.faces.shared.visits import Visit
from regulars.rules.refusals import Refused
from regulars.services.imports.fields import FIELDS, WORDS, by_name
from regulars.services.imports.guessing import LIKELY, SURE
from regulars.services.imports.mapping import missing_fields


@dataclass(frozen=True, slots=True)
class FileShown:
    """One file of an import as its form shows it; `place` counts from 0."""

    place: int
    name: str
    sheet: str | None
    columns: list[dict[str, Any]]
    fields: list[tuple[str, Any]]
    mapping: Mapping[str, Any]
    mapping_name: str | None
    is_agreed: bool
    own_words: str
    words: list[tuple[Any, str]]
    has_days: bool
    has_amounts: bool


def shown_file(kind: str, place: int, file: Mapping[str, Any]) -> FileShown:
    mapping = file["mapping"]
    known = by_name(kind)
    forms = {known[name].form for name in mapping["columns"].values() if name in known}
    return FileShown(
        place,
        file["name"],
        file["sheet"],
        [_column(one, mapping["columns"]) for one in file["guesses"]],
        [(one.name, words.field_name(kind, one.name)) for one in FIELDS[kind]],
        mapping,
        file["mapping_name"],
        file["is_agreed"],
        _own_words(mapping["values"]),
        [
            (words.field_name(kind, one.name), f"{one.name}: … = {_meanings(one.form)}")
            for one in FIELDS[kind]
            if one.form in WORDS and one.name in mapping["columns"].values()
        ],
        bool(forms & {"day", "instant"}),
        bool(forms & {"money", "number"}),
    )


def _column(guess: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    chosen = columns.get(guess["header"], "")
    is_guess = bool(chosen) and chosen == guess["field"]
    confidence = guess["confidence"]
    return {
        "header": guess["header"],
        "samples": guess["samples"],
        "chosen": chosen,
        "is_sure": is_guess and confidence >= SURE,
        "is_likely": is_guess and LIKELY <= confidence < SURE,
        "is_unsure": is_guess and confidence < LIKELY,
        "confidence": confidence,
    }


def _meanings(form: str) -> str:
    return " | ".join(sorted(set(WORDS[form].values())))


def _own_words(values: Mapping[str, Mapping[str, str]]) -> str:
    return "\n".join(
        f"{field}: {said} = {meaning}"
        for field, those in values.items()
        for said, meaning in those.items()
    )


def mapping_said(visit: Visit, headers: list[str]) -> dict[str, Any]:
    """The mapping that the form sent, as the importer takes it."""
    said = visit.request.POST
    columns = {
        header: field
        for place, header in enumerate(headers)
        if (field := said.get(f"column-{place}", ""))
    }
    mapping: dict[str, Any] = {"columns": columns, "values": _values(said.get("words", ""))}
    for name in ("date_order", "decimal", "country", "center"):
        mapping[name] = said.get(name, "").strip() or None
    mapping["line_kind"] = said.get("line_kind") or "service"
    return mapping


def _values(text: str) -> dict[str, dict[str, str]]:
    """Lines such as "tender: Klarna = custom"."""
    found: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if not line.strip():
            continue
        field, colon, rest = line.partition(":")
        meant, equals, meaning = rest.rpartition("=")
        if not colon or not equals or not meant.strip():
            raise Refused(
                "invalid_record",
                _("Write each word of your file as “tender: Klarna = custom”; “%(line)s” is"
                  " not.") % {"line": line.strip()[:60]},
                field="words",
            )  # fmt: skip
        found.setdefault(field.strip(), {})[meant.strip()] = meaning.strip()
    return found


def missing_of(kind: str, files: list[FileShown]) -> list[Any]:
    """What every row needs and no column is given for, in words."""
    given = [field for one in files for field in one.mapping["columns"].values()]
    names = missing_fields(kind, given)
    alternatives = {
        "name (or first_name and last_name)": _("a name"),
        "id (or email or phone, from which an id is made)": _(
            "a guest number, an e-mail or a phone"
        ),
    }
    return [alternatives.get(one, words.field_name(kind, one)) for one in names]
