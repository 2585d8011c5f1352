"""The product's own way of serving, with another application behind it."""

from regulars.site.serving import *  # noqa: F403

ROOT_URLCONF = "bench.bare_site"

# A view as Django serves it, behind the middleware of the site: ours would let it pass them by.
MIDDLEWARE = MIDDLEWARE[1:]  # noqa: F405
