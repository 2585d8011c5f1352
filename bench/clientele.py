"""The clients of a large salon, as its pages meet them: names to search, visits to list.

Guests are made by the product's own writer, for they are found by what it writes; what hangs
on them is made by the database itself, in days that have gone by.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from uuid import UUID

from django.db import connection, transaction

from bench.crowds import id_of, insert, key
from regulars.records import bulk, lookups, models, statistics
from regulars.services.organizations import Company

FIRST = (
    "Ada Aisha Amara Bea Bruno Carla Chen Clara Dana David Elena Emil Fatima Felix Greta Hugo"
    " Ida Imani Ines Ivo Jana Jonas Kamal Karin Lea Leon Lin Louis Maja Mara Mateo Mei Mina"
    " Nadia Noah Nora Omar Olga Paul Petra Quinn Rahel Rosa Ruth Samir Selma Sofia Tarek Theo"
    " Uma Vera Viktor Wanda Xenia Yara Yusuf Zoe"
).split()
LAST = (
    "Abbott Acar Adler Alvarez Andersen Arnold Bauer Becker Bianchi Brandt Brown Castro Chan"
    " Cohen Cruz Dahl Diaz Dubois Ekberg Engel Evans Farkas Fischer Fontana Frank Garcia Geiger"
    " Gomez Green Gruber Haas Hansen Hoffmann Huber Ibrahim Ito Jansen Jensen Kaya Keller Kim"
    " Kowalski Kraus Lang Larsen Lee Lehmann Lopez Maier Martin Meyer Moreau Moser Nagy Nguyen"
    " Novak Okafor Olsen Ortega Park Patel Peters Petrov Quist Rahman Reyes Rossi Ruiz Sato"
    " Schmid Schulz Silva Singh Sommer Steiner Suzuki Tan Thomas Torres Urban Vargas Vogel"
    " Wagner Walsh Weber Weiss Winter Wolf Xu Yamada Yilmaz Young Zhang Zimmer"
).split()
OTHER = "center-1"
"""Where those are at home who are not at the busy center."""
CHUNK = 5000
N_HANDS = 60
"""Who share the visits at each center."""
GUEST_COLUMNS = (
    "id external_id name email phone birthday status_id home_center_ref signup_channel"
    " signed_up_on opted_in said_opt_in known_at known_on digest"
).split()
Say = Callable[[str], None]


def gather(company: Company, count: int, *, today: date, center: str, say: Say) -> None:
    """So many guests with what they did in the last two years; nothing waits to be settled."""
    with transaction.atomic():
        _Clientele(company, count, today, center).gather(say)


class _Clientele:
    def __init__(self, company: Company, count: int, today: date, center: str) -> None:
        self.company = company
        self.count = count
        self.today = today
        self.center = center
        places = (company.center(center).id, company.center(OTHER).id)
        self.place = f"CASE n % 3 WHEN 0 THEN {id_of(places[0])} ELSE {id_of(places[1])} END"
        self.own = {"organization_id": id_of(company.id), "guest_id": key("1")}
        self.told = {"known_at": _at(_before(today, "200")), "known_on": _before(today, "200")}

    def gather(self, say: Say) -> None:
        """Each step is one statement a table, but for the guests and what finds them."""
        self._guests(say)
        for what, make in (
            ("accounts", self._accounts),
            ("points", self._points),
            ("rewards", self._rewards),
            ("visits", self._visits),
            ("feedback", self._feedback),
            ("journal", self._journal),
        ):
            # What points to guests is checked row by row, by a plan made for the table.
            statistics.refresh()
            make()
            say(f"{what} of {self.count:,} guests")

    def _guests(self, say: Say) -> None:
        statuses = sorted(self.company.statuses.values(), key=str)
        for first in range(0, self.count, CHUNK):
            numbers = range(first, min(first + CHUNK, self.count))
            rows = [self._guest(n, statuses[n % 7 % len(statuses)]) for n in numbers]
            bulk.insert(models.Guest, GUEST_COLUMNS, rows)
            lookups.write([(row[0], row[2], row[3], row[4], row[7]) for row in rows], [])
            if numbers[-1] % 20_000 >= 20_000 - CHUNK:
                say(f"{numbers[-1] + 1:,} guests")

    def _guest(self, n: int, status: UUID | None) -> tuple[object, ...]:
        """Every third is at home at the busy center, one in eleven has no status."""
        name = f"{FIRST[n % len(FIRST)]} {LAST[n // len(FIRST) % len(LAST)]}"
        known = date.fromordinal(self.today.toordinal() - 200 - n % 600)
        return (
            UUID(f"{'1'.ljust(20, '0')}{n:012x}"),
            f"c{n}",
            name,
            f"{name.replace(' ', '.').lower()}.{n}@example.com" if n % 5 else None,
            f"+1 917 {n // 10_000 % 1000:03} {n % 10_000:04}",
            date(1950 + n % 55, 1 + n % 12, 1 + n % 28),
            status if n % 11 else None,
            self.center if n % 3 == 0 else OTHER,
            "desk",
            known,
            n % 20 != 7,
            n % 20 != 7,
            datetime.combine(known, time(16), tzinfo=UTC),
            known,
            "",
        )

    def _accounts(self) -> None:
        tier = "CASE WHEN n % 4 = 0 THEN NULL WHEN n % 50 = 1 THEN 'gold' ELSE 'silver' END"
        since = f"CASE WHEN n % 4 = 0 THEN NULL ELSE {_before(self.today, '30 + n % 300')} END"
        insert(
            "account",
            self.count,
            {
                "id": key("2"),
                **self.own,
                "points": f"CASE WHEN n % 4 = 0 THEN 0 ELSE {POINTS} END",
                "credit_cents": f"CASE WHEN n % 3 = 0 THEN {REWARD_CENTS} ELSE 0 END",
                **dict.fromkeys(("debt_points", "consumed_cents"), "0"),
                "entry_count": "CASE WHEN n % 4 = 0 THEN 0 ELSE 1 END"
                " + CASE WHEN n % 3 = 0 THEN 1 ELSE 0 END",
                "lot_count": "CASE WHEN n % 4 = 0 THEN 0 ELSE 1 END"
                " + CASE WHEN n % 3 = 0 THEN 1 ELSE 0 END",
                "head": "''",
                "tier": tier,
                "tier_since": since,
                "enrolled_on": since,
                "is_direct": "FALSE",
                "was_enrolled": "n % 4 <> 0",
                "entered_tiers": "CASE WHEN n % 4 = 0 THEN '[]' ELSE '[\"silver\"]' END",
            },
        )

    def _points(self) -> None:
        """One lot each, of whoever is in a tier."""
        bought = _before(self.today, "n * 7 % 360")
        self._entries("6", "1", "points", POINTS, bought, only="n % 4 <> 0")
        self._lots("7", "1", "points", POINTS, bought, only="n % 4 <> 0")

    def _rewards(self) -> None:
        """One for each third guest, half of them of one run; some have ended."""
        issued = _before(self.today, "CASE WHEN n % 2 = 0 THEN 40 ELSE n % 300 END")
        number = "CASE WHEN n % 4 = 0 THEN 1 ELSE 2 END"
        self._entries("8", number, "credit", REWARD_CENTS, issued, only="n % 3 = 0")
        self._lots("9", number, "credit", REWARD_CENTS, issued, only="n % 3 = 0")
        insert(
            "reward",
            self.count,
            {
                "id": key("a"),
                **self.own,
                "external_id": "'cr' || n",
                "lot_number": number,
                "amount_cents": REWARD_CENTS,
                **dict.fromkeys(("applied_cents", "consumed_cents"), "0"),
                "state": "CASE WHEN n % 33 = 0 THEN 'redeemed' ELSE 'issued' END",
                "issued_on": issued,
                "expires_on": _before(
                    self.today, "CASE WHEN n % 2 = 0 THEN -325 ELSE n % 300 - 270 END"
                ),
                "source": "'manual'",
            },
            only="n % 3 = 0",
        )

    def _entries(
        self, kind: str, number: str, unit: str, points: str, on: str, *, only: str
    ) -> None:
        insert(
            "ledgerentry",
            self.count,
            {
                "id": key(kind),
                **self.own,
                "number": number,
                "unit": f"'{unit}'",
                "kind": "'accrual'",
                "action": "'amount_spent'" if unit == "points" else "NULL",
                "points": points,
                "tier": "'silver'" if unit == "points" else "NULL",
                "source": "'invoice/c0-' || n"
                if unit == "points"
                else "'issue_reward/cr' || n",
                "entered_on": on,
                "key": f"'{kind}' || n",
                "why": '\'{"because":"amount_spent"}\'',
                "posted_at": _at(on),
                "hash": "''",
            },
            only=only,
        )

    def _lots(
        self, kind: str, number: str, unit: str, points: str, on: str, *, only: str
    ) -> None:
        ends = _before(self.today, "n * 7 % 360 - 365")
        insert(
            "lot",
            self.count,
            {
                "id": key(kind),
                **self.own,
                "number": number,
                "entry_number": number,
                "unit": f"'{unit}'",
                **dict.fromkeys(("size_points", "remaining_points"), points),
                **dict.fromkeys(("held_points", "expired_points"), "0"),
                "source": "'invoice/c0-' || n",
                "earned_on": on,
                "expires_on": ends,
            },
            only=only,
        )

    def _visits(self) -> None:
        """Two each, one of the last year; a booking for each, and money that counts."""
        self._bookings("e", _before(self.today, "1 + n * 7 % 360"))
        self._invoices("b", "c0-", _before(self.today, "1 + n * 7 % 360"))
        self._invoices("c", "c1-", _before(self.today, "361 + n * 11 % 360"))
        for kind, of, days in (
            ("40", "b", "1 + n * 7 % 360"),
            ("41", "c", "361 + n * 11 % 360"),
        ):
            paid = {"paid_on": _before(self.today, days), "spend_cents": BILL_CENTS}
            insert(
                "spend", self.count, {"id": key(kind), **self.own, "invoice_id": key(of)} | paid
            )

    def _bookings(self, kind: str, on: str) -> None:
        insert(
            "appointment",
            self.count,
            {
                "id": key(kind),
                **self.own,
                "named_guest_ref": "'c' || n",
                "external_id": "'ca' || n",
                "center_id": self.place,
                "booked_at": _at(on),
                "booked_on": on,
                "channel": "'desk'",
                "starts_at": _at(on),
                "starts_on": on,
                "status": "'completed'",
                # In brackets: SQLite would take the rest of the whole text.
                "staff_ref": f"'hand-' || (n / 7 % {N_HANDS})",
                "service_refs": "'[\"cut\"]'",
                "minutes": "45",
                **self.told,
                "digest": "''",
            },
        )

    def _invoices(self, kind: str, ref: str, on: str) -> None:
        """One in twenty sold a membership."""
        line = '{"id":"l1","kind":"%s","price_cents":%s,"discount_cents":0,"tax_cents":0,'
        line += '"appointment":null,"item":null,"quantity":1,"staff":null}'
        sold = "' || CASE WHEN n % 20 = 3 THEN 'membership' ELSE 'service' END || '"
        cents = f"' || ({BILL_CENTS}) || '"
        paid = '{"id":"p1","tender":"card","amount_cents":%s,"at":"2026-01-01T17:00:00Z",'
        paid += '"on":"2026-01-01"}'
        document = '{"lines":[%s],"payments":[%s],"refunds":[]}'
        insert(
            "invoice",
            self.count,
            {
                "id": key(kind),
                **self.own,
                "named_guest_ref": "'c' || n",
                "external_id": f"'{ref}' || n",
                "center_id": self.place,
                "status": "'closed'",
                **dict.fromkeys(("opened_at", "closed_at", "known_at"), _at(on)),
                **dict.fromkeys(("opened_on", "closed_on", "known_on", "paid_in_full_on"), on),
                "digest": "''",
                "document": f"'{document % (line % (sold, cents), paid % cents)}'",
                "memory": "''",
                "was_paid_in_full": "TRUE",
                **dict.fromkeys(("points_paid_cents", "rewards_paid_cents"), "0"),
                "qualifying_cents": BILL_CENTS,
                "money_news": "FALSE",
            },
        )

    def _feedback(self) -> None:
        """One in ten said something, one of five of them was not content."""
        on = _before(self.today, "n * 7 % 360")
        said = '{"id":"cf\' || n || \'","rating":\' || (1 + n / 10 % 5) || \',"comment":null,'
        said += '"channel":"guest","share_permission":true,"published":[]}'
        insert(
            "feedback",
            self.count,
            {
                "id": key("d"),
                **self.own,
                "named_guest_ref": "'c' || n",
                "external_id": "'cf' || n",
                "appointment_ref": "'ca' || n",
                "first_on": on,
                "share_permission": "TRUE",
                "document": f"'{said}'",
                **self.told,
                "digest": "''",
            },
            only="n % 10 = 0",
        )

    def _journal(self) -> None:
        """What was said of each guest, visit and invoice, as the journal keeps it."""
        on = _before(self.today, "200")
        when = "2026-01-01T17:00:00Z"
        for kind, what, ref, body in (
            ("f0", "guest", "c", '"signup_channel":null,"signup_at":null'),
            ("f1", "appointment", "ca", '"guest":"c\' || n || \'","status":"completed"'),
            ("f2", "invoice", "c0-", _BILL),
            ("f3", "invoice", "c1-", _BILL),
        ):
            filling = f'"name":"Somebody","center":"{OTHER}","opened_at":"{when}"'
            insert(
                "record",
                self.count,
                {
                    "id": key(kind),
                    "organization_id": self.own["organization_id"],
                    "kind": f"'{what}'",
                    "name": f"'{what}/{ref}' || n",
                    "at": _at(on),
                    "body": f"'{{\"id\":\"{ref}' || n || '\",{body},{filling}}}'",
                    "digest": "''",
                    "status": "'applied'",
                    "is_command": "FALSE",
                    "guest_ref": "'c' || n",
                },
            )


_BILL = (
    '"guest":"c\' || n || \'","status":"closed","payments":[],"refunds":[],"lines":[{"id":"l1",'
    '"kind":"service","price_cents":8000,"discount_cents":0,"tax_cents":0,"quantity":1}]'
)
POINTS = "10 + n * 37 % 2000"
REWARD_CENTS = "500 + n % 40 * 100"
BILL_CENTS = "2000 + n % 500 * 100"


def _before(day: date, days: str) -> str:
    """The day so many days before one, as the database says it; `days` over n."""
    if connection.vendor == "sqlite":
        return f"date('{day}', (-({days})) || ' days')"
    return f"(date '{day}' - ({days}))"


def _at(day: str) -> str:
    """Noon of a day, as the database says it."""
    zone = "" if connection.vendor == "sqlite" else "+00"
    return f"({day} || ' 16:00:00{zone}')"
