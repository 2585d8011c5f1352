"""The desk's addresses: every module of this folder is imported, which registers its pages."""

from django.conf import settings
from django.urls import include, path

from regulars.faces import desk
from regulars.faces.shared import demo, entrance, pages

pages.gather(desk)

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("organizations", entrance.choose_organization, name="choose_organization"),
    *(demo.urlpatterns if settings.DEMO else []),
    *pages.urlpatterns(),
]
