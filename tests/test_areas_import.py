"""Import of control areas: every format and shape read, every fault refused, every day counted."""

import gzip
import json
import struct
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.areas import Recipe, import_areas, km2_by_day, list_series, load_series, series_name
from geo.areas.series import _parquet
from geo.model import CRS, Controller
from tests.shapes import frame, square

RUSSIA, UKRAINE, CONTESTED = "russia", "ukraine", "contested"


def faults(paths, folder, **options):
    with pytest.raises(ExceptionGroup) as caught:
        import_areas(paths, folder, series_id="test", **options)
    assert not list(folder.glob("*"))  # nothing half-imported
    return [str(fault) for fault in caught.value.exceptions]


# Formats


def write_geojson(path):
    frame(square(), name=["x"]).to_file(path, driver="GeoJSON")


def write_3d(path):
    ring = [[*point, 120.5] for point in square().exterior.coords]
    body = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
        "features": [
            {
                "type": "Feature",
                "properties": {},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        ],
    }
    path.write_text(json.dumps(body))


def write_gz(path):
    plain = path.with_suffix("")
    write_geojson(plain)
    path.write_bytes(gzip.compress(plain.read_bytes()))
    plain.unlink()


def write_utm(path):
    frame(square(), name=["x"]).to_crs("EPSG:32637").to_file(path, driver="GPKG")


def write_shapefile(path):
    inner = path.with_name("shape_20251211.shp")
    frame(square(), name=["x"]).to_file(inner)
    with zipfile.ZipFile(path, "w") as archive:
        for part in path.parent.glob("shape_20251211.*"):
            archive.write(part, f"inside/{part.name}")
            part.unlink()


def write_kml(path):
    frame(square(), Name=["Russian control"]).to_file(path, driver="KML")


def write_kmz(path):
    inner = path.with_name("doc_20251211.kml")
    write_kml(inner)
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(inner, inner.name)
        archive.writestr("files/icon.png", b"not a picture")
    inner.unlink()


WRITERS = {
    "areas_20251211.geojson": write_geojson,
    "areas_2025-12-11.json": write_3d,
    "areas_20251211.geojson.gz": write_gz,
    "areas_20251211.gpkg": write_utm,
    "areas.zip": write_shapefile,
    "areas_20251211.kml": write_kml,
    "areas.kmz": write_kmz,
    "areas_20251211.fgb": lambda path: frame(square(), name=["x"]).to_file(
        path, driver="FlatGeobuf"
    ),
    "areas_20251211.parquet": lambda path: frame(square(), name=["x"]).to_parquet(path),
    "other_20251211.parquet": lambda path: frame(square()).rename_geometry("geom").to_parquet(path),
}


@pytest.mark.parametrize("name", WRITERS)
def test_each_format_gives_the_same_area_on_the_same_day(tmp_path, kept, name):
    WRITERS[name](tmp_path / name)
    recipe = Recipe(controller=Controller.RUSSIA)
    report = import_areas([tmp_path / name], kept, series_id="test", recipe=recipe)
    table = km2_by_day(load_series(kept / "test.parquet"))
    assert report.changed
    assert table["observed_on"].dt.date.tolist() == [date(2025, 12, 11)]
    assert table["km2"].tolist() == pytest.approx([100.0], abs=0.02)


def test_a_series_keeps_its_sources_and_the_note_on_the_licence(tmp_path, kept):
    write_geojson(tmp_path / "areas_20251211.geojson")
    recipe = Recipe(controller=Controller.RUSSIA)
    import_areas(
        [tmp_path], kept, series_id="test", claimant_id="isw", licence="by letter", recipe=recipe
    )
    series = load_series(kept / "test.parquet")
    assert (series.id, series.claimant_id, series.licence) == ("test", "isw", "by letter")
    assert series.sources == ("areas_20251211.geojson",)
    assert [path.name for path in list_series(kept)] == ["test.parquet"]


# Known shapes


def test_deepstate_by_its_keys_without_what_is_drawn_abroad(tmp_path, kept):
    names = [
        "Окуповано /// Occupied /// geoJSON.status.occupied",
        "Звільнено /// Liberated /// geoJSON.status.dismissed",
        "Невідомо /// Unknown /// geoJSON.status.unknown",
        "Карелія /// Karelia /// geoJSON.territories.karelia",
    ]
    shapes = [square(100), square(50, lat=49.5), square(20, lat=47.5), square(9, lat=46.5)]
    path = tmp_path / "1765440000.geojson"  # 2025-12-11 08:00 UTC, in seconds
    frame(*shapes, shapely.Point(38, 48), name=[*names, "a flag"]).to_file(path, driver="GeoJSON")
    report = import_areas([path], kept, series_id="test")
    table = km2_by_day(load_series(kept / "test.parquet")).set_index("controller")
    assert set(table["observed_on"].dt.date) == {date(2025, 12, 11)}
    assert table["km2"].round(1).to_dict() == {RUSSIA: 100.0, UKRAINE: 50.0, CONTESTED: 20.0}
    assert report.notes == [
        "1765440000.geojson: 1 features that are no areas left out",
        "1765440000.geojson: 1 areas of no side left out",
    ]
    assert not report.names  # decoration is known, though it is no control


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({}, {RUSSIA: 100.0}),
        (
            {"layer": ["VIEW_RussiaCoTinUkraine_V3", "MDS_AssessedRussianAdvanceInUkraine_view"]},
            {RUSSIA: 100.0, CONTESTED: 50.0},
        ),
        (
            {"geonameid": [1, 2], "status": ["RU", "CONTESTED"]},
            {RUSSIA: 100.0, CONTESTED: 50.0},
        ),
    ],
    ids=["plain daily", "ISW-like", "VIINA-like"],
)
def test_known_shapes_are_recognised(tmp_path, kept, columns, expected):
    count = len(next(iter(columns.values()), [0]))
    shapes = [square(100), square(50, lat=49.5)][:count]
    path = tmp_path / "map_20251211.geojson"
    frame(*shapes, **columns).to_file(path, driver="GeoJSON")
    import_areas([path], kept, series_id="test")
    table = km2_by_day(load_series(kept / "test.parquet")).set_index("controller")["km2"]
    assert table.round(1).to_dict() == expected


def test_anything_else_is_read_by_options(tmp_path, kept):
    path = tmp_path / "all.gpkg"
    frame(
        square(100), square(50, lat=49.5), square(9, lat=47.5),
        who=["orks", "ours", "nobody"], seen=["11.12.2025", "12.12.2025", "12.12.2025"],
    ).to_file(path)  # fmt: skip
    recipe = Recipe(
        date_column="seen",
        date_pattern="%d.%m.%Y",
        controller_column="who",
        mapping={"orks": Controller.RUSSIA, "ours": Controller.UKRAINE},
    )
    report = import_areas([path], kept, series_id="test", recipe=recipe)
    rows = load_series(kept / "test.parquet").observations
    assert list(zip(rows["observed_on"].dt.date, rows["controller"], strict=True)) == [
        (date(2025, 12, 11), RUSSIA),
        (date(2025, 12, 12), UKRAINE),
    ]
    assert report.notes == ["all.gpkg: 1 areas of no side left out"]


def test_a_date_pattern_finds_the_day_in_a_file_name(tmp_path, kept):
    frame(square()).to_file(tmp_path / "front 11.12.2025 final.geojson", driver="GeoJSON")
    recipe = Recipe(controller=Controller.RUSSIA, date_pattern="%d.%m.%Y")
    import_areas([tmp_path], kept, series_id="test", recipe=recipe)
    assert load_series(kept / "test.parquet").days[0].date() == date(2025, 12, 11)


# What is wrong with files


def test_what_is_missing_is_said_for_all_files_at_once(tmp_path, kept):
    frame(square(), x=[1]).to_file(tmp_path / "a.geojson", driver="GeoJSON")
    frame(square(), x=[1]).to_file(tmp_path / "b_20251211.geojson", driver="GeoJSON")
    (tmp_path / "c.txt").write_text("hello")
    (tmp_path / "d.gpkg").write_text("{}")
    found = faults([tmp_path / name for name in ("a.geojson", "b_20251211.geojson", "c.txt", "d.gpkg")], kept)  # fmt: skip
    assert found == [
        "a.geojson: does not say who controls its areas; use --controller or --controller-column with --map VALUE=CONTROLLER",
        "b_20251211.geojson: does not say who controls its areas; use --controller or --controller-column with --map VALUE=CONTROLLER",
        "c.txt: is of no known format; allowed: .geojson, .json, .gpkg, .shp, .kml, .fgb, .parquet, .csv, .zip, .kmz, any of them with .gz",
        "d.gpkg: is not what its ending .gpkg says",
    ]
    frame(square()).to_file(tmp_path / "e.geojson", driver="GeoJSON")
    assert faults([tmp_path / "e.geojson"], kept) == [
        "e.geojson: has no day in its name (such as 20251211) and no date column; use --date-column or --date-pattern"
    ]


@pytest.mark.parametrize("column", ["controller", "side"])
def test_a_controller_that_is_not_known_is_named_with_what_to_paste(tmp_path, kept, column):
    rows = frame(square(), square(lon=39), **{column: ["Russian forces", None]})
    rows.to_file(tmp_path / "20251211.geojson", driver="GeoJSON")
    recipe = Recipe(controller_column=column if column == "side" else None)
    (fault,) = faults([tmp_path / "20251211.geojson"], kept, recipe=recipe)
    assert fault.endswith("what is not known can be told by --map 'Russian forces=russia'")
    recipe = replace(recipe, mapping={"Russian forces": "russia"})
    report = import_areas([tmp_path], kept, series_id="test", recipe=recipe)
    assert (report.days, report.suggestion) == (1, "")


@pytest.mark.parametrize("number", [10**18, -5, 1e300])
def test_a_number_that_is_no_moment_is_no_day(tmp_path, kept, number):
    frame(square(), date=[number]).to_file(tmp_path / "a.geojson", driver="GeoJSON")
    (fault,) = faults([tmp_path / "a.geojson"], kept, recipe=Recipe(controller=Controller.RUSSIA))
    assert fault.startswith("a.geojson: has no day in its name")


def test_ids_are_slugs_and_not_our_own_names(tmp_path, kept):
    write_geojson(tmp_path / "areas_20251211.geojson")
    for name, why in (
        *((name, "is not an id: lower") for name in ("../x", "Reach", "")),
        ("reach", "is the name of areas of ours"),
    ):
        with pytest.raises(ExceptionGroup) as caught:
            import_areas([tmp_path], kept, series_id=name)
        assert any(f"{name!r} {why}" in str(fault) for fault in caught.value.exceptions)


def bomb(path):
    archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with archive, archive.open("big_20251211.geojson", "w") as member:
        for _ in range(800):
            member.write(b" " * 2**20)


def nested(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("inner.zip", b"PK")


def alike(path):
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("map_20251211.geojson", "map_20251211.GeoJSON"):
            archive.writestr(name, '{"type": "FeatureCollection", "features": []}')


def climbing(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../evil_20251211.geojson", b"{}")


def laughs(path):
    entities = '<!DOCTYPE kml [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    path.write_text(f'<?xml version="1.0"?>{entities}<kml><name>&b;</name></kml>')


def virtual(path):
    path.write_text('<OGRVRTDataSource><OGRVRTLayer name="x"/></OGRVRTDataSource>')


def not_finite(path):
    wkb = shapely.to_wkb(shapely.Polygon([(38, 48), (39, 48), (39, 49.5), (38, 48)]))
    broken = wkb.replace(struct.pack("<d", 49.5), struct.pack("<d", float("nan")))
    with np.errstate(invalid="ignore"):
        shape = shapely.from_wkb(broken)
        gpd.GeoDataFrame({"x": [1]}, geometry=[shape], crs=CRS).to_parquet(path)


def damaged(pack):
    """Write what a program packed, with some of its bytes put wrong."""

    def write(path):
        pack(path)
        content = bytearray(path.read_bytes())
        content[60:70] = bytes(255 - byte for byte in content[60:70])
        path.write_bytes(content)

    return write


def zipped(path, how=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", how) as archive:
        archive.writestr("map_20251211.geojson", json.dumps({"features": [*range(999)]}))


def endless(path):
    angle = np.linspace(0, 2 * np.pi, 5_000_002)
    ring = np.stack([38 + np.cos(angle) / 10, 48 + np.sin(angle) / 10], axis=1)
    # As it is: to pack what is one cell takes longer than all else.
    frame(shapely.Polygon(ring)).to_parquet(path, compression=None, use_dictionary=False)


@pytest.mark.parametrize(
    ("name", "write", "sentence"),
    [
        ("a.zip", bomb, "a.zip: unpacks to more than 768 MB"),
        ("a.zip", nested, "a.zip: holds another archive: 'inner.zip'"),
        ("a.zip", alike, "a.zip: holds two files called 'map_20251211.GeoJSON'"),
        ("a.zip", climbing, "a.zip: names a path outside: '../../evil_20251211.geojson'"),
        ("a_20251211.kml", laughs, "a_20251211.kml: declares XML entities, which are not read"),
        ("a.geojson", virtual, "a.geojson: is not what its ending .geojson says"),
        ("a.geojson", lambda path: path.write_text("{"), "a.geojson: cannot be read: 'a.geojson' not recognized"),
        ("a.parquet", not_finite, "a.parquet: has coordinates that are no numbers (NaN or infinite)"),
        ("a.parquet", endless, "a.parquet: has more than 5,000,000 vertices"),
        ("a.zip", lambda path: path.write_bytes(b"PK\x03\x04 cut off"), "a.zip: cannot be read: File is not a zip file"),
        ("a.zip", damaged(zipped), "a.zip: cannot be read: "),
        ("a.zip", damaged(lambda path: zipped(path, zipfile.ZIP_LZMA)), "a.zip: cannot be read: "),
        ("a_20251211.geojson.gz", damaged(write_gz), "a_20251211.geojson.gz: cannot be read: "),
    ],
    ids=["zip bomb", "nested", "alike", "climbing", "entities", "virtual", "no GeoJSON", "nan", "vertices", "cut off", "damaged zip", "damaged lzma", "damaged gz"],
)  # fmt: skip
def test_hostile_files_are_refused_with_a_sentence(tmp_path, kept, name, write, sentence):
    write(tmp_path / name)
    (fault,) = faults([tmp_path / name], kept)
    assert fault.startswith(sentence)
    assert str(tmp_path) not in fault


def test_a_series_that_is_broken_or_a_place_that_is_none_is_one_fault(tmp_path, kept):
    frame(
        square(), square(), layer=["Russian control", "claimed russia"]
    ).to_file(tmp_path / "map_20251211.geojson")  # fmt: skip
    (kept / "test-claimed-russia.parquet").write_text("no series")
    for folder, sentence in (
        (kept, "test-claimed-russia.parquet: is no series of control areas (ArrowInvalid); import it again"),
        (kept / "test-claimed-russia.parquet", f"{kept}/test-claimed-russia.parquet: cannot be written: File exists"),
    ):  # fmt: skip
        with pytest.raises(ExceptionGroup) as caught:
            import_areas([tmp_path / "map_20251211.geojson"], folder, series_id="test")
        assert [str(fault) for fault in caught.value.exceptions] == [sentence]
    assert not (kept / "test.parquet").exists()  # the other layer's, which had nothing wrong


def test_repairs_and_what_is_left_out_are_reported(tmp_path, kept):
    bowtie = shapely.Polygon([(38, 48), (38.1, 48.1), (38.1, 48), (38, 48.1)])
    world = shapely.box(-180, -85, 180, 85)
    frame(bowtie, world).to_file(tmp_path / "map_20251211.geojson", driver="GeoJSON")
    write_empty = {"type": "FeatureCollection", "features": []}
    (tmp_path / "map_20251212.geojson").write_text(json.dumps(write_empty))
    report = import_areas([tmp_path], kept, series_id="test")
    assert report.days == 1
    outside, repaired, area, empty = report.notes
    assert outside == "map_20251211.geojson: 1 areas outside the theatre left out"
    assert repaired == "map_20251211.geojson: 1 invalid areas repaired"
    assert area.startswith("map_20251211.geojson: +")
    assert area.endswith(" km² by repairs")
    assert empty == "map_20251212.geojson: no area found"
    assert report.lost == {"no area of a side is in it": [date(2025, 12, 12)]}
    assert load_series(kept / "test.parquet").observations.geometry.is_valid.all()


def test_a_folder_that_holds_the_series_too_gives_them_no_second_time(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    frame(square()).to_file("map_20251211.geojson")
    for _ in range(2):
        report = import_areas([Path()], tmp_path / "areas", series_id="test")
        assert report.files == 1


def test_a_second_import_changes_nothing_and_new_files_add_days(tmp_path, kept):
    for n in range(3):
        frame(square(100 + n)).to_file(tmp_path / f"map_2025121{n}.geojson", driver="GeoJSON")
    files = sorted(tmp_path.glob("*.geojson"))
    assert import_areas(files[:2], kept, series_id="test").changed
    before = (kept / "test.parquet").read_bytes()
    again = import_areas(files[:2], kept, series_id="test")
    assert not again.changed
    assert again.notes == []
    assert (kept / "test.parquet").read_bytes() == before
    assert import_areas(files, kept, series_id="test").days == 3
    frame(square(200)).to_file(files[0], driver="GeoJSON")
    replaced = import_areas(files[:1], kept, series_id="test")
    assert replaced.notes == ["test: 1 days replaced by the new files"]
    assert km2_by_day(load_series(kept / "test.parquet"))["km2"].round(1).tolist() == [200.0, 101.0, 102.0]  # fmt: skip


def test_a_day_in_two_files_is_reported(tmp_path, kept):
    for name in ("a_20251211.geojson", "b_20251211.geojson"):
        frame(square()).to_file(tmp_path / name, driver="GeoJSON")
    report = import_areas([tmp_path], kept, series_id="test")
    assert report.counts["areas that stand in the files twice"] == 1
    assert km2_by_day(load_series(kept / "test.parquet"))["km2"].tolist() == pytest.approx([100], abs=0.02)  # fmt: skip


def test_a_series_says_when_and_from_what_it_was_imported(tmp_path, kept):
    write_geojson(tmp_path / "areas_20251211.geojson")
    recipe = Recipe(controller=Controller.RUSSIA)
    import_areas([tmp_path], kept, series_id="test", recipe=recipe)
    content = (kept / "test.parquet").read_bytes()
    series = load_series(kept / "test.parquet")
    assert series.imported_on == datetime.now(UTC).date()
    assert series.sources == ("areas_20251211.geojson",)
    old = replace(series, imported_on=date(2026, 1, 1))
    (kept / "test.parquet").write_bytes(_parquet(old))
    assert not import_areas([tmp_path], kept, series_id="test", recipe=recipe).changed
    assert load_series(kept / "test.parquet").imported_on == date(2026, 1, 1)
    assert content != (kept / "test.parquet").read_bytes()


def test_a_series_bears_a_claimants_name_only_when_that_was_said(dataset, tmp_path, kept):
    write_geojson(tmp_path / "areas_20251211.geojson")
    recipe = Recipe(controller=Controller.RUSSIA)
    import_areas([tmp_path], kept, series_id="deepstate", recipe=recipe)
    unsaid = load_series(kept / "deepstate.parquet")
    assert (unsaid.claimant_id, series_name(dataset, unsaid)) == ("", "deepstate")
    import_areas([tmp_path], kept, series_id="mine", claimant_id="deepstate", recipe=recipe)
    said = load_series(kept / "mine.parquet")
    assert series_name(dataset, said) == dataset.claimants["name"]["deepstate"]
