"""Feedback in the words of staff: how it came, and where it is published."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]

CHANNELS: Words = {
    "guest": _("by the guest"),
    "desk": _("at the desk"),
    "employee_app": _("in the staff's app"),
    "guest_app": _("in the guest's app"),
    "webstore": _("in the web store"),
    "mobile_app": _("in the app"),
}
PLACES: Words = {
    "webstore": _("Web store"),
    "facebook": "Facebook",
    "x": "X",
    "other": _("elsewhere"),
}
