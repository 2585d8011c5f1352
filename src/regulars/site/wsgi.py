"""What the web server runs."""

import os

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

# Whatever started this process: serving needs more than commands do.
os.environ["DJANGO_SETTINGS_MODULE"] = "regulars.site.serving"
application: WSGIHandler = get_wsgi_application()
