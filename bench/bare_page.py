"""The addresses of the product, and one page beside them that asks the database nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

ADDRESS = "/bench/bare"


def bare(request: HttpRequest) -> HttpResponse:
    return render(request, "shared/frame.html")


urlpatterns = [path(ADDRESS[1:], bare), path("", include("regulars.site.urls"))]
