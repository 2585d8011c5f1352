"""The tabs above the pages of rewards."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from regulars.faces.shared.visits import Visit
from regulars.rules.permissions import Permission


def tabs(visit: Visit, here: str) -> list[dict[str, Any]]:
    """What there is about rewards, as far as this staff member may see it."""
    found = [("rewards", _("All rewards")), ("reward_runs", _("Runs"))]
    if visit.may(Permission.PROCESS_REWARDS):
        found.append(("reward_process", _("Process Loyalty Rewards")))
    return [
        {"label": label, "address": reverse(name), "is_here": name == here}
        for name, label in found
    ]
