"""A bare endpoint of the same stack: reads a body, writes rows that were made ready, answers.

It checks no key, reads nothing from the database and decides nothing. The rows are those that
the product wrote for the same invoice, told by a file.
"""

import json
import os
import pickle
from pathlib import Path
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI

Statements = list[tuple[str, Any]]

api = NinjaAPI(urls_namespace="bare")
_statements: list[Statements] = []


def _ready() -> list[Statements]:
    if not _statements:
        _statements.extend(pickle.loads(Path(os.environ["BENCH_ROWS"]).read_bytes()))
    return _statements


@api.put("/invoices/{number}")
def put(request: HttpRequest, number: int) -> HttpResponse:
    document = json.loads(request.body)
    write(_ready()[number])
    answer = {"record": f"invoice/{document['id']}", "status": "applied", "detail": {}}
    return HttpResponse(json.dumps(answer), content_type="application/json")


def write(statements: Statements) -> None:
    """All of them in one transaction, by the driver itself."""
    connection.ensure_connection()
    raw: Any = connection.connection
    cursor = raw.cursor()
    if connection.vendor == "sqlite":
        cursor.execute("BEGIN IMMEDIATE")
        for sql, rows in statements:
            cursor.executemany(sql, rows)
    else:
        cursor.execute("BEGIN")
        for sql, parameters in statements:
            cursor.execute(sql, parameters)
    cursor.execute("COMMIT")


urlpatterns = [path("api/v1/", api.urls)]
