"""Commands that a file was refused: the same file again is given the same answer (contract 3).

A refusal depends on the state of its moment. Sent again word for word, by a file that is
imported a second time, the command would meet a later state and might be carried out on a day
long closed. What only says that something is missing or misspelled is not kept: once it is
there, the file may be imported again.
"""

from dataclasses import dataclass, field
from functools import partial

from regulars.records import codec, models
from regulars.records.bulk import execute
from regulars.records.ids import uuid7
from regulars.records.scope import current_organization
from regulars.services import transactions
from regulars.services.formats.facts import Record
from regulars.services.formats.results import Result

_MENDED_ELSEWHERE = frozenset({"invalid_record", "unknown_reference", "setting_conflict"})


@dataclass(slots=True)
class Refusals:
    """The refusals of one stream of records. Within it an id may be tried again."""

    own: set[str] = field(default_factory=set)

    def known(self, record: Record) -> Result | None:
        """What an earlier stream was told about this very command, if it was refused."""
        if record.name in self.own:
            return None
        found = models.Refusal.objects.filter(
            name=record.name, at=record.at, digest=record.digest.hex()
        ).first()
        if found is None:
            return None
        return Result(
            record=record.name,
            status="refused",
            code=found.code,
            message=found.message,
            detail=codec.value_of(found.detail),
        )

    def note(self, record: Record, result: Result) -> None:
        """Keep a refusal that the state of this moment is the reason of."""
        if result.status != "refused" or result.code in _MENDED_ELSEWHERE:
            return
        self.own.add(record.name)
        transactions.write(partial(_keep, record, result))


def _keep(record: Record, result: Result) -> None:
    execute(
        """INSERT INTO records_refusal
        (id, organization_id, name, at, digest, code, message, detail)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
        ON CONFLICT (organization_id, name, at, digest) DO NOTHING""",
        [
            uuid7(),
            current_organization(),
            record.name,
            record.at,
            record.digest.hex(),
            result.code,
            result.message,
            codec.text_of(result.detail),
        ],
    )
