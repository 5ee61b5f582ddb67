"""The difference of two mappers as areas of a view: in the address, in pictures, on the map."""

from datetime import date

import pytest

from geo.address import compared, is_area, read_address, write_address
from geo.areas import Recipe, area_layers, import_areas, load_series
from geo.figure import PictureOptions, choose_extent, draw_picture
from geo.files.load import load_dataset
from geo.model import View
from geo.timeline import take_snapshot
from tests.conftest import ROOT
from tests.page import run
from tests.shapes import frame, series_of, square

DAY = date(2025, 12, 11)
PAIR = "first~second"


@pytest.fixture
def mappers():
    """Two who agree on 60 km² of the 100 that each draws, one above the other."""
    one = square(100)
    wide = square(60)
    other = frame(one).translate(yoff=wide.bounds[3] - one.bounds[3]).iloc[0]
    return {
        "first": series_of((date(2025, 12, 1), "russia", one)),
        "second": series_of((date(2025, 12, 5), "russia", other)),
    }


def between(dataset, mappers, day):
    snapshot = take_snapshot(dataset, as_of=day, known_by=day)
    [layer] = area_layers(snapshot, (PAIR,), mappers.__getitem__)
    return layer


def test_only_the_first_only_the_second_and_both_with_their_km2(dataset, mappers):
    layer = between(dataset, mappers, DAY)
    parts = layer.rows.set_index("change")["km2"].round(0).to_dict()
    assert parts == pytest.approx({"gained": 40, "lost": 40, "kept": 60}, abs=1)
    assert set(layer.rows["controller"]) == {"russia"}
    assert (layer.name, layer.observed) == ("test ~ test", date(2025, 12, 1))


def test_before_the_later_of_two_begins_there_is_nothing_to_compare(dataset, mappers):
    layer = between(dataset, mappers, date(2025, 12, 3))
    assert layer.rows.empty
    assert layer.observed is None


def test_the_address_keeps_a_pair_of_series_that_exist(dataset):
    there = ("first", "second")
    view = read_address({"areas": f"reach,{PAIR},first~first,first~gone,~,a~b~c"}, dataset, there)
    assert view.areas == ("reach", PAIR)
    assert read_address(write_address(view), dataset, there) == view
    assert compared(PAIR) == ("first", "second")
    assert [is_area(area, there) for area in ("first", "gone", "reach", PAIR)] == [True, False, True, True]  # fmt: skip


def test_a_picture_draws_the_difference_and_says_how_large_it_is(dataset, mappers):
    snapshot = take_snapshot(dataset, as_of=DAY, known_by=DAY)
    view = View(as_of=DAY, areas=(PAIR,))
    extent = choose_extent(view, dataset, size=(800, 600))
    pictures = [
        draw_picture(
            snapshot,
            PictureOptions(extent=extent, areas=areas, size=(800, 600)),
            open_series=mappers.__getitem__,
        )
        for areas in ((PAIR,), ())
    ]
    assert pictures[0].content != pictures[1].content
    assert "shown by test alone (40 km²)" in pictures[0].alt
    assert "both show (60 km²)" in pictures[0].alt


@pytest.fixture
def two_series(tmp_path, monkeypatch):
    """A ledger with two imported series beside it."""
    folder = tmp_path / "data"
    folder.mkdir()
    for path in (ROOT / "data").iterdir():
        if path.is_file():
            (folder / path.name).symlink_to(path)
    monkeypatch.setenv("FRONTLINE_DATA", str(folder))
    for name, size in (("first", 100), ("second", 160)):
        frame(square(size)).to_file(tmp_path / f"{name}_20251201.geojson", driver="GeoJSON")
        recipe = Recipe(controller="russia")
        import_areas([tmp_path / f"{name}_20251201.geojson"], folder / "areas", series_id=name, recipe=recipe)  # fmt: skip
    return folder


def test_the_first_page_lists_the_parts_of_a_pair_in_the_address(two_series):
    app = run(date=DAY.isoformat(), areas=PAIR)
    assert not app.exception
    assert any("second against first on 11 December 2025" in c.value for c in app.caption)
    assert "60.0 km²" in " ".join(part.value for part in app.get("html") if hasattr(part, "value"))
    assert load_series(two_series / "areas" / "first.parquet").days[0].date() == date(2025, 12, 1)
    assert load_dataset(two_series).last_day >= DAY


def test_the_page_on_areas_lays_the_other_series_against_the_first_as_the_map_does(two_series):
    app = run("6_Areas", date=DAY.isoformat())
    app.selectbox[1].set_value("second").run()
    assert any("second against first on 11 December 2025" in c.value for c in app.caption)
    listed = " ".join(element.proto.body for element in app.get("html"))
    assert "gained 60.0 km²" in listed
    assert "lost" not in listed
    app.segmented_control(key="lang").set_value("uk").run()
    app.switch_page("pages/7_Method.py").run()
    app.switch_page("pages/6_Areas.py").run()
    assert app.selectbox[1].value == "second"  # it stays chosen


def test_the_map_of_the_page_on_areas_stays_on_a_day_without_observation(two_series):
    app = run("6_Areas", date="2025-11-30")
    assert app.warning[0].value == "first has no observation on or before 30 November 2025."
    assert len(app.get("component_instance")) == 1


def test_a_pair_whose_series_is_broken_or_taken_away_is_no_fault_of_the_page(two_series):
    path = two_series / "areas" / "second.parquet"
    path.write_bytes(b"PAR1")
    app = run(date=DAY.isoformat(), areas=PAIR)
    assert not app.exception
    assert app.warning[0].value.startswith("second.parquet: is no series of control areas")
    path.unlink()
    app.run()
    assert not app.exception
    assert "areas" not in app.query_params
