"""The words of one kind and channel in a language: written, checked, tried on a guest."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from regulars.faces.office import message_words as words
from regulars.faces.office.messages import WRITE
from regulars.faces.shared.pages import page
from regulars.faces.shared.refusals import told
from regulars.faces.shared.visits import Visit
from regulars.records.queries import finding
from regulars.rules.refusals import Refused, unknown_reference
from regulars.services.messages import editing, previewing, switches
from regulars.services.messages.kinds import SMS
from regulars.services.messages.previewing import Preview
from regulars.services.messages.wording import Words

LONG_SMS = 160


@page(
    "messages/words/<str:kind>/<str:channel>",
    needs=WRITE,
    methods=("GET", "POST"),
    under="messages",
    example={"kind": "upgraded", "channel": "email"},
)
def message_template(visit: Visit, kind: str, channel: str) -> HttpResponse:
    """The words in use, or those just written that cannot be used, with why."""
    language = _language(visit)
    found = editing.template(visit.company, kind, channel, language)
    sentence = ""
    if visit.request.method == "POST":
        draft = _draft(visit, channel)
        try:
            editing.set_template(
                visit.company,
                kind,
                channel,
                language,
                draft,
                at=visit.now,
                by=visit.actor.name,
            )
        except Refused as refused:
            sentence = told(refused, visit)
            found = replace(found, words=draft)
        else:
            visit.say(_("Guests get these words from now on."))
            return _back(visit, kind, channel, language)
    context = {
        "template": found,
        "kind": switches.known_kind(kind),
        "fields": words.fields_told(switches.known_kind(kind).fields),
        "kind_name": words.KINDS[kind][1],
        "channel": channel,
        "channel_name": words.CHANNELS[channel][1],
        "is_sms": channel == SMS,
        "language": language,
        "is_of_language": found.language == language,
        "languages": words.LANGUAGES,
        "sentences": [sentence] if sentence else [],
        "guest": visit.request.POST.get("guest", ""),
    }
    return visit.show("office/message_template.html", context, status=422 if sentence else 200)


def _language(visit: Visit) -> str:
    said = visit.request.POST.get("language") or visit.request.GET.get("language", "")
    return said if said in words.LANGUAGES else "en"


def _draft(visit: Visit, channel: str) -> Words:
    said = visit.request.POST
    body = said.get("body", "").replace("\r\n", "\n")
    return Words("" if channel == SMS else said.get("subject", "").strip(), body)


def _back(visit: Visit, kind: str, channel: str, language: str) -> HttpResponse:
    response = visit.go("message_template", kind=kind, channel=channel)
    for name in ("Location", "HX-Redirect"):
        if name in response:
            response[name] = f"{response[name]}?language={language}"
    return response


@page(
    "messages/words/<str:kind>/<str:channel>/reset",
    needs=WRITE,
    methods=("POST",),
    under="messages",
)
def message_reset(visit: Visit, kind: str, channel: str) -> HttpResponse:
    """Back to the words that come with Regulars."""
    language = _language(visit)
    said: dict[str, Any] = {"at": visit.now, "by": visit.actor.name}
    editing.reset_template(visit.company, kind, channel, language, **said)
    visit.say(_("Guests get our words again."))
    return _back(visit, kind, channel, language)


@page(
    "messages/words/<str:kind>/<str:channel>/preview",
    needs=WRITE,
    methods=("POST",),
    under="messages",
)
def message_preview(visit: Visit, kind: str, channel: str) -> HttpResponse:
    """The words just written, as a real guest would get them now. Nothing is saved."""
    try:
        name, shown = _previewed(visit, kind, channel)
    except Refused as refused:
        context: dict[str, Any] = {"sentence": told(refused, visit)}
        return visit.show("office/message_preview.html", context, status=422)
    text = shown.worded.body
    context = {
        "name": name,
        "shown": shown,
        "n_signs": len(text),
        "is_long": channel == SMS and len(text) > LONG_SMS,
    }
    return visit.show("office/message_preview.html", context)


def _previewed(visit: Visit, kind: str, channel: str) -> tuple[str, Preview]:
    said = visit.request.POST.get("guest", "")[:100].replace("\x00", "").strip()
    found = finding.find_guests(said, limit=1, time_zone=visit.zone.key) if said else []
    if not found:
        raise unknown_reference("guest", said, field="guest")
    shown = previewing.preview(
        visit.company,
        kind,
        channel,
        found[0].id,
        on=visit.today,
        language=_language(visit),
        draft=_draft(visit, channel),
    )
    return found[0].name, shown
