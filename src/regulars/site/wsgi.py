"""What the web server runs."""

import os

from django.core.wsgi import get_wsgi_application

# Whatever started this process: serving needs more than commands do.
os.environ["DJANGO_SETTINGS_MODULE"] = "regulars.site.serving"

# After that, since it reads the settings.
from regulars.site.crowds import PagesApart

application = PagesApart(get_wsgi_application())
