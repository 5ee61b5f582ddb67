"""Glyphs on a crowded front: they give way to each other, and what matters lies on top."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.figure import SIZE, PictureOptions, draw_picture
from geo.figure.spots import find_spots, give_way, ranks, rows_shown, stacked
from geo.model import NO_CLAIM, Status
from geo.style import FRONT
from geo.timeline import take_snapshot
from tests.conftest import ROOT, day
from tests.crowding import DOT, share_covered

CASES = json.loads((ROOT / "tests/cases/crowd.json").read_text(encoding="utf-8"))["cases"]
DISCS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(1, 12)), min_size=1, max_size=12
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_the_shared_cases(case):
    x, y, radius = (np.array(case[key], dtype=float) for key in ("x", "y", "radius"))
    assert give_way(x, y, radius, least=case["least"]).tolist() == case["shrunk"]


@given(DISCS)
def test_discs_lie_on_each_other_only_where_they_can_be_no_smaller(discs):
    x, y, radius = np.array(discs, dtype=float).T
    smaller = give_way(x, y, radius, least=2.0)
    assert (smaller <= radius).all()
    assert (smaller >= np.minimum(radius, 2.0)).all()
    for one in range(len(x)):
        for other in range(one):
            apart = np.hypot(x[one] - x[other], y[one] - y[other])
            least = min(smaller[one], smaller[other]) <= 2.0
            assert least or smaller[one] + smaller[other] <= apart + 1e-9


def covered(dataset, as_of):
    """Give the share of glyphs on the usual picture of which less than half can be seen."""
    snapshot = take_snapshot(dataset, as_of=day(as_of))
    spots = find_spots(dataset, FRONT, (0, 0, 840, 520))
    spoken = (snapshot.rows != NO_CLAIM).any(axis=1)
    lowest_first = stacked(spots.order, ranks(snapshot))
    radius = np.where(spoken, spots.radius, DOT)
    discs = [(spots.x[row], spots.y[row], radius[row]) for row in lowest_first]
    return share_covered(discs, (840, 520))


def test_the_share_of_covered_discs_by_hand():
    """Two discs that lie on each other, the lower hidden; one beside them; a dot on that."""
    assert share_covered([(20, 20, 5), (20, 20, 5), (40, 20, 5), (40, 20, DOT)], (60, 40)) == 1 / 3
    assert share_covered([(20, 20, 5), (26, 20, 5)], (60, 40)) == 0


def test_most_of_nearly_every_glyph_is_seen(dataset):
    assert max(covered(dataset, as_of) for as_of in ("2025-12-11", "2026-07-04")) < 0.1


def test_live_disagreements_lie_on_top_then_newer_statements(dataset):
    snapshot = take_snapshot(dataset, as_of=day("2025-12-11"))
    spots = find_spots(dataset, FRONT, (0, 0, *SIZE))
    order = stacked(spots.order, ranks(snapshot))
    assert sorted(order) == sorted(spots.order)
    assert snapshot.live[order].astype(int).tolist() == sorted(snapshot.live[order].astype(int))
    stated = dataset.claims["stated_on"].to_numpy()
    others = [row for row in order if not snapshot.live[row]]
    newest = [
        max((stated[claim] for claim in snapshot.rows[row] if claim != NO_CLAIM), default=None)
        for row in others
    ]
    first = next(at for at, when in enumerate(newest) if when is not None)
    assert not any(newest[:first])  # places that nobody has spoken of lie lowest
    assert newest[first:] == sorted(newest[first:])


def test_only_where_they_disagree_shows_the_live_ones_or_by_any_age_all(dataset):
    lately, ever = (
        take_snapshot(dataset, as_of=day("2025-12-11"), within=within) for within in (90, None)
    )
    assert rows_shown(lately, Status.DISPUTED).sum() == 22
    assert rows_shown(ever, Status.DISPUTED).sum() == 95
    assert rows_shown(lately, None).sum() == len(dataset.settlements)
    told = draw_picture(ever, PictureOptions(only=Status.DISPUTED)).alt
    assert "shown only: the sides disagree." in told
    assert "Enerhodar" in told


def test_a_picture_names_and_counts_the_dormant_apart(dataset):
    told = draw_picture(take_snapshot(dataset, as_of=day("2025-12-11"))).alt
    live, _, rest = told.partition("The sides disagree: ")[2].partition(
        ". The sides disagree, but at least one has long been silent: "
    )
    assert len(live.split(", ")) == 22
    assert "Siversk" in live
    assert len(rest.split(". ")[0].split(", ")) == 73
    assert "Enerhodar" in rest.split(". ")[0]
