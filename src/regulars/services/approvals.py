"""A second person's yes or no to an act above the approval limit (rule 9.2)."""

from regulars.records import models
from regulars.rules.refusals import Refused, unknown_reference
from regulars.rules.sentences import said
from regulars.services import adjusting
from regulars.services.acting import Acting, Answer
from regulars.services.formats.commands import Approve, Reject


def approve(command: Approve, acting: Acting) -> Answer:
    """Carry the act out, dated by the approval; another person than who asked for it."""
    row = _waiting(command.request)
    _check_second_person(row, acting)
    answer = adjusting.carry_out(row.body, acting, name=row.name)
    _decide(row, acting, "approved")
    return Answer(detail={"request": row.name, **answer.detail})


def reject(command: Reject, acting: Acting) -> Answer:
    """Close the request; nothing moves."""
    row = _waiting(command.request)
    _decide(row, acting, "rejected")
    return Answer(detail={"request": row.name})


def _waiting(name: str) -> models.ApprovalRequest:
    row = models.ApprovalRequest.objects.select_for_update().filter(name=name).first()
    if row is None:
        raise unknown_reference("request", name, field="request")
    if row.state != "waiting":
        raise Refused(
            "conflict",
            said(
                "{name} was {state} already, by {decided_by}.",
                name=name,
                state=row.state,
                decided_by=row.decided_by or "somebody",
            ),
            field="request",
            value=name,
            detail={"state": row.state},
        )
    return row  # type: ignore[no-any-return]


def _check_second_person(row: models.ApprovalRequest, acting: Acting) -> None:
    if acting.by == row.asked_by:
        who = acting.by or "whoever gave no name"
        raise Refused(
            "not_permitted",
            said(
                "{name} was asked for by {who}; a second person has to approve it.",
                name=row.name,
                who=who,
            ),
            field="request",
            value=row.name,
        )


def _decide(row: models.ApprovalRequest, acting: Acting, state: str) -> None:
    models.ApprovalRequest.objects.filter(id=row.id).update(
        state=state, decided_by=acting.by, decided_at=acting.at
    )
