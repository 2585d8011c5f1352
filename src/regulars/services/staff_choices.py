"""How a staff member likes a page: kept by who they are, not by which machine they sit at."""

from functools import partial
from typing import Any

from regulars.records import codec, models
from regulars.services import transactions


def choice_of(staff: str, about: str) -> Any:
    """What was chosen last, None where nothing was."""
    rows = models.StaffChoice.objects.filter(staff_ref=staff, about=about)
    text = rows.values_list("value", flat=True).first()
    return None if text is None else codec.value_of(text)


def keep_choice(staff: str, about: str, value: Any) -> None:
    transactions.write(partial(_keep, staff, about, codec.text_of(value)))


def _keep(staff: str, about: str, value: str) -> None:
    rows = models.StaffChoice.objects.filter(staff_ref=staff, about=about)
    if not rows.update(value=value):
        models.StaffChoice.objects.create(staff_ref=staff, about=about, value=value)
