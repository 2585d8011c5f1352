"""A history told step by step: what may happen to guests, as records of the contract.

A step is a word and three numbers, so that a history that fails shrinks to a short one. What
a step cannot do as things stand (nothing to refund, no open bill) becomes a visit instead.
What comes of it is for the product to say: a refusal is as good as a deed.
"""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

Fact = dict[str, Any]
Step = tuple[str, int, int, int, int]

GUESTS = ("ann", "bea", "cleo")
CENTS = (1999, 3333, 10000, 20001, 501, 45000)
GAPS = (0, 0, 0, 1, 0, 2, 6, 17)
POINTS = (5, 20, 60, 150)
WHO = (0, 0, 0, 1, 1, 2)
BIRTHDAYS = ("01-20", "01-06", "02-29")
FIRST_DAY = datetime(2026, 1, 5, 9, tzinfo=ZoneInfo("America/New_York"))


def start(settings: Fact) -> list[Fact]:
    """The organization, two centers in two zones, a status and the program."""
    at = "2026-01-01"
    zones = {"soho": "America/New_York", "venice": "America/Los_Angeles"}
    return [
        {"type": "organization", "id": "lumen", "name": "Lumen", "currency": "USD", "at": at}
        | {"time_zone": "America/New_York"},
        *(
            {"type": "center", "id": ref, "name": ref, "time_zone": zone, "at": at}
            for ref, zone in zones.items()
        ),
        {"type": "status", "id": "vip", "name": "VIP", "include_in_loyalty_rewards": True}
        | {"at": at},
        {"type": "program", "effective_from": "2026-01-01", "at": at, **settings},
    ]


@dataclass
class Teller:
    """Tells steps as records, and remembers what later steps can take up."""

    now: datetime = FIRST_DAY
    said: list[tuple[str, Fact]] = field(default_factory=list)
    """(guest, record) in order of `at`."""
    guests: dict[str, Fact] = field(default_factory=dict)
    invoices: dict[str, Fact] = field(default_factory=dict)
    appointments: dict[str, Fact] = field(default_factory=dict)
    acts: dict[str, list[tuple[str, Fact]]] = field(default_factory=dict)
    n_ids: int = 0

    def tell(self, step: Step) -> None:
        word, who, pick, size, gap = step
        if gap:
            self.now = (self.now + timedelta(days=gap)).replace(hour=9, minute=0)
        self.now += timedelta(minutes=11)
        guest = GUESTS[who]
        if guest not in self.guests:
            self._introduce(guest, pick)
        if not WORDS[word](self, guest, pick, size):
            visit(self, guest, pick, size)

    @property
    def records(self) -> list[Fact]:
        return [record for _, record in self.said]

    @property
    def last_day(self) -> date:
        """Late enough that the last evening was closed in both zones."""
        return self.now.date() + timedelta(days=2)

    # -- saying ------------------------------------------------------------------------------

    def clock(self, back: timedelta = timedelta()) -> str:
        return (self.now - back).isoformat(timespec="minutes")

    def say(self, guest: str, record: Fact) -> bool:
        self.said.append((guest, deepcopy(record) | {"at": self.clock()}))
        return True

    def order(self, guest: str, kind: str, /, **fields: Any) -> bool:
        record = {"type": kind, "id": self.new_id(kind[:2]), "by": "owner", **fields}
        self.acts.setdefault(kind, []).append((guest, record))
        return self.say(guest, record)

    def new_id(self, prefix: str) -> str:
        self.n_ids += 1
        return f"{prefix}{self.n_ids}"

    def send(self, invoice: Fact) -> bool:
        self.invoices[invoice["id"]] = invoice
        return self.say(invoice["guest"], invoice)

    def _introduce(self, guest: str, pick: int) -> None:
        n = GUESTS.index(guest)
        known = {"type": "guest", "id": guest, "name": guest.title(), "status": "vip"}
        known["birthday"] = f"1990-{BIRTHDAYS[n]}" if n < 2 else "1992-02-29"
        known["anniversary"] = "2015-01-06"
        if n and pick % 2 and self.refers:
            known["referred_by"] = GUESTS[n - 1]
        self.guests[guest] = known
        self.say(guest, known)

    refers: bool = True

    # -- finding -----------------------------------------------------------------------------

    def an_invoice(self, guest: str, pick: int, *states: str) -> Fact | None:
        found = [
            one
            for one in self.invoices.values()
            if one["guest"] == guest and one["status"] in states
        ]
        return deepcopy(found[pick % len(found)]) if found else None

    def a_bill(self, guest: str, pick: int, size: int) -> str:
        """An open invoice of the guest's, a new one if need be."""
        known = self.an_invoice(guest, pick, "open")
        if known is None:
            bill(self, guest, pick, size)
            self.now += timedelta(minutes=11)
            known = self.an_invoice(guest, pick, "open")
            assert known is not None
        return str(known["id"])

    def an_act(self, guest: str, pick: int, *kinds: str) -> Fact | None:
        found = [
            one for kind in kinds for owner, one in self.acts.get(kind, ()) if owner == guest
        ]
        return found[pick % len(found)] if found else None


def money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


def cents(text: str) -> int:
    return int(text.replace(".", ""))


def lines_of(total: int, pick: int) -> list[Fact]:
    """Lines that come to this total, of one of several shapes."""
    part = total // 3
    shapes: list[list[tuple[str, int, int, int]]] = [
        [("service", total, 0, 0)],
        [("service", total - part, 0, 0), ("product", part + 100, 100, 0)],
        [("service", total - part, 0, 0), ("tip", part, 0, 0)],
        [("product", total - part, 0, part // 4), ("prepaid_card", part - part // 4, 0, 0)],
        [("membership", total - total // 11, 0, total // 11)],
        [("series_package", total, 0, 0)],
        [("gift_card", part, 0, 0), ("service", total - part, 0, 0)],
    ]
    return [
        {"id": f"l{n}", "kind": kind, "price": money(price)}
        | {"discount": money(discount), "tax": money(tax)}
        for n, (kind, price, discount, tax) in enumerate(shapes[pick % len(shapes)])
    ]


def due_of(invoice: Fact) -> int:
    return sum(
        cents(one["price"]) - cents(one["discount"]) + cents(one["tax"])
        for one in invoice["lines"]
    )


def paid_of(invoice: Fact) -> int:
    return sum(cents(one["amount"]) for one in invoice["payments"])


def pay(invoice: Fact, amount: int, at: str, tender: str = "card") -> None:
    number = 1 + max((int(one["id"][1:]) for one in invoice["payments"]), default=0)
    payment = {"id": f"p{number}", "tender": tender, "amount": money(amount), "at": at}
    invoice["payments"].append(payment)


def new_invoice(tell: Teller, guest: str, pick: int, total: int, opened: str) -> Fact:
    return {
        "type": "invoice",
        "id": tell.new_id("i"),
        "guest": guest,
        "center": "venice" if pick % 5 == 4 else "soho",
        "opened_at": opened,
        "status": "open",
        "lines": lines_of(total, pick),
        "payments": [],
        "refunds": [],
    }


def finish(invoice: Fact, at: str) -> None:
    invoice["status"], invoice["closed_at"] = "closed", at


# -- what may happen: each says whether it could -----------------------------------------------


def visit(tell: Teller, guest: str, pick: int, size: int) -> bool:
    """Paid and closed at once, by one tender or two."""
    invoice = new_invoice(tell, guest, pick, size, tell.clock())
    other = {1: "cash", 2: "gift_card", 3: "package_credit"}.get(pick % 4)
    part = size // 2 if other else 0
    pay(invoice, size - part, tell.clock())
    if other:
        pay(invoice, part, tell.clock(), other)
    finish(invoice, tell.clock())
    return tell.send(invoice)


def bill(tell: Teller, guest: str, pick: int, size: int) -> bool:
    """Left open, with a part paid or nothing."""
    invoice = new_invoice(tell, guest, pick, size, tell.clock())
    if pick % 3 == 1:
        pay(invoice, size // 3, tell.clock())
    return tell.send(invoice)


def late(tell: Teller, guest: str, pick: int, size: int) -> bool:
    """Paid and closed days ago, known only now (rule 5.6)."""
    then = tell.clock(timedelta(days=1 + pick % 25))
    invoice = new_invoice(tell, guest, pick, size, then)
    pay(invoice, size, then)
    finish(invoice, then)
    return tell.send(invoice)


def pay_more(tell: Teller, guest: str, pick: int, size: int) -> bool:
    invoice = tell.an_invoice(guest, pick, "open")
    if invoice is None:
        return False
    left = due_of(invoice) - paid_of(invoice)
    if left > 0:
        back = (
            timedelta(days=pick % 3)
            if tell.clock(timedelta(3)) > invoice["opened_at"]
            else timedelta()
        )
        pay(invoice, left if pick % 2 else (left + 1) // 2, tell.clock(back))
    return tell.send(invoice)


def close(tell: Teller, guest: str, pick: int, size: int) -> bool:
    invoice = tell.an_invoice(guest, pick, "open")
    if invoice is None:
        return False
    left = due_of(invoice) - paid_of(invoice)
    if left > 0 and pick % 3:
        pay(invoice, left, tell.clock())
    finish(invoice, tell.clock())
    return tell.send(invoice)


def reopen(tell: Teller, guest: str, pick: int, size: int) -> bool:
    invoice = tell.an_invoice(guest, pick, "closed")
    if invoice is None:
        return False
    invoice["status"] = "open"
    del invoice["closed_at"]
    return tell.send(invoice)


def edit(tell: Teller, guest: str, pick: int, size: int) -> bool:
    """Other lines on the same invoice; a closed one is closed anew (rule 5.7)."""
    invoice = tell.an_invoice(guest, pick, "open", "closed")
    if invoice is None:
        return False
    invoice["lines"] = lines_of(size, pick)
    if invoice["status"] == "closed":
        finish(invoice, tell.clock())
    return tell.send(invoice)


def refund(tell: Teller, guest: str, pick: int, size: int) -> bool:
    """A part or all of what is left of a payment, now or a while ago."""
    invoice = tell.an_invoice(guest, pick, "open", "closed")
    if invoice is None or not invoice["payments"]:
        return False
    payment = invoice["payments"][pick % len(invoice["payments"])]
    done = sum(cents(r["amount"]) for r in invoice["refunds"] if r["payment"] == payment["id"])
    left = cents(payment["amount"]) - done
    if not left:
        return False
    amount = (left, (left + 2) // 3, (left + 1) // 2)[pick % 3]
    at = payment["at"] if pick % 7 == 6 else tell.clock()
    number = len(invoice["refunds"]) + 1
    back = {"id": f"r{number}", "payment": payment["id"], "amount": money(amount), "at": at}
    invoice["refunds"].append(back)
    return tell.send(invoice)


def unpay(tell: Teller, guest: str, pick: int, size: int) -> bool:
    """A payment that was entered by mistake is taken off (rule 8.1)."""
    invoice = tell.an_invoice(guest, pick, "open", "closed")
    if invoice is None or not invoice["payments"]:
        return False
    gone = invoice["payments"].pop(pick % len(invoice["payments"]))
    invoice["refunds"] = [r for r in invoice["refunds"] if r["payment"] != gone["id"]]
    return tell.send(invoice)


def void(tell: Teller, guest: str, pick: int, size: int) -> bool:
    invoice = tell.an_invoice(guest, pick, "open", "closed")
    if invoice is None:
        return False
    invoice["status"] = "void"
    return tell.send(invoice)


# -- appointments and what guests do -----------------------------------------------------------


def book(tell: Teller, guest: str, pick: int, size: int) -> bool:
    ref = tell.new_id("ap")
    appointment = {
        "type": "appointment",
        "id": ref,
        "guest": guest,
        "center": "soho",
        "booked_at": tell.clock(),
        "channel": ("desk", "webstore", "mobile_app")[pick % 3],
        "starts_at": tell.clock(-timedelta(days=pick % 4)),
        "status": "booked",
    }
    tell.appointments[ref] = appointment
    return tell.say(guest, appointment)


def attend(tell: Teller, guest: str, pick: int, size: int) -> bool:
    """Attended, paid and closed; sometimes a no-show."""
    found = [
        one
        for one in tell.appointments.values()
        if one["guest"] == guest and one["status"] == "booked"
    ]
    if not found:
        return False
    appointment = found[pick % len(found)]
    appointment["status"] = "no_show" if pick % 5 == 3 else "completed"
    appointment["starts_at"] = min(appointment["starts_at"], tell.clock())
    tell.say(guest, appointment)
    if appointment["status"] == "completed":
        invoice = new_invoice(tell, guest, 0, size, tell.clock())
        invoice["lines"][0]["appointment"] = appointment["id"]
        pay(invoice, size, tell.clock())
        finish(invoice, tell.clock())
        tell.send(invoice)
    return True


def feedback(tell: Teller, guest: str, pick: int, size: int) -> bool:
    mine = [one["id"] for one in tell.appointments.values() if one["guest"] == guest]
    said = {
        "type": "feedback",
        "id": tell.new_id("f"),
        "guest": guest,
        "appointment": mine[pick % len(mine)] if mine else None,
        "channel": "desk",
        "rating": 1 + pick % 5,
        "share_permission": pick % 2 == 0,
    }
    if pick % 4 == 0:
        said["published"] = [{"to": "webstore", "at": tell.clock()}]
    return tell.say(guest, said)


def sign_up(tell: Teller, guest: str, pick: int, size: int) -> bool:
    known = tell.guests[guest]
    known["signup"] = {"channel": ("webstore", "desk")[pick % 2], "at": tell.clock()}
    return tell.say(guest, known)


# -- commands ----------------------------------------------------------------------------------


def add(tell: Teller, guest: str, pick: int, size: int) -> bool:
    more: Fact = {"points": POINTS[pick % 4], "reason": "goodwill"}
    if pick % 3:
        last = tell.now.date() + timedelta(days=pick)
        more["expires_on"] = None if pick % 3 == 1 else last.isoformat()
    return tell.order(guest, "add_points", guest=guest, **more)


def approve(tell: Teller, guest: str, pick: int, size: int) -> bool:
    """A second person's yes or no to what waits, if it does."""
    asked = tell.an_act(guest, pick, "add_points", "remove_points")
    if asked is None:
        return add(tell, guest, 3, size)
    request = f"{asked['type']}/{asked['id']}"
    kind = "reject" if pick % 4 == 3 else "approve"
    record = {"type": kind, "id": tell.new_id("ok"), "by": "boss", "request": request}
    return tell.say(guest, record)


def remove(tell: Teller, guest: str, pick: int, size: int) -> bool:
    return tell.order(guest, "remove_points", guest=guest, points=POINTS[pick % 4])


def extend(tell: Teller, guest: str, pick: int, size: int) -> bool:
    added = tell.an_act(guest, pick, "add_points")
    if added is None or not added.get("expires_on"):
        return False
    last = date.fromisoformat(added["expires_on"]) + timedelta(days=9)
    return tell.order(
        guest,
        "extend_expiry",
        guest=guest,
        from_expires_on=added["expires_on"],
        to_expires_on=last.isoformat(),
    )


def redeem(tell: Teller, guest: str, pick: int, size: int) -> bool:
    fields = {"invoice": tell.a_bill(guest, pick, size), "points": POINTS[pick % 4]}
    return tell.order(guest, "redeem_points", guest=guest, **fields)


def undo_redeem(tell: Teller, guest: str, pick: int, size: int) -> bool:
    done = tell.an_act(guest, pick, "redeem_points", "capture_hold")
    if done is None:
        return redeem(tell, guest, pick, size)
    return tell.order(guest, "undo_redeem_points", redemption=done["id"])


def hold(tell: Teller, guest: str, pick: int, size: int) -> bool:
    reward = tell.an_act(guest, pick, "issue_reward") if pick % 3 == 0 else None
    rewards = [reward["id"]] if reward else []
    until = tell.clock(-timedelta(days=pick % 6, hours=2))
    invoice = tell.a_bill(guest, pick, size)
    fields = {"invoice": invoice, "until": until, "rewards": rewards}
    return tell.order(guest, "hold", guest=guest, points=POINTS[pick % 3], **fields)


def release(tell: Teller, guest: str, pick: int, size: int) -> bool:
    held = tell.an_act(guest, pick, "hold")
    if held is None:
        return hold(tell, guest, pick, size)
    return tell.order(guest, "release_hold", hold=held["id"])


def capture(tell: Teller, guest: str, pick: int, size: int) -> bool:
    held = tell.an_act(guest, pick, "hold")
    if held is None:
        return hold(tell, guest, pick, size)
    return tell.order(guest, "capture_hold", hold=held["id"], invoice=held["invoice"])


def enroll(tell: Teller, guest: str, pick: int, size: int) -> bool:
    return tell.order(guest, "enroll", guest=guest, tier=("applicable", "highest")[pick % 2])


def cancel(tell: Teller, guest: str, pick: int, size: int) -> bool:
    if pick % 3:
        return False
    tell.order(guest, "cancel_enrollment", guest=guest)
    return tell.order(guest, "set_opt_in", guest=guest, loyalty_opt_in=True)


def issue(tell: Teller, guest: str, pick: int, size: int) -> bool:
    last = (tell.now.date() + timedelta(days=pick)).isoformat() if pick % 2 else None
    return tell.order(guest, "issue_reward", guest=guest, amount=money(size), expires_on=last)


def use_reward(tell: Teller, guest: str, pick: int, size: int) -> bool:
    reward = _a_reward(tell, guest, pick)
    if reward is None:
        return issue(tell, guest, pick, size)
    invoice = tell.a_bill(guest, pick, size)
    return tell.order(guest, "redeem_reward", reward=reward, invoice=invoice)


def undo_reward(tell: Teller, guest: str, pick: int, size: int) -> bool:
    used = tell.an_act(guest, pick, "redeem_reward")
    if used is None:
        return use_reward(tell, guest, pick, size)
    fields = {"reward": used["reward"], "invoice": used["invoice"]}
    return tell.order(guest, "undo_redeem_reward", **fields)


def edit_reward(tell: Teller, guest: str, pick: int, size: int) -> bool:
    reward = _a_reward(tell, guest, pick)
    if reward is None:
        return issue(tell, guest, pick, size)
    return tell.order(guest, "edit_reward", reward=reward, amount=money(size))


def void_reward(tell: Teller, guest: str, pick: int, size: int) -> bool:
    reward = _a_reward(tell, guest, pick)
    if reward is None:
        return issue(tell, guest, pick, size)
    return tell.order(guest, "void_reward", reward=reward, reason="mistake")


def _a_reward(tell: Teller, guest: str, pick: int) -> str | None:
    """One by hand, its rest, or one of a run."""
    act = tell.an_act(guest, pick, "issue_reward", "process_rewards")
    if act is None:
        return None
    ref = act["id"] if act["type"] == "issue_reward" else f"{act['id']}:{guest}:1"
    return f"{ref}:rest" if pick % 3 == 2 else str(ref)


def run(tell: Teller, guest: str, pick: int, size: int) -> bool:
    fields = {"threshold": "25.00", "amount": "7.00", "guests": [guest]}
    return tell.order(guest, "process_rewards", **fields)


def undo_run(tell: Teller, guest: str, pick: int, size: int) -> bool:
    done = tell.an_act(guest, pick, "process_rewards")
    if done is None:
        return run(tell, guest, pick, size)
    return tell.order(guest, "undo_process_rewards", run=done["id"])


def merge(tell: Teller, guest: str, pick: int, size: int) -> bool:
    other = GUESTS[(GUESTS.index(guest) + 1 + pick % 2) % 3]
    if other not in tell.guests:
        return False
    return tell.order(guest, "merge_guests", **{"from": guest, "into": other})


def undo_merge(tell: Teller, guest: str, pick: int, size: int) -> bool:
    merged = tell.an_act(guest, pick, "merge_guests")
    return bool(merged) and tell.order(guest, "undo_merge", merge=merged["id"])


Word = Callable[[Teller, str, int, int], bool]
MONEY: tuple[Word, ...] = (
    *(visit, visit, bill, late, pay_more, close, reopen, edit, refund, refund, unpay, void),
)
GUEST: tuple[Word, ...] = (book, attend, attend, feedback, sign_up)
POINT: tuple[Word, ...] = (
    *(add, remove, approve, extend, redeem, redeem, undo_redeem, hold, release, capture),
    *(enroll, cancel),
)
REWARD: tuple[Word, ...] = (
    *(issue, use_reward, use_reward, undo_reward, edit_reward, void_reward, run, undo_run),
)
TOGETHER: tuple[Word, ...] = (merge, undo_merge)
WORDS: dict[str, Word] = {
    one.__name__: one for one in (*MONEY, *GUEST, *POINT, *REWARD, *TOGETHER)
}


def histories(
    words: Sequence[Word] = (*MONEY, *GUEST, *POINT, *REWARD, *TOGETHER),
    *,
    most: int = 24,
    refers: bool = True,
) -> st.SearchStrategy[Teller]:
    """Any history of these words."""
    steps = st.tuples(
        st.sampled_from([one.__name__ for one in words]),
        st.sampled_from(WHO),
        st.integers(0, 41),
        st.sampled_from(CENTS),
        st.sampled_from(GAPS),
    )
    return st.lists(steps, min_size=1, max_size=most).map(lambda told: tell_all(told, refers))


def tell_all(steps: Sequence[Step], refers: bool) -> Teller:
    """From a second morning on, when two guests are in a tier and have some points."""
    teller = Teller(refers=refers)
    for step in (("visit", 0, 0, 45000, 0), ("visit", 1, 1, 20001, 0)):
        teller.tell(step)
    for step in (("enroll", 0, 0, 0, 1), ("enroll", 1, 0, 0, 0), ("add", 0, 3, 0, 0)):
        teller.tell(step)
    for step in steps:
        teller.tell(step)
    return teller
