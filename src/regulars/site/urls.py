"""Addresses: which face answers where."""

from django.urls import path

from regulars.faces.api.application import api

urlpatterns = [path("api/v1/", api.urls)]
