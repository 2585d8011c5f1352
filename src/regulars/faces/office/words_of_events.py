"""What events are called on the pages, by their types (rules/events.py)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENTS: Mapping[str, str | Promise] = {
    "points.accrued": _("Points were earned"),
    "points.redeemed": _("Points were used on an invoice"),
    "points.returned": _("Points used on an invoice came back"),
    "points.reversed": _("Points earned were taken back"),
    "points.expired": _("Points came to their last day"),
    "points.adjusted": _("Points were added, removed or extended by hand"),
    "points.forfeited": _("Points ended with the enrollment"),
    "points.transferred": _("Points moved between two records of one guest"),
    "points.opened": _("A balance was taken over"),
    "tier.changed": _("A guest entered, left or changed tiers"),
    "reward.issued": _("Rewards were issued"),
    "reward.redeemed": _("A reward was used on an invoice"),
    "reward.returned": _("A reward used on an invoice came back"),
    "reward.voided": _("Rewards were made void"),
    "reward.expired": _("A reward came to its last day unused"),
    "reward.changed": _("A reward was edited, divided or moved"),
    "run.processed": _("A run gave rewards for past sales"),
    "run.undone": _("A run was undone"),
    "day.closed": _("A business date was made final"),
}
