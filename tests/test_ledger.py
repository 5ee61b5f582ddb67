"""Disagreements by hand-worked answers from the ledger, and by rules that always hold."""

from datetime import timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.ledger import (
    all_statements,
    disagreements,
    disagreements_on,
    of_kind,
    open_on,
    position_spans,
)
from geo.ledger.disagreements import open_disagreements
from geo.ledger.groups import GROUP_DAYS, first_of_groups, group_ids
from geo.model import NO_CLAIM, SIDES, STATUSES, Clock, PlaceKind, Side, Status
from geo.timeline import known_by, take_snapshot
from tests.conftest import day
from tests.test_timeline import LAW, ROWS, ledger


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


def test_opened_minus_closed_is_the_difference_of_counts(dataset, clock):
    table = disagreements(dataset, clock=clock)
    first, last = day("2023-01-01"), day("2025-06-30")
    counts = open_disagreements(table, first=first, last=last)
    opened = table["since"].between("2023-01-02", "2025-06-30").sum()
    closed = table["until"].between("2023-01-01", "2025-06-29").sum()
    assert opened > 5
    assert counts.iloc[-1] - counts.iloc[0] == opened - closed


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
@LAW
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


@LAW
@given(ROWS.filter(bool))
def test_groups_are_never_more_than_statements(rows):
    data = ledger(rows)
    table = all_statements(data).assign(group=group_ids(data))
    assert len(first_of_groups(data, table)) == table["group"].nunique() <= len(table)
    voices = table.groupby(["place_id", "claimant_id", "controller"], observed=True)
    for _, said in voices:
        begun = None
        for row in said.sort_values("stated_on").itertuples():
            if begun is None or (row.stated_on - begun.stated_on).days > GROUP_DAYS:
                assert begun is None or row.group != begun.group
                begun = row
            assert row.group == begun.group


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
