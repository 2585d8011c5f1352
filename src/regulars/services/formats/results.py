"""What became of each record, as the contract's section 4 writes it."""

from typing import Any, Literal

import msgspec

from regulars.rules.amounts import shown
from regulars.rules.refusals import Refused

Status = Literal["applied", "unchanged", "pending", "refused"]

_LONGEST_VALUE = 200


class Warned(msgspec.Struct, frozen=True):
    """Something accepted that will not work as sent: a referrer left out (rule 6.7)."""

    code: str
    field: str
    message: str

    def as_dict(self) -> dict[str, str]:
        return {"code": self.code, "field": self.field, "message": str(self.message)}


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """`line` is the record's in its file, None where there is none."""

    record: str
    status: Status
    code: str | None = None
    message: str | None = None
    detail: dict[str, Any] = msgspec.field(default_factory=dict)
    warnings: tuple[Warned, ...] = ()
    line: int | None = None
    said: str | None = None
    """The refusal's own sentence, without field and value: a face may say it otherwise."""

    def as_dict(self) -> dict[str, Any]:
        """The contract's names; `line` only for a record from a file."""
        result: dict[str, Any] = {
            "record": self.record,
            "status": self.status,
            "code": self.code,
            "message": self.message,
            "detail": self.detail,
            "warnings": [warned.as_dict() for warned in self.warnings],
        }
        if self.line is not None:
            result["line"] = self.line
        return result


def refused_result(record: str, refused: Refused, *, line: int | None = None) -> Result:
    """A refusal; the bad field and its value stand in `detail` and in the message."""
    detail = dict(refused.detail)
    message = refused.message
    if refused.field is not None:
        detail["field"] = refused.field
        detail["value"] = _presentable(refused.value)
        if refused.field not in message:
            message = f"{refused.field}: {message}"
    if refused.value is not None and not _quotes(message, refused.value):
        message = f"{message} (It is {shown(refused.value)}.)"
    return Result(
        record=record,
        status="refused",
        code=refused.code,
        message=message.encode("utf-8", "replace").decode(),
        detail=detail,
        line=line if line is not None else refused.detail.get("line"),
        said=refused.said,
    )


def or_refused(result: Result) -> Result:
    """The result, unless it is a refusal: the one that it was made of is raised again."""
    if result.status != "refused":
        return result
    detail = dict(result.detail)
    field, value = detail.pop("field", None), detail.pop("value", None)
    message = result.said or result.message or ""
    if field is not None and result.said is None:  # remembered: only the whole message is left
        message = message.removeprefix(f"{field}: ").removesuffix(f" (It is {shown(value)}.)")
    code = result.code or "invalid_record"
    raise Refused(code, message, field=field, value=value, detail=detail)


def _quotes(message: str, value: object) -> bool:
    return str(value)[:_LONGEST_VALUE] in message or shown(value) in message


def _presentable(value: object) -> Any:
    """The value itself where JSON has it and it is short, else what a message would quote."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) < 2**53:
        return value
    if isinstance(value, str) and len(value) <= _LONGEST_VALUE:
        return value.encode("utf-8", "replace").decode()
    return shown(value)
