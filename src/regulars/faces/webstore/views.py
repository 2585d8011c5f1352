"""What a company shows to everybody: feedback that its guests allow it to publish (rule 6.4).

No session is read and nothing is set, so whatever stands between may keep a page for some time.
"""

from hashlib import sha256
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from regulars.records.queries import feedback_review
from regulars.rules.refusals import Refused
from regulars.services import companies
from regulars.services.organizations import find_organization

KEEP_SECONDS = 300
"""So long a page may be old: after that, what was withdrawn is gone everywhere."""


@require_safe
def published_feedback(request: HttpRequest, organization: str) -> HttpResponse:
    """What is published, the latest first, beneath the average of all that was ever given."""
    try:
        found = find_organization(organization)
        with companies.at_work(found.id) as company:
            after = request.GET.get("after") or None
            shown = feedback_review.published(after=after)
            context = {
                "name": company.name,
                "ratings": feedback_review.ratings(),
                "shown": shown,
                "further": "?" + urlencode({"after": shown.next}) if shown.next else None,
                "is_further": after is not None,
            }
    except Refused:
        raise Http404 from None
    answer = render(request, "webstore/feedback.html", context)
    patch_cache_control(answer, public=True, max_age=KEEP_SECONDS)
    answer["ETag"] = f'"{sha256(answer.content).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer


urlpatterns: list[URLPattern] = [
    path("said/<str:organization>", published_feedback, name="published_feedback"),
]
