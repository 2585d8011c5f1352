"""The product's own way of serving, with another application behind it."""

from regulars.site.serving import *  # noqa: F403

ROOT_URLCONF = "bench.bare_site"
