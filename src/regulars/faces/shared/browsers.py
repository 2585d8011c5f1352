"""What people call the browser they sit at, of the long line that it sends of itself."""

import re

from django.utils.translation import gettext as _

# Most say that they are Chrome and Safari as well: the first that fits is the one.
_BROWSERS = (
    (r"Edg(A|iOS)?/", "Edge"),
    (r"(OPR|OPT|Opera)/", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"Vivaldi/", "Vivaldi"),
    (r"(Firefox|FxiOS)/", "Firefox"),
    (r"(Headless)?(Chrome|Chromium|CriOS)/", "Chrome"),
    (r"Safari/", "Safari"),
)
# Android says that it is Linux, and an iPhone that it is like a Mac.
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
_MOST = 60
"""Characters of a line that names nothing known."""


def browser_of(agent: str) -> str:
    """Browser and system, "Firefox on Windows", of what a browser says of itself."""
    browser = next((name for mark, name in _BROWSERS if re.search(rf"\b{mark}", agent)), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or agent[:_MOST] or _("unknown")
