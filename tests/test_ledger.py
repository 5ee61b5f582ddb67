"""Disagreements by hand-worked answers from the ledger, and by rules that always hold."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.ledger import (
    disagreements,
    disagreements_on,
    of_kind,
    open_on,
    position_spans,
)
from geo.ledger.disagreements import differing_pieces, open_disagreements
from geo.model import NO_CLAIM, SIDES, STATUSES, Clock, PlaceKind, Side, Status
from geo.timeline import known_by, take_snapshot
from tests.conftest import day
from tests.test_timeline import ROWS, ledger


@pytest.fixture(scope="module", params=list(Clock))
def clock(request):
    return request.param


def test_siversk_thirteen_days_of_disagreement(dataset):
    table = disagreements(dataset).set_index("place_id").loc["siversk"]
    assert (table["since"], table["until"]) == (
        pd.Timestamp("2025-12-10"),
        pd.Timestamp("2025-12-22"),
    )
    # On the 10th Ukraine's side still said it was contested; from the 11th it said Ukraine's.
    assert (table["days"], table["hard_days"]) == (13, 12)
    assert dataset.claims.index[table["closed_by"]].startswith("siversk-2025-12-23-ua")


def by_hand(*rows):
    """Make a ledger: place, day of January 2025, claimant (a of Ukraine's side, c of Russia's)."""
    return ledger([(place, date(2025, 1, n), 0, who, what) for place, n, who, what in rows])


def test_a_disagreement_by_hand_row_by_row():
    """On p they differ from the first day on; on q from the 3rd, again from the 7th to the end."""
    data = by_hand(
        ("p", 1, "a", "ukraine"), ("p", 1, "c", "russia"), ("p", 4, "a", "contested"),
        ("p", 5, "c", "russia"), ("p", 6, "a", "russia"),
        ("q", 2, "a", "ukraine"), ("q", 3, "c", "russia"), ("q", 5, "c", "ukraine"),
        ("q", 7, "c", "contested"), ("q", 9, "c", "russia"),
    )  # fmt: skip
    table = disagreements(data)
    assert list(table) == "place_id since until days hard_days opened_by closed_by".split()
    named = table.assign(
        opened_by=data.claims.index[table["opened_by"]],
        closed_by=[
            "open" if row == NO_CLAIM else data.claims.index[row] for row in table.closed_by
        ],
    )
    said = [
        (row[0], row[1].day, None if pd.isna(row[2]) else row[2].day, *row[3:])
        for row in named.itertuples(index=False)
    ]
    assert said == [
        # Hard on the 1st to the 3rd, then Ukraine's side says contested for two days.
        ("p", 1, 5, 5, 3, "claim-1", "claim-4"),
        ("q", 3, 4, 2, 2, "claim-6", "claim-7"),
        # Counted to the newest statement of the ledger, which is of that day.
        ("q", 7, None, 3, 1, "claim-8", "open"),
    ]
    pieces = differing_pieces(data, clock=Clock.THEN, view="all")
    stood = pieces.loc[pieces["place_id"] == "p", ["stretch", "ukraine", "russia"]]
    assert [(row[0], *data.claims.index[row[1:]]) for row in stood.to_numpy().tolist()] == [
        (0, "claim-0", "claim-1"), (0, "claim-2", "claim-1"), (0, "claim-2", "claim-3"),
    ]  # fmt: skip
    (hard,) = disagreements_on(take_snapshot(data, as_of=date(2025, 1, 9)), table)["hard"]
    assert hard  # from the 9th on Russia's side names itself; on the 8th it said contested
    seen = disagreements_on(take_snapshot(data, as_of=date(2025, 1, 8), within=3), table)
    columns = "since days hard live ukraine russia third ukraine_stated_on russia_stated_on"
    assert list(seen) == columns.split()
    (row,) = seen.itertuples()
    assert (row.Index, row.since.day, row.days, row.hard, row.live) == ("q", 7, 2, False, False)
    assert data.claims.index[[row.ukraine, row.russia]].tolist() == ["claim-5", "claim-8"]
    assert (row.third, row.ukraine_stated_on.day, row.russia_stated_on.day) == (NO_CLAIM, 2, 7)


@pytest.mark.parametrize("clock", list(Clock))
def test_a_claim_stands_to_the_day_before_the_next_of_its_side(clock):
    data = by_hand(
        ("p", 1, "a", "ukraine"), ("p", 2, "c", "russia"), ("p", 4, "b", "contested"),
        ("p", 4, "a", "ukraine"), ("q", 3, "a", "ukraine"), ("q", 5, "e", "russia"),
    )  # fmt: skip
    spans = position_spans(data, clock=clock)
    told = [
        (data.claims.index[row.Index], row.since.day, None if pd.isna(row.until) else row.until.day)
        for row in spans.itertuples()
    ]
    # What b said on the 4th never stood, for a stands higher and spoke that day.
    assert told == [
        ("claim-0", 1, 3), ("claim-3", 4, None), ("claim-1", 2, None),
        ("claim-4", 3, None), ("claim-5", 5, None),
    ]  # fmt: skip


def test_kupiansk_is_open_to_the_end(dataset):
    table = disagreements(dataset).set_index("place_id").loc["kupiansk"]
    # Ukraine's side said contested from 17 to 22 September and from 12 to 19 November, as Russia's.
    assert table["since"].dt.date.tolist() == [
        day("2025-08-30"),
        day("2025-09-23"),
        day("2025-11-20"),
    ]
    last = table.iloc[-1]
    assert last["closed_by"] == -1
    assert pd.isna(last["until"])
    assert last["days"] == (dataset.last_day - day("2025-11-20")).days + 1


def test_disagreements_are_those_of_the_snapshots(dataset, clock):
    table = disagreements(dataset, clock=clock)
    counts = open_disagreements(table, first=dataset.first_day, last=dataset.last_day)
    for number in range(0, (dataset.last_day - dataset.first_day).days + 1, 11):
        as_of = dataset.first_day + timedelta(number)
        until = known_by(dataset, as_of=as_of, clock=clock)
        snapshot = take_snapshot(dataset, as_of=as_of, known_by=until)
        disputed = snapshot.statuses == STATUSES.index(Status.DISPUTED)
        assert set(open_on(table, as_of)["place_id"]) == set(dataset.places.index[disputed])
        assert counts[pd.Timestamp(as_of)] == disputed.sum()


def test_disagreements_of_a_place_never_overlap_or_touch(dataset, clock):
    table = disagreements(dataset, clock=clock)
    before = table.groupby("place_id")["until"].shift(1)
    assert not (table["since"] <= before + pd.Timedelta(days=1)).any()
    assert (table["hard_days"] <= table["days"]).all()


def test_spans_are_what_stood(dataset, clock):
    spans = position_spans(dataset, clock=clock)
    for as_of in (day("2022-11-12"), day("2024-02-17"), day("2025-12-11"), dataset.last_day):
        at = pd.Timestamp(as_of)
        stood = spans[(spans["since"] <= at) & (spans["until"].isna() | (spans["until"] >= at))]
        until = known_by(dataset, as_of=as_of, clock=clock)
        rows = take_snapshot(dataset, as_of=as_of, known_by=until).rows
        assert sorted(stood.index) == sorted(rows[rows != NO_CLAIM])


def test_a_view_hears_one_side_alone(dataset):
    spans = position_spans(dataset, view="russia")
    assert set(spans["side"]) == {SIDES.index(Side.RUSSIA)}
    assert disagreements(dataset, view="russia").empty
    with pytest.raises(ValueError, match="unknown view"):
        disagreements(dataset, view="moon")


# Laws on random ledgers; those of test_timeline.py.
@given(ROWS.filter(bool), st.sampled_from(Clock))
def test_disagreements_are_the_disputed_days_whatever_was_said(rows, clock):
    data = ledger(rows)
    table = disagreements(data, clock=clock)
    days = [data.first_day + timedelta(n) for n in range((data.last_day - data.first_day).days + 1)]
    disputed = STATUSES.index(Status.DISPUTED)
    for as_of in days:
        until = known_by(data, as_of=as_of, clock=clock)
        snapshot = take_snapshot(data, as_of=as_of, known_by=until)
        on_this_day = open_on(table, as_of)["place_id"].tolist()
        assert on_this_day == sorted(set(on_this_day))  # intervals of a place never overlap
        assert on_this_day == data.places.index[snapshot.statuses == disputed].tolist()
    counts = open_disagreements(table, first=days[0], last=days[-1])
    opened = (table["since"] > pd.Timestamp(days[0])).sum()
    # As known now a place may have differed, and stopped to, before anything was said.
    closed = table["until"].between(pd.Timestamp(days[0]), pd.Timestamp(days[-1]), "left").sum()
    assert counts.iloc[-1] - counts.iloc[0] == opened - closed


def test_whole_oblasts_differ_by_the_same_rules(dataset):
    table = of_kind(dataset, disagreements(dataset), PlaceKind.OBLAST)
    luhansk = table.set_index("place_id").loc["luhansk-oblast"]
    # Shoigu's "captured" of 3 July 2022 meets Haidai's "contested" of 15 May, and of 6 July.
    assert (luhansk["since"], luhansk["closed_by"]) == (pd.Timestamp("2022-07-03"), -1)
    assert luhansk["hard_days"] == 0
    rows = disagreements_on(take_snapshot(dataset, as_of=day("2025-12-11")), table)
    assert rows.loc["luhansk-oblast", "days"] == (day("2025-12-11") - day("2022-07-03")).days + 1
    names = dataset.claims.index[rows.loc["luhansk-oblast", ["ukraine", "russia"]].tolist()]
    assert names.str.rsplit("-", n=2).str[1:].tolist() == [["ua", "haidai"], ["ru", "gerasimov"]]
