"""Addresses: which face answers where."""

from django.urls import include, path

from regulars.faces.api.application import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("", include("regulars.site.pages")),
]
