"""Pictures of every screen of the demo company, in three widths: `./run shots`.

    python -m tests.journeys.shots FOLDER [DATABASE] [--locale de-DE] [--dark] [--width phone]
                                   [PAGE…]

By name of page and width, as the owner sees them; of pages that another role sees otherwise,
journeys take their own. They are taken of a copy: what `shot_states` prepares is gone after it.
"""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from playwright.sync_api import Browser, Error, sync_playwright

from regulars.site.setup import SERVING, configure, demo_file

WIDTHS = ("desk", "tablet", "phone")


def main(folder: Path, source: Path, asked: argparse.Namespace) -> None:
    scratch = Path(tempfile.mkdtemp())
    database = f"sqlite:///{shutil.copyfile(source, scratch / 'demo.sqlite3')}"
    configure(database, settings=SERVING)
    import regulars.site.pages  # noqa: F401 - registers the pages
    from regulars.faces.shared.pages import PAGES
    from tests.journeys import shot_states
    from tests.journeys.desk import launched
    from tests.journeys.salon import Salon, served

    screens = {page.name: page.address() for page in PAGES.values() if page.is_screen}
    screens |= shot_states.ASKED
    folder.mkdir(parents=True, exist_ok=True)
    look = {"locale": asked.locale, "color_scheme": "dark" if asked.dark else "light"}
    with (
        served(database, scratch, REGULARS_DEMO="1", REGULARS_HOSTS="") as address,
        sync_playwright() as playwright,
    ):
        browser = launched(playwright)
        salon = Salon(address, database)
        for width in asked.width or WIDTHS:
            wanted = _wanted(screens, asked.pages)
            _shoot(browser, salon, width, wanted, folder, look)
        prepared: dict[str, str] = {}
        for width in asked.width or WIDTHS:
            window = _entered(browser, salon, width, look)
            prepared = prepared or shot_states.prepare(window, asked.pages)
            window.context.close()
            _shoot(browser, salon, width, prepared, folder, look)
        browser.close()
    shutil.rmtree(scratch)


def _wanted(screens: dict[str, str], only: list[str]) -> dict[str, str]:
    return {name: path for name, path in screens.items() if not only or name in only}


def _entered(browser: Browser, salon: Any, width: str, look: dict[str, Any]) -> Any:
    """A window in which the owner has come in."""
    from tests.journeys.desk import Desk

    window = Desk(browser, salon, width, **look)
    window.go("/demo")
    window.page.locator(".choice").first.click()
    window.page.wait_for_url("**/")
    return window


def _shoot(
    browser: Browser,
    salon: Any,
    width: str,
    wanted: dict[str, str],
    folder: Path,
    look: dict[str, Any],
) -> None:
    from tests.journeys.shot_states import settle

    window = _entered(browser, salon, width, look)
    for name, path in wanted.items():
        try:
            window.go(path)
            settle(window)
        except Error as error:
            if "Download is starting" in error.message:
                continue  # a file, nothing to look at
            raise
        if not window.page.locator("html[lang]").count():
            continue  # a piece that a page loads into itself
        window.shot(folder / f"{name}-{width}.png")
    for trouble in window.troubles:
        print(f"{width}: {trouble}", file=sys.stderr)
    window.context.close()


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="shots")
    parser.add_argument("folder", type=Path)
    parser.add_argument("pages", nargs="*", metavar="PAGE")
    parser.add_argument("--database", type=Path, default=None, help="a SQLite file")
    parser.add_argument("--locale", default="en-US")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--width", action="append", choices=WIDTHS)
    return parser.parse_intermixed_args()


if __name__ == "__main__":
    asked = _asked()
    main(asked.folder, asked.database or demo_file(), asked)
