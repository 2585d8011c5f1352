"""Django's settings for a process that serves: what no command needs, and would wait for."""

from regulars.site.settings import *  # noqa: F403 - the very settings, and some more
from regulars.site.settings import INSTALLED_APPS as COMMON_APPS

INSTALLED_APPS = ["django.contrib.staticfiles", "ninja", *COMMON_APPS]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]

# The API's documents load their scripts from this server, never from elsewhere.
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
