"""The reading pages in a real browser: one click from the first page to Siversk, and onwards."""

import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from geo.ledger.confirmation import capture_cases, days_to
from geo.ledger.disagreements import disagreements, disagreements_on, of_kind
from geo.model import Lang, PlaceKind, Side
from geo.timeline import take_snapshot
from geo.wording import CONFIRMATION_WORDS, LEDGER_WORDS, PAGE_WORDS, SIDE_NAMES
from tests.browser.app import serve, settled, time_frame
from tests.conftest import day

DISPUTED, NEXT = "2025-12-11", "2025-12-12"


def test_the_first_visitor_finds_siversk_in_one_click(open_page, server):
    page = open_page(server)
    time_frame(page)
    page.get_by_role("button", name=re.compile("^Siversk, 11 December 2025")).click()
    card = time_frame(page).get_by_test_id("place-card")
    expect(card).to_contain_text("the sides disagree")
    expect(card).to_contain_text("counts: the latest")
    page.wait_for_url(lambda url: f"date={DISPUTED}" in url and "place=siversk" in url)


def test_why_this_colour_names_the_rule(open_page, server):
    page = open_page(f"{server}/?date={DISPUTED}&place=siversk")
    time_frame(page)
    page.get_by_text("Why this colour?").click()
    expect(page.get_by_text("two tones in a strong rim").first).to_be_visible()
    expect(
        page.get_by_text("set aside: the same day a speaker of more authority spoke").first
    ).to_be_visible()


def test_pages_keep_day_and_place_from_one_to_the_next(open_page, server, dataset):
    page = open_page(f"{server}/?date={DISPUTED}&place=siversk")
    time_frame(page)
    page.get_by_role("link", name="Place", exact=True).click()
    expect(page.get_by_text("Russia's side said it had captured Siversk")).to_be_visible()
    expect(
        page.locator(
            "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg"
        ).first
    ).to_be_visible()
    page.wait_for_url(lambda url: "/Settlement" in url and f"date={DISPUTED}" in url)
    time_frame(page)  # what is still loading would count as failed when the page is left
    page.get_by_role("link", name=re.compile("^Yampil, ")).click()
    frame = time_frame(page)
    expect(frame.get_by_test_id("place-card")).to_contain_text("Yampil")
    assert frame.evaluate("frontline.date()") == DISPUTED
    page.get_by_role("link", name="Disagreements", exact=True).click()
    open_then = disagreements_on(
        take_snapshot(dataset, as_of=day(DISPUTED)),
        of_kind(dataset, disagreements(dataset), PlaceKind.SETTLEMENT),
    )
    told = f"{open_then['live'].sum()} live disagreements"
    expect(page.get_by_text(told, exact=True)).to_be_visible()


def test_what_was_set_is_there_again_by_back_and_forward_and_from_another_page(open_page, server):
    page = open_page(f"{server}/?date={DISPUTED}&place=siversk")
    frame = time_frame(page)
    settled(page)
    frame.get_by_test_id("date-slider").press("ArrowRight")
    page.wait_for_url(lambda url: f"date={NEXT}" in url)
    settled(page)
    page.go_back()
    expect(frame.get_by_test_id("date-label")).to_have_text("11 December 2025")
    settled(page)
    page.go_forward()
    expect(frame.get_by_test_id("date-label")).to_have_text("12 December 2025")
    page.get_by_role("link", name="Ledger", exact=True).click()
    page.wait_for_url(lambda url: "/Ledger" in url and f"date={NEXT}" in url)
    page.get_by_role("combobox", name="Sides").click()
    page.get_by_role("option", name="Russia's side").click()
    page.keyboard.press("Escape")
    asked = page.get_by_test_id("stMultiSelect").first
    page.get_by_text("Укр", exact=True).click()
    expect(page).to_have_title(LEDGER_WORDS.of(Lang.UK)["title"])
    expect(asked).to_contain_text(SIDE_NAMES.of(Lang.UK)["russia"])
    settled(page)
    page.go_back()
    expect(page).to_have_title(LEDGER_WORDS.of(Lang.EN)["title"])
    expect(page.get_by_role("radio", name="Eng")).to_be_checked()
    link = page.get_by_role("link", name="Map", exact=True)
    expect(link).to_have_attribute("href", re.compile(f"date={NEXT}.*place=siversk"))
    link.click()
    frame = time_frame(page)
    expect(frame.get_by_test_id("place-card")).to_contain_text("Siversk")
    assert frame.evaluate("frontline.date()") == NEXT
    page.get_by_role("link", name="Ledger", exact=True).click()
    expect(asked).to_contain_text("Russia's side")


def test_a_page_goes_on_when_its_server_was_away(browser):
    """What a restart does, a sleeping computer does too: the server has forgotten the session."""
    context, errors = browser.new_context(), []
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    with serve() as server:
        page.goto(f"{server}/?date={DISPUTED}&place=siversk")
        time_frame(page)
        settled(page)
        page.get_by_text("Укр", exact=True).click()
        page.wait_for_url(lambda url: "lang=uk" in url)
        settled(page)
        frame = time_frame(page)
    frame.get_by_test_id("date-slider").press("ArrowRight")  # nobody hears of it
    with serve(port=urlsplit(server).port):
        page.wait_for_url(lambda url: f"date={NEXT}" in url)
        settled(page)
        frame.get_by_test_id("date-slider").press("ArrowRight")  # the browser's dialogue had focus
        page.wait_for_url(lambda url: "date=2025-12-13" in url)
        page.get_by_role("link", name=PAGE_WORDS.of(Lang.UK)["page_disagreements"]).click()
        page.wait_for_url(
            lambda url: "/Disagreements" in url and "date=2025-12-13" in url and "lang=uk" in url
        )
    context.close()
    assert errors == []


def test_a_story_s_marks_open_their_source(browser, server):
    """Those of the chosen day too, which its rule runs through."""
    context = browser.new_context()
    context.route(
        lambda url: not url.startswith(server), lambda route: route.fulfill(body="the source")
    )
    page = context.new_page()
    page.goto(f"{server}/Settlement?date={DISPUTED}&place=siversk")
    marks = page.locator("[data-testid=stVegaLiteChart] [aria-roledescription=point]")
    marks.and_(page.locator(f"[aria-label*='Day: {DISPUTED}']")).last.click()  # the topmost
    page.wait_for_url(re.compile("^https://"))
    expect(page.get_by_text("the source")).to_be_visible()
    context.close()


@pytest.mark.parametrize(("scheme", "ink"), [("light", "#222222"), ("dark", "#E6E6E6")])
def test_what_a_chart_draws_on_the_page_is_told_from_its_paper(open_page, server, scheme, ink):
    drawn = {
        "Confirmation?date=2025-06-01": f'text[fill="{ink}"]',  # cases still watched
        f"Disagreements?date={DISPUTED}": f'path[stroke="{ink}"]',  # the live ones
        f"Settlement?date={DISPUTED}&place=siversk": f'[aria-roledescription=point][stroke="{ink}"]',  # statements
    }
    for address, marks in drawn.items():
        page = open_page(f"{server}/{address}", color_scheme=scheme)
        chart = page.locator("[data-testid=stVegaLiteChart]").last
        expect(chart.locator(marks).first).to_be_attached()


def test_a_chart_s_tips_tell_whole_days_wherever_the_reader_is(open_page, server):
    def tip_of(address, mark):
        page = open_page(f"{server}/{address}", timezone_id="America/Los_Angeles")
        chart = page.locator("[data-testid=stVegaLiteChart]")
        chart.locator(mark).first.hover(force=True)
        return page.locator("#vg-tooltip-element")

    said = "Siversk were untrue"  # on 10 December
    story = f"Settlement?date={DISPUTED}&place=siversk"
    tip = tip_of(story, f"[aria-roledescription=point][aria-label*='{said}']")
    expect(tip).to_contain_text("2025-12-10")
    tip = tip_of("Ledger", "[aria-roledescription=bar]")
    expect(tip).to_contain_text(re.compile(r"\d{4}-\d\d-\d\d"))
    (week,) = re.findall(r"\d{4}-\d\d-\d\d", tip.inner_text())
    assert date.fromisoformat(week).weekday() == 0  # a Monday


def test_the_digest_is_downloaded_and_copied(open_page, server, tmp_path):
    page = open_page(f"{server}/Changes?date=2025-12-23")
    expect(page.get_by_text("Siversk: after 13 days the sides no longer differ")).to_be_visible()
    with page.expect_download() as started:
        page.get_by_role("button", name="Feed (Atom)").click()
    assert started.value.suggested_filename.endswith(".xml")
    text = started.value.path().read_text(encoding="utf-8")
    assert text.startswith("<?xml")
    assert f"{server}/?date=2025-12-23&amp;place=siversk" in text
    page.get_by_role("button", name="Copy", exact=True).first.click()
    expect(page.locator("code", has_text="What changed after 16 December 2025")).to_be_visible()


def test_confirmation_shows_its_curve_in_another_language(open_page, server, dataset):
    page = open_page(f"{server}/Confirmation?date=2026-03-01&lang=uk")
    expect(page.get_by_role("heading", name="Від заяви до підтвердження")).to_be_visible()
    expect(page.locator("[data-testid=stVegaLiteChart]").first).to_be_visible()
    page.get_by_text("Російська сторона", exact=True).first.click()
    cases = capture_cases(dataset, until=day("2026-03-01"))
    days = days_to(
        cases[cases["side"] == Side.RUSSIA], ("third", "accepted"), until=day("2026-03-01")
    )
    told = CONFIRMATION_WORDS.counted("cases", len(days), Lang.UK)
    expect(page.get_by_text(re.compile(f"^{told}"))).to_be_visible()
