"""Reach: cells around settlements, coloured by what is said of them."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.areas import cells, reach
from geo.areas.reach import CRS_REACH
from geo.model import CRS
from geo.timelayer.payload import encode_reach
from geo.timeline import take_snapshot
from tests.conftest import day


def places(*points):
    names = [f"p{n}" for n in range(len(points))]
    return gpd.GeoDataFrame(index=names, geometry=[shapely.Point(*p) for p in points], crs=CRS)


def km2(shapes):
    return (shapes.to_crs(CRS_REACH).area / 1e6).to_numpy()


def test_a_lone_settlement_has_a_disc():
    # A circle of 8 km drawn with 24 corners: 24/2 sin(2 pi/24) of r squared.
    expected = 12 * np.sin(np.pi / 12) * 64
    assert km2(cells(places((37, 48.5)))) == pytest.approx([expected], rel=1e-6)


def test_no_settlement_has_no_cell():
    assert cells(places()).empty


def test_two_near_ones_share_the_ground_half_and_half():
    one, other = cells(places((37, 48.5), (37.05, 48.5)))
    assert km2(gpd.GeoSeries([one, other], crs=CRS))[0] == pytest.approx(
        km2(gpd.GeoSeries([other], crs=CRS))[0], rel=1e-3
    )
    assert shapely.intersection(one, other).area < 1e-9
    assert one.contains(shapely.Point(37, 48.5))


def test_two_at_one_point_share_a_cell_and_the_radius_is_kept():
    same = cells(places((37, 48.5), (37, 48.5), (37.3, 48.5)), radius_km=2)
    assert shapely.equals(same.iloc[0], same.iloc[1])
    assert km2(same).max() <= np.pi * 4


def test_cells_of_the_ledger_do_not_overlap(dataset):
    shapes = cells(dataset.settlements)
    assert list(shapes.index) == list(dataset.settlements.index)
    whole = km2(gpd.GeoSeries([shapely.union_all(shapes.to_numpy())], crs=CRS))[0]
    assert km2(shapes).sum() == pytest.approx(whole, rel=1e-6)


def test_reach_follows_the_snapshot(dataset):
    snapshot = take_snapshot(dataset, as_of=day("2025-12-11"))
    shown = reach(snapshot)
    assert shown.loc["siversk", ["status", "ukraine", "russia"]].tolist() == [
        "disputed", "ukraine", "russia",
    ]  # fmt: skip
    silent = snapshot.settlements.index[snapshot.settlements["status"] == "silent"]
    assert not shown.index.isin(silent).any()
    only = reach(take_snapshot(dataset, as_of=day("2025-12-11"), view="russia"))
    assert only.loc["siversk", "ukraine"] is None


def test_the_browser_gets_a_ring_a_settlement(dataset):
    coded = encode_reach(dataset)
    assert len(coded["lengths"]) == len(dataset.settlements)
    assert len(coded["points"]) == 2 * sum(coded["lengths"])
    first = np.cumsum(np.array(coded["points"][: 2 * coded["lengths"][0]]).reshape(-1, 2), axis=0)
    ring = shapely.Polygon(first / coded["grid"])
    assert ring.contains(dataset.settlements.geometry.iloc[0])
    assert np.array_equal(first[0], first[-1])
