"""Carry out one command: once per id, all or nothing, kept in the journal (contract section
3).
"""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from regulars.records import journal, models
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.services import transactions
from regulars.services.acting import Acting, Answer
from regulars.services.formats.facts import Record
from regulars.services.formats.results import Result, Warned, refused_result
from regulars.services.organizations import Company

Service = Callable[[Any, Acting], Answer]

_PLACES = {
    "enroll": "enrolling",
    "cancel_enrollment": "enrolling",
    "set_opt_in": "enrolling",
    "add_points": "adjusting",
    "opening_balance": "opening_balances",
    "remove_points": "adjusting",
    "extend_expiry": "adjusting",
    "approve": "approvals",
    "reject": "approvals",
    "hold": "holds",
    "release_hold": "holds",
    "capture_hold": "holds",
    "redeem_points": "redeeming",
    "undo_redeem_points": "redeeming",
    "issue_reward": "rewards",
    "edit_reward": "rewards",
    "void_reward": "rewards",
    "redeem_reward": "rewards",
    "undo_redeem_reward": "rewards",
    "process_rewards": "reward_runs",
    "undo_process_rewards": "reward_runs",
    "merge_guests": "merging",
    "undo_merge": "merging",
}


def execute(
    company: Company, record: Record, *, progress: Callable[[int], None] | None = None
) -> Result:
    """Carry out a command and answer as contract section 4 does; a refusal changes nothing.

    `progress` is told how many guests are done, from zero again if the transaction has to be.
    """
    try:
        return transactions.write(partial(_carry_out, company, record, progress))
    except Refused as refused:
        # Its twin may have been carried out while this one waited for the guest.
        return _known(record) or refused_result(record.name, refused)


def _carry_out(
    company: Company, record: Record, progress: Callable[[int], None] | None
) -> Result:
    known = _known(record)
    if known is not None:
        return known
    acting = acting_of(company, record)
    if progress is not None:
        acting.tell = progress
    answer = service_of(record.kind)(record.body, acting)
    row = journal.journal_row(record, answer.status, is_command=True)
    journal.write_journal([row])
    return Result(
        record=record.name,
        status=answer.status,  # type: ignore[arg-type]
        detail=answer.detail,
        warnings=tuple(Warned(**warning) for warning in answer.warnings),
    )


def acting_of(company: Company, record: Record) -> Acting:
    return Acting(company, record.name, record.at, record.known_on, record.by)


def service_of(kind: str) -> Service:
    module = import_module(f"regulars.services.{_PLACES[kind]}")
    return getattr(module, kind)  # type: ignore[no-any-return]


def _known(record: Record) -> Result | None:
    """The same command twice changes nothing; another under its id is refused."""
    rows = models.Record.objects.filter(name=record.name, is_command=True)
    digest = rows.values_list("digest", flat=True).first()
    if digest is None:
        return None
    if digest == record.digest.hex():
        return Result(record=record.name, status="unchanged")
    refused = _unknown_in(record.body) or Refused(
        "conflict",
        said("{name} was carried out already, with other content.", name=record.name),
        field="id",
        value=record.id,
    )
    return refused_result(record.name, refused)


_NAMED: dict[str, Any] = {
    "guest": models.Guest,
    "from_guest": models.Guest,
    "into_guest": models.Guest,
    "invoice": models.Invoice,
    "appointment": models.Appointment,
    "hold": models.Hold,
    "redemption": models.Redemption,
    "reward": models.Reward,
    "run": models.RewardRun,
    "merge": models.Merge,
}


def _unknown_in(body: Any) -> Refused | None:
    """What comes before a conflict in the order of contract section 4: a name nobody knows."""
    for field, model in _NAMED.items():
        ref = getattr(body, field, None)
        if ref is not None and not model.objects.filter(external_id=ref).exists():
            named = field.removesuffix("_guest")
            return unknown_reference(model._meta.verbose_name, ref, field=named)
    return None
