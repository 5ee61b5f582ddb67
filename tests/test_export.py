"""Files hold what they say, read back by other programs; their formats are contracts."""

import csv
import io
import json

import geopandas as gpd
import pytest
from PIL import Image

from geo.export import (
    EXPORTS,
    export_name,
    ledger_csv,
    ledger_geojson,
    standing_csv,
    standing_geojson,
    standing_records,
    write_file,
)
from geo.load import load_dataset
from geo.model import Clock, View
from geo.timeline import take_snapshot
from tests.conftest import day


@pytest.fixture
def snapshot(dataset):
    return take_snapshot(dataset, as_of=day("2025-12-11"))


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
    assert len(records) == 192
    assert json.loads(json.dumps(list(records.values()))) == list(records.values())


def test_csv_holds_the_standing_claims_and_what_they_answer(snapshot):
    rows = list(csv.DictReader(io.StringIO(standing_csv(snapshot).decode())))
    assert [row["claim_id"] for row in rows] == list(snapshot.standing.index)
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


def test_geojson_is_read_by_gdal(snapshot, tmp_path):
    path = tmp_path / "standing.geojson"
    write_file(path, standing_geojson(snapshot))
    places = gpd.read_file(path).set_index("settlement_id")
    assert places.crs.to_epsg() == 4326
    assert len(places) == 192
    siversk = places.loc["siversk"]
    assert (siversk.geometry.x, siversk.geometry.y) == (38.09683, 48.86476)
    assert (siversk["ukraine_controller"], siversk["russia_controller"]) == ("ukraine", "russia")
    assert siversk["third_age_days"] == 3


def test_the_whole_ledger_goes_out_whole(dataset, tmp_path):
    rows = list(csv.DictReader(io.StringIO(ledger_csv(dataset).decode())))
    assert {row["claim_id"] for row in rows} == set(dataset.claims.index)
    path = tmp_path / "ledger.geojson"
    write_file(path, ledger_geojson(dataset))
    assert len(gpd.read_file(path)) == len(dataset.claims) == 606


def test_nothing_becomes_a_formula_or_markup(tiny_folder):
    settlements = tiny_folder / "settlements.csv"
    settlements.write_text(settlements.read_text().replace("Siversk,", "</script><img onerror=x>,"))
    dataset = load_dataset(tiny_folder)
    # The loader refuses formulas, so this one is put where no loader looks again.
    dataset.claimants.loc["ru-mod", "name"] = "=HYPERLINK(1)"
    snapshot = take_snapshot(dataset, as_of=day("2025-12-11"))
    rows = list(csv.DictReader(io.StringIO(standing_csv(snapshot).decode())))
    assert [row["claimant"] for row in rows] == ["General Staff of Ukraine", "'=HYPERLINK(1)"]
    assert b"<" not in standing_geojson(snapshot)
    view = View(as_of=snapshot.as_of, place="siversk")
    page = EXPORTS["html"].encode(snapshot, view, "").decode()
    assert "<img onerror" not in page
    picture = EXPORTS["png"].encode(snapshot, view, "?date=2025-12-11")
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
