"""Areas in the real app: series, reach, oblasts; imported, shown, followed by the slider."""

import itertools
import shutil

import geopandas as gpd
import pytest
import shapely
from playwright.sync_api import expect

from geo.areas import import_areas
from geo.model import NO_CLAIM, SIDES
from geo.timeline import take_snapshot
from tests.browser.app import ROOT, serve, time_frame
from tests.browser.test_app import click_place, open_layers, wait_for_address
from tests.conftest import day

LEDGER = ("settlements.csv", "claimants.csv", "claims.csv", "area_claims.csv", "borders.geojson")
# The hues of a canvas of areas around a place: 16 pixels a side hold both stripes.
COLOUR_AT = """([name, place, dx, dy]) => {
    const canvas = document.querySelector(`.leaflet-fl-${name}-pane canvas`);
    if (!canvas) return null;
    const at = frontline.locate(place);
    const box = canvas.getBoundingClientRect();
    const map = document.querySelector(".fl-map").getBoundingClientRect();
    const { data } = canvas.getContext("2d").getImageData(
        map.left + at.x + dx - box.left, map.top + at.y + dy - box.top, 16, 16);
    const seen = new Set();
    for (let i = 0; i < data.length; i += 4) if (data[i + 3]) seen.add([...data.slice(i, i + 3)].join());
    return [...seen].sort();
}"""


def copied_ledger(folder):
    """Copy the published ledger's files, for series lie beside them."""
    for name in LEDGER:
        shutil.copy(ROOT / "data" / name, folder)
    return folder


def write_day(folder, name, west, east=38.9):
    """Write what a mapper shows on one day: a box around Siversk."""
    shape = shapely.box(west, 48.7, east, 49.1)
    path = folder / f"{name}.geojson"
    gpd.GeoDataFrame(geometry=[shape], crs="EPSG:4326").to_file(path, driver="GeoJSON")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The published ledger, and a series that reaches Siversk on 15 December 2025."""
    data = copied_ledger(tmp_path_factory.mktemp("ledger"))
    files = tmp_path_factory.mktemp("files")
    days = [write_day(files, "20251201", 38.3), write_day(files, "20251215", 37.9)]
    import_areas(days, data / "areas", series_id="mapper")
    return data


@pytest.fixture(scope="module")
def areas_server(folder):
    with serve(folder) as address:
        yield address


def near(frame, layer, place, colours):
    """Wait until a canvas shows just these hues around a place; canvases round by one or two."""
    frame.wait_for_function(
        f"""([asked, wanted]) => {{
            const seen = ({COLOUR_AT})(asked);
            if (!seen) return wanted.length === 0;
            const close = (a, b) => a.split(",").every((v, i) => Math.abs(v - b.split(",")[i]) < 6);
            return seen.length >= wanted.length && wanted.every((w) => seen.some((s) => close(s, w)))
                && seen.every((s) => wanted.some((w) => close(s, w)));
        }}""",
        arg=[[layer, place, -8, -8], colours],
    )


RUSSIA, UKRAINE = "213,94,0", "0,114,178"


def test_a_series_follows_the_slider_and_the_card_tells_what_it_shows(open_page, areas_server):
    page = open_page(f"{areas_server}/?date=2025-12-11&place=siversk&areas=mapper")
    frame = time_frame(page)
    listed, card = frame.get_by_test_id("areas"), frame.get_by_test_id("place-card")
    expect(listed).to_have_text("mapper: observed on 1 December 2025 (10 days earlier)")
    expect(card).to_contain_text("Map of mapper (derived)shows it outside all of its areas")
    near(frame, "series", "siversk", [])
    frame.evaluate("frontline.setDate('2025-12-20')")
    expect(listed).to_have_text("mapper: observed on 15 December 2025 (5 days earlier)")
    expect(card).to_contain_text("shows it inside its area of Russia since 15 December 2025")
    near(frame, "series", "siversk", [RUSSIA])
    frame.evaluate("frontline.setDate('2025-11-20')")
    expect(listed).to_have_text("mapper: no observation by this day")
    near(frame, "series", "siversk", [])


def test_reach_is_striped_where_the_sides_disagree(open_page, areas_server):
    page = open_page(f"{areas_server}/?date=2025-12-11&place=siversk&areas=reach")
    frame = time_frame(page)
    expect(frame.get_by_test_id("areas")).to_contain_text("not a front line")
    near(frame, "reach", "siversk", [RUSSIA, UKRAINE])
    frame.evaluate("frontline.setDate('2025-12-23')")
    near(frame, "reach", "siversk", [RUSSIA])
    frame.evaluate("frontline.setView('ukraine'); frontline.setDate('2025-12-11')")
    near(frame, "reach", "siversk", [UKRAINE])


def test_oblasts_are_clicked_and_answer_as_python_does(open_page, areas_server, dataset):
    page = open_page(f"{areas_server}/?date=2025-12-11")
    frame = time_frame(page)
    open_layers(page)
    page.get_by_role("button", name="Whole oblasts").click()
    wait_for_address(page, areas="oblasts")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stPopoverBody")).to_be_hidden()
    expect(frame.get_by_test_id("areas")).to_contain_text("statements on whole oblasts")
    click_place(page, frame, "luhansk-oblast")
    expect(frame.get_by_test_id("place-card")).to_contain_text("Luhansk Oblast")
    expect(page.get_by_role("heading", name="Luhansk Oblast", exact=True)).to_be_visible()
    wait_for_address(page, place="luhansk-oblast")
    for asked in ("2022-07-03", "2022-09-12", "2025-07-01", "2026-07-04"):
        frame.evaluate("(day) => frontline.setDate(day)", asked)
        snapshot = take_snapshot(dataset, as_of=day(asked))
        for oblast in dataset.oblasts:
            rows = snapshot.rows[dataset.places.index.get_loc(oblast)]
            ids = [None if row == NO_CLAIM else dataset.claims.index[row] for row in rows]
            told = frame.evaluate("(id) => frontline.standing(id)", oblast)
            assert [told[side] and told[side]["claim_id"] for side in SIDES] == ids


def test_files_are_imported_on_the_page_and_compared_on_its_map(open_page, areas_server, tmp_path):
    page = open_page(f"{areas_server}/Areas?date=2025-12-20")
    frame = time_frame(page)
    expect(frame.get_by_test_id("areas")).to_contain_text(
        "full stripes only on the later or second map"
    )
    near(frame, "difference", "siversk", [RUSSIA])  # since 1 December, its first
    assert "siversk" in frame.evaluate("frontline.visible()")  # it opens where the difference is
    assert "kherson" not in frame.evaluate("frontline.visible()")
    expect(page.locator(".role-legend")).to_contain_text("Russia")  # of the chart
    page.get_by_text("Import files", exact=True).click()
    days = [write_day(tmp_path, "20251105", 38.3), write_day(tmp_path, "20251218", 37.9)]
    sent = itertools.count(1)  # a form that is sent before its files have come brings none
    with page.expect_event(
        "requestfinished", lambda asked: asked.method == "PUT" and next(sent) == len(days)
    ):
        page.locator("input[type=file]").set_input_files(days)
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("Name of the series: '' is not an id")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    page.get_by_label("Name of the series (lower").fill("uploaded")
    before = page.locator("iframe[title*='st_folium']").element_handle()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("uploaded: 2 files, 2 days.")).to_be_visible()
    assert page.get_by_text("Traceback").count() == 0
    before.wait_for_element_state("hidden")  # the map comes anew, with the new series
    frame = time_frame(page)
    frame.evaluate("frontline.setAreas(['uploaded'])")
    expect(frame.get_by_test_id("areas")).to_contain_text("uploaded: observed on 18 December 2025")
