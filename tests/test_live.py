"""Live and dormant disagreements: by the cases that the browser is held to, by hand, by laws."""

import json
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.__main__ import main
from geo.ledger import count_open, disagreements, of_kind, open_on, phases
from geo.model import STATUSES, WITHIN, Clock, PlaceKind, Status, View
from geo.timeline import is_live, known_by, snapshot_of, take_snapshot
from tests.conftest import ROOT, day
from tests.test_timeline import DAYS, ORIGIN, ROWS, ledger

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
    ("as_of", "disputed", "live"), [("2025-12-11", 95, 22), ("2026-07-04", 136, 1)]
)
def test_the_published_ledger(dataset, as_of, disputed, live):
    shown = snapshot_of(dataset, View(as_of=day(as_of)))
    settled = dataset.is_settlement
    assert (shown.settlements["status"] == "disputed").sum() == disputed
    assert shown.live[settled].sum() == live
    everything = snapshot_of(dataset, View(as_of=day(as_of), within=None))
    assert everything.live[settled].sum() == disputed


@given(ROWS.filter(bool), st.sampled_from(Clock), AGES)
def test_phases_are_the_live_and_the_dormant_days_whatever_was_said(rows, clock, within):
    data = ledger(rows)
    turns = phases(data, clock=clock, within=within)
    last = data.last_day + timedelta(days=20)  # when silence goes on
    days = [data.first_day + timedelta(n) for n in range((last - data.first_day).days + 1)]
    counts = count_open(turns, first=days[0], last=days[-1])
    for as_of in days:
        until = known_by(data, as_of=as_of, clock=clock)
        snapshot = take_snapshot(data, as_of=as_of, known_by=until, within=within)
        disputed = snapshot.statuses == STATUSES.index(Status.DISPUTED)
        found = open_on(turns, as_of)
        differ = zip(data.places.index[disputed], snapshot.live[disputed], strict=True)
        assert list(zip(found["place_id"], found["live"], strict=True)) == list(differ)
        told = counts.loc[pd.Timestamp(as_of)]
        assert (told["live"], told["dormant"]) == (snapshot.live.sum(), (~found["live"]).sum())


@given(ROWS.filter(bool), st.sampled_from(Clock), AGES)
def test_the_phases_of_a_disagreement_are_its_days_in_turn(rows, clock, within):
    data = ledger(rows)
    ever = disagreements(data, clock=clock)
    turns = phases(data, clock=clock, within=within)
    assert sorted(set(turns["disagreement"])) == list(ever.index)
    for number, own in turns.groupby("disagreement"):
        whole = ever.loc[number]
        assert list(own["phase"]) == list(range(len(own)))
        assert own["since"].iloc[0] == whole["since"]
        assert own["claim"].iloc[0] == whole["opened_by"]
        assert own["until"].iloc[-1] == whole["until"] or whole["closed_by"] == -1
        assert (own["since"].iloc[1:].array == (own["until"].iloc[:-1] + pd.Timedelta("1D"))).all()
        assert (own["live"] != own["live"].shift(1)).all()
    if within is None:
        assert turns["live"].all()


def test_phases_of_the_ledger_by_hand(dataset):
    turns = phases(dataset).set_index("place_id")

    def told(place):
        own = turns.loc[[place], ["live", "since", "until"]]
        return [
            (row.live, *(d.date().isoformat() if pd.notna(d) else None for d in row[2:]))
            for row in own.itertuples()
        ]

    # Denied to the end: the sides differed for thirteen days, all of them live.
    assert told("siversk") == [(True, "2025-12-10", "2025-12-22")]
    # Russia's side named it on 28 February 2022, Ukraine's on 5 March, and neither again.
    assert told("enerhodar") == [(True, "2022-03-05", "2022-05-29"), (False, "2022-05-30", None)]
    # Named on 21 April 2022 against Kyrylenko's word of 1 March; Zelensky spoke on the 22nd, last.
    assert told("mariupol") == [(True, "2022-04-21", "2022-07-21"), (False, "2022-07-22", None)]
    # Russia's side repeated it up to 29 December 2025, and Ukraine's has spoken ever since.
    assert told("huliaipole") == [(True, "2025-12-27", "2026-03-29"), (False, "2026-03-30", None)]
    assert told("kupiansk") == [
        # Gerasimov met Ukraine's word of November 2024, which was renewed on 3 September.
        (False, "2025-08-30", "2025-09-02"),
        (True, "2025-09-03", "2025-09-16"),
        (True, "2025-09-23", "2025-11-11"),
        # From the second statement of capture on; Russia's side said it last on 27 December.
        (True, "2025-11-20", "2026-03-27"),
        (False, "2026-03-28", None),
    ]
    # Ukraine's side kept speaking; the Kremlin's statement of 1 December 2025 grew too old.
    assert told("pokrovsk") == [(True, "2025-12-01", "2026-03-01"), (False, "2026-03-02", None)]


def test_of_two_statements_of_one_day_that_grew_too_old_ukraines_is_named():
    later = ORIGIN + timedelta(days=9)
    data = ledger([("p", ORIGIN, 0, who, side) for who, side in (("c", "russia"), ("a", "ukraine"))]
                  + [("q", later, 0, "e", "russia")])  # fmt: skip
    table = phases(data, within=3)
    assert list(table) == "place_id disagreement phase live since until claim".split()
    live, dormant = table.itertuples()
    assert (live.live, dormant.live) == (True, False)
    assert data.claims.index[dormant.claim] == "claim-1"


def test_what_opens_on_the_first_day_of_silence_is_dormant_by_the_word_that_opened_it():
    data = ledger([("p", ORIGIN, 0, "a", "ukraine"),
                   ("p", ORIGIN + timedelta(days=4), 0, "c", "russia")])  # fmt: skip
    (row,) = phases(data, within=3).itertuples()
    assert (row.live, row.since.date()) == (False, ORIGIN + timedelta(days=4))
    assert data.claims.index[row.claim] == "claim-1"


def test_live_and_dormant_over_time(dataset):
    turns = of_kind(dataset, phases(dataset), PlaceKind.SETTLEMENT)
    counts = count_open(turns, first=dataset.first_day, last=dataset.last_day)
    assert tuple(counts.loc["2025-12-11"]) == (22, 73)
    assert tuple(counts.iloc[-1]) == (1, 135)


def told(capsys, *arguments):
    assert main(["disagreements", "--date", "2025-12-11", *arguments]) == 0
    return capsys.readouterr().out


def test_the_command_lists_all_or_the_live(dataset, capsys):
    rows = json.loads(told(capsys, "--format", "json"))
    assert (len(rows), sum(row["live"] for row in rows)) == (95, 22)
    assert rows[0] == {
        "settlement_id": "enerhodar", "since": "2022-03-05", "days": 1378, "hard": False,
        "live": False, "ukraine_stated_on": "2022-03-05", "russia_stated_on": "2022-02-28",
    }  # fmt: skip
    live = json.loads(told(capsys, "--format", "json", "--within", "90"))
    assert live == [row for row in rows if row["live"]]
    lately = json.loads(told(capsys, "--format", "json", "--within", "30"))
    assert {row["settlement_id"] for row in lately} < {row["settlement_id"] for row in live}
    assert len(json.loads(told(capsys, "--format", "json", "--within", "any"))) == 95
    table = told(capsys, "--within", "90", "--format", "csv").splitlines()
    assert table[0].split(",") == list(rows[0])
    assert len(table) == 1 + 22
    assert "22 live disagreements, 73 dormant" in told(capsys, "--within", "90")
    assert told(capsys, "--view", "russia", "--format", "json") == "[]\n"


def test_the_command_refuses_an_age_that_is_none(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["disagreements", "--date", "2025-12-11", "--within", "-3"])
    assert ended.value.code == 2
    assert "--within" in capsys.readouterr().err
