"""What a server loads before its first request, and keeps."""

import gc

from django.urls import get_resolver


def keep_what_is_loaded() -> None:
    """Pages, program and packages stay as long as the process does.

    Python would look through all of it for something to throw away, now and then in the middle
    of a page, which took a tenth of a second.
    """
    list(get_resolver().url_patterns)
    gc.collect()
    gc.freeze()
