"""The addresses of all pages: the modules of these folders are imported and register them."""

from django.conf import settings
from django.urls import include, path

from regulars.faces import desk, office
from regulars.faces.shared import demo, entrance, pages
from regulars.faces.webstore import views as webstore

for folder in (desk, office):
    pages.gather(folder)

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("organizations", entrance.choose_organization, name="choose_organization"),
    *(demo.urlpatterns if settings.DEMO else []),
    *webstore.urlpatterns,
    *pages.urlpatterns(),
]
