"""From one record as it came, JSON bytes or a mapping, to a `Record`, or `Refused`.

Nothing else is ever raised, whatever the bytes are. A fact in JSON, the bulk of every import,
is decoded straight into its struct; all else, and whatever is refused, takes the slower way
over a mapping, which knows the values to name.
"""

from collections.abc import Callable, Mapping
from typing import Any, get_args

import msgspec

from regulars.rules import sentences
from regulars.rules.amounts import shown
from regulars.rules.refusals import Refused
from regulars.services.formats import reading_facts
from regulars.services.formats import sent as said
from regulars.services.formats.characters import check_characters, may_hold_unprintable
from regulars.services.formats.complaints import invalid, refusal_of
from regulars.services.formats.context import Assuming, Context
from regulars.services.formats.facts import ProgramFact, Record
from regulars.services.formats.reading_commands import COMMANDS, command
from regulars.services.formats.reading_facts import Reading, known_at
from regulars.services.formats.reading_invoices import invoice

Raw = bytes | Mapping[str, Any]

_FACT_READERS: dict[type[said.SentFact], Callable[[Any, Context], Reading]] = {
    said.SentInvoice: invoice,
    said.SentAppointment: reading_facts.appointment,
    said.SentGuest: reading_facts.guest,
    said.SentFeedback: reading_facts.feedback,
    said.SentItem: reading_facts.item,
    said.SentCenter: reading_facts.center,
    said.SentStatus: reading_facts.status,
    said.SentOrganization: reading_facts.organization,
}
FACTS: dict[str, type[said.SentFact]] = {
    str(form.__struct_config__.tag): form for form in get_args(said.AnySentFact)
}
_KINDS = {form: kind for kind, form in FACTS.items()}
_FACT_DECODER = msgspec.json.Decoder(said.AnySentFact)
_ENCODE = msgspec.json.Encoder().encode
_ENCODE_SORTED = msgspec.json.Encoder(order="sorted").encode
_UNDECODABLE = (msgspec.DecodeError, UnicodeError, RecursionError, ValueError)


class Looked(dict[str, Any]):
    """A fact out of JSON text that holds nothing unprintable; its struct checks the rest.

    What is put into it afterwards is looked at.
    """


_PUT_IN = ("type", "id", "by")


class Reader:
    """Reads the records of one organization, in order."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def parse(self, raw: Raw | Refused) -> Record:
        """Whatever a `RecordSource` yields."""
        if isinstance(raw, Refused):
            raise raw
        return self.parse_bytes(raw) if isinstance(raw, bytes) else self.parse_document(raw)

    def parse_bytes(self, line: bytes) -> Record:
        """One JSON object."""
        try:
            sent = _FACT_DECODER.decode(line)
        except _UNDECODABLE:
            return self.parse_document(mapping_of(line))
        if may_hold_unprintable(line):
            check_characters(mapping_of(line))
        return self._fact(sent)

    def parse_document(self, document: Mapping[str, Any]) -> Record:
        """One record as a mapping of plain values."""
        if isinstance(document, Looked):
            check_characters({name: document[name] for name in _PUT_IN if name in document})
        else:
            check_characters(document)
        kind = document.get("type")
        if not isinstance(kind, str):
            raise _unknown_type(document)
        if kind in FACTS:
            return self._fact(_converted(document, FACTS[kind]))
        if kind in COMMANDS:
            return self._command(kind, document)
        if kind == "program":
            return self._program(document)
        raise _unknown_type(document)

    def _fact(self, sent: said.SentFact) -> Record:
        try:
            record = _fact_record(sent, self.context)
        except Refused as refused:
            if refused.code == "unknown_reference":
                _fact_record(sent, Assuming(self.context))
            raise
        self.context.previous_at = record.at
        return record

    def _command(self, kind: str, document: Mapping[str, Any]) -> Record:
        read, (at, known_on) = command(kind, document, self.context)
        self.context.previous_at = at
        # Encoded by the contract's names, since that is what the mapping came with.
        content = msgspec.to_builtins(read)
        del content["at"]
        return Record(
            kind=kind,
            id=read.id,
            name=f"{kind}/{read.id}",
            at=at,
            known_on=known_on,
            by=read.by,
            body=read,
            canonical=_ENCODE(content),
        )

    def _program(self, document: Mapping[str, Any]) -> Record:
        sent = _converted(document, said.SentProgram)
        zone = self.context.organization_zone
        at, known_on = known_at(sent.at, zone, latest=None, context=self.context)
        program = {
            name: value
            for name, value in document.items()
            if name not in ("type", "id", "at", "by")
        }
        version = sent.effective_from.isoformat()
        try:
            canonical = _ENCODE_SORTED(program)
        except (TypeError, ValueError, RecursionError):
            raise invalid(
                "record", sentences.said("holds a value that JSON cannot."), None
            ) from None
        self.context.previous_at = at
        return Record(
            kind="program",
            id=version,
            name=f"program/{version}",
            at=at,
            known_on=known_on,
            by=sent.by,
            body=ProgramFact(sent.effective_from, program),
            canonical=canonical,
        )


def _fact_record(sent: Any, context: Context) -> Record:
    form = type(sent)
    kind = _KINDS[form]
    fact, zone, latest, kept_apart = _FACT_READERS[form](sent, context)
    if sent.id.isspace():
        raise invalid("id", sentences.said("must not be empty."), sent.id)
    at, known_on = known_at(sent.at, zone, latest=latest, context=context)
    if kept_apart:
        at, known_on = max((at, known_on), latest or (at, known_on))
        content = msgspec.to_builtins(fact)
        for name in kept_apart:
            del content[name]
        canonical = _ENCODE(content)
    else:
        canonical = _ENCODE(fact)
    return Record(kind, sent.id, f"{kind}/{sent.id}", at, known_on, sent.by, fact, canonical)


def _converted(document: Mapping[str, Any], form: type[Any]) -> Any:
    try:
        return msgspec.convert(document, form)
    except msgspec.ValidationError as error:
        raise refusal_of(error, document, form) from None
    except _UNDECODABLE as error:
        raise invalid(
            "record", sentences.said("cannot be read: {error}.", error=error), None
        ) from None


def _unknown_type(document: Mapping[str, Any]) -> Refused:
    kind = document.get("type")
    if kind is None:
        return invalid("type", sentences.said("is required."), None)
    return invalid(
        "type", sentences.said("is no type of record: {kind}.", kind=shown(kind)), kind
    )


def mapping_of(line: bytes) -> dict[str, Any]:
    """The JSON object in these bytes, as it stands."""
    try:
        decoded = msgspec.json.decode(line)
    except UnicodeError as error:
        raise Refused(
            "invalid_record",
            sentences.said("This is not UTF-8 text: {error}.", error=error),
            value=_text(line),
        ) from None
    except _UNDECODABLE as error:
        raise Refused(
            "invalid_record",
            sentences.said("This is not a JSON object: {error}.", error=error),
            value=_text(line),
        ) from None
    if not isinstance(decoded, dict):
        raise Refused(
            "invalid_record",
            sentences.said("This is not a JSON object: {said}.", said=shown(decoded)),
            value=_text(line),
        )
    return decoded


def looked_mapping_of(line: bytes) -> dict[str, Any]:
    """The same of a fact, which then need not be looked at once more."""
    decoded = mapping_of(line)
    return decoded if may_hold_unprintable(line) else Looked(decoded)


def _text(line: bytes) -> str:
    """A line to quote, whatever its bytes are."""
    return line[:200].decode("utf-8", "replace")


def name_of(raw: Raw | Refused) -> str:
    """The record's name as far as one can be made out, for the result of a refusal."""
    if isinstance(raw, Refused):
        return "?"
    try:
        document = mapping_of(raw) if isinstance(raw, bytes) else raw
    except Refused:
        return "?"
    kind = document.get("type")
    id_ = document.get("effective_from" if kind == "program" else "id")
    name = "/".join(part if isinstance(part, str) and part else "?" for part in (kind, id_))
    # Lone surrogates would be the next to fail in whatever prints the name.
    return name[:300].encode("utf-8", "replace").decode()
