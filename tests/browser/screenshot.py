"""Make the README's picture of the running app: `make screenshot`."""

from __future__ import annotations

import sys

from tests.browser.app import chromium, serve, time_frame


def main(out: str) -> None:
    """Photograph the page on the day that Russia's side said Siversk was captured."""
    with serve() as address, chromium() as browser:
        page = browser.new_page(viewport={"width": 1300, "height": 980})
        page.goto(f"{address}/?date=2025-12-11&place=siversk")
        frame = time_frame(page)
        frame.get_by_test_id("place-card").get_by_role("link").nth(2).wait_for()
        page.get_by_role("heading", name="Siversk").first.wait_for()
        page.evaluate("document.fonts.ready")
        page.screenshot(path=out)


if __name__ == "__main__":
    main(sys.argv[1])
