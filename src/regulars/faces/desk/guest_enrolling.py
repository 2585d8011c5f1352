"""Enrolling by hand and cancelling an enrollment (rules 4.7, 4.8)."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from regulars.faces.desk.guest_frame import find_head
from regulars.faces.shared.acts import carried_out, show_act
from regulars.faces.shared.fields import DeskForm
from regulars.faces.shared.pages import page
from regulars.faces.shared.refusals import told
from regulars.faces.shared.sending import send, token_of
from regulars.faces.shared.visits import Visit
from regulars.rules.permissions import Permission
from regulars.services import enroll_offers, guest_points
from regulars.services.enroll_offers import EnrollOffer

EXAMPLE = {"ref": "vivian-castellanos"}
CHOICES = {
    "applicable": gettext_lazy("Applicable tier"),
    "highest": gettext_lazy("Highest tier"),
}


class CommentForm(DeskForm):
    comment = forms.CharField(
        label=gettext_lazy("Comment"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Kept in the history."),
    )


class EnrollForm(CommentForm):
    """Which tier; only what can be chosen is offered."""

    tier = forms.ChoiceField(label=gettext_lazy("Enroll into"), widget=forms.RadioSelect)
    field_order = ("tier", "comment")
    refused_at = {"guest": ""}

    def __init__(self, visit: Visit, offer: EnrollOffer, *args: Any, **options: Any) -> None:
        super().__init__(visit, *args, **options)
        choices = [
            (one.choice, f"{CHOICES[one.choice]}: {one.tier.name}")
            for one in offer.offers
            if one.tier is not None
        ]
        if not choices:
            del self.fields["tier"], self.fields["comment"]
            return
        field: Any = self.fields["tier"]
        field.choices = choices
        self.initial.setdefault("tier", choices[0][0])


@page(
    "guest-enroll/<path:ref>",
    needs=Permission.ENROLL_DIRECTLY,
    methods=("GET", "POST"),
    example={"ref": "vivian-castellanos"},
    under="clients",
)
def guest_enroll(visit: Visit, ref: str) -> HttpResponse:
    """The spent amount, and the tiers it leads to."""
    head = find_head(ref)
    offer = enroll_offers.enroll_offer(visit.company, head, sender=visit.sender, now=visit.now)
    form = EnrollForm(visit, offer, visit.request.POST or None)

    def act(said: dict[str, Any]) -> HttpResponse:
        result = send(
            visit,
            "enroll",
            token_of(visit),
            guest=ref,
            tier=said["tier"],
            comment=said["comment"] or None,
        )
        tier = guest_points.tier_shown(visit.company, result.detail.get("tier"))
        visit.say(
            _("%(name)s is in %(tier)s now.")
            % {"name": head.name, "tier": tier.name if tier else _("a tier")}
        )
        return visit.go("guest", ref=ref)

    return carried_out(visit, form, act) or show_act(
        visit,
        form,
        title=_("Enroll %(name)s") % {"name": head.name},
        label=_("Enroll"),
        back=reverse("guest", kwargs={"ref": ref}),
        lead="desk/guest_enroll_lead.html",
        offer=offer,
        refusals=dict.fromkeys(
            told(one.refusal, visit) for one in offer.offers if one.refusal is not None
        ),
        cannot=not offer.can_enroll,
    )


@page(
    "guest-cancel/<path:ref>",
    needs=Permission.CANCEL_ENROLLMENT,
    methods=("GET", "POST"),
    example=EXAMPLE,
    under="clients",
)
def guest_cancel_enrollment(visit: Visit, ref: str) -> HttpResponse:
    """What ends with the enrollment is said before it ends."""
    head = find_head(ref)
    form = CommentForm(visit, visit.request.POST or None)

    def act(said: dict[str, Any]) -> HttpResponse:
        result = send(
            visit,
            "cancel_enrollment",
            token_of(visit),
            guest=ref,
            comment=said["comment"] or None,
        )
        ended = int(result.detail.get("points_ended", 0))
        sentence = ngettext(
            "The enrollment is cancelled; %(n)s point ended.",
            "The enrollment is cancelled; %(n)s points ended.",
            ended,
        )
        visit.say(sentence % {"n": ended})
        return visit.go("guest", ref=ref)

    return carried_out(visit, form, act) or show_act(
        visit,
        form,
        title=_("Cancel the enrollment of %(name)s") % {"name": head.name},
        label=_("Cancel the enrollment"),
        kind="danger",
        back=reverse("guest", kwargs={"ref": ref}),
        lead="desk/guest_cancel_lead.html",
        head=head,
        tier=guest_points.tier_shown(visit.company, head.tier),
    )
