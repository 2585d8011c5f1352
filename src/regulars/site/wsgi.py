"""What the web server runs."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

# Whatever started this process: serving needs more than commands do.
os.environ["DJANGO_SETTINGS_MODULE"] = "regulars.site.serving"

# After that, since it reads the settings.
from regulars.site.crowds import PagesApart
from regulars.site.loading import keep_what_is_loaded
from regulars.site.peers import Application, peers_by_plain_address

application: Application = PagesApart(get_wsgi_application())
if settings.PROXIES:
    # Limits count clients by their own addresses, and forms are checked as those of HTTPS are.
    application = peers_by_plain_address(
        wrap_wsgi_with_proxy_headers(application, settings.PROXIES)
    )

keep_what_is_loaded()
