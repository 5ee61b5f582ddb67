"""Laws of measuring, cutting and encoding control areas, held over areas drawn at random."""

from datetime import date, timedelta

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.areas import (
    UKRAINE_KM2,
    as_of,
    change,
    difference,
    encode_difference,
    encode_rings,
    km2_by_day,
    observed_on,
    settlements_inside,
)
from geo.areas.polygons import km2_of, only_polygons
from geo.areas.topology import GRID
from tests.shapes import frame, series_of, square

RUSSIA, UKRAINE, CONTESTED = "russia", "ukraine", "contested"
FIRST = date(2025, 3, 1)
STEP = 1 / GRID
slow = settings(max_examples=60)


def boxes():
    """One to five boxes on the grid, joined: islands, touching corners, holes between them."""
    side = st.tuples(
        *(st.integers(low, high) for low, high in ((0, 30), (0, 30), (1, 12), (1, 12)))
    )
    one = side.map(lambda b: shapely.box(38 + b[0] * STEP, 48 + b[1] * STEP, 38 + (b[0] + b[2]) * STEP, 48 + (b[1] + b[3]) * STEP))  # fmt: skip
    return st.lists(one, min_size=1, max_size=5).map(shapely.union_all)


def rings_of(coded):
    """Put rings back: each begins where it says, and goes on by steps."""
    points = np.array(coded["points"], dtype=np.int64).reshape(-1, 2)
    ends = np.cumsum(coded["lengths"], dtype=np.int64)
    return [np.cumsum(run, axis=0) for run in np.split(points, ends)[:-1]]


@slow
@given(st.lists(boxes(), max_size=4))
def test_every_ring_begins_where_it_is_and_is_the_same_again(shapes):
    rings = shapely.get_rings(shapely.get_parts(np.array(shapes, dtype=object)))
    back = rings_of(encode_rings(rings))
    assert len(back) == len(rings)
    for ring, steps in zip(rings, back, strict=True):
        assert steps.tolist() == np.rint(shapely.get_coordinates(ring) * GRID).tolist()


def test_a_ring_that_begins_where_another_ends_is_a_ring_of_its_own():
    one = shapely.LinearRing([(38, 48), (38 + STEP, 48), (38, 48 + STEP), (38, 48)])
    coded = encode_rings(np.array([one, one]))
    start = [152_000, 192_000]  # steps of 28 m to the north
    assert coded["lengths"] == [4, 4]
    assert coded["points"] == [*start, 1, 0, -1, 1, 0, -1] * 2
    assert encode_rings(np.array([], dtype=object)) == {"points": [], "lengths": []}


@slow
@given(boxes(), boxes())
def test_a_difference_sent_to_the_browser_is_the_difference(before, after):
    cut = difference(frame(before, controller=[RUSSIA]), frame(after, controller=[RUSSIA]))
    coded = encode_difference(cut)
    assert coded["grid"] == GRID
    sent = [(row["change"], row["controller"]) for row in coded["rows"]]
    assert sent == list(zip(cut["change"], cut["controller"], strict=True))
    for row, shape in zip(coded["rows"], cut.geometry, strict=True):
        # The even-odd rule: a ring inside of another is a hole in it.
        rings = [shapely.Polygon(ring / GRID) for ring in rings_of(row)]
        filled = shapely.Polygon()
        for ring in rings:
            filled = shapely.symmetric_difference(filled, ring)
        assert shapely.symmetric_difference(filled, shape).area < 1e-12


@slow
@given(boxes(), boxes())
def test_what_one_gains_the_other_way_round_is_lost_and_both_sum_up(before, after):
    old, new = frame(before, controller=[RUSSIA]), frame(after, controller=[RUSSIA])
    there, back = (
        dict(zip(cut["change"], cut["km2"], strict=True))
        for cut in (difference(old, new), difference(new, old))
    )
    assert there.get("gained", 0) == pytest.approx(back.get("lost", 0))
    assert there.get("lost", 0) == pytest.approx(back.get("gained", 0))
    assert there.get("kept", 0) == pytest.approx(back.get("kept", 0))
    whole = [km2_of(rows.geometry).sum() for rows in (old, new)]
    assert there.get("lost", 0) + there.get("kept", 0) == pytest.approx(whole[0])
    assert there.get("gained", 0) + there.get("kept", 0) == pytest.approx(whole[1])


def test_controllers_are_cut_each_with_itself():
    old = frame(square(100), square(40, lat=47), controller=[RUSSIA, UKRAINE])
    new = frame(square(100), controller=[CONTESTED])
    cut = difference(old, new)
    assert list(cut) == ["controller", "change", "km2", "geometry"]
    told = list(zip(cut["controller"], cut["change"], cut["km2"].round(), strict=True))
    assert told == [(CONTESTED, "gained", 100), (RUSSIA, "lost", 100), (UKRAINE, "lost", 40)]


@given(st.lists(st.integers(1, 400), min_size=1, max_size=6), st.data())
@slow
def test_the_day_shows_the_newest_observation_by_then_and_its_km2(sizes, data):
    gaps = data.draw(st.lists(st.integers(1, 9), min_size=len(sizes), max_size=len(sizes)))
    days = [FIRST + timedelta(sum(gaps[: n + 1])) for n in range(len(sizes))]
    series = series_of(
        *((day, RUSSIA, square(size)) for day, size in zip(days, sizes, strict=True))
    )
    table = km2_by_day(series)
    assert table["km2"].tolist() == pytest.approx(sizes, rel=1e-6)
    for asked in (FIRST + timedelta(n) for n in range(60)):
        seen = [day for day in days if day <= asked]
        found = observed_on(series, asked)
        assert (found and found.date()) == (seen[-1] if seen else None)
        assert len(as_of(series, asked)) == bool(seen)


def test_a_controller_that_is_left_out_has_nothing_on_that_day():
    series = series_of(
        (FIRST, RUSSIA, square(100)),
        (FIRST, UKRAINE, square(30, lat=47)),
        (FIRST + timedelta(1), RUSSIA, square(150)),
    )
    table = km2_by_day(series)
    table["km2"] = table["km2"].round(3)
    assert list(zip(table["controller"], table["km2"], strict=True)) == [
        (RUSSIA, 100), (UKRAINE, 30), (RUSSIA, 150), (UKRAINE, 0),
    ]  # fmt: skip
    told = {row.controller: row for row in change(series, FIRST, FIRST + timedelta(1))}
    assert list(told) == [RUSSIA, UKRAINE]
    assert (round(told[RUSSIA].km2, 3), round(told[UKRAINE].km2, 3)) == (50, -30)
    back = series_of((FIRST, RUSSIA, square(150)), (FIRST + timedelta(1), UKRAINE, square(30)))
    gone, new = change(back, FIRST, FIRST + timedelta(1))
    assert (round(gone.km2, 3), round(new.km2, 3)) == (-150, 30)
    # A hundredth of Ukraine is one per cent of it.
    assert told[RUSSIA].share == pytest.approx(100 * told[RUSSIA].km2 / UKRAINE_KM2)
    assert UKRAINE_KM2 == 603_628  # State Statistics Service of Ukraine
    with pytest.raises(ValueError, match="no observation on or before"):
        change(series, FIRST - timedelta(1), FIRST)


def test_what_cutting_leaves_beside_areas_is_dropped_however_deep():
    area = shapely.box(0, 0, 1, 1)
    touching = shapely.intersection(area, shapely.box(1, 0, 2, 1))  # a line
    assert only_polygons(touching).is_empty
    mixed = shapely.GeometryCollection(
        [touching, shapely.MultiPolygon([area]), shapely.Point(5, 5)]
    )
    assert only_polygons(mixed).equals(area)


def test_places_inside_are_told_by_row_in_the_gazetteers_order(dataset):
    places = dataset.settlements.iloc[:40]
    around = places.geometry.iloc[7].buffer(0.01), shapely.box(-10, 40, 60, 70)
    table = settlements_inside(frame(*around, controller=[RUSSIA, UKRAINE]), places)
    assert table["row"].tolist() == sorted(table["row"])
    assert places.index[7] in table["settlement_id"][table["row"] == 0].tolist()
    assert table["settlement_id"][table["row"] == 1].tolist() == places.index.tolist()
