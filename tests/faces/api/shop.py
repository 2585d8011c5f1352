"""A salon with a key, asked over HTTP: what tests of the API share."""

import json
from datetime import UTC, datetime
from typing import Any

from django.test import Client

from regulars.records.scope import organization_scope
from regulars.services import importing, keys
from regulars.services.organizations import find_organization, load_company
from tests.services.short_histories import START, guest, invoice, program

NOW = datetime.now(UTC)
Fact = dict[str, Any]


class Shop:
    """The organization `lumen`, with Ann who has spent 100.00, and keys by their scopes."""

    def __init__(self, *records: Fact, scope: str = "back_office", center: str | None = None):
        history = [
            *START,
            program(),
            guest("ann"),
            invoice("i1", "ann", "100.00", "2026-01-05"),
        ]
        importing.import_records(
            iter([(None, one) for one in [*history, *records]]), emit=lambda _: None
        )
        self.http = Client()
        self.key = self.make_key(scope, center)

    def make_key(self, scope: str, center: str | None = None, **options: Any) -> str:
        row = find_organization("lumen")
        with organization_scope(row.id):
            company = load_company(row)
            _, text = keys.create_key(
                company, scope, at=NOW, by="owner", center=center, **options
            )
        return text

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        **headers: str,
    ) -> Any:
        """The response; `body` is sent as JSON, bytes as they are."""
        content = body if isinstance(body, bytes) or body is None else json.dumps(body)
        given = {"Authorization": f"Bearer {key or self.key}", **headers}
        media_type = given.pop("Content_Type", "application/json")
        return self.http.generic(
            method,
            f"/api/v1{path}",
            content or b"",
            content_type=media_type,
            headers={name.replace("_", "-"): value for name, value in given.items()},
        )

    def get(self, path: str, **options: Any) -> Any:
        return self.ask("GET", path, **options)

    def put(self, path: str, body: Any, **options: Any) -> Any:
        return self.ask("PUT", path, body, **options)
