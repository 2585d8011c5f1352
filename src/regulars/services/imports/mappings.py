"""Mappings under names, kept by an organization and found again by a file's headers."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from regulars.records import models
from regulars.rules import sentences
from regulars.rules.refusals import Refused, unknown_reference
from regulars.services import transactions
from regulars.services.imports.fields import plain
from regulars.services.imports.mapping import ColumnMapping, check_mapping

PROBLEM = "What is wrong"
"""The column that a file of rows to correct has besides its own."""


@dataclass(frozen=True, slots=True)
class KeptMapping:
    """One of them. `headers` are those of the file it was made for."""

    name: str
    kind: str
    headers: tuple[str, ...]
    mapping: ColumnMapping
    made_at: datetime
    made_by: str | None


def keep(
    name: str,
    kind: str,
    mapping: ColumnMapping,
    *,
    headers: Sequence[str],
    at: datetime,
    by: str | None,
) -> None:
    """Keep a mapping; one of this name is replaced."""
    check_mapping(kind, mapping)
    if not name.strip() or len(name) > 200:
        raise Refused(
            "invalid_record",
            sentences.said("name must have 1 to 200 letters."),
            field="name",
            value=name,
        )

    def write() -> None:
        models.ImportMapping.objects.filter(name=name).delete()
        models.ImportMapping.objects.create(
            name=name,
            kind=kind,
            headers=msgspec.json.encode(list(headers)).decode(),
            headers_digest=headers_digest(headers),
            document=msgspec.json.encode(mapping).decode(),
            made_at=at,
            made_by=by,
        )

    transactions.write(write)


def kept_mappings() -> list[KeptMapping]:
    """All of them, by name."""
    return [_kept(row) for row in models.ImportMapping.objects.order_by("name")]


def mapping_named(name: str) -> KeptMapping:
    row = models.ImportMapping.objects.filter(name=name).first()
    if row is None:
        raise unknown_reference("mapping", name, field="mapping")
    return _kept(row)


def mapping_for(kind: str, headers: Sequence[str]) -> KeptMapping | None:
    """The newest one made for the very headers of a file."""
    rows = models.ImportMapping.objects.filter(
        kind=kind, headers_digest=headers_digest(headers)
    )
    row = rows.order_by("-made_at", "name").first()
    return None if row is None else _kept(row)


def remove(name: str) -> None:
    """Forget a mapping; imports that used it keep what they were told."""
    mapping_named(name)
    transactions.write(lambda: models.ImportMapping.objects.filter(name=name).delete())


def headers_digest(headers: Sequence[str]) -> str:
    """Headers in any order, letter by letter; those of a corrected file are the same."""
    own = [header for header in headers if header != PROBLEM]
    said = "\n".join(sorted(plain(header) or header for header in own))
    return hashlib.sha256(said.encode()).hexdigest()


def _kept(row: models.ImportMapping) -> KeptMapping:
    return KeptMapping(
        row.name,
        row.kind,
        tuple(msgspec.json.decode(row.headers)),
        msgspec.json.decode(row.document, type=ColumnMapping),
        row.made_at,
        row.made_by,
    )
