"""Money rewards by hand, and on the invoice (rules 10.6 to 10.10)."""

from dataclasses import dataclass
from uuid import UUID

from msgspec import UNSET

from regulars.records import codec, load, models
from regulars.records.ids import uuid7
from regulars.records.load import GuestWork
from regulars.rules import redemption
from regulars.rules import rewards as rules
from regulars.rules.facts import Applied, Invoice
from regulars.rules.lots import CREDIT, Book, Entry, Lot
from regulars.rules.refusals import Refused, unknown_reference
from regulars.services import invoicing
from regulars.services.acting import Acting, Answer
from regulars.services.formats.commands import (
    EditReward,
    IssueReward,
    RedeemReward,
    UndoRedeemReward,
    VoidReward,
)

NEVER_LAPSED = date_min = None
