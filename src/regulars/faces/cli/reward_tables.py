"""How rewards are shown at the shell, in a table or as JSON, and as of which day."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from regulars.faces.cli.reading import day_named

if TYPE_CHECKING:
    from regulars.records.queries.reward_lists import RewardLine
    from regulars.services.organizations import Company

HEADS = {
    "reward": "left",
    "guest": "left",
    "name": "left",
    "amount": "right",
    "applied": "right",
    "status": "left",
    "issued": "left",
    "expires": "left",
    "from": "left",
    "invoice": "left",
}


def cells(company: "Company", one: "RewardLine") -> list[str]:
    return [
        one.id,
        one.guest,
        one.name,
        company.money(one.amount_cents),
        company.money(one.applied_cents),
        one.status,
        str(one.issued_on),
        str(one.expires_on or "never"),
        one.run or one.source,
        one.invoice or "-",
    ]


def reward_as_json(company: "Company", one: "RewardLine") -> dict[str, Any]:
    return {
        "id": one.id,
        "guest": one.guest,
        "name": one.name,
        "amount": company.money(one.amount_cents),
        "applied": company.money(one.applied_cents),
        "status": one.status,
        "issued_on": one.issued_on,
        "expires_on": one.expires_on,
        "source": one.source,
        "run": one.run,
        "invoice": one.invoice,
        "rest_of": one.rest_of,
        "note": one.note,
        "void_reason": one.void_reason,
        "issued_by": one.issued_by,
    }


def day_asked(company: "Company", on: str | None) -> date:
    from regulars.services import upkeep

    return day_named(on) if on else upkeep.day_at_hand(company, datetime.now(UTC))
