"""A change of the set-up that is made only while what it was based on still holds."""

from collections.abc import Callable
from typing import TypeVar

from regulars.records import models
from regulars.services import transactions
from regulars.services.organizations import Company

T = TypeVar("T")


def while_unchanged(company: Company, check: Callable[[], None], act: Callable[[], T]) -> T:
    """Check, then act, with no other change of the organization's set-up in between.

    Every such change counts up the organization's revision, so holding its row holds them off.
    `check` reads and raises Refused, or whatever the face says no with.
    """

    def both() -> T:
        models.Organization.objects.select_for_update().get(id=company.id)
        check()
        return act()

    return transactions.write(both)
