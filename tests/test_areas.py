"""Control areas measured, compared, encoded whole; statements that follow from them."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.areas import (
    as_of,
    change,
    delays,
    derived_claims,
    difference,
    encode_series,
    km2_by_day,
    settlements_inside,
)
from geo.areas.chart import km2_chart
from geo.areas.topology import GRID
from geo.model import CONTROLLERS, Lang
from geo.wording import CONTROLLER_NAMES, speak
from tests.conftest import day
from tests.shapes import frame, series_of, square

RUSSIA, UKRAINE, CONTESTED = "russia", "ukraine", "contested"


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


def test_the_chart_of_areas_speaks_the_reader_s_language(growing):
    speak(Lang.UK)
    try:
        told = km2_chart(km2_by_day(growing), day=date(2025, 3, 7)).to_dict()
    finally:
        speak(Lang.EN)
    lines, _ = told["layer"]
    tips = [tip["title"] for tip in lines["encoding"]["tooltip"]]
    assert tips == ["Дата спостереження", "Під контролем", "km²"]
    names = lines["encoding"]["color"]["scale"]["domain"]
    assert names == [CONTROLLER_NAMES.of(Lang.UK)[controller] for controller in CONTROLLERS]
    drawn = {row["controller"] for row in told["datasets"][lines["data"]["name"]]}
    assert drawn == {CONTROLLER_NAMES.of(Lang.UK)[RUSSIA]}
    assert lines["encoding"]["x"]["axis"]["format"] == "%Y-%m-%d"


@pytest.mark.parametrize(
    ("chosen", "end"), [(date(2025, 1, 9), "2025-01-09"), (date(2025, 1, 3), "2025-01-04")]
)
def test_the_last_observation_is_drawn_until_the_chosen_day(chosen, end):
    single = series_of((date(2025, 1, 3), RUSSIA, square(4)))
    told = km2_chart(km2_by_day(single), day=chosen).to_dict()
    drawn = told["datasets"][told["layer"][0]["data"]["name"]]
    assert [row["day"] for row in drawn] == ["2025-01-03", end]
    assert {row["observed_on"] for row in drawn} == {"2025-01-03"}


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
    assert list(cut) == ["controller", "change", "km2", "geometry"]
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
