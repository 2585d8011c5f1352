"""A browser at the desk: it signs people in, and watches every page it is shown."""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, expect

from regulars.rules.permissions import Role
from tests.journeys.salon import Salon

ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
    " --disable-dev-shm-usage"
).split()
PROGRAMS = ("chromium-headless-shell", "chromium")
WIDTHS = {"desk": (1440, 900), "tablet": (1024, 768), "phone": (390, 844)}

# As long as Playwright waits for a click: the machine may have much else to do.
expect.set_options(timeout=30_000)


def launched(playwright: Playwright) -> Browser:
    """Debian's Chromium, or the one that CHROMIUM names."""
    wanted = os.environ.get("CHROMIUM")
    found = [shutil.which(name) for name in ([wanted] if wanted else PROGRAMS)]
    program = next(filter(None, found), None)
    assert program, (
        f"No Chromium here: apt-get install {PROGRAMS[0]}, or name one with CHROMIUM."
    )
    return playwright.chromium.launch(executable_path=program, args=ARGUMENTS)


class Desk:
    """One browser window. `page` is Playwright's; what went wrong behind it is in `troubles`:
    scripts that failed, anything the policy forbade, any request to somewhere else. `options`
    are what else its browser is to be: `has_touch=True`, `locale="de-DE"`.
    """

    def __init__(
        self, browser: Browser, salon: Salon, width: str = "desk", **options: Any
    ) -> None:
        self.salon = salon
        wide, high = WIDTHS[width]
        self.context: BrowserContext = browser.new_context(
            base_url=salon.address,
            viewport={"width": wide, "height": high},
            reduced_motion="reduce",
            **{"locale": "en-US"} | options,
        )
        self.troubles: list[str] = []
        self.expected_status: set[int] = set()
        self.page = self.context.new_page()
        self._watch(self.page)

    def _watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        page.on("console", self._heard)
        page.on("request", self._asked)

    def _heard(self, message: Any) -> None:
        if message.type not in ("error", "warning"):
            return
        if message.text.startswith(("htmx:sendAbort", "htmx:afterRequest")):
            return  # a page was left while it asked for something; other failures say more
        # The browser tells every refusal too; a test that expects one says so.
        if any(f"status of {status} " in message.text for status in self.expected_status):
            return
        self.troubles.append(f"console: {message.text}")

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.salon.address, "data:", "blob:")):
            self.troubles.append(f"request: {request.url}")

    # -- doing -------------------------------------------------------------------------------

    def enter(self, role: Role, path: str = "/") -> Page:
        """Come in as somebody of this role."""
        self.context.add_cookies([self.salon.cookie(role)])  # type: ignore[list-item]
        return self.go(path)

    def go(self, path: str) -> Page:
        self.page.goto(path)
        return self.page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, name: str, *, most: int = 60) -> None:
        """Walk with the keyboard alone to what has this name; fails where it cannot be reached
        or shows no focus.
        """
        for _ in range(most):
            self.page.keyboard.press("Tab")
            found = self._focused()
            if name in found["name"]:
                assert found["shown"], f"{name} has the focus and does not show it"
                return
        raise AssertionError(f"{name} is not reached with the Tab key")

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)

    # -- looking -----------------------------------------------------------------------------

    def check(self) -> None:
        """Nothing went wrong, everybody can use the page, and it is as wide as the screen."""
        assert self.troubles == []
        found = Axe().run(self.page)
        assert found.violations_count == 0, found.generate_report()
        over = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert over <= 1, f"{over} px wider than the screen"

    def check_dialogs(self) -> list[str]:
        """The same with each of the page's dialogs open; which ones there were."""
        openers = self.page.locator("[data-opens]:visible")
        ways = openers.evaluate_all("all => all.map(one => one.dataset.opens)")
        names = list(dict.fromkeys(ways))
        for name in names:
            self.page.locator(f'[data-opens="{name}"]:visible').first.click()
            expect(self.page.locator(f"dialog#{name}")).to_be_visible()
            self.check()
            self.press("Escape")
        return names

    def at(self, name: str) -> None:
        """The focus is on what has this name, and is seen there."""
        for _ in range(100):
            found = self._focused()
            if name in found["name"]:
                break
            self.page.wait_for_timeout(100)
        assert name in found["name"], f"the focus is at {found['name']!r}, not at {name}"
        assert found["shown"], f"{name} has the focus and does not show it"

    def _focused(self) -> dict[str, Any]:
        with suppress(Error):  # between two pages there is none to ask
            return dict(self.page.evaluate(_FOCUSED))
        self.page.wait_for_load_state()
        return {"name": "", "shown": False}

    def shot(self, path: Path) -> None:
        self.page.screenshot(path=path, full_page=True)


_FOCUSED = """() => {
  const one = document.activeElement;
  // Between two pages the whole of it has the focus, and every word is in it.
  if (one === document.body) return {name: "", shown: false};
  if (one.matches("main")) return {name: one.id, shown: false};
  const label = one.labels && one.labels[0] ? one.labels[0].textContent : "";
  const name = [one.getAttribute("aria-label"), label, one.textContent, one.title].join(" ");
  const style = getComputedStyle(one);
  return {name, shown: style.outlineStyle !== "none" && style.outlineWidth !== "0px"};
}"""
