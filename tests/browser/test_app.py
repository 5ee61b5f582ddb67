"""What a reader does: open, scrub, click, search, switch, share, download."""

import json
import re
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import expect

from geo.export import standing_records
from geo.model import Clock
from geo.timeline import known_by, take_snapshot
from tests.browser.app import ROOT, settled, time_frame
from tests.conftest import day

DISPUTED, AGREED = "2025-12-11", "2025-12-23"


def status(frame, place):
    return frame.evaluate("(place) => frontline.standing(place).status", place)


def slider_point(frame, day):
    """Where on the screen the slider's thumb stands on a day."""
    box = frame.get_by_test_id("date-slider").bounding_box()
    share = frame.evaluate(
        """(day) => {
            const slider = document.querySelector('[data-testid=date-slider]');
            const before = frontline.date();
            frontline.setDate(day);
            const share = slider.value / slider.max;
            frontline.setDate(before);
            return share;
        }""",
        day,
    )
    return box["x"] + 7 + share * (box["width"] - 14), box["y"] + box["height"] / 2


def address(page):
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


def wait_for_address(page, **parts):
    page.wait_for_url(lambda url: all(f"{key}={value}" in url for key, value in parts.items()))


def click_place(page, frame, place):
    box = page.locator("iframe[title*='st_folium']").bounding_box()
    at = frame.evaluate(
        "(place) => { const p = frontline.locate(place); return [p.x, p.y]; }", place
    )
    page.mouse.click(box["x"] + at[0], box["y"] + at[1])


def open_layers(page):
    page.get_by_role("button", name="Layers").click()


def choose_background(page, name):
    open_layers(page)
    box = page.get_by_role("combobox", name="Background")
    box.scroll_into_view_if_needed()
    option = page.get_by_role("option", name=name, exact=True)
    for _ in range(20):  # a page that still scrolls closes the list again
        box.click()
        with suppress(AssertionError):
            expect(option).to_be_visible(timeout=500)
            break
    option.click()


def test_names_make_room_for_card_and_legend(open_page, server):
    page = open_page(f"{server}/?date={DISPUTED}&place=siversk", width=1300)
    frame = time_frame(page)
    expect(frame.get_by_test_id("place-card")).to_be_visible()
    ink = frame.evaluate(
        """() => {
            const names = document.querySelector(".fl-names");
            const copy = new OffscreenCanvas(names.width, names.height).getContext("2d");
            copy.drawImage(names, 0, 0);
            const at = names.getBoundingClientRect();
            const inked = (box) => copy
                .getImageData(box.left - at.left, box.top - at.top, box.width, box.height)
                .data.some(Boolean);
            return [inked(at), ...[".fl-card", ".fl-legend"].map(
                (panel) => inked(document.querySelector(panel).getBoundingClientRect()))];
        }"""
    )
    assert ink == [True, False, False]


def test_what_a_closed_popover_holds_costs_nothing_at_the_start(open_page, server):
    page = open_page(server)
    time_frame(page)
    loaded = "performance.getEntriesByType('resource').map(({name}) => name).join(' ')"
    assert "SyntaxHighlighter" not in page.evaluate(loaded)
    page.get_by_role("button", name="Address of this view").click()
    expect(page.get_by_test_id("stCode")).to_contain_text("date=2026-07-04")


def test_it_opens_on_the_newest_day_and_says_so(open_page, server):
    page = open_page(server)
    frame = time_frame(page)
    expect(frame.get_by_test_id("date-label")).to_have_text("4 July 2026")
    expect(page.get_by_text("Statements found up to 4 July 2026")).to_be_visible()
    expect(frame.get_by_test_id("legend")).to_be_visible()
    expect(frame.locator(".leaflet-control-scale")).to_be_visible()
    wait_for_address(page, date="2026-07-04")


def test_dragging_the_slider_changes_siversk_without_a_rerun(open_page, server):
    page = open_page(f"{server}/?date={DISPUTED}&place=siversk")
    frame = time_frame(page)
    card = frame.get_by_test_id("place-card")
    expect(card).to_contain_text("the sides disagree")
    assert status(frame, "siversk") == "disputed"
    # What the map says as it opens is said and answered: it does not come in the middle.
    frame.get_by_test_id("date-slider").press("ArrowRight")
    wait_for_address(page, date="2025-12-12")

    page.mouse.move(*slider_point(frame, "2025-12-12"))
    page.mouse.down()
    page.mouse.move(*slider_point(frame, "2026-02-01"), steps=4)
    page.mouse.move(*slider_point(frame, AGREED), steps=8)
    # One pixel is about a day and a half; the keyboard does the rest. Nothing was sent yet.
    expect(card).to_contain_text(re.compile("both sides say the same|the sides disagree"))
    assert address(page)["date"] == "2025-12-12"
    assert abs(int(frame.evaluate("frontline.date()")[-2:]) - 23) <= 2
    page.mouse.up()
    page.wait_for_url(lambda url: "date=2025-12-12" not in url)
    assert address(page)["date"] == frame.evaluate("frontline.date()")


def test_layers_that_were_open_once_survive_a_switch_of_language(open_page, server):
    page = open_page(f"{server}/?date={DISPUTED}&place=siversk")
    page.get_by_role("button", name="Layers").click()
    expect(page.get_by_text("Only where the sides disagree")).to_be_visible()
    page.keyboard.press("Escape")
    for language, layers in (("Укр", "Шари"), ("Рус", "Слои"), ("Eng", "Layers")):
        page.get_by_text(language, exact=True).click()
        expect(page.get_by_role("button", name=layers)).to_be_visible()
        settled(page)
        expect(time_frame(page).get_by_test_id("place-card")).to_contain_text("2025")
        assert "within" not in address(page)
    assert page.get_by_test_id("stException").count() == 0


def test_the_map_says_who_alone_is_heard_and_what_alone_is_shown(open_page, server):
    page = open_page(f"{server}/?date={DISPUTED}&place=siversk&view=ukraine&only=disputed")
    frame = time_frame(page)
    told = frame.get_by_test_id("areas").get_by_role("listitem")
    expect(told).to_have_text(["only Ukraine's side", "shown only: the sides disagree"])
    russia = frame.locator('dd[data-lane="russia"]')
    expect(russia).to_have_text("not heard in this view")
    expect(page.get_by_text("not heard in this view").first).to_be_visible()  # of the record
    page.get_by_role("combobox", name="Who is heard").click()
    page.get_by_role("option", name="All sides").click()
    expect(told).to_have_text(["shown only: the sides disagree"])
    expect(russia).to_contain_text("says Russia has captured it")


def test_keys_move_the_day(open_page, server):
    page = open_page(f"{server}/?date={DISPUTED}&place=siversk")
    frame = time_frame(page)
    frame.get_by_test_id("date-slider").focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    assert frame.evaluate("frontline.date()") == AGREED
    expect(frame.get_by_test_id("place-card")).to_contain_text("both sides say the same")
    page.keyboard.press("Shift+ArrowLeft")
    assert frame.evaluate("frontline.date()") == "2025-12-16"
    page.keyboard.press("[")
    assert frame.evaluate("frontline.date()") < "2025-12-16"
    page.keyboard.press("]")
    page.keyboard.press("End")
    assert frame.evaluate("frontline.date()") == "2026-07-04"
    wait_for_address(page, date="2026-07-04")


def test_a_day_is_never_set_back_by_an_older_one(open_page, server):
    """Each [ sends at once: messages overtake the answers that tell the page's fields the day."""
    page = open_page(f"{server}/?date=2025-06-01")
    frame = time_frame(page)
    frame.get_by_test_id("date-slider").focus()
    for round_ in range(6):
        for _ in range(10):
            page.keyboard.press("[" if round_ % 2 else "]")
            page.wait_for_timeout(37)
        day = frame.evaluate("frontline.date()")
        wait_for_address(page, date=day)
        assert frame.evaluate("frontline.date()") == day


def test_playing_moves_on_and_pauses(open_page, server):
    page = open_page(f"{server}/?date=2025-01-01")
    frame = time_frame(page)
    frame.get_by_test_id("play").click()
    frame.wait_for_function("frontline.date() > '2025-01-05'")
    frame.get_by_test_id("play").click()
    day = frame.evaluate("frontline.date()")
    wait_for_address(page, date=day)  # it may tell a day of the way until then
    assert frame.evaluate("frontline.date()") == day


def test_a_click_opens_card_and_record_and_keeps_the_map(open_page, server):
    page = open_page(f"{server}/?date={DISPUTED}&lat=48.86&lon=38.0&zoom=9")
    frame = time_frame(page)
    frame.evaluate("window.marker = 'the same frame'")
    click_place(page, frame, "siversk")
    expect(frame.get_by_test_id("place-card")).to_contain_text("Vladimir Putin")
    expect(page.get_by_role("heading", name="Siversk")).to_be_visible()
    claims = page.locator("li[data-claim]:visible")
    expect(claims.first).to_contain_text("11 December 2025")
    expect(page.get_by_text("Said later").first).to_be_visible()
    links = page.locator(".record li a")
    expect(links).to_have_count(15)
    for link in links.all():
        assert link.get_attribute("href").startswith("http")
        assert link.get_attribute("target") == "_blank"
        assert "noopener" in (link.get_attribute("rel") or "")
    wait_for_address(page, place="siversk", zoom="9")
    assert frame.evaluate("window.marker") == "the same frame"


def test_search_in_any_spelling(open_page, server):
    page = open_page(f"{server}/?date={DISPUTED}")
    frame = time_frame(page)
    frame.evaluate("window.marker = 'the same frame'")
    for typed, name in (
        ("Северск", "Siversk"),
        ("Красноармейск", "Pokrovsk"),
        ("Bahmut", "Bakhmut"),
    ):
        page.get_by_role("textbox", name="Find a place").fill(typed)
        page.get_by_role("textbox", name="Find a place").press("Enter")
        expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
        expect(frame.get_by_test_id("place-card")).to_contain_text(name)
    assert frame.evaluate("window.marker") == "the same frame"


def test_what_the_map_said_before_it_heard_of_a_command_is_no_answer_to_it(open_page, server):
    """The two cross on their way: a place found by name was lost again."""
    page = open_page(f"{server}/?date={DISPUTED}")
    frame = time_frame(page)
    page.get_by_role("textbox", name="Find a place").fill("Siversk")
    page.get_by_role("textbox", name="Find a place").press("Enter")
    expect(frame.get_by_test_id("place-card")).to_contain_text("Siversk")
    frame.evaluate("""() => Streamlit.setComponentValue({
        number: 99, after: 1, date: "2025-11-30", place: null, centre: [48.5, 37.5], zoom: 8 })""")
    page.get_by_text("As known now", exact=True).click()
    wait_for_address(page, clock="now", date=DISPUTED, place="siversk", zoom="9")
    expect(page.get_by_role("heading", name="Siversk", exact=True)).to_be_visible()


def test_an_address_reproduces_the_view(open_page, server):
    first = open_page(
        f"{server}/?date=2025-11-30&place=pokrovsk&clock=now&lat=48.3&lon=37.2&zoom=10"
    )
    there = time_frame(first)
    first.get_by_role("combobox", name="Who is heard").click()
    first.get_by_role("combobox", name="Who is heard").fill("Russia's side")
    first.get_by_text("Russia's side only", exact=True).click()
    wait_for_address(first, view="russia")

    second = open_page(first.url)
    here = time_frame(second)
    for question in (
        "frontline.date()",
        "frontline.selected()",
        "JSON.stringify(frontline.standing('pokrovsk'))",
        "JSON.stringify(frontline.locate('siversk'))",
    ):
        assert here.evaluate(question) == there.evaluate(question)
    assert here.evaluate("frontline.standing('pokrovsk').russia.stated_on") == "2025-12-01"
    assert address(second) == address(first)


@pytest.mark.parametrize(
    "nonsense",
    [
        "date=banana&place=../etc&clock=x&view=moon&lat=nan&lon=inf&zoom=-7",
        "date=1999-01-01",
        "%FF=%00",
    ],
)
def test_a_nonsense_address_does_not_crash(open_page, server, nonsense):
    page = open_page(f"{server}/?{nonsense}")
    frame = time_frame(page)
    assert frame.evaluate("frontline.date()") in ("2026-07-04", "2022-02-25")
    assert page.locator("[data-testid=stException]").count() == 0


def test_switches_reach_the_map_without_remounting_it(open_page, server):
    page = open_page(f"{server}/?date=2025-11-30&place=pokrovsk&lat=48.3&lon=37.2&zoom=10")
    frame = time_frame(page)
    frame.evaluate("window.marker = 'the same frame'")
    assert status(frame, "pokrovsk") == "agreed"
    page.get_by_text("As known now", exact=True).click()
    frame.wait_for_function("frontline.standing('pokrovsk').status === 'disputed'")
    expect(frame.get_by_test_id("clock-label")).to_contain_text("as known now")
    wait_for_address(page, clock="now", zoom="10")
    page.get_by_test_id("stDateInputField").get_by_role("spinbutton").first.click()
    page.keyboard.type("20251201")
    page.keyboard.press("Enter")  # Streamlit itself takes a day only when its field is left
    frame.wait_for_function("frontline.date() === '2025-12-01'")
    assert frame.evaluate("window.marker") == "the same frame"


def test_the_two_rules_of_time_are_one(open_page, server, dataset):
    """The browser resolves what Python resolves: every place, some days, clocks and views."""
    frame = time_frame(open_page(server))
    for as_of in ("2022-02-25", "2022-11-11", "2024-08-14", "2025-11-30", DISPUTED, "2026-07-04"):
        for clock in Clock:
            for view in ("all", "russia", "third", "ru-gerasimov", "ua-general-staff"):
                known = known_by(dataset, as_of=day(as_of), clock=clock)
                snapshot = take_snapshot(dataset, as_of=day(as_of), known_by=known, view=view)
                expected = {}
                for record in standing_records(snapshot):
                    sides = {
                        side: record[side]
                        and {
                            key: record[side][key]
                            for key in ("controller", "kind", "stated_on", "claim_id")
                        }
                        for side in ("ukraine", "russia", "third")
                    }
                    expected[record["settlement_id"]] = {"status": record["status"], **sides}
                found = frame.evaluate(
                    """([day, clock, view, places]) => {
                        frontline.setDate(day); frontline.setClock(clock); frontline.setView(view);
                        return Object.fromEntries(places.map((id) => [id, frontline.standing(id)]));
                    }""",
                    [as_of, clock.value, view, list(expected)],
                )
                assert found == expected, (as_of, clock, view)


def test_downloads_open_elsewhere(open_page, server, tmp_path):
    page = open_page(f"{server}/?date={DISPUTED}&place=siversk")
    time_frame(page)
    files = {}
    with page.expect_download() as download:
        page.get_by_role("button", name="Picture (PNG)").click()
    assert download.value.suggested_filename == "siversk_2025-12-11_known-then_all.png"
    with Image.open(download.value.path()) as picture:
        assert picture.size == (1200, 675)
        assert "Siversk" in picture.text["Description"]
        assert "date=2025-12-11" in picture.text["Source"]
    page.get_by_role("link", name="Sizes, layouts, film, data").click()
    for name in ("Statements (CSV)", "Places (GeoJSON)", "Page with slider (HTML)"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).first.click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        files[path.suffix] = path
    assert "siversk-2025-12-11-ru-putin" in files[".csv"].read_text()
    assert json.loads(files[".geojson"].read_text())["as_of"] == DISPUTED

    saved = open_page(files[".html"].as_uri(), offline=True)
    saved.wait_for_function("!!(window.frontline && window.frontline.standing)")
    assert saved.evaluate("frontline.standing('siversk').status") == "disputed"
    expect(saved.get_by_test_id("place-card")).to_contain_text("AFP / The Moscow Times")
    saved.get_by_test_id("date-slider").focus()
    for _ in range(12):
        saved.keyboard.press("ArrowRight")
    expect(saved.get_by_test_id("place-card")).to_contain_text("both sides say the same")
    assert Path(files[".html"]).stat().st_size < 1_500_000


def test_a_view_is_cited_with_its_address(open_page, server):
    page = open_page(f"{server}/?date={DISPUTED}&place=siversk")
    time_frame(page)
    page.get_by_role("button", name="Cite this view").click()
    boxes = page.get_by_test_id("stCode")
    expect(boxes).to_have_count(5)
    for box in boxes.all():
        expect(box).to_contain_text(f"{server}/?date={DISPUTED}&place=siversk")
    expect(boxes.nth(3)).to_contain_text("@misc{frontline-2025-12-11-2025-12-11-all-siversk,")


def test_keys_choose_a_place(open_page, server):
    page = open_page(f"{server}/?date={DISPUTED}")
    frame = time_frame(page)
    frame.locator(".fl-map").focus()
    page.keyboard.press("n")
    first = frame.evaluate("frontline.selected()")
    page.keyboard.press("n")
    second = frame.evaluate("frontline.selected()")
    page.keyboard.press("p")
    assert first
    assert first != second
    assert frame.evaluate("frontline.selected()") == first
    wait_for_address(page, place=first)
    page.keyboard.press("Escape")
    expect(frame.get_by_test_id("place-card")).to_be_hidden()


def test_tiles_come_with_their_attribution(browser, server):
    context = browser.new_context()
    pixel = (ROOT / "docs" / "app.png").read_bytes()
    context.route(
        "**/*",
        lambda route: (
            route.continue_()
            if "127.0.0.1" in route.request.url
            else route.fulfill(body=pixel, content_type="image/png")
        ),
    )
    page = context.new_page()
    page.goto(server)
    frame = time_frame(page)
    expect(frame.locator(".leaflet-control-attribution")).not_to_contain_text("OpenStreetMap")
    choose_background(page, "OpenStreetMap.Mapnik")
    expect(frame.locator(".leaflet-control-attribution")).to_contain_text("OpenStreetMap")
    expect(frame.locator(".leaflet-tile-loaded").first).to_be_attached()
    expect(frame.get_by_test_id("map-note")).to_be_hidden()
    context.close()


def test_failing_tiles_leave_the_offline_background_and_say_so(browser, server):
    context = browser.new_context()
    context.route(
        "**/*",
        lambda route: route.continue_() if "127.0.0.1" in route.request.url else route.abort(),
    )
    page = context.new_page()
    page.goto(server)
    frame = time_frame(page)
    choose_background(page, "OpenStreetMap.Mapnik")
    note = frame.get_by_test_id("map-note")
    expect(note).to_contain_text("OpenStreetMap.Mapnik could not be loaded")
    expect(frame.locator(".leaflet-tile")).to_have_count(0)
    context.close()


def test_a_missing_script_is_said(browser, server):
    context = browser.new_context()
    context.route("**/leaflet-*.js", lambda route: route.abort())
    page = context.new_page()
    page.goto(server)
    frame = page.frame_locator("iframe[title*='st_folium']")
    expect(frame.get_by_role("alert")).to_contain_text("The map could not be loaded: leaflet-")
    context.close()


def test_a_phone_sees_slider_and_record(open_page, server):
    page = open_page(f"{server}/?date={DISPUTED}&place=siversk", width=390, height=844)
    frame = time_frame(page)
    expect(frame.get_by_test_id("date-slider")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    slider = frame.get_by_test_id("date-slider").bounding_box()
    card = frame.get_by_test_id("place-card").bounding_box()
    ground = frame.locator(".fl-ground").bounding_box()
    assert ground["y"] + ground["height"] <= slider["y"]  # neither lies over the map
    assert slider["y"] + slider["height"] <= card["y"]
    assert ground["height"] > 200
    x, y = frame.evaluate("(() => { const p = frontline.locate('siversk'); return [p.x, p.y]; })()")
    assert 0 < x < ground["width"]
    assert 0 < y < ground["height"]


def test_the_map_speaks_the_language_of_the_page(open_page, server):
    page = open_page(f"{server}/?date={DISPUTED}&place=siversk&lang=uk")
    frame = time_frame(page)
    card = frame.get_by_test_id("place-card")
    expect(card).to_contain_text("Сіверськ")
    expect(card).to_contain_text("11 грудня 2025 року: позиції сторін різняться")
    expect(card).to_contain_text("9 заяв до цього дня")
    page.get_by_text("Укр", exact=True).click()  # it is chosen already, and stays so
    expect(page.get_by_role("radio", name="Укр")).to_be_checked()
    before = page.locator("iframe[title*='st_folium']").element_handle()
    page.get_by_text("Рус", exact=True).click()
    before.wait_for_element_state("hidden")
    frame = time_frame(page)
    expect(frame.get_by_test_id("place-card")).to_contain_text("позиции сторон расходятся")
    wait_for_address(page, lang="ru", place="siversk")


def test_only_disputed_places_are_shown_and_picked(open_page, server):
    page = open_page(f"{server}/?date={DISPUTED}&lat=48.8&lon=38.0&zoom=9")
    frame = time_frame(page)
    names = "frontline.visible()"
    every = frame.evaluate(names)
    open_layers(page)
    page.get_by_text("Only where the sides disagree").click()
    wait_for_address(page, only="disputed")
    page.keyboard.press("Escape")
    frame.wait_for_function(f"frontline.visible().length < {len(every)}")
    some = frame.evaluate(names)
    assert "siversk" in some
    assert {status(frame, place) for place in some} == {"disputed"}
    live = [place for place in every if frame.evaluate("(id) => frontline.isLive(id)", place)]
    assert set(live) == set(some)
    expect(page.get_by_test_id("stPopoverBody")).to_be_hidden()
    click_place(page, frame, "svatove")  # hidden: one side alone has spoken
    assert frame.evaluate("frontline.selected()") is None
    frame.evaluate(f"frontline.setDate('{AGREED}')")
    assert "siversk" not in frame.evaluate(names)
