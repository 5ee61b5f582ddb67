"""The page without a browser: it draws, follows its address, and shows faults of the data."""

from datetime import UTC, date, datetime

import geopandas as gpd
import pytest
import shapely

from geo.areas import import_areas
from tests.page import run


def shown(app):
    return [*(text.value for text in app.subheader), *(text.value for text in app.caption)]


def test_it_draws_on_the_newest_day():
    app = run()
    assert not app.exception
    assert app.title[0].value == "Frontline Claims"
    assert app.date_input[0].value.isoformat() == "2026-07-04"
    assert any("Statements found up to 4 July 2026." in text for text in shown(app))
    days = (datetime.now(UTC).date() - date(2026, 7, 4)).days
    assert f"newest statement 4 July 2026, {days} days ago" in shown(app)


@pytest.mark.parametrize(
    ("asked", "day"),
    [("2025-03-01", "2025-03-01"), ("banana", "2026-07-04"), ("1999-01-01", "2022-02-25")],
)
def test_the_date_comes_from_the_address(asked, day):
    app = run(date=asked)
    assert app.date_input[0].value.isoformat() == day
    assert app.query_params["date"] == day


def test_the_record_stands_in_two_columns_with_third_parties_below():
    app = run(date="2025-12-11", place="siversk")
    assert not app.exception
    assert "Siversk" in shown(app)
    assert any("Сіверськ · Северск · Seversk · Donetsk" in text for text in shown(app))
    records = [part.proto.body for part in app.get("html") if "data-claim" in part.proto.body]
    left, right = (column.get("html")[0].proto.body for column in app.columns)
    assert records == [left, right, records[2]]
    sides = ("Ukraine&#39;s side", "Russia&#39;s side", "Third parties")
    for record, side in zip(records, sides, strict=True):
        assert f"<h3>{side}</h3>" in record


def test_widgets_change_view_and_address():
    app = run(date="2025-12-11", place="siversk")
    app.text_input(key="search").set_value("Бахмут").run()
    assert "Bakhmut" in shown(app)
    app.date_input[0].set_value("2023-05-20").run()
    app.selectbox(key="heard").set_value("wagner").run()
    assert not app.exception
    assert app.query_params["place"] == "bakhmut"
    assert app.query_params["date"] == "2023-05-20"
    assert app.query_params["view"] == "wagner"


def test_namesakes_that_are_found_are_named_apart_in_the_readers_language():
    app = run(lang="uk")
    app.text_input(key="search").set_value("Успенівка").run()
    others = [button.label for button in app.button if str(button.key).startswith("match-")]
    assert others[:2] == ["Успенівка (Покровськ)", "Успенівка (Запорізька область)"]


def test_a_broken_folder_shows_every_fault(tiny_folder, monkeypatch):
    monkeypatch.setenv("FRONTLINE_DATA", str(tiny_folder))
    (tiny_folder / "claims.csv").unlink()
    (tiny_folder / "claimants.csv").write_text("")
    app = run()
    assert not app.exception
    assert "2 found" in app.error[0].value
    assert app.code[0].value.splitlines() == [
        "claimants.csv: is empty",
        "claims.csv: is missing in the folder 'tiny'",
    ]


def test_a_view_is_brought_to_what_is_left_of_a_ledger(tiny_folder, monkeypatch):
    monkeypatch.setenv("FRONTLINE_DATA", str(tiny_folder))
    app = run(date="2025-12-23", place="sudzha", view="isw", clock="now")
    assert app.query_params["date"] == "2025-12-23"
    for file, gone in (
        ("claims", "siversk-2025-12-23"),
        ("settlements", "sudzha"),
        ("claimants", "isw"),
    ):
        path = tiny_folder / f"{file}.csv"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text(
            "".join(line for line in lines if not line.startswith(gone)), encoding="utf-8"
        )
    app.run()
    assert not app.exception
    assert app.query_params["date"] == "2025-12-11"
    assert app.query_params["clock"] == "now"
    assert not {"place", "view"} & set(app.query_params)


def test_areas_and_oblasts_live_in_the_address():
    app = run(date="2025-12-11", place="luhansk-oblast", areas="oblasts,nonsense,reach")
    assert not app.exception
    assert "Luhansk Oblast" in shown(app)
    assert app.query_params["areas"] == "oblasts,reach"
    app.pills(key="areas").set_value(["reach"]).run()
    assert app.query_params["areas"] == "reach"
    assert app.query_params["place"] == "luhansk-oblast"


def grown(folder, *, name="test"):
    """A series that gains Siversk between two observations."""
    for number, (stated, west) in enumerate((("20251101", 38.2), ("20251210", 38.0))):
        shape = shapely.box(west, 48.8, 38.6, 48.95)
        path = folder / f"{number}_{stated}.geojson"
        gpd.GeoDataFrame(geometry=[shape], crs="EPSG:4326").to_file(path, driver="GeoJSON")
    return sorted(folder.glob("*.geojson"))


def test_the_page_on_areas_without_a_series_says_so(tiny_folder, tmp_path, monkeypatch):
    monkeypatch.setenv("FRONTLINE_DATA", str(tiny_folder))
    app = run("6_Areas")
    assert not app.exception
    assert app.info[0].value == "No series has been imported yet."
    assert app.expander[0].proto.expanded
    import_areas(grown(tmp_path), tiny_folder / "areas", series_id="test")
    assert app.run().expander[0].proto.expanded  # what the next import tells is seen


def test_the_page_on_areas_compares_two_days(tiny_folder, tmp_path, monkeypatch):
    monkeypatch.setenv("FRONTLINE_DATA", str(tiny_folder))
    import_areas(grown(tmp_path), tiny_folder / "areas", series_id="test")
    app = run("6_Areas", date="2025-12-11")
    assert not app.exception
    (metric,) = app.metric
    assert (metric.label, metric.value) == ("Russia: km²", "734")
    assert "+244.7 km² since 11 November 2025 (+0.041% of Ukraine)" in shown(app)
    listed = " ".join(element.proto.body for element in app.get("html"))
    assert "Russia: gained 244.7 km²; places inside: Siversk" in listed
    files = [button.label for button in app.get("download_button")]
    assert files[:2] == ["Difference (GEOJSON)", "Difference (GPKG)"]  # a name would be cut off
    app.date_input[0].set_value("2025-12-01")
    assert "outside" not in str(app.run().warning)
    late = app.dataframe[0].value
    assert late[["Place", "Side", "Days between"]].to_numpy().tolist() == [
        ["Siversk", "Russia's side", -1]
    ]
    app = run("6_Areas", date="2025-12-11", lang="uk")
    listed = " ".join(element.proto.body for element in app.get("html"))
    assert "місця всередині: Сіверськ" in listed


def test_a_broken_series_is_named_and_the_map_stays(tiny_folder, monkeypatch):
    monkeypatch.setenv("FRONTLINE_DATA", str(tiny_folder))
    (tiny_folder / "areas").mkdir()
    (tiny_folder / "areas" / "bad.parquet").write_bytes(b"PAR1")
    app = run()
    assert not app.exception
    assert app.warning[0].value.startswith("bad.parquet: is no series of control areas")
    app = run("6_Areas")
    assert not app.exception
    assert app.error[0].value.startswith("bad.parquet: is no series of control areas")


def test_the_page_speaks_three_languages():
    app = run(date="2025-12-11", place="siversk", lang="uk")
    assert "Сіверськ" in shown(app)
    assert app.query_params["lang"] == "uk"
    assert app.segmented_control(key="clock").label == "Які заяви враховано"
    app.segmented_control(key="lang").set_value("ru").run()
    assert not app.exception
    assert "Северск" in shown(app)
    assert app.query_params["lang"] == "ru"
    assert run(lang="klingon").query_params.get("lang") is None
