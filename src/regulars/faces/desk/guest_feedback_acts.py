"""Feedback that a guest gives at the desk (rule 6, actions 5 and 8)."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.faces.desk.guest_frame import find_head
from regulars.faces.shared.acts import carried_out, show_act
from regulars.faces.shared.fields import DeskForm
from regulars.faces.shared.pages import page
from regulars.faces.shared.sending import send, token_of
from regulars.faces.shared.visits import Visit
from regulars.records.queries import guest_lists
from regulars.rules.permissions import Permission
from regulars.services.messages.languages import written_day

RATINGS = [(str(n), f"{n} {'★' * n}") for n in range(5, 0, -1)]


class FeedbackForm(DeskForm):
    """The visit, what was said of it, and whether others may read it."""

    appointment = forms.ChoiceField(label=gettext_lazy("Visit"), required=False)
    rating = forms.ChoiceField(
        label=gettext_lazy("Rating"), choices=RATINGS, widget=forms.RadioSelect
    )
    comment = forms.CharField(
        label=gettext_lazy("What the guest said"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    share_permission = forms.BooleanField(
        label=gettext_lazy("The guest allows us to publish it"), required=False
    )

    def __init__(self, visit: Visit, visits: list[tuple[str, str]], *args: Any) -> None:
        latest = visits[0][0] if visits else ""
        super().__init__(visit, *args, initial={"appointment": latest})
        field: Any = self.fields["appointment"]
        field.choices = [*visits, ("", _("no visit in particular"))]


@page(
    "feedback-new/<path:ref>",
    needs=Permission.RECORD_FACTS,
    methods=("GET", "POST"),
    example={"ref": "vivian-castellanos"},
    under="clients",
)
def feedback_new(visit: Visit, ref: str) -> HttpResponse:
    """Written down at the desk while the guest says it."""
    head = find_head(ref)
    form = FeedbackForm(visit, _visits(visit, ref), visit.request.POST or None)

    def act(said: dict[str, Any]) -> HttpResponse:
        send(
            visit,
            "feedback",
            token_of(visit),
            guest=ref,
            appointment=said["appointment"] or None,
            channel="desk",
            rating=int(said["rating"]),
            comment=said["comment"] or None,
            share_permission=said["share_permission"],
        )
        visit.say(_("Thank you: the feedback is kept."))
        return visit.go("guest_feedback", ref=ref)

    return carried_out(visit, form, act) or show_act(
        visit,
        form,
        title=_("Feedback of %(name)s") % {"name": head.name},
        label=_("Keep it"),
        back=reverse("guest_feedback", kwargs={"ref": ref}),
    )


def _visits(visit: Visit, ref: str) -> list[tuple[str, str]]:
    """The last visits that were made and nothing was said of, the latest first."""
    key = find_head(ref).key
    said = {one.appointment for one in guest_lists.feedback(key, limit=100).rows}
    found = guest_lists.appointments(key, limit=100).rows
    made = [one for one in found if one.status == "completed" and one.id not in said]
    return [
        (one.id, f"{written_day(one.starts_at.date(), visit.language)}, {one.center_name}")
        for one in made[:10]
    ]
