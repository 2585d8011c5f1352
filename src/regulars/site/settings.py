"""Django's settings. What varies comes from the environment and is checked on the way in."""

from regulars.site.databases import database_settings
from regulars.site.environment import (
    allowed_hosts,
    database_url,
    email_sender,
    email_url,
    requests_per_second,
    secret_key,
    sms_url,
    threads,
    webhooks_allow_private,
)
from regulars.site.locations import HERE
from regulars.site.mail import email_settings, sms_settings

SECRET_KEY = secret_key()
DEBUG = False

INSTALLED_APPS = ["regulars.records"]
ALLOWED_HOSTS = allowed_hosts()
APPEND_SLASH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
API_REQUESTS_PER_SECOND = requests_per_second()
THREADS = threads()
API_REQUESTS_AT_ONCE = max(1, round(2 * API_REQUESTS_PER_SECOND))
MIDDLEWARE = ["regulars.faces.api.edge.ProblemsOnly"]
WEBHOOKS_ALLOW_PRIVATE = webhooks_allow_private()
DATABASES = {"default": database_settings(database_url())}

# Instants are stored in UTC; a center's own days come from its own time zone (rule 1.2).
USE_TZ = True
TIME_ZONE = "UTC"

# What we say ourselves, in the languages there are words for.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [HERE / "locale"]

# EMAIL_BACKEND, EMAIL_HOST and what else Django wants to know of mail, and the same for SMS.
EMAIL_FILE_PATH = ""
SMS_BACKEND = ""  # a class, by its path
SMS_FILE_PATH = ""
globals().update(email_settings(email_url(), email_sender()), **sms_settings(sms_url()))
