"""The first page is the map: what scrubbing needs is in sight, at every size and in every language."""

import re
from itertools import product

import pytest
from playwright.sync_api import expect

from tests.browser.app import time_frame
from tests.crowding import DOT, share_covered

DAY = "2025-12-11"
DESKTOPS = [(1366, 650), (1440, 780), (1920, 950), (820, 1100)]
PHONES = [(390, 700), (360, 640)]
LANGUAGES = ["en", "uk", "ru"]


# Whether slider, play and date are in the window without scrolling, and the map takes what is left.
STANDS = """() => {
  const map = document.querySelector("iframe[title*='st_folium']"), box = map.getBoundingClientRect();
  return box.height >= 320 && ["date-slider", "play", "date-label"].every((name) => {
    const part = map.contentDocument.querySelector(`[data-testid=${name}]`).getBoundingClientRect();
    return part.height > 0 && box.top + part.top >= 0 && box.top + part.bottom <= innerHeight;
  }) && document.documentElement.scrollWidth <= innerWidth;
}"""
FILLS = """() => {
  const box = document.querySelector("iframe[title*='st_folium']").getBoundingClientRect();
  return box.top <= 110 && box.bottom >= innerHeight - 30;
}"""
SILENT = """() => frontline.discs().map(({ id }) => id)
  .filter((id) => frontline.standing(id).status === "silent")"""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_slider_is_in_sight(open_page, server, lang):
    page = open_page(f"{server}/?date={DAY}&place=siversk&lang={lang}")
    card = time_frame(page).get_by_test_id("place-card")
    expect(page.locator(".st-key-layers")).to_be_visible()

    def look(theme, width, height):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=theme)
        page.wait_for_function(STANDS)
        if width > 1000:
            page.wait_for_function(FILLS)

    # Few turns of the theme, for each draws the whole page anew.
    every = list(product(("light", "dark"), DESKTOPS + PHONES))
    expect(card).to_be_visible()
    for theme, size in every:
        look(theme, *size)
    card.get_by_role("button").first.click()
    expect(card).to_be_hidden()
    for theme, size in reversed(every):
        look(theme, *size)


@pytest.mark.parametrize("size", PHONES, ids=lambda size: "x".join(map(str, size)))
def test_a_phone_opens_its_panel_and_keeps_the_slider(open_page, server, size):
    page = open_page(f"{server}/?date={DAY}", width=size[0], height=size[1])
    frame = time_frame(page)
    search = page.get_by_role("textbox", name="Find a place")
    expect(search).to_be_hidden()
    page.get_by_text("Find, day, view").click()
    expect(search).to_be_visible()
    expect(page.get_by_role("button", name="Layers")).to_be_visible()
    page.wait_for_function(STANDS)
    search.fill("Bakhmut")
    search.press("Enter")
    expect(frame.get_by_test_id("place-card")).to_contain_text("Bakhmut")
    expect(search).to_be_visible()  # what was opened stays open


@pytest.mark.parametrize("address", ["", f"/?date={DAY}"])
def test_on_opening_few_glyphs_lie_under_others(open_page, server, dataset, address):
    """The opening view is set once the page is there; until then more of them are in sight."""
    page = open_page(f"{server}{address}", width=1366, height=650)
    frame = time_frame(page)
    frame.wait_for_function("(all) => frontline.discs().length < all", arg=len(dataset.settlements))
    page.wait_for_function(FILLS)
    silent = set(frame.evaluate(SILENT))
    discs = [
        (disc["x"], disc["y"], DOT if disc["id"] in silent else disc["radius"])
        for disc in frame.evaluate("frontline.discs()")
    ]
    assert len(discs) > 40
    assert share_covered(discs, (1366, 650)) <= 0.1


def test_each_page_says_how_old_the_ledger_is(open_page, server):
    for name in ("", "Ledger", "Disagreements", "Changes", "Confirmation", "Method"):
        page = open_page(f"{server}/{name}")
        told = page.get_by_text(re.compile(r"newest statement 4 July 2026, \d+ days ago"))
        expect(told.first).to_be_visible()
