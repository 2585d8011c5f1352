"""What the web server runs."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

# Whatever started this process: serving needs more than commands do.
os.environ["DJANGO_SETTINGS_MODULE"] = "regulars.site.serving"

# After that, since it reads the settings.
from regulars.site.crowds import PagesApart
from regulars.site.peers import Application, peers_by_plain_address

application: Application = PagesApart(get_wsgi_application())
if settings.PROXIES:
    # Limits count clients by their own addresses, and forms are checked as those of HTTPS are.
    application = peers_by_plain_address(
        wrap_wsgi_with_proxy_headers(application, settings.PROXIES)
    )


def _keep_what_is_loaded() -> None:
    """Pages, program and packages stay as long as the process does.

    Python would look through all of it for something to throw away, now and then in the middle
    of a page, which took a tenth of a second.
    """
    list(get_resolver().url_patterns)
    gc.collect()
    gc.freeze()


_keep_what_is_loaded()
