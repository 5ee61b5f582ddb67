"""The page that is saved to disk, and the one that another page embeds; both without a network."""

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from geo.gazetteer import find_places, fold, name_index
from geo.model import View
from geo.timelayer import standalone_html
from tests.conftest import day

READY = "!!(window.frontline && window.frontline.standing)"
HOST = """<!DOCTYPE html><meta charset="utf-8"><title>An article</title>
<script>addEventListener("message", ({data}) => { (window.heard ??= []).push(data); });</script>
<iframe id="claims" src="embed.html%s" style="border:0;width:%s;height:600px"></iframe>"""


VIEW = View(as_of=day("2025-12-11"))


@pytest.fixture(scope="module")
def folder(dataset, tmp_path_factory):
    """The page that is saved, the one to embed, and (HOST) an article that embeds it."""
    folder = tmp_path_factory.mktemp("saved")
    (folder / "saved.html").write_bytes(standalone_html(dataset, view=VIEW))
    (folder / "embed.html").write_bytes(standalone_html(dataset, view=VIEW, embed=True))
    assert (folder / "saved.html").stat().st_size <= 1_500_000
    return folder


@pytest.fixture
def saved(folder, open_page):
    def opened(**options):
        page = open_page((folder / "saved.html").as_uri(), offline=True, **options)
        page.wait_for_function(READY)
        return page

    return opened


@pytest.fixture
def embedded(folder, open_page):
    def opened(hash_part="", *, wide="100%", **options):
        host = folder / "host.html"
        host.write_text(HOST % (hash_part, wide), encoding="utf-8")
        page = open_page(host.as_uri(), offline=True, **options)
        frame = page.frames[1]
        frame.wait_for_function(READY)
        return page, frame

    return opened


@pytest.mark.parametrize("asked", ["Siversk", "Сіверськ", "северск", "SIVERSK"])
def test_a_place_is_found_by_every_name(saved, asked):
    page = saved()
    page.get_by_test_id("search").fill(asked)
    expect(page.locator(".fl-found li").first).to_contain_text("Siversk")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("place-card")).to_contain_text("Сіверськ")
    assert page.evaluate("frontline.selected()") == "siversk"
    at = page.evaluate("frontline.locate('siversk')")
    assert abs(at["x"] - 700) < 2  # in the middle of 1400 pixels
    expect(page.get_by_role("listbox", include_hidden=True)).to_be_hidden()


def test_aliases_are_found_and_keys_choose_among_results(saved, dataset):
    page = saved()
    page.get_by_test_id("search").fill("Красноармейск")
    expect(page.locator(".fl-found li").first).to_contain_text("Pokrovsk")
    page.get_by_test_id("search").fill("nov")
    options = page.locator(".fl-found li")
    assert options.count() > 2
    second = options.nth(1).locator("strong").inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    chosen = page.evaluate("frontline.selected()")
    assert dataset.settlements["name"][chosen] == second
    assert page.evaluate("frontline.date()") == "2025-12-11"  # letters and arrows stayed in the box


def test_an_error_in_a_statement_is_reported_where_the_server_says(
    monkeypatch, dataset, tmp_path, open_page
):
    monkeypatch.setenv("FRONTLINE_REPORTS", "mailto:desk@example.org")
    path = tmp_path / "saved.html"
    path.write_bytes(standalone_html(dataset, view=View(as_of=day("2025-12-11"), place="siversk")))
    page = open_page(path.as_uri(), offline=True)
    page.wait_for_function(READY)
    link = page.locator('[data-lane="russia"]').get_by_role("link", name="Report an error")
    claim = page.evaluate("frontline.standing('siversk').russia.claim_id")
    address = link.get_attribute("href")
    assert address.startswith(f"mailto:desk@example.org?subject={claim}%20%28{dataset.version}%29")
    assert address.endswith(f"&body={quote('?date=2025-12-11&place=siversk', safe='')}")
    page.evaluate("frontline.setDate('2025-12-12')")
    link.dispatch_event("click")  # the day that is read now goes with it
    assert "2025-12-12" in link.get_attribute("href")
    expect(page.get_by_test_id("place-card").get_by_text("Report an error")).to_have_count(3)


def test_nothing_is_reported_where_no_address_is_set(saved):
    page = saved()
    page.evaluate("frontline.select('siversk')")
    expect(page.get_by_test_id("place-card")).to_contain_text("source")
    expect(page.get_by_text("Report an error")).to_have_count(0)


def test_what_is_no_place_says_so_and_clears(saved):
    page = saved()
    page.get_by_test_id("search").fill("<img src=x>zzzz")
    expect(page.get_by_text("No place of that name in the ledger.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("search")).to_have_value("")
    expect(page.get_by_text("No place of that name in the ledger.")).to_be_hidden()


def test_search_agrees_with_the_app_on_every_name(saved, dataset):
    page = saved()
    places = dataset.settlements
    names = sorted(
        {
            name.strip()
            for row in places[["name", "name_uk", "name_ru", "aliases"]].itertuples(index=False)
            for cell in row
            for name in cell.split(";")
            if name.strip()
        }
    )
    odd = ["Куп'янськ", "Купʼянськ", "Йосипівка", "Її", "  Ново-Миколаївка ", "É_a"]
    assert page.evaluate("(names) => names.map(frontline.fold)", [*names, *odd]) == [
        fold(name) for name in [*names, *odd]
    ]
    index = name_index(places)
    for name in names[::25]:
        page.get_by_test_id("search").fill(name)
        page.keyboard.press("Enter")
        assert page.evaluate("frontline.selected()") == find_places(index, name)[0].id, name


def test_the_app_has_no_second_search(dataset, open_page, server):
    page = open_page(f"{server}/?date=2025-12-11")
    expect(page.get_by_role("textbox", name="Find a place")).to_be_visible()
    frame = page.frame_locator("iframe[title*='st_folium']")
    expect(frame.get_by_test_id("date-slider")).to_be_visible()
    expect(frame.get_by_test_id("search")).to_have_count(0)


def test_a_narrow_page_has_room_for_search_and_bar(saved):
    page = saved(width=390, height=800)
    page.get_by_test_id("search").fill("Siversk")
    page.keyboard.press("Enter")
    boxes = [
        page.get_by_test_id(name).bounding_box() for name in ("search", "place-card", "date-slider")
    ]
    for box in boxes:
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    assert boxes[0]["y"] + boxes[0]["height"] <= boxes[1]["y"]


def test_an_embedded_page_is_map_bar_and_card(embedded):
    _, frame = embedded("#date=2025-12-23&place=siversk")
    expect(frame.get_by_test_id("date-label")).to_have_text("23 December 2025")
    expect(frame.get_by_test_id("place-card")).to_contain_text("both sides say the same")
    for absent in ("search", "legend"):
        expect(frame.get_by_test_id(absent)).to_have_count(0)


def test_an_embedded_page_remembers_in_its_hash(embedded):
    page, frame = embedded()
    frame.evaluate("frontline.setDate('2025-12-01')")
    frame.wait_for_function("location.hash === '#date=2025-12-01'")
    frame.evaluate("frontline.select('siversk')")
    frame.wait_for_function("location.hash === '#date=2025-12-01&place=siversk'")
    frame.evaluate("location.hash = '#date=2025-12-11&place=nowhere'")
    frame.wait_for_function("frontline.date() === '2025-12-11'")
    assert frame.evaluate("frontline.selected()") == "siversk"
    for nonsense in (
        "#date=2025-13-45",
        "#date=2025-02-30",
        "#date=x&place=__proto__",
        "#%",
        "#date=<img>",
    ):
        frame.evaluate("(hash) => { location.hash = hash; }", nonsense)
    frame.evaluate("frontline.setDate('2025-12-12')")
    frame.wait_for_function("location.hash === '#date=2025-12-12&place=siversk'")
    assert page.evaluate("history.length") <= 8  # scrubbing left no trail of its own


@pytest.mark.parametrize(("wide", "height"), [("390px", 520), ("1000px", 600), ("1300px", 720)])
def test_an_embedded_page_tells_its_height(embedded, wide, height):
    page, _ = embedded(wide=wide)
    page.wait_for_function("window.heard?.length")
    assert page.evaluate("heard") == [{"type": "frontline:height", "height": height}]
    page.evaluate("document.querySelector('iframe').style.width = '1100px'")
    page.wait_for_function("heard.at(-1).height === 660")
    page.evaluate("document.querySelector('iframe').style.height = '660px'")
    page.wait_for_timeout(300)
    assert page.evaluate("heard.length") == 2  # following its advice asks for nothing more
