"""GeoPackage, KML, GeoParquet and XLSX, each read back by a program that did not write it."""

import io
import json
import re
import sqlite3
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace
from datetime import datetime

import duckdb
import fastkml
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely

from geo.areas import no_series
from geo.export import EXPORTS, WHOLE_LEDGER, standing_records
from geo.export.earth import ledger_kml, standing_kml
from geo.export.geofiles import ledger_gpkg, ledger_parquet, standing_gpkg, standing_parquet
from geo.export.sheet import MOST_LINKS, ledger_xlsx, standing_xlsx
from geo.export.tables import stands_until, statement_table
from geo.files.load import load_dataset
from geo.model import Lang, Status, View
from geo.style import COLOURS
from geo.timeline import take_snapshot
from geo.wording import LICENCE, speak
from tests.conftest import day
from tests.test_export import HOSTILE, all_standing, saying

NEW = ("gpkg", "kml", "parquet", "xlsx")
ANSWERS = {"as_of": "2025-12-11", "known_by": "2025-12-11", "view": "all", "licence": LICENCE}


@pytest.fixture(scope="module")
def snapshot(dataset):
    return take_snapshot(dataset, as_of=day("2025-12-11"))


@pytest.fixture
def tiny(tiny_folder):
    return load_dataset(tiny_folder)


def written(tmp_path, content, ending):
    path = tmp_path / f"made.{ending}"
    path.write_bytes(content)
    return path


def features(content):
    document = fastkml.KML.from_string(content, strict=True).features[0]
    return document, [mark for folder in document.features for mark in folder.features]


def book_of(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def rows_of(sheet):
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def in_language(lang, make, *arguments):
    """What a reader of a language is given."""
    context = copy_context()
    context.run(speak, lang)
    return context.run(make, *arguments)


@pytest.mark.parametrize("ending", NEW)
def test_the_same_view_gives_the_same_bytes_to_readers_of_every_language(snapshot, ending):
    asked = (EXPORTS[ending].encode, snapshot, View(as_of=snapshot.as_of), "", no_series)
    made = [in_language(lang, *asked) for lang in Lang]
    assert made[0] == made[1] == made[2]
    ledger = [in_language(lang, WHOLE_LEDGER[ending], snapshot.dataset) for lang in Lang]
    assert ledger[0] == ledger[1] == ledger[2] != made[0]


def test_geopackages_written_at_once_are_the_same_bytes(tiny):
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(ledger_gpkg, [tiny] * 8))) == 1
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") is None


def test_a_geopackage_has_three_layers_of_the_day(snapshot, tmp_path):
    path = written(tmp_path, standing_gpkg(snapshot), "gpkg")
    layers = {name: pyogrio.read_info(path, layer=name) for name, _ in pyogrio.list_layers(path)}
    kinds = {name: (layer["geometry_type"], layer["features"]) for name, layer in layers.items()}
    assert kinds["places"] == ("Point", 304)
    assert kinds["statements"] == ("Point", len(all_standing(snapshot)))
    assert kinds["borders"] == ("MultiPolygon", len(snapshot.dataset.borders))
    assert layers["places"]["crs"] == "EPSG:4326"
    assert ANSWERS.items() <= layers["places"]["dataset_metadata"].items()
    assert layers["places"]["dataset_metadata"]["ledger_version"] == snapshot.dataset.version
    about = pyogrio.read_dataframe(path, layer="about")
    assert ANSWERS.items() <= dict(zip(about["what"], about["value"], strict=True)).items()
    places = pyogrio.read_dataframe(path, layer="places").set_index("settlement_id")
    for record in standing_records(snapshot):
        row = places.loc[record["settlement_id"]]
        assert (row.geometry.y, row.geometry.x) == (record["lat"], record["lon"])
        assert row["status"] == record["status"]
        for side in ("ukraine", "russia", "third"):
            said = record[side] or {}
            value = row[f"{side}_url"]
            assert (value if isinstance(value, str) else None) == said.get("url")
            stated_on = row[f"{side}_stated_on"]
            assert (str(stated_on)[:10] if said else None) == said.get("stated_on")


def test_a_geopackage_brings_the_styles_that_qgis_looks_for(snapshot, tmp_path):
    path = written(tmp_path, standing_gpkg(snapshot), "gpkg")
    fields = set(pyogrio.read_info(path, layer="places")["fields"])
    with sqlite3.connect(path) as database:
        found = database.execute(
            "SELECT f_table_name, f_geometry_column, styleQML, useAsDefault FROM layer_styles"
        ).fetchall()
        geometry = dict(
            database.execute("SELECT table_name, column_name FROM gpkg_geometry_columns")
        )
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
    assert {name: column for name, column, _, _ in found} == geometry
    assert {default for *_, default in found} == {1}
    styles = {name: ET.fromstring(style) for name, _, style, _ in found}
    values = [category.get("value") for category in styles["places"].iter("category")]
    assert values == [status.value for status in Status]
    expressions = [
        option.get("value")
        for option in styles["places"].iter("Option")
        if option.get("name") == "expression"
    ]
    for expression in expressions:
        assert set(expression.split('"')[1::2]) <= fields
    halves = [
        {option.get("name"): option.get("value") for option in layer.iter("Option")}
        for layer in styles["places"].iter("layer")
    ]
    turned = {
        (half["angle"], half["expression"].split('"')[1])
        for half in halves
        if half.get("angle", "0") in ("90", "270")
    }
    assert turned == {("270", "ukraine_controller"), ("90", "russia_controller")}
    red, green, blue = (int(COLOURS["russia"][at : at + 2], 16) for at in (1, 3, 5))
    assert any(f"= 'russia' THEN '{red},{green},{blue}'" in text for text in expressions)
    assert not any(re.search(r"CASE \S+ WHEN", text) for text in expressions)  # QGIS has none


def test_the_ledger_goes_out_whole_in_every_format(dataset, tmp_path):
    path = written(tmp_path, ledger_gpkg(dataset), "gpkg")
    claims = set(dataset.claims.index)
    assert set(pyogrio.read_dataframe(path, layer="statements")["claim_id"]) == claims
    assert {mark.id.removeprefix("c-") for mark in features(ledger_kml(dataset))[1]} == claims
    assert set(pq.read_table(io.BytesIO(ledger_parquet(dataset)))["claim_id"].to_pylist()) == claims
    sheet = book_of(ledger_xlsx(dataset))["Statements"]
    assert {row["claim_id"] for row in rows_of(sheet)} == claims


def test_kml_gives_each_statement_the_days_on_which_it_stood(tiny):
    _, marks = features(ledger_kml(tiny))
    spans = {
        mark.id: (str(mark.times.begin), mark.times.end and str(mark.times.end)) for mark in marks
    }
    assert spans == {
        "c-siversk-2025-12-11-ua-staff": ("2025-12-11", "2025-12-22"),
        "c-siversk-2025-12-23-ua-staff": ("2025-12-23", None),
        "c-siversk-2025-12-11-ru-mod": ("2025-12-11", None),
        "c-luhansk-oblast-2025-07-01-ru-mod": ("2025-07-01", None),
    }


def test_kml_spans_agree_with_the_rules_of_time(dataset):
    _, marks = features(ledger_kml(dataset))
    stated = dataset.claims["stated_on"]
    for when in ("2022-05-01", "2024-02-17", "2025-12-11", "2026-07-04"):
        stands = set(all_standing(take_snapshot(dataset, as_of=day(when))))
        spanned = {
            mark.id.removeprefix("c-")
            for mark in marks
            if str(mark.times.begin) <= when and (not mark.times.end or when <= str(mark.times.end))
        }
        # What another statement of the same day overrides keeps that day alone.
        extra = spanned - stands
        assert stands <= spanned
        assert {str(stated[claim].date()) for claim in extra} <= {when}


def test_kml_of_a_day_ends_on_it_and_is_read_by_gdal(snapshot, tmp_path):
    content = standing_kml(snapshot)
    document, marks = features(content)
    assert document.name == "Frontline Claims: as known on 11 December 2025, all sides"
    answers = {data.name: data.value for data in document.extended_data.elements}
    assert ANSWERS.items() <= answers.items()
    assert {str(mark.times.end) for mark in marks} == {"2025-12-11"}
    assert [mark.id.removeprefix("c-") for mark in marks if "siversk-2025-12-11-ru" in mark.id] == [
        "siversk-2025-12-11-ru-putin"
    ]
    path = written(tmp_path, content, "kml")
    layers = [name for name, _ in pyogrio.list_layers(path)]
    assert layers == ["Ukraine's side", "Russia's side", "Third parties"]
    russia = pyogrio.read_dataframe(path, layer="Russia's side").set_index("Name")
    assert (russia.geometry["Siversk"].x, russia.geometry["Siversk"].y) == (38.09683, 48.86476)
    assert dict(russia.loc["Siversk", ["status", "live"]]) == {"status": "disputed", "live": "true"}
    live = snapshot.dataset.settlements["name"][snapshot.live[snapshot.dataset.is_settlement]]
    assert set(russia.index[russia["live"] == "true"]) == set(live)
    # KML writes colours backwards: alpha, blue, green, red.
    assert b"<color>ff005ed5</color>" in content


def test_parquet_is_read_without_arrow(snapshot, tmp_path):
    path = written(tmp_path, standing_parquet(snapshot), "parquet")
    with duckdb.connect() as database:
        rows = database.execute(
            "SELECT claim_id, stated_on, url, geometry FROM read_parquet(?)", [str(path)]
        ).fetchall()
        pairs = dict(
            database.execute(
                "SELECT key, value FROM parquet_kv_metadata(?)", [str(path)]
            ).fetchall()
        )
    claims = snapshot.dataset.claims
    assert [row[0] for row in rows] == all_standing(snapshot)
    for claim_id, stated_on, url, shape in rows:
        assert str(stated_on)[:10] == str(claims["stated_on"][claim_id])[:10]
        assert url == claims["url"][claim_id]
        raw = bytes(shape) if not isinstance(shape, str) else shape
        point = shapely.from_wkb(raw) if isinstance(raw, bytes) else shapely.from_wkt(raw)
        assert point.equals(claims.geometry[claim_id].representative_point())
    geo = json.loads(pairs[b"geo"])
    assert geo["primary_column"] == "geometry"
    assert geo["columns"]["geometry"]["geometry_types"] == ["Point"]
    own = {key.decode().removeprefix("frontline:"): value.decode() for key, value in pairs.items()}
    assert ANSWERS.items() <= own.items()


def test_a_spreadsheet_has_a_frozen_header_links_and_days(snapshot):
    book = book_of(standing_xlsx(snapshot))
    assert book.sheetnames == ["Statements", "Places", "About"]
    sheet = book["Statements"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    rows = rows_of(sheet)
    assert [row["claim_id"] for row in rows] == all_standing(snapshot)
    at = next(
        number
        for number, row in enumerate(rows)
        if row["claim_id"] == "siversk-2025-12-11-ru-putin"
    )
    assert rows[at]["stated_on"] == datetime(2025, 12, 11)
    assert (rows[at]["lat"], rows[at]["age_days"]) == (48.86476, 0)
    (link,) = [cell for cell in sheet[at + 2] if cell.hyperlink]
    assert link.hyperlink.target == link.value == rows[at]["url"]
    assert ANSWERS.items() <= dict(book["About"].iter_rows(values_only=True)).items()
    siversk = next(row for row in rows_of(book["Places"]) if row["settlement_id"] == "siversk")
    assert (siversk["status"], siversk["russia_controller"]) == ("disputed", "russia")
    assert siversk["third_age_days"] == 3


def test_a_text_longer_than_excel_takes_says_that_it_goes_on(tiny):
    dataset = replace(tiny, claims=tiny.claims.assign(summary="x" * 32_768))
    row = rows_of(book_of(ledger_xlsx(dataset))["Statements"])[0]
    assert row["summary"] == "x" * 32_766 + "…"
    assert row["outlet"] == "UNN"


def test_more_links_than_excel_takes_stay_text(tiny, monkeypatch):
    assert MOST_LINKS == 65_530
    monkeypatch.setattr("geo.export.sheet.MOST_LINKS", 2)
    sheet = book_of(ledger_xlsx(tiny))["Statements"]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert rows_of(sheet)[0]["url"].startswith("https://example.org/")


@pytest.mark.parametrize("text", [*HOSTILE, "]]>", "&amp;<b>", "\x00\x0b\x1f\ufffe"])
def test_text_of_strangers_stays_text_everywhere(tiny, tmp_path, text):
    dataset = saying(tiny, text)
    snapshot = take_snapshot(dataset, as_of=day("2025-12-11"))
    for content in (standing_xlsx(snapshot), ledger_xlsx(dataset)):
        for sheet in book_of(content):
            assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    sheet = book_of(ledger_xlsx(dataset))["Statements"]
    named = sheet.cell(2, [cell.value for cell in sheet[1]].index("claimant") + 1)
    if text.isprintable():
        assert named.value == text
    assert bool(named.quotePrefix) == (text[0] in "=+-@\t\r\n＝")
    _, marks = features(ledger_kml(dataset))
    kept = text.translate(dict.fromkeys((0, 11, 31, 0xFFFE)))
    said = {data.name: data.value or "" for data in marks[0].extended_data.elements}
    assert said.get("claimant", "").strip() == kept.strip().replace("\r", "\n").strip()
    if "<" in text:  # shown as HTML, so escaped once more
        assert text not in marks[0].description
    if "\x00" not in text:  # SQLite and GDAL end a text there
        path = written(tmp_path, ledger_gpkg(dataset), "gpkg")
        assert set(pyogrio.read_dataframe(path, layer="statements")["claimant"]) == {text}
    table = pq.read_table(io.BytesIO(ledger_parquet(dataset)))
    assert set(table["claimant"].to_pylist()) == {text}


def test_a_link_that_is_none_is_not_one(tiny):
    attack = replace(tiny, claims=tiny.claims.assign(url="javascript:alert(1)"))
    sheet = book_of(ledger_xlsx(attack))["Statements"]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert "javascript:" not in features(ledger_kml(attack))[1][0].description


def test_a_day_on_which_nobody_had_spoken_gives_proper_files(dataset, tmp_path):
    silent = take_snapshot(dataset, as_of=day("2022-01-01"))
    path = written(tmp_path, standing_gpkg(silent), "gpkg")
    assert pyogrio.read_info(path, layer="statements")["features"] == 0
    assert set(pyogrio.read_dataframe(path, layer="places")["status"]) == {"silent"}
    assert features(standing_kml(silent))[1] == []
    assert pq.read_table(io.BytesIO(standing_parquet(silent))).num_rows == 0
    assert rows_of(book_of(standing_xlsx(silent))["Statements"]) == []


def test_another_program_reads_from_when_to_when_each_statement_stood(dataset, tmp_path):
    """GDAL's LIBKML knows KML's time; its table has a moment for both ends."""
    path = written(tmp_path, ledger_kml(dataset), "kml")
    layers = [name for name, _ in pyogrio.list_layers(path)]
    read = pd.concat([pyogrio.read_dataframe(path, layer=name) for name in layers])
    read = read.set_index("claim_id").sort_index()
    table = statement_table(dataset)
    table = table.assign(until=stands_until(table)).set_index("claim_id").sort_index()
    assert read.index.tolist() == table.index.tolist()
    for end, column in (("begin", "stated_on"), ("end", "until")):
        days = pd.to_datetime(read[end]).dt.tz_localize(None).dt.normalize()
        assert (
            days.fillna(pd.Timestamp(0)).tolist() == table[column].fillna(pd.Timestamp(0)).tolist()
        )
    assert read["end"].isna().any()
    assert read["end"].notna().any()
