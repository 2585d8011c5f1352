"""What the server runs to measure the floor."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.bare_settings"

from django.core.wsgi import get_wsgi_application

from regulars.site.loading import keep_what_is_loaded

application = get_wsgi_application()
keep_what_is_loaded()  # as the product does
