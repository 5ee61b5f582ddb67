"""The background says what it should: who is inside which line, without gaps or overlaps."""

import csv
import json
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

DATA = Path(__file__).resolve().parent.parent / "data"
BORDERS = DATA / "borders.geojson"
KM2 = 1e6
TINY = 0.01  # km2; the file's grid has cells of about this size
POINTS = {  # lon, lat
    "Simferopol": (34.10, 44.95),
    "Sevastopol": (33.53, 44.60),
    "Donetsk": (37.80, 48.00),
    "Luhansk": (39.31, 48.57),
    "Belgorod": (36.59, 50.60),
    "Sudzha": (35.27, 51.19),
    "Taganrog": (38.90, 47.24),
}


@pytest.fixture(scope="module")
def borders():
    features = json.loads(BORDERS.read_text(encoding="utf-8"))["features"]
    return gpd.GeoDataFrame.from_features(features, crs="EPSG:4326")


@pytest.fixture(scope="module")
def countries(borders):
    return borders[borders["kind"] == "country"].set_index("id")


@pytest.fixture(scope="module")
def areas(borders):
    return borders[borders["kind"] == "admin1"].set_index("id")


def km2(shapes):
    return gpd.GeoSeries(shapes, crs="EPSG:4326").to_crs("EPSG:6933").area / KM2


def holders(shapes, place):
    return set(shapes.index[shapes.covers(shapely.Point(POINTS[place]))])


def test_file_is_small_enough_for_every_page():
    assert BORDERS.stat().st_size <= 400_000


def test_ids_are_unique(borders):
    assert borders["id"].is_unique


def test_kinds_and_countries_are_known(borders):
    assert set(borders["kind"]) == {"country", "admin1"}
    assert borders["country"].str.fullmatch("[A-Z]{2}").all()
    assert set(borders.loc[borders["kind"] == "admin1", "country"]) == {"UA", "RU"}


def test_shapes_are_valid_polygons(borders):
    assert borders.is_valid.all()
    assert not borders.is_empty.any()
    assert set(borders.geom_type) <= {"Polygon", "MultiPolygon"}


@pytest.mark.parametrize(
    ("place", "area"),
    [
        ("Simferopol", "crimea"),
        ("Sevastopol", "sevastopol"),
        ("Donetsk", "donetsk-oblast"),
        ("Luhansk", "luhansk-oblast"),
    ],
)
def test_place_is_in_ukraine(countries, areas, place, area):
    assert holders(countries, place) == {"ukraine"}
    assert holders(areas, place) == {area}


@pytest.mark.parametrize(
    ("place", "area"),
    [("Belgorod", "belgorod-oblast"), ("Sudzha", "kursk-oblast"), ("Taganrog", "rostov-oblast")],
)
def test_place_is_in_russia(countries, areas, place, area):
    assert holders(countries, place) == {"russia"}
    assert holders(areas, place) == {area}


@pytest.mark.parametrize("kind", ["country", "admin1"])
def test_neighbours_do_not_overlap(borders, kind):
    shapes = borders.loc[borders["kind"] == kind, "geometry"].to_numpy()
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = one < other
    shared = shapely.intersection(shapes[one[pairs]], shapes[other[pairs]])
    assert pairs.any()
    assert km2(shared).max() < TINY


@pytest.mark.parametrize("kind", ["country", "admin1"])
def test_neighbours_share_their_edges(borders, kind):
    # Corner for corner: else hairlines show between them when the map is drawn.
    assert shapely.coverage_is_valid(borders.loc[borders["kind"] == kind, "geometry"].to_numpy())


def test_ukraine_is_its_areas(countries, areas):
    together = areas.loc[areas["country"] == "UA", "geometry"].union_all()
    apart = countries.geometry["ukraine"].symmetric_difference(together)
    assert km2([apart]).sum() < TINY


def test_ukraine_has_its_27_areas_and_its_official_size(countries, areas):
    assert (areas["country"] == "UA").sum() == 27
    assert km2([countries.geometry["ukraine"]]).sum() == pytest.approx(603_550, rel=0.02)


def test_every_claimed_area_is_drawn(areas):
    with (DATA / "area_claims.csv").open(encoding="utf-8", newline="") as table:
        claimed = {row["area_id"] for row in csv.DictReader(table)}
    assert claimed
    assert claimed <= set(areas.index)


def test_areas_have_a_name_in_each_language(areas):
    for column in ("name", "name_uk", "name_ru"):
        assert areas[column].str.len().min() > 3
        assert areas[column].is_unique
    assert areas["name_uk"]["donetsk-oblast"] == "Донецька область"
    assert areas["name_ru"]["donetsk-oblast"] == "Донецкая область"
