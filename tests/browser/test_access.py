"""Readers who cannot see, point or bear motion: axe finds nothing, keys reach everything."""

import itertools
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import expect

from tests.browser.app import ROOT, settled, time_frame

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
VIOLATIONS = """(rules) => axe.run(document, { runOnly: rules }).then((found) => found.violations
    .flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 200)}`)))"""
BACKGROUND = "(element) => getComputedStyle(element).backgroundColor"
PAGES = ["", *(path.stem.split("_")[1] for path in sorted((ROOT / "pages").glob("*.py")))]


def violations(page, *, tries=10):
    """Ask until there are none: what a rerun is about to replace is dimmed for a moment."""
    found = []
    for _ in range(tries):
        found = []
        for frame in page.frames:
            if not frame.evaluate("'axe' in window"):
                frame.evaluate(AXE)
            found += frame.evaluate(VIOLATIONS, RULES)
        if not found:
            break
        page.wait_for_timeout(300)
    return found


def in_the_dark(page):
    """Turn a light page dark."""
    ground = page.locator("[data-testid=stApp]")
    light = ground.evaluate(BACKGROUND)
    page.emulate_media(color_scheme="dark")
    expect(ground).not_to_have_css("background-color", light)


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_in_light_and_dark(open_page, server, name):
    address = f"{server}/{name}?date=2025-12-11&place=siversk&areas=reach,oblasts"
    page = open_page(address, color_scheme="light")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    if not name:
        time_frame(page)
    if name == "Export":
        expect(page.get_by_role("button", name="Make the film")).to_be_visible()
    settled(page)
    assert violations(page) == []
    in_the_dark(page)
    assert violations(page) == []


def test_axe_finds_when_something_is_wrong(open_page, server):
    page = open_page(f"{server}/Method")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=data:,>')")
    assert any(found.startswith("image-alt") for found in violations(page, tries=1))


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_never_scrolls_sideways(open_page, server, name):
    page = open_page(f"{server}/{name}?date=2025-12-11&place=siversk", width=390, height=844)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    if not name:
        time_frame(page)
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_view_is_there_as_a_table(open_page, server):
    page = open_page(f"{server}/?date=2025-12-11")
    time_frame(page)
    page.get_by_text("The map as a table").click()
    table = page.locator("table[role=grid]")  # inside the canvas that paints it
    expect(table).to_be_attached()
    assert int(table.get_attribute("aria-rowcount")) > 100
    expect(table).to_contain_text("the sides disagree")


def test_keys_alone_reach_a_statement(open_page, server):
    page = open_page(f"{server}/?date=2025-12-11&lat=48.87&lon=38.1&zoom=10")
    frame = time_frame(page)
    frame.locator(".fl-map").focus()
    page.keyboard.press("n")
    expect(frame.get_by_test_id("place-card").locator(".fl-link").first).to_be_visible()
    for _ in range(40):
        page.keyboard.press("Tab")
        if frame.evaluate("document.activeElement?.classList.contains('fl-link')"):
            break
    link = frame.locator(".fl-link:focus")
    assert link.get_attribute("href").startswith("http")
    assert link.evaluate("(node) => getComputedStyle(node).outlineStyle") == "solid"
    page.keyboard.press("Escape")
    expect(frame.get_by_test_id("place-card")).to_be_hidden()


def test_the_slider_has_a_name_a_role_and_a_value_in_words(open_page, server):
    page = open_page(f"{server}/?date=2025-12-11")
    slider = time_frame(page).get_by_role("slider", name="Day")
    expect(slider).to_have_attribute("aria-valuetext", "11 December 2025")


FOCUS = """() => {
    const element = document.activeElement;
    const { top, height } = element.getBoundingClientRect();
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const name = element.getAttribute("aria-label") || element.innerText || element.title;
    return {
        tag: element.tagName, name, middle: Math.round(top + scrollY + height / 2),
        ring: outlineStyle === "none" ? 0 : parseFloat(outlineWidth),
    };
}"""


@pytest.mark.parametrize("name", ["", "Disagreements", "Export"])
def test_the_tab_key_goes_down_the_page_and_shows_where_it_is(open_page, server, name):
    page = open_page(f"{server}/{name}?date=2025-12-11&place=siversk")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    if name:
        expect(
            page.get_by_role("button", name="This table").or_(page.get_by_role("img")).first
        ).to_be_visible()
    else:
        time_frame(page)
    settled(page)
    stops = []
    for _ in range(30):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUS))
    stops = [stop for stop in stops if stop["tag"] not in ("MAIN", "BODY")][
        1:
    ]  # skips the skip link
    assert [stop["name"].strip() for stop in stops[:2]] == ["Map", "Place"]
    assert [stop for stop in stops if stop["tag"] == "A" and stop["ring"] < 2] == []
    for above, below in itertools.pairwise(stops):
        assert below["middle"] >= above["middle"] - 48, (
            above,
            below,
        )  # a row of fields with their labels
