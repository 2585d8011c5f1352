"""Two records of one person become one: found, compared, merged, and apart again (rule 9.4)."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from regulars.faces.desk.guest_frame import find_head
from regulars.faces.shared.pages import page
from regulars.faces.shared.refusals import told
from regulars.faces.shared.sending import new_token, send, token_of
from regulars.faces.shared.visits import Visit
from regulars.records.queries import finding, guest_lists
from regulars.rules.permissions import Permission
from regulars.rules.refusals import Refused, unknown_reference
from regulars.services import merge_previews

MERGE = Permission.MERGE_GUESTS


@page("merge/<path:ref>", needs=MERGE, example={"ref": "vivian-castellanos"}, under="clients")
def merge_find(visit: Visit, ref: str) -> HttpResponse:
    """Which other record it is; who has the same phone or e-mail is offered at once."""
    head = find_head(ref)
    said = visit.request.GET.get("q", "")[:100].replace("\x00", "").strip()
    zone = str(visit.zone)
    if said:
        found = finding.find_guests(said, limit=12, time_zone=zone)
    else:
        alike: dict[str, finding.FoundGuest] = {}
        for phone, email in ((head.phone, None), (None, head.email)):
            if phone or email:
                rows = finding.guests_with(phone=phone, email=email, limit=6, time_zone=zone)
                alike |= {one.id: one for one in rows}
        found = list(alike.values())
    others = [one for one in found if one.id != ref]
    part = "#others" if visit.is_partial else ""
    context = {"head": head, "said": said, "others": others}
    return visit.show(f"desk/merge_find.html{part}", context)


@page("merging", needs=MERGE, methods=("GET", "POST"), under="clients")
def merge_guests(visit: Visit) -> HttpResponse:
    """Both side by side, and what would be there after it: then it is done, or not."""
    asked = visit.request.POST or visit.request.GET
    goes, stays = (asked.get(name, "")[:200] for name in ("goes", "stays"))
    if visit.request.method == "POST":
        send(visit, "merge_guests", token_of(visit), **{"from": goes, "into": stays})
        visit.say(_("Merged. It can be undone until something of it was used."))
        return visit.go("guest", ref=stays)
    preview = merge_previews.merge_preview(
        visit.company, goes, stays, sender=visit.sender, now=visit.now
    )
    context = {"preview": preview, "token": new_token()}
    return visit.show("desk/merge_preview.html", context)


@page("merge-undo/<path:merge>", needs=MERGE, methods=("GET", "POST"), under="clients")
def merge_undo(visit: Visit, merge: str) -> HttpResponse:
    """Each has their own again; or why that cannot be any more."""
    line = guest_lists.merge_named(merge)
    if line is None:
        raise unknown_reference("merge", merge, field="merge")
    if visit.request.method == "POST":
        send(visit, "undo_merge", token_of(visit), merge=merge)
        names = {"one": line.merged_name, "other": line.survivor_name}
        visit.say(_("%(one)s and %(other)s are two again.") % names)
        return visit.go("guest", ref=line.merged)
    refused: Refused | None = merge_previews.why_not_undone(
        visit.company, merge, sender=visit.sender, now=visit.now
    )
    context = {"line": line, "token": new_token(), "why_not": refused and told(refused, visit)}
    return visit.show("desk/merge_undo.html", context)
