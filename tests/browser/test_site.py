"""The site on a plain file server, in a real browser: map, address, search, offline, no script."""

import functools
import re
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from geo.__main__ import main
from tests.browser.test_access import AXE, RULES, VIOLATIONS
from tests.some import cut_ledger

READY = "() => !!(window.frontline && window.frontline.standing)"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Bake a small ledger, and serve its files."""
    folder = tmp_path_factory.mktemp("site")
    cut_ledger(folder / "data", oblasts=("luhansk-oblast", "kursk-oblast"))
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder / "out"))
    ) as server:
        address = f"http://127.0.0.1:{server.server_port}/"
        arguments = ["site", str(folder / "out"), "--base", address, "--data", str(folder / "data")]
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("FRONTLINE_REPORTS", "mailto:desk@example.org")
            assert main([*arguments, "--cards", "none", "--cores", "1"]) == 0
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield address
        server.shutdown()


@pytest.fixture
def opened(open_page, site):
    def opened(path, **options):
        page = open_page(f"{site}{path}", **options)
        page.wait_for_function(READY)
        return page

    return opened


def test_an_address_opens_its_view_and_follows_it(opened):
    page = opened("?date=2025-12-20&place=siversk&areas=reach&within=7")
    card = page.get_by_test_id("place-card")
    expect(card).to_contain_text("the sides disagree; Ukraine's side last spoke 9 days ago")
    assert page.evaluate("() => [frontline.date(), frontline.areas()[0]]") == [
        "2025-12-20",
        "reach",
    ]
    assert page.evaluate("() => frontline.isLive('siversk')") is False  # Ukraine last spoke before
    page.evaluate("() => frontline.setDate('2025-12-19')")
    page.wait_for_function("() => location.search.includes('date=2025-12-19&place=siversk')")
    assert "within=7" in page.evaluate("() => location.search")
    page.get_by_text("Settings").click()
    page.get_by_label("Live if both spoke within").select_option("90")
    assert page.evaluate("() => frontline.isLive('siversk')") is True
    followed = page.evaluate("""() => {
      frontline.setDate('2025-12-18');  // and away at once, as while a film plays
      const link = document.querySelector('a[lang=uk]');
      link.addEventListener('click', (event) => event.preventDefault());
      link.click();
      return link.search;
    }""")
    assert followed.startswith("?date=2025-12-18&place=siversk")


def test_a_host_that_drops_the_question_is_served_by_the_hash(opened, site):
    page = opened("#date=2025-12-11&place=siversk")
    assert page.evaluate("() => [frontline.date(), frontline.selected()]") == [
        "2025-12-11",
        "siversk",
    ]
    page.wait_for_function("() => location.hash.includes('place=siversk')")
    expect(page.get_by_role("link", name="Українська")).to_have_attribute(
        "href", f"{site}uk/#date=2025-12-11&place=siversk"
    )


def test_the_middle_of_an_address_stays_in_it(opened):
    page = opened("?date=2025-12-11&lat=48.5&lon=37.9&zoom=9")
    page.evaluate("() => frontline.setDate('2025-12-10')")
    page.wait_for_function("() => location.search.includes('date=2025-12-10')")
    assert "&lon=37.9" in page.evaluate("() => location.search")  # to a pixel


def test_nonsense_in_the_address_is_as_if_left_out(opened):
    page = opened("?date=2025-99-99&place=__proto__&view=<img>&clock=x&only=y&lat=1e308&lon=1e308")
    assert page.evaluate("() => frontline.selected()") is None
    page.get_by_text("Settings").click()
    expect(page.get_by_label("Only where the sides disagree")).not_to_be_checked()


def test_search_in_cyrillic_and_the_language_keep_day_and_place(opened):
    page = opened("?date=2025-12-11")
    page.get_by_test_id("search").fill("северск")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.search.includes('place=siversk')")
    page.get_by_role("link", name="Українська").click()
    page.wait_for_url("**/uk/**")
    page.wait_for_function(READY)
    expect(page.get_by_test_id("place-card")).to_contain_text("Сіверськ")
    expect(page.get_by_role("link", name="Русский")).to_be_in_viewport(ratio=1)
    assert page.evaluate("() => frontline.date()") == "2025-12-11"
    every = page.get_by_role("link", name="Усі заяви тут")
    expect(every).to_have_attribute("href", "../uk/place/siversk/")


def test_a_tap_on_what_is_found_is_no_tap_on_what_lies_under_it(opened):
    page = opened("?date=2025-12-11", has_touch=True, width=390, height=700)
    page.get_by_test_id("search").fill("северск")
    page.get_by_role("listbox").get_by_role("option").tap()
    expect(page.get_by_test_id("place-card")).to_contain_text("Siversk")
    assert page.evaluate("() => frontline.selected()") == "siversk"
    expect(page.get_by_test_id("legend")).not_to_have_attribute("open", "")


def test_an_oblast_is_found_and_shown_whole(opened):
    page = opened("?date=2025-12-11&place=siversk")
    page.get_by_test_id("search").fill("kursk")
    page.get_by_role("option").get_by_text("Kursk Oblast").click()
    expect(page.get_by_test_id("place-card")).to_contain_text("Kursk Oblast")
    page.wait_for_function("() => location.search.includes('place=kursk-oblast')")
    assert "zoom=7" in page.url


def test_enter_waits_for_the_aliases(opened):
    page = opened("?date=2025-12-11", service_workers="block")
    held = []
    page.route("**/aliases-*.json", lambda route: held.append(route))
    with page.expect_request("**/aliases-*.json"):
        page.get_by_test_id("search").fill("северск")
    page.keyboard.press("Enter")
    assert page.evaluate("() => frontline.selected()") is None
    held[0].continue_()
    page.wait_for_function("() => frontline.selected() === 'siversk'")
    assert len(held) == 1


def test_a_link_in_focus_keeps_it_when_the_sources_arrive(opened):
    page = opened("?date=2025-12-11", service_workers="block")
    held = []
    page.route("**/texts*.json", lambda route: held.append(route))
    with page.expect_request("**/texts*.json"):
        page.evaluate("() => frontline.select('siversk')")
    lane = page.locator('[data-lane="russia"]')
    wrong = lane.get_by_role("link", name="Report an error")
    wrong.focus()
    expect(lane.get_by_role("link")).to_have_count(1)
    for route in held:
        route.continue_()
    expect(lane.locator('a[href^="https"]')).to_be_visible()
    expect(wrong).to_be_focused()


def test_who_moves_the_map_before_it_is_there_moves_nothing(open_page, opened, site):
    page = open_page("about:blank", service_workers="block")
    held = []
    page.route("**/ledger-*.json", lambda route: held.append(route))
    page.goto(site, wait_until="load")
    page.locator(".fl-map").wait_for()
    waiting = page.get_by_text("The map is loading")
    expect(waiting).to_be_visible()
    for shift in (False, True):  # a pan, and a box to zoom to
        page.mouse.move(700, 400)
        if shift:
            page.keyboard.down("Shift")
        page.mouse.down()
        page.mouse.move(500, 300, steps=5)
        page.mouse.up()
        page.keyboard.up("Shift")
    page.mouse.dblclick(700, 400)
    page.mouse.wheel(0, -300)
    held[0].continue_()
    page.wait_for_function(READY)
    expect(waiting).to_be_hidden()
    where = "() => frontline.locate('siversk')"
    assert page.evaluate(where) == opened("").evaluate(where)


def test_settings_change_what_is_shown(opened):
    page = opened("?date=2025-12-11&place=siversk", width=640, height=360)
    page.get_by_text("Settings").click()
    for name in ("Judged by statements", "Who is heard", "Whole oblasts"):
        field = page.get_by_label(name)
        field.scroll_into_view_if_needed()
        expect(field).to_be_in_viewport(ratio=1)
    page.get_by_label("Judged by statements").select_option("now")
    page.wait_for_function("() => location.search.includes('clock=now')")
    expect(page.get_by_test_id("clock-label")).to_contain_text("as known now")


def test_areas_that_cannot_be_had_say_so_and_are_asked_for_again(opened):
    page = opened("?date=2025-12-11", service_workers="block")
    page.route("**/reach-*.json", lambda route: route.fulfill(status=404))
    page.get_by_text("Settings").click()
    around = page.get_by_label("Around places")
    around.check()
    expect(page.get_by_test_id("areas")).to_contain_text("could not be loaded")
    page.unroute_all()
    around.uncheck()
    around.check()
    expect(page.get_by_test_id("areas")).to_have_text(re.compile("not a front line$"))
    page.keyboard.press("Escape")
    expect(around).to_be_hidden()
    expect(page.get_by_text("Settings")).to_be_focused()
    page.watched.failures.clear()  # what is not there is not read to its end


def test_the_space_bar_presses_what_has_the_focus(opened):
    page = opened("?date=2025-12-11&lat=48.5&lon=37.5&zoom=8")
    page.get_by_role("button", name="Zoom in").press("Space")
    page.wait_for_function("() => location.search.includes('zoom=9')")
    assert page.evaluate("() => frontline.date()") == "2025-12-11"  # no film was started


def test_without_a_network_after_one_visit(opened, site):
    page = opened("?date=2025-12-11", timezone_id="Europe/Kyiv")  # a browser of its own
    page.wait_for_function("() => !!navigator.serviceWorker.controller")
    page.context.set_offline(True)
    page.reload()
    page.wait_for_function(READY)
    expect(page.get_by_test_id("date-label")).to_have_text("11 December 2025")
    page.context.set_offline(False)
    page.watched.failures.clear()  # what the worker asked of the network, which there is none of


def test_a_page_of_a_place_needs_no_script(open_page, site):
    page = open_page(f"{site}place/siversk/", java_script_enabled=False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Siversk")
    expect(page.locator("[data-claim=siversk-2025-12-11-ru-putin]")).to_be_visible()
    page.get_by_role("link", name="Українська").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Сіверськ")
    page.goto(site)
    page.set_viewport_size({"width": 390, "height": 700})
    picture = page.get_by_role("img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_be_in_viewport(ratio=1)
    expect(page.get_by_text("The map is loading")).to_be_hidden()


@pytest.mark.parametrize(
    "path", ["place/siversk/", "disagreements/", "day/2025-12-11/", "data/", "404.html", ""]
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(open_page, site, path, scheme):
    page = open_page(f"{site}{path}", color_scheme=scheme, bypass_csp=True, width=360)
    if not path:
        page.wait_for_function(READY)
    page.evaluate(AXE)
    assert page.evaluate(VIOLATIONS, RULES) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
