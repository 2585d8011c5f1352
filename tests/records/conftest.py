"""Django for the tests of the foundation, which run without the project's own settings too."""

import os

import django
from django.conf import settings

if not settings.configured and "DJANGO_SETTINGS_MODULE" not in os.environ:
    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        INSTALLED_APPS=["regulars.records"],
        USE_TZ=True,
    )
    django.setup()
