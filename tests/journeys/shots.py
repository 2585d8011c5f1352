"""Pictures of every registered screen of the demo company, in three widths: `./run shots`.

    python -m tests.journeys.shots FOLDER [DATABASE] [PAGE…]

By name of page and width, as the owner sees them; of pages that another role sees otherwise,
journeys take their own.
"""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from playwright.sync_api import Browser, Error, sync_playwright

from regulars.site.setup import SERVING, configure, demo_file


def main(folder: Path, database: str, only: list[str]) -> None:
    configure(database, settings=SERVING)
    import regulars.site.pages  # noqa: F401 - registers the pages
    from regulars.faces.shared.pages import PAGES
    from tests.journeys.desk import launched
    from tests.journeys.salon import Salon, served

    screens = [page for page in PAGES.values() if page.is_screen]
    wanted = {page.name: page.address() for page in screens if not only or page.name in only}
    folder.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp())
    with (
        served(database, scratch, REGULARS_DEMO="1", REGULARS_HOSTS="") as address,
        sync_playwright() as playwright,
    ):
        browser = launched(playwright)
        for width in ("desk", "tablet", "phone"):
            _shoot(browser, Salon(address, database), width, wanted, folder)
        browser.close()


def _shoot(
    browser: Browser, salon: Any, width: str, wanted: dict[str, str], folder: Path
) -> None:
    from tests.journeys.desk import Desk

    window = Desk(browser, salon, width)
    window.go("/demo")
    window.shot(folder / f"demo-{width}.png")
    window.page.get_by_role("button", name="Owner").click()
    window.page.wait_for_url("**/")
    for name, path in wanted.items():
        try:
            window.go(path)
        except Error as error:
            if "Download is starting" in error.message:
                continue  # a file, nothing to look at
            raise
        window.shot(folder / f"{name}-{width}.png")
    for trouble in window.troubles:
        print(f"{width}: {trouble}", file=sys.stderr)
    window.context.close()


if __name__ == "__main__":
    folder, *rest = sys.argv[1:]
    database = rest[0] if rest else f"sqlite:///{demo_file()}"
    main(Path(folder), database, rest[1:])
