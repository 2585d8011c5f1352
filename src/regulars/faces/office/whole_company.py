"""What is of all centers is not for who works at one of them."""

from django.utils.translation import gettext as _

from regulars.faces.shared.visits import Visit
from regulars.rules.refusals import Refused


def require_every_center(visit: Visit) -> None:
    """Refuse a staff member with a center of their own."""
    if visit.member.center is not None:
        raise Refused(
            "not_permitted",
            _("This is of all centers, and you work at one of them: ask the owner."),
            detail={"center": visit.member.center},
        )
