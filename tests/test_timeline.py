"""The rules of time: worked by hand from the ledger, and as laws over random ledgers."""

from datetime import date, timedelta
from itertools import product

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.files.join import join_tables
from geo.model import CRS, NO_CLAIM, SIDES, STATUSES, Clock
from geo.timeline import known_by, record_of, resolve_status, standing_rows, take_snapshot

from .conftest import day


def said(dataset, place, as_of, *, clock=Clock.THEN, view="all"):
    """What each side says, in the order of SIDES: (controller, day of the statement) or None."""
    snapshot = take_snapshot(
        dataset,
        as_of=day(as_of),
        known_by=known_by(dataset, as_of=day(as_of), clock=clock),
        view=view,
    )
    row = dataset.settlements.index.get_loc(place)
    stands = [
        None
        if claim == NO_CLAIM
        else (
            dataset.claims["controller"].iloc[claim],
            dataset.claims["stated_on"].iloc[claim].date().isoformat(),
            dataset.claims["claimant_id"].iloc[claim],
        )
        for claim in snapshot.rows[row]
    ]
    return (STATUSES[snapshot.statuses[row]], *stands)


# Worked out by hand from data/claims.csv: the day, then status, Ukraine's, Russia's, third parties'.
BY_HAND = [
    ("siversk", "2025-12-01", "one-sided", None, ("contested", "2025-11-27", "ru-putin"), None),
    ("siversk", "2025-12-02", "one-sided", None, ("contested", "2025-11-27", "ru-putin"), ("contested", "2025-12-02", "nato-official")),
    ("siversk", "2025-12-11", "disputed", ("ukraine", "2025-12-11", "ua-eastern-command"), ("russia", "2025-12-11", "ru-putin"), ("contested", "2025-12-08", "deepstate")),
    ("siversk", "2025-12-22", "disputed", ("ukraine", "2025-12-11", "ua-eastern-command"), ("russia", "2025-12-19", "ru-putin"), ("contested", "2025-12-22", "cit")),
    ("siversk", "2025-12-23", "agreed", ("russia", "2025-12-23", "ua-general-staff"), ("russia", "2025-12-19", "ru-putin"), ("contested", "2025-12-22", "cit")),
    ("kupiansk", "2022-09-10", "one-sided", ("contested", "2022-09-10", "ua-sbu"), None, None),
    ("kupiansk", "2025-11-20", "disputed", ("ukraine", "2025-11-20", "ua-general-staff"), ("russia", "2025-11-20", "ru-gerasimov"), ("ukraine", "2025-09-23", "deepstate")),
    ("kupiansk", "2025-12-12", "disputed", ("contested", "2025-12-12", "ua-zelensky"), ("russia", "2025-11-27", "ru-putin"), ("ukraine", "2025-09-23", "deepstate")),
    ("pokrovsk", "2025-11-20", "agreed", ("contested", "2025-11-20", "ua-general-staff"), ("contested", "2025-11-20", "ru-gerasimov"), None),
    ("pokrovsk", "2025-11-30", "agreed", ("contested", "2025-11-20", "ua-general-staff"), ("contested", "2025-11-27", "ru-putin"), ("contested", "2025-11-21", "deepstate")),
    ("pokrovsk", "2025-12-01", "disputed", ("contested", "2025-11-20", "ua-general-staff"), ("russia", "2025-12-01", "ru-kremlin"), ("contested", "2025-11-21", "deepstate")),
    ("pokrovsk", "2025-12-02", "disputed", ("contested", "2025-12-02", "ua-general-staff"), ("russia", "2025-12-01", "ru-kremlin"), ("contested", "2025-12-02", "deepstate")),
    ("avdiivka", "2024-02-16", "silent", None, None, None),
    ("avdiivka", "2024-02-17", "agreed", ("russia", "2024-02-17", "ua-syrskyi"), ("russia", "2024-02-17", "ru-shoigu"), ("russia", "2024-02-17", "isw")),
    ("kherson", "2022-03-02", "disputed", ("ukraine", "2022-03-02", "ua-local"), ("russia", "2022-03-02", "ru-mod"), None),
    ("kherson", "2022-11-10", "disputed", ("ukraine", "2022-03-02", "ua-local"), ("russia", "2022-03-02", "ru-mod"), ("contested", "2022-03-25", "us-dod")),
    ("kherson", "2022-11-11", "agreed", ("ukraine", "2022-11-11", "ua-zelensky"), ("ukraine", "2022-11-11", "ru-mod"), ("contested", "2022-03-25", "us-dod")),
    ("sudzha", "2024-08-10", "one-sided", None, ("russia", "2024-08-09", "ru-local"), ("contested", "2024-08-09", "deepstate")),
    ("sudzha", "2024-08-15", "disputed", ("ukraine", "2024-08-15", "ua-zelensky"), ("contested", "2024-08-14", "ru-alaudinov"), ("contested", "2024-08-09", "deepstate")),
    ("sudzha", "2025-03-13", "disputed", ("ukraine", "2025-03-12", "ua-syrskyi"), ("russia", "2025-03-13", "ru-mod"), ("russia", "2025-03-13", "isw")),
]  # fmt: skip


@pytest.mark.parametrize(("place", "as_of", "status", "ukraine", "russia", "third"), BY_HAND)
def test_worked_by_hand(dataset, place, as_of, status, ukraine, russia, third):
    assert said(dataset, place, as_of) == (status, ukraine, russia, third)


def test_hindsight_moves_the_capture_to_the_day_it_speaks_of(dataset):
    # Gerasimov and the Kremlin said on 1 December that Pokrovsk had been taken on 30 November.
    then = said(dataset, "pokrovsk", "2025-11-30")
    now = said(dataset, "pokrovsk", "2025-11-30", clock=Clock.NOW)
    assert then[2] == ("contested", "2025-11-27", "ru-putin")
    assert now[2] == ("russia", "2025-12-01", "ru-kremlin")
    assert (then[0], now[0]) == ("agreed", "disputed")


def test_a_view_narrows_who_is_heard(dataset):
    assert said(dataset, "siversk", "2025-12-11", view="ukraine") == (
        "one-sided",
        ("ukraine", "2025-12-11", "ua-eastern-command"),
        None,
        None,
    )
    # Putin stands above Gerasimov, so Gerasimov's word of that day shows in his own view alone.
    assert said(dataset, "siversk", "2025-12-11", view="ru-gerasimov") == (
        "one-sided",
        None,
        ("russia", "2025-12-11", "ru-gerasimov"),
        None,
    )
    assert said(dataset, "siversk", "2025-12-11", view="third")[0] == "third-only"


def test_an_unknown_view_is_refused(dataset):
    with pytest.raises(ValueError, match="unknown view 'moon'; allowed: all, ukraine, russia"):
        take_snapshot(dataset, as_of=date(2025, 12, 11), view="moon")


def test_status_compares_the_two_and_never_the_third():
    table = [  # Ukraine's, Russia's, third parties' position; what follows
        ((0, 0, 1), "agreed"),
        ((2, 2, -1), "agreed"),
        ((0, 1, 0), "disputed"),
        ((0, 2, 2), "disputed"),
        ((-1, 1, 1), "one-sided"),
        ((0, -1, 0), "one-sided"),
        ((-1, -1, 2), "third-only"),
        ((-1, -1, -1), "silent"),
    ]
    positions = np.array([row for row, _ in table], dtype=np.int8)
    assert [STATUSES[code] for code in resolve_status(positions)] == [word for _, word in table]


def test_the_record_lists_the_newest_first(dataset):
    record = record_of(dataset, "pokrovsk")
    assert len(record) == 26
    assert record["stated_on"].is_monotonic_decreasing
    assert list(record_of(dataset, "pokrovsk", view="russia")["claimant_id"]) == [
        "ru-kremlin",
        "ru-gerasimov",
        "ru-putin",
        "ru-gerasimov",
        "ru-pushilin",
    ]


# Random ledgers: two places, five claimants of three sides, twelve days.
SPEAKERS = pd.DataFrame(
    {
        "name": list("ABCDE"),
        "side": ["ukraine", "ukraine", "russia", "russia", "third"],
        "kind": ["military"] * 5,
    },
    index=list("abcde"),
)
PLACES = gpd.GeoDataFrame(
    {"name": ["P", "Q"], "admin1": ["X", "X"]},
    index=["p", "q"],
    geometry=gpd.points_from_xy([37, 38], [48, 49]),
    crs=CRS,
)
NO_AREAS = PLACES.iloc[:0].assign(kind="admin1", country="UA")
ORIGIN = date(2025, 1, 1)
TWELVE = [ORIGIN + timedelta(days=n) for n in range(12)]
DAYS = st.sampled_from(TWELVE)
# Every row there can be, so that to draw one is one draw: place, day, how many days before the
# statement it speaks of, claimant, controller.
ROWS = st.lists(
    st.sampled_from(
        list(product("pq", TWELVE, range(4), "abcde", ["ukraine", "russia", "contested"]))
    ),
    max_size=25,
)


def ledger(rows):
    claims = pd.DataFrame(
        {
            "settlement_id": [row[0] for row in rows],
            "stated_on": np.array([row[1] for row in rows], "datetime64[s]"),
            "effective_on": np.array(
                [row[1] - timedelta(days=row[2]) for row in rows], "datetime64[s]"
            ),
            "claimant_id": [row[3] for row in rows],
            "kind": ["holds"] * len(rows),
            "controller": [row[4] for row in rows],
        },
        index=[f"claim-{number}" for number in range(len(rows))],
    )
    areas = claims.iloc[:0].rename(columns={"settlement_id": "area_id"})
    return join_tables(PLACES, SPEAKERS, claims, areas, NO_AREAS, version="")


def resolve(data, as_of, known=None):
    snapshot = take_snapshot(data, as_of=as_of, known_by=known)
    return [
        [None if claim == NO_CLAIM else data.claims.index[claim] for claim in place]
        for place in snapshot.rows
    ]


def naive(rows, as_of, known):
    """Rule 1 read aloud, one place and side at a time."""
    found = []
    for place in PLACES.index:
        found.append([])
        for side in SIDES:
            spoken = [
                (row[1], -list(SPEAKERS.index).index(row[3]), number)
                for number, row in enumerate(rows)
                if row[0] == place
                and SPEAKERS.loc[row[3], "side"] == side
                and row[1] <= known
                and row[1] - timedelta(days=row[2]) <= as_of
            ]
            found[-1].append(f"claim-{max(spoken)[2]}" if spoken else None)
    return found


@given(ROWS, DAYS, DAYS)
def test_it_is_rule_one(rows, as_of, known):
    assert resolve(ledger(rows), as_of, known) == naive(rows, as_of, known)


@given(ROWS, DAYS, st.randoms())
def test_row_order_does_not_matter(rows, as_of, random):
    # But for the last tie-break: one claimant, one place, one day, where the later row counts.
    rows = list({(row[0], row[1], row[3]): row for row in rows}.values())
    shuffled = random.sample(rows, len(rows))

    def spoken(order):
        found = resolve(ledger(order), as_of)
        return [[claim and order[int(claim[6:])] for claim in place] for place in found]

    assert spoken(rows) == spoken(shuffled)


@given(ROWS, DAYS)
def test_later_statements_never_change_an_earlier_day_as_known_then(rows, as_of):
    past = [row for row in rows if row[1] <= as_of]

    def positions(data):
        return take_snapshot(data, as_of=as_of).positions.tolist()

    assert positions(ledger(rows)) == positions(ledger(past))


@given(ROWS, DAYS)
def test_resolving_what_stands_changes_nothing(rows, as_of):
    data = ledger(rows)
    once = standing_rows(data.claims, as_of=as_of, known_by=as_of)
    again = standing_rows(data.claims.iloc[once], as_of=as_of, known_by=as_of)
    assert list(again) == list(range(len(once)))


@given(ROWS, DAYS, DAYS)
def test_one_standing_claim_for_each_place_and_side(rows, as_of, known):
    data = ledger(rows)
    standing = data.claims.iloc[standing_rows(data.claims, as_of=as_of, known_by=known)]
    assert not standing.duplicated(["place_id", "side"]).any()


@given(ROWS.filter(bool))
def test_the_two_clocks_agree_on_the_newest_day(rows):
    data = ledger(rows)
    now = known_by(data, as_of=data.last_day, clock=Clock.NOW)
    assert resolve(data, data.last_day, now) == resolve(data, data.last_day)
