"""What the web server runs."""

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

from regulars.site.setup import configure

configure()
application: WSGIHandler = get_wsgi_application()
