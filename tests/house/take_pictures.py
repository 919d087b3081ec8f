"""Takes the README's pictures from a running demo: python tests/house/take_pictures.py http://127.0.0.1:PORT"""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser import ARGS, CHROMIUM

PICTURES = Path(__file__).parent.parent.parent / "docs" / "pictures"
EMPLOYEE, SHARER, EDITOR, DUTCH = "U00000004", "U00000012", "U00000002", "U00000005"


def take(address: str) -> None:
    """Four pictures: a story, the share window, an editor's Home, the digest."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGS, "--lang=en-GB"])
        for name, look in (("story", _story), ("share", _share), ("home", _home), ("digest", _digest)):
            page = browser.new_page(viewport={"width": 1180, "height": 860}, locale="en-GB", color_scheme="light")
            look(page, address)
            page.wait_for_timeout(800)
            page.screenshot(path=PICTURES / f"{name}.png")
            page.close()
        browser.close()


def _story(page: Page, address: str, user: str = EMPLOYEE) -> None:
    page.goto(f"{address}/?user={user}&channel=C0GOODSTORY")
    share = page.get_by_role("button", name="Share it: Sixty nativity costumes")
    share.wait_for()
    # The page goes to the newest message once everything is drawn.
    page.wait_for_timeout(1200)
    share.evaluate("button => button.scrollIntoView({block: 'center'})")


def _share(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1180, "height": 1000})
    _story(page, address, SHARER)
    page.get_by_role("button", name="Share it: The phone").click()
    page.get_by_role("dialog").wait_for()


def _home(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1180, "height": 1500})
    page.goto(f"{address}/?user={EDITOR}&channel=app&tab=home")
    page.get_by_role("button", name="Preferences").wait_for()


def _digest(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1180, "height": 1060})
    page.goto(f"{address}/?user={DUTCH}&channel=C0MOOIVERHL")
    title = page.get_by_text("De week in verhalen").last
    title.wait_for()
    page.wait_for_timeout(1200)
    title.evaluate("title => title.scrollIntoView({block: 'start'})")


if __name__ == "__main__":
    take(sys.argv[1])
