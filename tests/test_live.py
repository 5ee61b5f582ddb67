"""Live and dormant disagreements: by the cases that the browser is held to, by hand, by laws."""

import json
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model import STATUSES, WITHIN, Clock, Status, View
from geo.timeline import is_live, known_by, snapshot_of, take_snapshot
from tests.conftest import ROOT, day
from tests.test_timeline import DAYS, LAW, ROWS, ledger

CASES = json.loads((ROOT / "tests/cases/live.json").read_text(encoding="utf-8"))
AGES = st.none() | st.integers(0, 15)


def ask(case, as_of):
    ages = [
        np.array([np.nan if said is None else (as_of - date.fromisoformat(said)).days])
        for said in (case["ukraine_stated_on"], case["russia_stated_on"])
    ]
    return bool(is_live(*ages, case["within"])[0])


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["says"])
def test_the_shared_cases(case):
    assert ask(case, day(case["as_of"])) is case["live"]
    if case["dormant_from"]:
        begins = day(case["dormant_from"])
        assert not ask(case, begins)
        assert ask(case, begins - timedelta(days=1))


def test_the_usual_age_is_that_of_the_cases():
    assert CASES["within"] == WITHIN == View(as_of=day("2025-12-11")).within


@LAW
@given(ROWS.filter(bool), DAYS, st.sampled_from(Clock), AGES, AGES)
def test_a_longer_age_never_loses_a_live_one_and_any_age_has_all(rows, as_of, clock, one, other):
    data = ledger(rows)
    until = known_by(data, as_of=as_of, clock=clock)

    def shot(within):
        return take_snapshot(data, as_of=as_of, known_by=until, within=within)

    short, long = sorted((one, other), key=lambda n: 99 if n is None else n)
    assert (shot(short).live <= shot(long).live).all()
    disputed = shot(short).statuses == STATUSES.index(Status.DISPUTED)
    assert (shot(None).live == disputed).all()
    for place, row in enumerate(shot(short).rows[:, :2]):
        ages = [(as_of - data.claims["stated_on"].iloc[claim].date()).days for claim in row]
        lately = short is None or max(ages) <= short
        assert shot(short).live[place] == (disputed[place] and lately)


def test_what_stands_and_every_status_are_the_same_at_any_age(dataset):
    one, other = (take_snapshot(dataset, as_of=day("2025-12-11"), within=n) for n in (1, None))
    assert (one.rows == other.rows).all()
    assert (one.statuses == other.statuses).all()


@pytest.mark.parametrize(
    ("as_of", "disputed", "live"), [("2025-12-11", 52, 13), ("2026-07-04", 73, 1)]
)
def test_the_published_ledger(dataset, as_of, disputed, live):
    shown = snapshot_of(dataset, View(as_of=day(as_of)))
    settled = dataset.is_settlement
    assert (shown.settlements["status"] == "disputed").sum() == disputed
    assert shown.live[settled].sum() == live
    everything = snapshot_of(dataset, View(as_of=day(as_of), within=None))
    assert everything.live[settled].sum() == disputed
