"""Files hold what they say, read back by other programs; their formats are contracts."""

import csv
import io
import json
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from PIL import Image

from geo.areas import no_series
from geo.export import (
    EXPORTS,
    LEDGER_COLUMNS,
    STANDING_COLUMNS,
    csv_of,
    export_name,
    ledger_csv,
    ledger_geojson,
    standing_csv,
    standing_geojson,
    standing_records,
)
from geo.files.load import load_dataset
from geo.files.write import write_file
from geo.model import Clock, View
from geo.timeline import take_snapshot
from geo.wording import BACKGROUND_CREDIT, LICENCE
from tests.conftest import day


@pytest.fixture
def snapshot(dataset):
    return take_snapshot(dataset, as_of=day("2025-12-11"))


def all_standing(snapshot):
    return list(snapshot.standing.index)


def test_the_json_contract(snapshot):
    records = {record["settlement_id"]: record for record in standing_records(snapshot)}
    assert records["siversk"] == {
        "settlement_id": "siversk",
        "name": "Siversk",
        "admin1": "Donetsk",
        "lat": 48.86476,
        "lon": 38.09683,
        "status": "disputed",
        "ukraine": {
            "claim_id": "siversk-2025-12-11-ua-eastern-command",
            "claimant_id": "ua-eastern-command",
            "kind": "denies",
            "controller": "ukraine",
            "stated_on": "2025-12-11",
            "effective_on": "2025-12-11",
            "age_days": 0,
            "url": "https://www.themoscowtimes.com/2025/12/11/russia-says-captured-siversk-in-ukraines-donetsk-region-a91415",
        },
        "russia": {
            "claim_id": "siversk-2025-12-11-ru-putin",
            "claimant_id": "ru-putin",
            "kind": "captured",
            "controller": "russia",
            "stated_on": "2025-12-11",
            "effective_on": "2025-12-11",
            "age_days": 0,
            "url": records["siversk"]["russia"]["url"],
        },
        "third": {
            "claim_id": "siversk-2025-12-08-deepstate",
            "claimant_id": "deepstate",
            "kind": "contested",
            "controller": "contested",
            "stated_on": "2025-12-08",
            "effective_on": "2025-12-08",
            "age_days": 3,
            "url": records["siversk"]["third"]["url"],
        },
    }
    assert len(records) == 304
    assert json.loads(json.dumps(list(records.values()))) == list(records.values())


def test_csv_holds_the_standing_claims_and_what_they_answer(snapshot):
    rows = list(csv.DictReader(io.StringIO(standing_csv(snapshot).decode())))
    assert [row["claim_id"] for row in rows] == all_standing(snapshot)
    siversk = [row for row in rows if row["settlement_id"] == "siversk"]
    assert [(row["side"], row["controller"], row["status"]) for row in siversk] == [
        ("ukraine", "ukraine", "disputed"),
        ("russia", "russia", "disputed"),
        ("third", "contested", "disputed"),
    ]
    assert {(row["as_of"], row["known_by"], row["view"]) for row in rows} == {
        ("2025-12-11", "2025-12-11", "all")
    }
    assert {row["ledger_version"] for row in rows} == {snapshot.dataset.version}


def test_the_whole_ledger_goes_out_whole_as_geojson(dataset, tmp_path):
    path = tmp_path / "ledger.geojson"
    path.write_bytes(ledger_geojson(dataset))
    assert gpd.read_file(path)["claim_id"].tolist() == list(dataset.claims.index)
    assert len(dataset.claims) == 1045 + 50


def test_nothing_becomes_a_formula_or_markup(tiny_folder):
    settlements = tiny_folder / "settlements.csv"
    settlements.write_text(settlements.read_text().replace("Siversk,", "</script><img onerror=x>,"))
    dataset = load_dataset(tiny_folder)
    # The loader refuses formulas, so this one is put where no loader looks again.
    dataset.claimants.loc["ru-mod", "name"] = "=HYPERLINK(1)"
    snapshot = take_snapshot(dataset, as_of=day("2025-12-11"))
    rows = list(csv.DictReader(io.StringIO(standing_csv(snapshot).decode())))
    assert [row["claimant"] for row in rows] == [
        "General Staff of Ukraine", "'=HYPERLINK(1)", "'=HYPERLINK(1)",
    ]  # fmt: skip
    assert b"<" not in standing_geojson(snapshot)
    view = View(as_of=snapshot.as_of, place="siversk")
    page = EXPORTS["html"].encode(snapshot, view, "", no_series).decode()
    assert "<img onerror" not in page
    picture = EXPORTS["png"].encode(snapshot, view, "?date=2025-12-11", no_series)
    with Image.open(io.BytesIO(picture)) as image:
        assert image.format == "PNG"


def test_names_say_what_is_inside():
    view = View(as_of=day("2025-12-11"), clock=Clock.NOW, view="ru-mod", place="siversk")
    assert export_name(view, "csv") == "siversk_2025-12-11_known-now_ru-mod.csv"
    assert export_name(View(as_of=day("2025-12-11")), "png") == "map_2025-12-11_known-then_all.png"


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    target = tmp_path / "kept.csv"
    write_file(target, b"before")
    with pytest.raises(TypeError):
        write_file(target, "not bytes")
    assert target.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [target]
    with pytest.raises(OSError, match="No such file"):
        write_file(tmp_path / "nowhere" / "x.csv", b"")


# Beyond the codebook on purpose: what no loader would let in must not run on its way out either.
HOSTILE = (
    '=HYPERLINK("https://evil.example","click")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    'a "quoted", broken\nline\u2028and another',
    "Сіверськ",
)


def saying(dataset, text):
    """Put one text wherever a ledger has free text."""
    return replace(
        dataset,
        claims=dataset.claims.assign(summary=text, outlet=text, title=text),
        borders=dataset.borders.assign(name=text),
        claimants=dataset.claimants.assign(name=text),
        places=dataset.places.assign(name=text, name_uk=text, admin1=text),
    )


def read_csv(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


@pytest.fixture
def tiny(tiny_folder):
    return load_dataset(tiny_folder)


def test_records_of_one_place_and_their_links(snapshot):
    (record,) = standing_records(snapshot, place="siversk")
    assert record["russia"]["url"] == (
        "https://news.liga.net/en/politics/news/ukrainian-armed-forces-confirm-entry-of-russian-"
        "infantry-groups-into-siversk-but-do-not-speak-of-occupation"
    )
    assert record["third"]["url"] == (
        "https://novosti.dn.ua/news/411152-siversk-potrohu-perehodyt-do-ruk-armiyi-rf-poperedno-"
        "rosiyany-zahopyly-polovynu-mista-deepstate"
    )


def test_age_is_negative_for_a_statement_made_after_the_day(tiny):
    snapshot = take_snapshot(tiny, as_of=day("2025-12-22"), known_by=day("2025-12-23"))
    said = standing_records(snapshot, place="siversk")[0]["ukraine"]
    assert (said["stated_on"], said["effective_on"]) == ("2025-12-23", "2025-12-22")
    assert (said["controller"], said["age_days"]) == ("russia", -1)


def test_a_row_of_the_csv_in_full(snapshot):
    rows = read_csv(standing_csv(snapshot, place="siversk"))
    assert tuple(rows[0]) == STANDING_COLUMNS
    assert [row["side"] for row in rows] == ["ukraine", "russia", "third"]
    said = standing_records(snapshot, place="siversk")[0]["russia"]
    assert rows[1] == {
        **{key: str(value) for key, value in said.items()},
        "settlement_id": "siversk",
        "area_id": "",
        "name": "Siversk",
        "name_uk": "Сіверськ",
        "name_ru": "Северск",
        "admin1": "Donetsk",
        "lat": "48.86476",
        "lon": "38.09683",
        "status": "disputed",
        "live": "true",
        "side": "russia",
        "claimant": "Vladimir Putin, President of Russia",
        "claimant_uk": "Володимир Путін, президент Росії",
        "claimant_ru": "Владимир Путин, президент России",
        "summary": "Putin said the taking of Siversk opened the way for further offensives "
        "and thanked the troops.",
        "outlet": "LIGA.net",
        "title": "Ukrainian Armed Forces confirm entry of Russian infantry groups into Siversk",
        "as_of": "2025-12-11",
        "known_by": "2025-12-11",
        "view": "all",
        "ledger_version": snapshot.dataset.version,
        "licence": LICENCE,
        "attribution": BACKGROUND_CREDIT,
    }


def test_a_statement_on_an_oblast_stands_inside_of_it(dataset):
    snapshot = take_snapshot(dataset, as_of=day("2025-12-11"))
    rows = {row["claim_id"]: row for row in read_csv(standing_csv(snapshot))}
    (row,) = [r for r in rows.values() if (r["area_id"], r["side"]) == ("luhansk-oblast", "russia")]
    assert (row["name"], row["settlement_id"]) == ("Luhansk Oblast", "")
    assert (row["status"], row["controller"]) == ("disputed", "russia")
    point = shapely.Point(float(row["lon"]), float(row["lat"]))
    assert dataset.borders.geometry["luhansk-oblast"].contains(point)


def test_csv_says_by_which_statements_and_for_whom(dataset):
    until = day("2025-12-23")
    snapshot = take_snapshot(dataset, as_of=day("2025-12-11"), known_by=until, view="ukraine")
    rows = read_csv(standing_csv(snapshot))
    assert {(row["as_of"], row["known_by"], row["view"], row["side"]) for row in rows} == {
        ("2025-12-11", "2025-12-23", "ukraine", "ukraine")
    }


def test_what_is_missing_in_a_table_is_blank():
    table = pd.DataFrame(
        {"who": ["a", None], "days": pd.array([1, pd.NA], dtype="Int64"), "share": [0.5, np.nan]}
    )
    assert csv_of(table).decode() == "who,days,share\na,1,0.5\n,,\n"


def test_csv_of_a_silent_day_is_a_header(dataset):
    content = standing_csv(take_snapshot(dataset, as_of=day("2022-01-01")))
    assert content == (",".join(STANDING_COLUMNS) + "\n").encode()


def test_ledger_csv_repeats_the_ledger(dataset):
    content = ledger_csv(dataset)
    assert b"\r" not in content
    rows = read_csv(content)
    assert tuple(rows[0]) == LEDGER_COLUMNS
    assert [row["claim_id"] for row in rows] == list(dataset.claims.index)
    for row in rows:
        claim = dataset.claims.loc[row["claim_id"]]
        assert row["stated_on"] == claim["stated_on"].date().isoformat()
        settled = claim["place_id"] in dataset.settlements.index
        named = [claim["place_id"], ""] if settled else ["", claim["place_id"]]
        assert [row["settlement_id"], row["area_id"]] == named
        for column in ("claimant_id", "kind", "controller", "summary", "url"):
            assert row[column] == claim[column]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_runs_in_a_spreadsheet_or_breaks_its_row(tiny, text):
    dataset = saying(tiny, text)
    rows = read_csv(standing_csv(take_snapshot(dataset, as_of=day("2025-12-11"))))
    rows += read_csv(ledger_csv(dataset))
    assert len(rows) == 3 + 4
    safe = f"'{text}" if text[0] in "=+-@\t\r\n＝" else text
    for row in rows:
        assert {row[key] for key in ("name", "claimant", "summary", "outlet", "title")} == {safe}


def test_numbers_stay_numbers(tiny):
    west = replace(tiny, places=tiny.places.assign(lon=-1.5))
    snapshot = take_snapshot(west, as_of=day("2025-12-22"), known_by=day("2025-12-23"))
    row = read_csv(standing_csv(snapshot))[0]
    assert (row["lon"], row["age_days"]) == ("-1.5", "-1")


def test_gdal_reads_every_value_of_every_place(snapshot, tmp_path):
    path = tmp_path / "day.geojson"
    path.write_bytes(standing_geojson(snapshot))
    read = gpd.read_file(path).set_index("settlement_id")
    assert (read.crs.to_epsg(), len(read)) == (4326, 304)
    for record in standing_records(snapshot):
        row = read.loc[record["settlement_id"]]
        assert (row.geometry.y, row.geometry.x) == (record["lat"], record["lon"])
        assert (row["name"], row["status"]) == (record["name"], record["status"])
        for side in ("ukraine", "russia", "third"):
            for key in ("controller", "kind", "claimant_id", "claim_id", "url"):
                value = row[f"{side}_{key}"]
                said = (record[side] or {}).get(key)
                assert (value if isinstance(value, str) else None) == said
    assert read["russia_claimant"]["siversk"] == "Vladimir Putin, President of Russia"
    assert str(read["third_stated_on"]["siversk"])[:10] == "2025-12-08"
    assert read["third_age_days"]["siversk"] == 3


def test_geojson_says_what_it_is_and_is_flat(snapshot):
    collection = json.loads(standing_geojson(snapshot))
    features = collection.pop("features")
    assert collection == {
        "type": "FeatureCollection",
        "as_of": "2025-12-11",
        "known_by": "2025-12-11",
        "view": "all",
        "ledger_version": snapshot.dataset.version,
        "licence": LICENCE,
        "attribution": BACKGROUND_CREDIT,
    }
    values = [value for feature in features for value in feature["properties"].values()]
    assert {type(value) for value in values} == {str, int, bool, type(None)}


@pytest.mark.parametrize("text", HOSTILE)
def test_geojson_is_safe_inside_a_page_and_keeps_the_text(tiny, text):
    dataset = saying(tiny, text)
    snapshot = take_snapshot(dataset, as_of=day("2025-12-11"))
    for content in (ledger_geojson(dataset), standing_geojson(snapshot)):
        assert b"<" not in content
        assert json.loads(content)["features"][0]["properties"]["name"] == text


@pytest.mark.parametrize("text", [text for text in HOSTILE if "<" in text])
def test_a_page_holds_no_hostile_markup(tiny, text):
    snapshot = take_snapshot(saying(tiny, text), as_of=day("2025-12-11"))
    view = View(as_of=snapshot.as_of)
    assert text.encode() not in EXPORTS["html"].encode(snapshot, view, "", no_series)


def test_every_format_is_what_its_type_says(snapshot):
    view = View(as_of=snapshot.as_of, place="siversk")
    made = {
        export.mime: export.encode(snapshot, view, "?date=2025-12-11", no_series)
        for export in EXPORTS.values()
    }
    with Image.open(io.BytesIO(made.pop("image/png"))) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 675))
        assert picture.text["Source"] == "?date=2025-12-11"
    assert made.pop("text/csv") == standing_csv(snapshot)
    assert made.pop("application/geo+json") == standing_geojson(snapshot)
    assert made.pop("text/html").lstrip().startswith(b"<!DOCTYPE html>")
    begins = {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": b"PK\x03\x04",
        "application/geopackage+sqlite3": b"SQLite format 3\x00",
        "application/vnd.google-earth.kml+xml": b"<?xml ",
        "application/vnd.apache.parquet": b"PAR1",
    }
    assert made.keys() == begins.keys()
    assert all(made[mime].startswith(begin) for mime, begin in begins.items())


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "day.csv"
    path.write_text("before")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_file(path, b"after")
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]
