"""From statement to confirmation: answers worked out by hand, and a textbook's curve."""

import pandas as pd
import pytest

from geo.ledger.case_tables import sums_shown, tell_confirmed
from geo.ledger.confirmation import (
    FEWEST,
    capture_cases,
    days_to,
    is_withdrawal,
    summary,
    survival,
)
from geo.model import Side
from tests.conftest import day
from tests.page import run


@pytest.fixture(scope="module")
def cases(dataset):
    return capture_cases(dataset, until=dataset.last_day)


def case(cases, place, side):
    found = cases[(cases["place_id"] == place) & (cases["side"] == side)]
    assert len(found) == 1
    return found.iloc[0]


def days(row, step):
    gap = row[f"{step}_on"] - row["stated_on"]
    return None if pd.isna(gap) else gap.days


@pytest.mark.parametrize(
    ("place", "side", "first", "denied", "third", "accepted"),
    [
        # Denied the same day; ISW named Russia ten days later, the withdrawal came after twelve.
        ("siversk", "russia", "2025-12-11", 0, 10, 12),
        # Denied the same day, and nobody has confirmed it.
        ("kupiansk", "russia", "2025-11-20", 0, None, None),
        # The withdrawal was announced the day that the capture was, and ISW said so too.
        ("avdiivka", "russia", "2024-02-17", None, 0, 0),
        ("bakhmut", "russia", "2023-05-20", 0, None, None),
        # Russia's statement of March 2025 begins a case of its own and denies nothing.
        ("sudzha", "ukraine", "2024-08-15", None, None, None),
        ("sudzha", "russia", "2025-03-13", None, 0, 2),
        ("kherson", "russia", "2022-03-02", 0, None, None),
        ("kherson", "ukraine", "2022-11-11", None, 1, 0),
    ],
)
def test_cases_worked_by_hand(cases, place, side, first, denied, third, accepted):
    row = case(cases, place, side)
    assert row["stated_on"] == pd.Timestamp(first)
    assert (days(row, "denied"), days(row, "third"), days(row, "accepted")) == (
        denied, third, accepted,
    )  # fmt: skip


def test_the_readers_question_is_answered_in_a_sentence():
    """Five statements of one side: confirmed by the other, by a third party, by both, and not."""
    since = pd.Timestamp("2025-01-01")

    def after(*days):
        return [pd.NaT if d is None else since + pd.Timedelta(days=d) for d in days]

    cases = pd.DataFrame(
        {
            "side": ["russia"] * 5 + ["ukraine"],
            "stated_on": [since] * 6,
            "accepted_on": after(0, None, 9, None, 4, None),
            "third_on": after(None, 2, 5, None, None, None),
        }
    )
    told = tell_confirmed(cases, None, until=day("2025-03-01"))
    # Confirmed after 0, 2, 4 and 5 days: by the fourth day three of four, by the second two.
    assert told == (
        "Russia's side: 5 cases in which it said it had taken a place. Up to 1 March 2025, 4 of "
        "these (80%) were confirmed: 2 by Ukraine's side alone, 1 by third parties alone, 1 by "
        "both; half of the confirmed within 2 days."
    )
    assert tell_confirmed(cases, Side.UKRAINE, until=day("2025-03-01")).startswith(
        "Ukraine's side: 1 case in which it said it had taken a place. Up to 1 March 2025, no "
    )


def test_the_sentence_stands_above_the_chart():
    app = run("5_Confirmation", date="2025-12-23")
    told = [text.value for text in app.markdown if "said it had taken" in text.value]
    assert len(told) == 1
    assert told[0].startswith("**Russia's side")


def test_what_was_said_later_is_not_known_yet(dataset):
    row = case(capture_cases(dataset, until=day("2025-12-20")), "siversk", "russia")
    assert pd.isna(row["third_on"])
    assert pd.isna(row["accepted_on"])
    assert row["denied_on"] == row["stated_on"]
    assert "siversk" not in set(capture_cases(dataset, until=day("2025-12-09"))["place_id"])


def test_every_case_follows_the_rules(dataset, cases):
    claims = dataset.claims
    first = claims.loc[cases.index]
    assert first["kind"].isin(["captured", "recaptured"]).all()
    assert (first["controller"].astype("str") == cases["side"]).all()
    for step in ("denied", "third", "accepted", "retracted"):
        reached = cases[cases[f"{step}_on"].notna()]
        assert (reached[f"{step}_on"] >= reached["stated_on"]).all()
        assert (reached[f"{step}_on"] <= pd.Timestamp(dataset.last_day)).all()
        sides = claims["side"].astype("str").reindex(reached[f"{step}_id"]).to_numpy()
        if step == "third":
            assert set(sides) == {"third"}
        else:
            same = sides == reached["side"].to_numpy()
            assert same.all() if step == "retracted" else not same.any()


def test_the_other_sides_withdrawals(dataset, cases):
    assert is_withdrawal(dataset, cases)["siversk-2025-12-11-ru-medvedev"]
    assert not is_withdrawal(dataset, cases)["kupiansk-2025-11-20-ru-gerasimov"]


# Freireich and others (1963), weeks of remission under 6-MP; + : still in remission.
REMISSION = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+".split()


def test_the_curve_is_the_textbooks():
    watched = pd.DataFrame(
        {
            "days": [int(week.strip("+")) for week in REMISSION],
            "open": [week.endswith("+") for week in REMISSION],
        }
    )
    found = survival(watched)
    share = found.curve.set_index("days")["share"]
    assert share[[6, 7, 10, 13, 16, 22, 23]].round(3).tolist() == [
        0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448,
    ]  # fmt: skip
    assert found.curve.set_index("days")["at_risk"][[6, 7, 10, 23]].tolist() == [21, 17, 15, 6]
    assert (found.median, found.low, found.high) == (23, 13, None)


def test_the_curve_begins_with_all_cases_on_the_first_day():
    curve = survival(pd.DataFrame({"days": [2, 2, 3, 5, 8], "open": False})).curve
    assert list(curve) == ["days", "share", "low", "high", "at_risk"]
    assert curve.index.tolist() == [0, 1, 2, 3, 4]
    assert curve.iloc[0].tolist() == [0, 1, 1, 1, 5]
    assert curve[["days", "at_risk"]].to_numpy().tolist() == [
        [0, 5],
        [2, 5],
        [3, 3],
        [5, 2],
        [8, 1],
    ]
    assert curve["share"].round(9).tolist() == [1, 0.6, 0.4, 0.2, 0]
    # None of five has ended: flat up to the last day that anyone is watched, three of them to it.
    still = survival(pd.DataFrame({"days": [1, 4, 7, 7, 7], "open": True})).curve
    assert still[["days", "share", "at_risk"]].to_numpy().tolist() == [[0, 1, 5], [7, 1, 3]]
    assert still[["low", "high"]].isna().all(axis=None)


def test_too_few_cases_give_no_figure():
    few = pd.DataFrame({"days": [1] * (FEWEST - 1), "open": False})
    assert survival(few) is None
    assert survival(pd.concat([few, few])).median == 1
    still = survival(pd.DataFrame({"days": [3] * FEWEST, "open": True}))
    assert (still.median, still.curve["share"].min()) == (None, 1)


def test_open_cases_count_to_the_end(dataset, cases):
    until = dataset.last_day
    waited = days_to(cases, ("third", "accepted"), until=until).loc[
        "kupiansk-2025-11-20-ru-gerasimov"
    ]
    assert waited["open"]
    assert waited["days"] == (until - day("2025-11-20")).days


def test_sums_are_of_cases(dataset, cases):
    by_side = summary(cases, "side", until=dataset.last_day)
    assert by_side["cases"].sum() == len(cases)
    russia = cases[cases["side"] == "russia"]
    assert by_side.loc["russia", "contradicted"] == russia["denied_on"].notna().mean()
    by_claimant = summary(cases, "claimant_id", until=dataset.last_day)
    assert list(by_claimant) == (
        "cases confirmed_other confirmed_third contradicted retracted median low high".split()
    )
    # Of as many cases, who had the first one comes first.
    one = by_claimant.index[by_claimant["cases"] == 1]
    assert list(one) == [who for who in cases["claimant_id"].unique() if who in one]
    few = by_claimant[by_claimant["cases"] < FEWEST]
    assert len(few) > 0
    assert few.drop(columns="cases").isna().all(axis=None)
    days = sums_shown(dataset, cases, until=dataset.last_day).iloc[:, -3:]
    assert set(days.dtypes) == {pd.Int64Dtype()}  # whole, with gaps


@pytest.mark.parametrize("lang", ["en", "uk", "ru"])
def test_the_page_draws(lang):
    app = run("5_Confirmation", date="2026-03-01", lang=lang)
    assert not app.exception
    assert len(app.dataframe) == 2


def test_the_page_knows_no_more_than_its_day_and_says_when_there_are_too_few():
    app = run("5_Confirmation", date="2025-12-20")
    shown = app.dataframe[1].value.set_index("Place")
    assert pd.isna(shown.loc["Siversk", "Other side: days"])
    assert shown.loc["Siversk", "Days open"] == 9
    app = run("5_Confirmation", date="2022-03-03")
    assert app.info[0].value.startswith("Too few cases for a figure")
