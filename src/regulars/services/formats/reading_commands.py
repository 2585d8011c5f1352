"""From commands as sent to commands as read (contract section 3)."""

from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import Any, get_args

import msgspec

from regulars.rules.amounts import parse_money, shown
from regulars.rules.sentences import said
from regulars.services.formats import commands
from regulars.services.formats.commands import AnyCommand, Command
from regulars.services.formats.complaints import invalid, refusal_of
from regulars.services.formats.context import Context
from regulars.services.formats.instants import Moment, read_instant
from regulars.services.formats.reading_facts import known_at

COMMANDS: dict[str, type[Command]] = {
    str(command.__struct_config__.tag): command for command in get_args(AnyCommand)
}

MONEY = ("amount", "threshold")
INSTANTS = ("until",)


def command(kind: str, sent: Mapping[str, Any], context: Context) -> tuple[Command, Moment]:
    """The command, and the moment and business date it was given at."""
    form = COMMANDS[kind]
    names = {field.encode_name for field in msgspec.structs.fields(form)}
    zone = _zone(sent, names, context)
    at = sent.get("at")
    if at is not None and not isinstance(at, str):
        raise invalid(
            "at", said("must be an instant in quotes; {at} is not.", at=shown(at)), at
        )
    moment = known_at(at, zone, latest=None, context=context)
    content = dict(sent) | {"at": moment[0]}
    for name in MONEY:
        if name in names and name in sent:
            content[name] = _positive(sent[name], context, field=name)
    for name in INSTANTS:
        if name in names and name in sent:
            content[name] = _instant(sent[name], zone, field=name)
    try:
        read = msgspec.convert(content, form)
    except msgspec.ValidationError as error:
        raise refusal_of(error, sent, form) from None
    check = _CHECKS.get(form)
    if check is not None:
        check(read)
    return read, moment


def _zone(sent: Mapping[str, Any], names: set[str], context: Context) -> tzinfo:
    """The center's of the invoice or appointment it names, else the organization's."""
    zone = None
    invoice, appointment = sent.get("invoice"), sent.get("appointment")
    if "invoice" in names and isinstance(invoice, str):
        zone = context.zone_of_invoice(invoice)
    elif "appointment" in names and isinstance(appointment, str):
        zone = context.zone_of_appointment(appointment)
    return context.organization_zone if zone is None else zone


def _positive(amount: Any, context: Context, *, field: str) -> int:
    cents = parse_money(amount, context.exponent, field=field)
    if cents == 0:
        raise invalid(field, said("must be above 0."), amount)
    return cents


def _instant(text: Any, zone: tzinfo, *, field: str) -> Any:
    if not isinstance(text, str):
        raise invalid(
            field, said("must be an instant in quotes; {text} is not.", text=shown(text)), text
        )
    return read_instant(text, zone, field=field)[0]


def _check_hold(hold: Any) -> None:
    if (hold.invoice is None) == (hold.appointment is None):
        raise invalid(
            "invoice", said("or appointment must be named, and not both."), hold.invoice
        )
    if hold.points is None and not hold.rewards:
        raise invalid("points", said("or rewards must be named, or both."), None)
    if len(set(hold.rewards)) < len(hold.rewards):
        raise invalid("rewards", said("names one twice."), list(hold.rewards))
    if hold.until <= hold.at:
        until = hold.until.isoformat()
        raise invalid(
            "until", said("must lie after the hold itself; it is {until}.", until=until), until
        )


def _check_extension(extension: Any) -> None:
    if extension.to_expires_on <= extension.from_expires_on:
        to = extension.to_expires_on.isoformat()
        raise invalid(
            "to_expires_on", said("must lie after from_expires_on; it is {to}.", to=to), to
        )


def _check_edit(edit: Any) -> None:
    if edit.amount_cents is edit.expires_on is edit.note is msgspec.UNSET:
        raise invalid(
            "amount", said("or expires_on or note must be given: nothing is edited."), None
        )


def _check_merge(merge: Any) -> None:
    if merge.from_guest == merge.into_guest:
        raise invalid(
            "into",
            said("must be another guest; it is {guest}.", guest=merge.into_guest),
            merge.into_guest,
        )


def _check_run(run: Any) -> None:
    if run.guests is not None and len(set(run.guests)) < len(run.guests):
        raise invalid("guests", said("names one twice."), list(run.guests))


_CHECKS: dict[type[Command], Callable[[Any], None]] = {
    commands.Hold: _check_hold,
    commands.ExtendExpiry: _check_extension,
    commands.EditReward: _check_edit,
    commands.MergeGuests: _check_merge,
    commands.ProcessRewards: _check_run,
}
