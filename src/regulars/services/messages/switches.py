"""Which kinds are told through which channels, and from which day on. All are off at first.

An owner who has just imported ten years tells nobody about them: what happened before a kind
was switched on stays untold.
"""

from dataclasses import dataclass
from datetime import date, datetime

from regulars.records import models
from regulars.rules.refusals import Refused
from regulars.rules.sentences import said
from regulars.services import desk_changes
from regulars.services.messages.kinds import KINDS, Kind
from regulars.services.organizations import Company
from regulars.services.transactions import write


@dataclass(frozen=True, slots=True)
class Switch:
    """`told_from` is None for what was never switched on."""

    kind: str
    channel: str
    is_on: bool
    told_from: date | None
    changed_at: datetime | None
    changed_by: str | None


def told_from() -> dict[tuple[str, str], date]:
    """The first day told of each (kind, channel) that is on. One query."""
    rows = models.MessageSetting.objects.filter(is_on=True)
    return {(one.kind, one.channel): one.told_from for one in rows}


def switches() -> list[Switch]:
    """Every kind and channel there is but letters, which are printed when staff ask."""
    rows = {(one.kind, one.channel): one for one in models.MessageSetting.objects.all()}
    found = []
    for kind in KINDS.values():
        for channel in switchable(kind):
            row = rows.get((kind.name, channel))
            if row is None:
                found.append(Switch(kind.name, channel, False, None, None, None))
            else:
                told = (row.is_on, row.told_from, row.changed_at, row.changed_by)
                found.append(Switch(kind.name, channel, *told))
    return found


def switch_on(
    company: Company, kind: str, channel: str, *, told_from: date, at: datetime, by: str | None
) -> None:
    """Tell guests of this kind from this business date on."""
    _set(kind, channel, {"is_on": True, "told_from": told_from}, at=at, by=by)


def switch_off(
    company: Company, kind: str, channel: str, *, on: date, at: datetime, by: str | None
) -> None:
    """Tell guests of this kind no more. What is queued already still goes."""
    _set(kind, channel, {"is_on": False, "told_from": on}, at=at, by=by)


def _set(
    kind: str, channel: str, changes: dict[str, object], *, at: datetime, by: str | None
) -> None:
    known_kind(kind)
    check_channel(KINDS[kind], channel, switchable(KINDS[kind]))
    row = {**changes, "changed_at": at, "changed_by": by}
    act = "turned on" if changes["is_on"] else "turned off"

    def keep() -> None:
        models.MessageSetting.objects.update_or_create(kind=kind, channel=channel, defaults=row)
        since = {"from": str(changes["told_from"])}
        desk_changes.note_act(f"message/{kind}/{channel}", act, since, at=at, by=by)

    write(keep)


def switchable(kind: Kind) -> tuple[str, ...]:
    return tuple(channel for channel in kind.channels if channel != "letter")


def known_kind(name: str) -> Kind:
    """The kind of this name; refused with the names there are."""
    if name not in KINDS:
        raise Refused(
            "invalid_record",
            said(
                "There is no kind of message {name!r}; there are {known}.",
                name=name[:40],
                known=", ".join(KINDS),
            ),
            field="kind",
            value=name[:40],
        )
    return KINDS[name]


def check_channel(kind: Kind, channel: str, channels: tuple[str, ...] | None = None) -> None:
    """Refuse a channel that this kind has not."""
    there = kind.channels if channels is None else channels
    if channel not in there:
        raise Refused(
            "invalid_record",
            said(
                "{name} has no channel {channel!r} here; it has {known}.",
                name=kind.name,
                channel=channel[:40],
                known=", ".join(there),
            ),
            field="channel",
            value=channel[:40],
        )
