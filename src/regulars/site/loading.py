"""What a server loads before its first request, and keeps."""

import gc

from django.urls import get_resolver

MANY = 10_000
"""So many objects more than before, and Python looks for those that nobody has any more."""


def keep_what_is_loaded() -> None:
    """Pages, program and packages stay as long as the process does.

    Python would look through all of it for something to throw away, now and then in the middle
    of a page, which took a tenth of a second.
    """
    list(get_resolver().url_patterns)
    gc.collect()
    gc.freeze()
    # Requests leave hardly anything behind that only the collector finds.
    gc.set_threshold(MANY, *gc.get_threshold()[1:])
