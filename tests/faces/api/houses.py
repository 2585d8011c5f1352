"""Two organizations of one database, alike but for their ids, and all kinds of keys to one.

`ours` and `theirs` have a guest, a bill, a booking, a hold and so on each; what is called
`{guest}` in an address or a body stands for the one or the other, or for an id nobody knows.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.test import Client

from regulars.records.scope import organization_scope
from regulars.rules.permissions import Scope
from regulars.services import importing, keys
from regulars.services.organizations import find_organization, load_company
from tests.services.short_histories import START, guest, invoice, program

NOW = datetime.now(UTC)
SOON = (NOW + timedelta(days=1)).isoformat()
NOBODY_LISTENS = "http://127.0.0.1:9/"
GUESTS = b"Client ID,Name\nbea,Bea Kim\n"
REFS = (
    "guest newcomer soho uptown status item paid bill booking feedback hold redemption"
    " reward used run request merge friend gift mapping"
).split()
Words = Mapping[str, str]


def words_of(house: str) -> dict[str, str]:
    """What the placeholders stand for: `{guest}` for the id of the guest of this house."""
    return {ref: f"{house}-{ref}" for ref in REFS} | {
        "program": {"ours": "2026-01-01", "theirs": "2026-01-03"}.get(house, "2026-01-04"),
        "webhook": f"{house}-webhook",
        "import": f"{house}-import",
        "now": NOW.isoformat(),
        "soon": SOON,
    }


def filled(value: Any, words: Words) -> Any:
    """The same with its placeholders replaced, however deep they are."""
    if isinstance(value, str):
        return value.format_map(words) if "{" in value else value
    if isinstance(value, list):
        return [filled(one, words) for one in value]
    if isinstance(value, dict):
        return {name: filled(one, words) for name, one in value.items()}
    return value


def open_bill(guest_ref: str, center: str) -> dict[str, Any]:
    line = {"id": "l1", "kind": "service", "price": "50.00"}
    head = {"guest": guest_ref, "center": center, "opened_at": "{now}"}
    return {**head, "status": "open", "lines": [line]}


BOOKING = {
    "guest": "{guest}",
    "center": "{soho}",
    "booked_at": "{now}",
    "channel": "desk",
    "starts_at": "{soon}",
    "status": "booked",
}
STORY: list[dict[str, Any]] = [
    {"type": "status", "id": "{status}", "name": "VIP", "include_in_loyalty_rewards": True},
    {"type": "item", "id": "{item}", "kind": "service", "name": "Cut", "price": "60.00"},
    {"type": "guest", "id": "{newcomer}", "name": "Bea Stone"},
    {"type": "guest", "id": "{friend}", "name": "Bea Stone"},
    {"type": "appointment", "id": "{booking}", **BOOKING},
    {"type": "invoice", "id": "{bill}", **open_bill("{guest}", "{soho}")},
    {"type": "feedback", "id": "{feedback}", "guest": "{guest}", "channel": "guest"},
    {"type": "issue_reward", "id": "{reward}", "guest": "{guest}", "amount": "5.00"},
    {"type": "issue_reward", "id": "{used}", "guest": "{guest}", "amount": "5.00"},
    {"type": "redeem_reward", "id": "{used}-on", "reward": "{used}", "invoice": "{bill}"},
    {
        "type": "redeem_points",
        "id": "{redemption}",
        "guest": "{guest}",
        "invoice": "{bill}",
        "points": 10,
    },
    {
        "type": "hold",
        "id": "{hold}",
        "guest": "{guest}",
        "invoice": "{bill}",
        "points": 20,
        "until": "{soon}",
    },
    {"type": "process_rewards", "id": "{run}", "threshold": "50.00", "amount": "5.00"},
    {"type": "merge_guests", "id": "{merge}", "from": "{friend}", "into": "{newcomer}"},
    {
        "type": "add_points",
        "id": "{gift}",
        "guest": "{guest}",
        "points": 5,
        "expires_on": "2030-01-01",
    },
    {
        "type": "add_points",
        "id": "{request}",
        "guest": "{guest}",
        "points": 80,
        "reason": "goodwill",
        "expires_on": None,
        "by": "maria",
    },
]


def _history(words: Words) -> list[dict[str, Any]]:
    house = words["guest"].partition("-")[0]
    since, soho = words["program"], words["soho"]
    centers = [START[1] | {"id": words[ref], "name": ref} for ref in ("soho", "uptown")]
    return [
        START[0] | {"id": house},
        *centers,
        program(since=since, approval_above_points=50, direct_enrollment=True),
        guest(words["guest"], at=since),
        invoice(words["paid"], words["guest"], "100.00", "2026-01-05", center=soho),
    ]


class Houses:
    """Both houses with their stories told; requests go to `ours`, and may be taken back."""

    def __init__(self) -> None:
        self.http = Client()
        self.words = {name: words_of(name) for name in ("ours", "theirs", "nobodys")}
        for house in ("ours", "theirs"):
            self._tell(house)
        made = {scope: self._key("ours", scope) for scope in Scope}
        bound = {f"{scope}@uptown": self._key("ours", scope, "ours-uptown") for scope in Scope}
        gone = self._key("ours", "back_office")
        self._revoke(gone)
        self.keys: dict[str, str | None] = {"no key": None, "revoked": gone, **made, **bound}

    def _tell(self, house: str) -> None:
        words = self.words[house]
        importing.import_records(
            iter([(None, one) for one in _history(words)]),
            organization=None,
            emit=_must_be_good,
        )
        key = self._key(house, "back_office")
        answer = self.ask("POST", "/records", filled(STORY, words), key=key, is_kept=True)
        told = {one["record"]: (one["status"], one["message"]) for one in answer.json()}
        assert {status for status, _ in told.values()} <= {"applied", "pending"}, told
        wish = {"url": NOBODY_LISTENS, "name": house}
        made = self.ask("POST", "/webhooks", wish, key=key, is_kept=True)
        words["webhook"] = made.json()["id"]
        sent = self.ask("POST", "/imports?kind=guests", GUESTS, key=key, is_kept=True)
        words["import"] = sent.json()["id"]
        mapping = {"columns": {"Client ID": "id", "Name": "name"}}
        path = f"/mappings/{words['mapping']}?kind=guests"
        assert self.ask("PUT", path, mapping, key=key, is_kept=True).status_code == 200

    def _key(self, house: str, scope: str, center: str | None = None) -> str:
        row = find_organization(house)
        with organization_scope(row.id):
            company = load_company(row)
            return keys.create_key(company, scope, at=NOW, by="owner", center=center)[1]

    def _revoke(self, text: str) -> None:
        row = find_organization("ours")
        with organization_scope(row.id):
            key = keys.find_key(text, now=NOW)
            assert key is not None
            keys.revoke_key(load_company(row), key.ref, at=NOW, by="owner")

    def ask(
        self, method: str, path: str, body: Any, *, key: str | None, is_kept: bool = False
    ) -> Any:
        """The response; nothing of what it did stays unless it is to be kept."""
        is_file = isinstance(body, bytes)
        with transaction.atomic():
            answer = self.http.generic(
                method,
                f"/api/v1{path}",
                body if is_file else b"" if body is None else json.dumps(body),
                content_type="text/csv" if is_file else "application/json",
                headers={"Authorization": f"Bearer {key}"} if key else {},
            )
            content_of(answer)
            transaction.set_rollback(not is_kept)
        return answer


def content_of(answer: Any) -> bytes:
    """The whole body, also of one that comes piece by piece."""
    if not hasattr(answer, "whole"):
        answer.whole = answer.getvalue()
    return bytes(answer.whole)


def _must_be_good(result: Any) -> None:
    assert result.status == "applied", result
