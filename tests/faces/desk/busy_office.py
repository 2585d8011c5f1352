"""What the office has beside the desk: an import with wrong rows, a run of rewards prepared,
messages of every fate, an endpoint, a merge, published words.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from regulars.records import models
from regulars.rules.permissions import EVERYTHING, Actor
from regulars.services import reward_orders, transactions
from regulars.services.imports import runs, waiting
from regulars.services.organizations import Company
from regulars.services.reward_office import Wish
from regulars.services.webhooks import endpoints

Fact = dict[str, Any]

ORDER = UUID("0198c0de-0000-7000-8000-000000000001")
MERGE, PRAISE = "merge-1", "praise-1"
FRIEND = "friend-0"
STATES = ("waiting", "sent", "withheld", "dead")
_OLGA = Actor("olga", EVERYTHING)


def history() -> list[Fact]:
    """Contract records: somebody who was there twice, and words that are on the webstore."""
    at = "2026-06-21T10:00"
    return [
        {"type": "guest", "id": "twin", "name": "Friend 0", "at": "2026-02-01"},
        {"type": "merge_guests", "id": MERGE, "from": "twin", "into": FRIEND, "at": at},
        {
            "type": "feedback",
            "id": PRAISE,
            "guest": FRIEND,
            "channel": "guest",
            "at": "2026-06-22T10:00",
            "rating": 5,
            "comment": "A lovely hour.",
            "share_permission": True,
            "published": [{"to": "webstore", "at": "2026-06-22T12:00"}],
        },
    ]


def furnish(company: Company, n_rows: int, *, now: datetime) -> None:
    """Make it beside the rest, so many rows of each."""
    _import(company, n_rows, now)
    _messages(n_rows, now)
    wish = Wish("50.00", "5.00")
    reward_orders.prepare(company, ORDER, wish, now=now, by=_OLGA)
    reward_orders.look_on(company, ORDER, now=now)
    shop = endpoints.Wish("https://8.8.8.8/hooks", "Web shop")
    endpoints.create(company, shop, at=now, actor=_OLGA)


def _import(company: Company, n_rows: int, now: datetime) -> None:
    """As many rows are good as are refused, for a day that is none."""
    rows = [f"brought-{n},Brought {n},{birthday}\n" for n, birthday in _rows(n_rows)]
    text = "Client ID,Name,Birthday\n" + "".join(rows)
    run = runs.receive_file("guests", "guests.csv", [text.encode()], actor=_OLGA, at=now)
    runs.begin(company, str(run), is_trial=False, actor=_OLGA, at=now)
    waiting.go_on(
        company,
        run,
        now=lambda: now,
        write=transactions.write,
        must_stop=lambda: False,
    )


def _rows(n_rows: int) -> list[tuple[int, str]]:
    return [(n, "1990-02-31" if n % 2 else "1990-02-03") for n in range(2 * n_rows)]


def _messages(n_rows: int, now: datetime) -> None:
    guest = models.Guest.objects.get(external_id=FRIEND)
    models.Message.objects.bulk_create(
        models.Message(
            guest=guest,
            kind="points_awarded",
            channel="email",
            occasion=f"busy/{n}",
            language="en",
            recipient="friend@example.com",
            subject="Your points",
            body="You have 150 points.",
            state=STATES[n % len(STATES)],
            problem="550 No such mailbox" if STATES[n % len(STATES)] == "dead" else None,
            made_at=now - timedelta(minutes=n),
        )
        for n in range(len(STATES) * n_rows)
    )


def addresses() -> dict[str, str]:
    """Of what has an id of its own, in the database and organization in use."""
    run = models.ImportRun.objects.latest("made_at").id
    message = models.Message.objects.filter(state="dead").latest("made_at").id
    endpoint = models.WebhookEndpoint.objects.latest("made_at").ref
    return {
        "import_run": f"/imports/run/{run}",
        "import_report": f"/imports/run/{run}/report",
        "import_corrections": f"/imports/run/{run}/corrections/0",
        "message": f"/outbox/{message}",
        "webhook": f"/webhooks/{endpoint}",
    }
