"""Django's settings. What varies comes from the environment and is checked on the way in."""

from regulars.site.databases import database_settings
from regulars.site.environment import database_url, secret_key

SECRET_KEY = secret_key()
DEBUG = False

INSTALLED_APPS = ["regulars.records"]
DATABASES = {"default": database_settings(database_url())}

# Instants are stored in UTC; a center's own days come from its own time zone (rule 1.2).
USE_TZ = True
TIME_ZONE = "UTC"
