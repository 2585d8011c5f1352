"""Files of an import as they are looked at: what each is made of, and which column is which."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from regulars.rules import sentences
from regulars.rules.refusals import Refused
from regulars.services.imports import mappings
from regulars.services.imports.guessing import Guess, columns_of, guess_columns, unsure
from regulars.services.imports.mapping import ColumnMapping, check_kind, check_mapping
from regulars.services.imports.tables import Table, digest_of, open_table


class ImportFile(msgspec.Struct):
    """One file of an import as it is kept: what it is made of, and how it is read."""

    name: str
    digest: str
    headers: list[str]
    sheet: str | None
    sheets: list[str]
    guesses: list[Guess]
    mapping: ColumnMapping
    mapping_name: str | None = None
    is_agreed: bool = False


class Document(msgspec.Struct):
    """What an import is of, and what was stated about it."""

    files: list[ImportFile] = []
    stated: dict[str, str] = {}


def look(
    path: Path,
    kind: str,
    *,
    name: str | None = None,
    sheet: str | None = None,
    mapping: ColumnMapping | None = None,
    mapping_name: str | None = None,
) -> ImportFile:
    """A file with its mapping: the one given or named, else one kept for its headers, else a
    guess.
    """
    check_kind(kind)
    table = open_table(path, name=name, sheet=sheet)
    guesses = guess_columns(kind, table)
    found = mappings.mapping_named(mapping_name) if mapping_name else None
    if found is None and mapping is None:
        found = mappings.mapping_for(kind, table.headers)
    chosen = mapping or (found.mapping if found else ColumnMapping(columns=columns_of(guesses)))
    check_mapping(kind, chosen)
    return _file(table, path, guesses, chosen, found.name if found and not mapping else None)


def _file(
    table: Table, path: Path, guesses: list[Guess], mapping: ColumnMapping, named: str | None
) -> ImportFile:
    guessed = mapping.columns == columns_of(guesses) and named is None
    return ImportFile(
        table.name,
        digest_of(path),
        list(table.headers),
        table.sheet,
        list(table.sheets),
        guesses,
        mapping,
        named,
        not guessed or not unsure(guesses),
    )


def digest_of_all(kind: str, files: Sequence[ImportFile]) -> str:
    said = [kind, *((one.digest, one.sheet, one.mapping) for one in files)]
    return hashlib.sha256(msgspec.json.encode(said, order="deterministic")).hexdigest()


def require_agreed(file: ImportFile) -> None:
    """A guess that is not sure is somebody's to confirm."""
    if file.is_agreed:
        return
    said = ", ".join(
        f"{one.header!r} as {one.field} ({one.confidence} %)" for one in unsure(file.guesses)
    )
    raise Refused(
        "invalid_record",
        sentences.said(
            "{name}: {guesses} is only a guess. Confirm it, or say which column is which.",
            name=file.name,
            guesses=said,
        ),
        field="mapping",
    )
