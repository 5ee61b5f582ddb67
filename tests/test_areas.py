"""Control areas: every format read, every fault refused, measured, compared, encoded whole."""

import gzip
import json
import struct
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.areas import (
    Recipe,
    as_of,
    change,
    delays,
    derived_claims,
    difference,
    encode_series,
    import_areas,
    km2_by_day,
    list_series,
    load_series,
    series_name,
    settlements_inside,
)
from geo.areas.series import Series, _parquet
from geo.areas.topology import GRID
from geo.model import CRS, CRS_KM2, Controller
from tests.conftest import day

RUSSIA, UKRAINE, CONTESTED = "russia", "ukraine", "contested"


def square(km2=100.0, *, lon=38.0, lat=48.5):
    """A rectangle of exactly this area: straight edges in CRS_KM2 run along meridians and parallels."""
    corner = gpd.GeoSeries([shapely.Point(lon, lat)], crs=CRS).to_crs(CRS_KM2).iloc[0]
    flat = shapely.box(corner.x, corner.y, corner.x + 10_000, corner.y + km2 * 100)
    return gpd.GeoSeries([flat], crs=CRS_KM2).to_crs(CRS).iloc[0]


def frame(*rows, **columns):
    return gpd.GeoDataFrame(columns, geometry=list(rows), crs=CRS)


def series_of(*rows):
    """A series in memory, of (day, controller, polygon)."""
    table = gpd.GeoDataFrame(
        {
            "series_id": "test",
            "claimant_id": "test",
            "controller": [row[1] for row in rows],
            "observed_on": pd.to_datetime([row[0] for row in rows]).astype("datetime64[s]"),
        },
        geometry=[row[2] for row in rows],
        crs=CRS,
    )
    return Series(table)


def faults(paths, folder, **options):
    with pytest.raises(ExceptionGroup) as caught:
        import_areas(paths, folder, series_id="test", **options)
    assert not list(folder.glob("*"))  # nothing half-imported
    return [str(fault) for fault in caught.value.exceptions]


@pytest.fixture
def store(tmp_path):
    folder = tmp_path / "areas"
    folder.mkdir()
    return folder


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
}


@pytest.mark.parametrize("name", WRITERS)
def test_each_format_gives_the_same_area_on_the_same_day(tmp_path, store, name):
    WRITERS[name](tmp_path / name)
    recipe = Recipe(controller=Controller.RUSSIA)
    report = import_areas([tmp_path / name], store, series_id="test", recipe=recipe)
    table = km2_by_day(load_series(store / "test.parquet"))
    assert report.changed
    assert table["observed_on"].dt.date.tolist() == [date(2025, 12, 11)]
    assert table["km2"].tolist() == pytest.approx([100.0], abs=0.02)


def test_a_series_keeps_its_sources_and_the_note_on_the_licence(tmp_path, store):
    write_geojson(tmp_path / "areas_20251211.geojson")
    recipe = Recipe(controller=Controller.RUSSIA)
    import_areas(
        [tmp_path], store, series_id="test", claimant_id="isw", licence="by letter", recipe=recipe
    )
    series = load_series(store / "test.parquet")
    assert (series.id, series.claimant_id, series.licence) == ("test", "isw", "by letter")
    assert series.sources == ("areas_20251211.geojson",)
    assert [path.name for path in list_series(store)] == ["test.parquet"]


# Known shapes


def test_deepstate_by_its_keys_without_what_is_drawn_abroad(tmp_path, store):
    names = [
        "Окуповано /// Occupied /// geoJSON.status.occupied",
        "Звільнено /// Liberated /// geoJSON.status.dismissed",
        "Невідомо /// Unknown /// geoJSON.status.unknown",
        "Карелія /// Karelia /// geoJSON.territories.karelia",
    ]
    shapes = [square(100), square(50, lat=49.5), square(20, lat=47.5), square(9, lat=46.5)]
    path = tmp_path / "1765440000.geojson"  # 2025-12-11 08:00 UTC, in seconds
    frame(*shapes, shapely.Point(38, 48), name=[*names, "a flag"]).to_file(path, driver="GeoJSON")
    report = import_areas([path], store, series_id="test")
    table = km2_by_day(load_series(store / "test.parquet")).set_index("controller")
    assert set(table["observed_on"].dt.date) == {date(2025, 12, 11)}
    assert table["km2"].round(1).to_dict() == {RUSSIA: 100.0, UKRAINE: 50.0, CONTESTED: 20.0}
    assert report.notes == [
        "1765440000.geojson: 1 features that are no areas left out",
        "1765440000.geojson: 1 areas of no side left out",
    ]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({}, {RUSSIA: 100.0}),
        (
            {"layer": ["VIEW_RussiaCoTinUkraine_V3", "Claimed_Ukrainian_Counteroffensives"]},
            {RUSSIA: 100.0, UKRAINE: 50.0},
        ),
        (
            {"geonameid": [1, 2], "status": ["RU", "CONTESTED"]},
            {RUSSIA: 100.0, CONTESTED: 50.0},
        ),
    ],
    ids=["plain daily", "ISW-like", "VIINA-like"],
)
def test_known_shapes_are_recognised(tmp_path, store, columns, expected):
    count = len(next(iter(columns.values()), [0]))
    shapes = [square(100), square(50, lat=49.5)][:count]
    path = tmp_path / "map_20251211.geojson"
    frame(*shapes, **columns).to_file(path, driver="GeoJSON")
    import_areas([path], store, series_id="test")
    table = km2_by_day(load_series(store / "test.parquet")).set_index("controller")["km2"]
    assert table.round(1).to_dict() == expected


def test_anything_else_is_read_by_options(tmp_path, store):
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
    report = import_areas([path], store, series_id="test", recipe=recipe)
    rows = load_series(store / "test.parquet").observations
    assert list(zip(rows["observed_on"].dt.date, rows["controller"], strict=True)) == [
        (date(2025, 12, 11), RUSSIA),
        (date(2025, 12, 12), UKRAINE),
    ]
    assert report.notes == ["all.gpkg: 1 areas of no side left out"]


def test_a_date_pattern_finds_the_day_in_a_file_name(tmp_path, store):
    frame(square()).to_file(tmp_path / "front 11.12.2025 final.geojson", driver="GeoJSON")
    recipe = Recipe(controller=Controller.RUSSIA, date_pattern="%d.%m.%Y")
    import_areas([tmp_path], store, series_id="test", recipe=recipe)
    assert load_series(store / "test.parquet").days[0].date() == date(2025, 12, 11)


# What is wrong with files


def test_what_is_missing_is_said_for_all_files_at_once(tmp_path, store):
    frame(square(), x=[1]).to_file(tmp_path / "a.geojson", driver="GeoJSON")
    frame(square(), x=[1]).to_file(tmp_path / "b_20251211.geojson", driver="GeoJSON")
    (tmp_path / "c.txt").write_text("hello")
    (tmp_path / "d.gpkg").write_text("{}")
    found = faults([tmp_path / name for name in ("a.geojson", "b_20251211.geojson", "c.txt", "d.gpkg")], store)  # fmt: skip
    assert found == [
        "a.geojson: does not say who controls its areas; use --controller or --controller-column with --map VALUE=CONTROLLER",
        "b_20251211.geojson: does not say who controls its areas; use --controller or --controller-column with --map VALUE=CONTROLLER",
        "c.txt: is of no known format; allowed: .geojson, .json, .gpkg, .shp, .kml, .fgb, .parquet, .zip, .kmz, any of them with .gz",
        "d.gpkg: is not what its ending .gpkg says",
    ]
    frame(square()).to_file(tmp_path / "e.geojson", driver="GeoJSON")
    assert faults([tmp_path / "e.geojson"], store) == [
        "e.geojson: has no day in its name (such as 20251211) and no date column; use --date-column or --date-pattern"
    ]


def test_ids_are_slugs_and_not_our_own_names(tmp_path, store):
    write_geojson(tmp_path / "areas_20251211.geojson")
    for name in ("../x", "Reach", "reach", ""):
        with pytest.raises(ExceptionGroup) as caught:
            import_areas([tmp_path], store, series_id=name)
        assert any(f"{name!r} is not an id" in str(fault) for fault in caught.value.exceptions)


def bomb(path):
    archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)
    with archive, archive.open("big_20251211.geojson", "w") as member:
        for _ in range(600):
            member.write(b" " * 2**20)


def nested(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("inner.zip", b"PK")


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


def endless(path):
    angle = np.linspace(0, 2 * np.pi, 5_000_002)
    ring = np.stack([38 + np.cos(angle) / 10, 48 + np.sin(angle) / 10], axis=1)
    frame(shapely.Polygon(ring)).to_parquet(path)


@pytest.mark.parametrize(
    ("name", "write", "sentence"),
    [
        ("a.zip", bomb, "a.zip: unpacks to more than 512 MB"),
        ("a.zip", nested, "a.zip: holds another archive: 'inner.zip'"),
        ("a.zip", climbing, "a.zip: names a path outside: '../../evil_20251211.geojson'"),
        ("a_20251211.kml", laughs, "a_20251211.kml: declares XML entities, which are not read"),
        ("a.geojson", virtual, "a.geojson: is not what its ending .geojson says"),
        ("a.parquet", not_finite, "a.parquet: has coordinates that are no numbers (NaN or infinite)"),
        ("a.parquet", endless, "a.parquet: has more than 5,000,000 vertices"),
        ("a.zip", lambda path: path.write_bytes(b"PK\x03\x04 cut off"), "a.zip: cannot be read: File is not a zip file"),
    ],
    ids=["zip bomb", "nested", "climbing", "entities", "virtual", "nan", "vertices", "cut off"],
)  # fmt: skip
def test_hostile_files_are_refused_with_a_sentence(tmp_path, store, name, write, sentence):
    write(tmp_path / name)
    assert faults([tmp_path / name], store) == [sentence]


def test_repairs_and_what_is_left_out_are_reported(tmp_path, store):
    bowtie = shapely.Polygon([(38, 48), (38.1, 48.1), (38.1, 48), (38, 48.1)])
    world = shapely.box(-180, -85, 180, 85)
    frame(bowtie, world).to_file(tmp_path / "map_20251211.geojson", driver="GeoJSON")
    write_empty = {"type": "FeatureCollection", "features": []}
    (tmp_path / "map_20251212.geojson").write_text(json.dumps(write_empty))
    report = import_areas([tmp_path], store, series_id="test")
    assert report.days == 1
    outside, repaired, empty = report.notes
    assert outside == "map_20251211.geojson: 1 areas outside the theatre left out"
    assert repaired.startswith("map_20251211.geojson: 1 invalid areas repaired, +")
    assert empty == "map_20251212.geojson: no area found; the day is left out"
    assert load_series(store / "test.parquet").observations.geometry.is_valid.all()


def test_a_second_import_changes_nothing_and_new_files_add_days(tmp_path, store):
    for n in range(3):
        frame(square(100 + n)).to_file(tmp_path / f"map_2025121{n}.geojson", driver="GeoJSON")
    files = sorted(tmp_path.glob("*.geojson"))
    assert import_areas(files[:2], store, series_id="test").changed
    before = (store / "test.parquet").read_bytes()
    again = import_areas(files[:2], store, series_id="test")
    assert not again.changed
    assert again.notes == []
    assert (store / "test.parquet").read_bytes() == before
    assert import_areas(files, store, series_id="test").days == 3
    frame(square(200)).to_file(files[0], driver="GeoJSON")
    replaced = import_areas(files[:1], store, series_id="test")
    assert replaced.notes == ["1 days replaced by the new files"]
    assert km2_by_day(load_series(store / "test.parquet"))["km2"].round(1).tolist() == [200.0, 101.0, 102.0]  # fmt: skip


def test_a_day_in_two_files_is_reported(tmp_path, store):
    for name in ("a_20251211.geojson", "b_20251211.geojson"):
        frame(square()).to_file(tmp_path / name, driver="GeoJSON")
    report = import_areas([tmp_path], store, series_id="test")
    assert report.notes == ["1 areas of 1 days stand in the files twice"]
    assert km2_by_day(load_series(store / "test.parquet"))["km2"].tolist() == pytest.approx([100], abs=0.02)  # fmt: skip


# Measures


@pytest.fixture
def growing():
    """A square that grows by 1 km² a day, every day of 2025 but 5 to 9 March."""
    first = date(2025, 1, 1)
    return series_of(
        *(
            (first + timedelta(n), RUSSIA, square(100 + n))
            for n in range(365)
            if not date(2025, 3, 5) <= first + timedelta(n) <= date(2025, 3, 9)
        )
    )


def test_the_latest_observation_counts_and_nothing_is_interpolated(growing):
    assert as_of(growing, date(2024, 12, 31)).empty
    assert as_of(growing, date(2025, 3, 7))["observed_on"].dt.date.tolist() == [date(2025, 3, 4)]
    assert as_of(growing, date(2026, 5, 1))["observed_on"].dt.date.tolist() == [date(2025, 12, 31)]


def test_growth_is_measured_to_the_hectare(growing):
    table = km2_by_day(growing)
    steps = table["km2"].diff()[table["observed_on"].diff() == pd.Timedelta("1D")]
    assert steps.to_numpy() == pytest.approx(np.ones(len(steps)), abs=1e-6)
    (grown,) = change(growing, date(2025, 1, 1), date(2025, 12, 31))
    assert (grown.controller, round(grown.km2, 4)) == (RUSSIA, 364.0)
    assert grown.share == pytest.approx(364 / 603_628 * 100)
    with pytest.raises(ValueError, match="no observation on or before 2024-01-01"):
        change(growing, date(2024, 1, 1), date(2025, 1, 1))


def test_areas_agree_with_the_ellipsoid():
    """An independent computation: geodesic area on WGS 84, edges cut fine enough to bend alike."""
    from pyproj import Geod

    shape = shapely.segmentize(square(5_000), 0.01)
    geodesic = abs(Geod(ellps="WGS84").geometry_area_perimeter(shape)[0]) / 1e6
    measured = km2_by_day(series_of((date(2025, 1, 1), RUSSIA, shape)))["km2"].iloc[0]
    assert measured == pytest.approx(5_000, abs=0.01)
    assert geodesic == pytest.approx(measured, rel=1e-5)


def test_a_hole_an_island_and_an_enclave():
    outer, hole = square(400), shapely.box(38.02, 48.52, 38.04, 48.54)
    island = square(10, lat=47.0)
    ring = shapely.Polygon(outer.exterior.coords, [hole.exterior.coords])
    both = shapely.MultiPolygon([ring, island])
    series = series_of((date(2025, 1, 1), RUSSIA, both), (date(2025, 1, 1), UKRAINE, hole))
    km2 = km2_by_day(series).set_index("controller")["km2"]
    assert km2[RUSSIA] + km2[UKRAINE] == pytest.approx(410, abs=0.01)


def boxes():
    span = st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(1, 9), st.integers(1, 9))
    one = span.map(lambda b: shapely.box(38 + b[0] / 50, 48 + b[1] / 50, 38 + (b[0] + b[2]) / 50, 48 + (b[1] + b[3]) / 50))  # fmt: skip
    return st.lists(one, min_size=1, max_size=6).map(shapely.union_all)


@given(boxes(), boxes())
def test_gained_and_kept_make_the_later_day(before, after):
    cut = difference(frame(before, controller=[RUSSIA]), frame(after, controller=[RUSSIA]))
    part = {row.change: row.geometry for row in cut.itertuples()}
    nothing = shapely.Polygon()
    gained, kept, lost = (part.get(word, nothing) for word in ("gained", "kept", "lost"))
    assert shapely.symmetric_difference(shapely.union(gained, kept), after).area < 1e-12
    assert shapely.symmetric_difference(shapely.union(lost, kept), before).area < 1e-12
    assert shapely.intersection(gained, before).area < 1e-12
    assert (cut["km2"] > 0).all()


def test_settlements_inside_a_difference(dataset):
    near = dataset.settlements.geometry["siversk"]
    shape = shapely.box(near.x - 0.01, near.y - 0.01, near.x + 0.01, near.y + 0.01)
    nothing = frame(controller=[])
    cut = difference(nothing, frame(shape, controller=[RUSSIA]))
    assert cut["change"].tolist() == ["gained"]
    assert settlements_inside(cut, dataset.settlements)["settlement_id"].tolist() == ["siversk"]


# The browser's encoding


def edges_of(shapes):
    """Every edge on the grid that bounds one observation: those that occur an odd number of times."""
    odd = set()
    for ring in shapely.get_rings(shapely.get_parts(np.array(shapes))):
        steps = np.rint(np.asarray(ring.coords) * GRID).astype(int).tolist()
        for a, b in pairwise(steps):
            if a != b:
                odd ^= {frozenset([tuple(a), tuple(b)])}
    return odd


def decoded(arcs, observation):
    points = np.array(arcs["points"]).reshape(-1, 2)
    runs = np.split(points, np.cumsum(arcs["lengths"])[:-1])
    lines = [np.cumsum(run, axis=0).tolist() for run in runs]
    odd = set()
    spans = arcs["spans"]
    for arc, first, end in zip(spans[::3], spans[1::3], spans[2::3], strict=True):
        if first <= observation < end:
            for a, b in pairwise(lines[arc]):
                odd ^= {frozenset([tuple(a), tuple(b)])}
    return odd


@given(st.lists(boxes(), min_size=1, max_size=5), st.booleans())
def test_a_series_encoded_and_decoded_is_the_same_on_every_day(shapes, hole):
    if hole:
        shapes = [
            shapely.difference(shape, shapely.box(38.1, 48.1, 38.13, 48.13)) for shape in shapes
        ]
    shapes = [shape for shape in shapes if not shape.is_empty] or [shapely.box(38, 48, 39, 49)]
    first = date(2025, 1, 1)
    series = series_of(*((first + timedelta(n), RUSSIA, shape) for n, shape in enumerate(shapes)))
    gazetteer = frame(shapely.Point(38.2, 48.2), country=["UA"])
    coded = encode_series(series, gazetteer)
    arcs = coded["controllers"][RUSSIA]
    assert coded["days"] == [(first + timedelta(n)).isoformat() for n in range(len(shapes))]
    for observation, shape in enumerate(shapes):
        assert decoded(arcs, observation) == edges_of([shape])


def test_what_does_not_change_is_sent_once():
    first = date(2025, 1, 1)
    still = series_of(*((first + timedelta(n), RUSSIA, square(100)) for n in range(500)))
    arcs = encode_series(still, frame(shapely.Point(0, 0), country=["UA"]))["controllers"][RUSSIA]
    assert (arcs["lengths"], arcs["spans"], arcs["inside"]) == ([5], [0, 0, 500], [])


# Statements that follow from a map


def test_days_inside_become_derived_statements(dataset):
    place = dataset.settlements.geometry["siversk"]
    around = place.buffer(0.02)
    away = shapely.box(39, 47, 39.1, 47.1)
    series = series_of(
        (day("2025-12-01"), RUSSIA, away),
        (day("2025-12-15"), RUSSIA, shapely.MultiPolygon([around, away])),
        (day("2025-12-20"), RUSSIA, shapely.MultiPolygon([around, away])),
        (day("2025-12-28"), CONTESTED, around),
    )
    found = derived_claims(series, dataset.settlements)
    told = found[found["settlement_id"] == "siversk"]
    assert list(
        zip(told["stated_on"].dt.date.astype(str), told["kind"], told["controller"], strict=True)
    ) == [
        ("2025-12-01", "holds", "ukraine"),
        ("2025-12-15", "holds", "russia"),
        ("2025-12-28", "contested", "contested"),
    ]
    assert told["derived"].all()
    assert told["summary"].str.startswith("Derived: ").all()
    late = delays(dataset, series).set_index("settlement_id").loc["siversk"]
    assert (late["side"], late["stated_on"].date(), late["days"]) == (
        "russia",
        day("2025-12-11"),
        4,
    )
    assert not set(found["series_id"]) & set(dataset.claims.columns)


def test_a_series_says_when_and_from_what_it_was_imported(tmp_path, store):
    write_geojson(tmp_path / "areas_20251211.geojson")
    recipe = Recipe(controller=Controller.RUSSIA)
    import_areas([tmp_path], store, series_id="test", recipe=recipe)
    content = (store / "test.parquet").read_bytes()
    series = load_series(store / "test.parquet")
    assert series.imported_on == datetime.now(UTC).date()
    assert series.sources == ("areas_20251211.geojson",)
    old = replace(series, imported_on=date(2026, 1, 1))
    (store / "test.parquet").write_bytes(_parquet(old))
    assert not import_areas([tmp_path], store, series_id="test", recipe=recipe).changed
    assert load_series(store / "test.parquet").imported_on == date(2026, 1, 1)
    assert content != (store / "test.parquet").read_bytes()


def test_a_series_bears_a_claimants_name_only_when_that_was_said(dataset, tmp_path, store):
    write_geojson(tmp_path / "areas_20251211.geojson")
    recipe = Recipe(controller=Controller.RUSSIA)
    import_areas([tmp_path], store, series_id="deepstate", recipe=recipe)
    unsaid = load_series(store / "deepstate.parquet")
    assert (unsaid.claimant_id, series_name(dataset, unsaid)) == ("", "deepstate")
    import_areas([tmp_path], store, series_id="mine", claimant_id="deepstate", recipe=recipe)
    said = load_series(store / "mine.parquet")
    assert series_name(dataset, said) == dataset.claimants["name"]["deepstate"]
