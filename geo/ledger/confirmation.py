"""From statement to confirmation: days between statements, not between facts.

A case begins with a belligerent's first statement that it has taken a place. It ends before that
side's next case on the place; a new case begins only when, since the last one, the side itself has
named the other as holder, or the other has said that it has taken the place.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

import numpy as np
import pandas as pd

from geo.model import (
    CONTROLLERS,
    NO_CLAIM,
    OTHER_SIDE,
    SIDES,
    Controller,
    Dataset,
    Kind,
    Side,
)
from geo.timeline import codes

FEWEST = 5  # cases; below, no figure is shown
TAKING = (Kind.CAPTURED, Kind.RECAPTURED)
HOLDERS = [None if word is Controller.CONTESTED else Side(word.value) for word in CONTROLLERS]
STEPS = ("denied", "third", "accepted", "retracted")
SHARES = {  # the figures of `summary`, and the step that each is of
    "confirmed_other": "accepted",
    "confirmed_third": "third",
    "contradicted": "denied",
    "retracted": "retracted",
}


class Said(NamedTuple):
    """One statement as the rules see it; `holder` is None where it names nobody."""

    row: int
    place: int
    day: date
    side: Side
    holder: Side | None
    takes: bool


Case = dict[str, Said]  # "first" and the steps that were found, to the statement


@lru_cache(maxsize=8)
def capture_cases(dataset: Dataset, *, until: date) -> pd.DataFrame:
    """List each case on a settlement with what followed, by statements up to a day.

    Parameters
    ----------
    dataset
        Checked and joined data.
    until
        What was stated later is left out.

    Returns
    -------
    In order of the statement; index: claim_id of the first statement. Columns: place_id, side,
    claimant_id, stated_on, and for each of STEPS `<step>_id`, `<step>_on` (datetime64, NaT when
    not found; the day of the first statement where it was said before) and `<step>_by` (claimant's
    id). The steps:

    denied
        The other side names another holder or says that the place is contested, before it says
        that it has taken the place itself.
    third
        A third party names this side as holder, or did so last before.
    accepted
        The other side names it too, mostly by announcing its withdrawal.
    retracted
        The side itself says what would be a denial by the other, before that has said that it has
        taken the place.
    """
    claims = dataset.claims
    day = claims["stated_on"].to_numpy()
    places = codes(claims["place_id"])
    heard = np.flatnonzero(dataset.is_settlement[places] & (day <= np.datetime64(until)))
    # By place and day; within a day the order of say.
    rows = heard[np.lexsort((heard, day[heard], places[heard]))]
    taking = claims["kind"].isin(TAKING).to_numpy()[rows]
    sides, controllers = codes(claims["side"])[rows], codes(claims["controller"])[rows]
    said = [
        Said(row, place, stated, SIDES[side], HOLDERS[controller], takes)
        for row, place, stated, side, controller, takes in zip(
            rows.tolist(), places[rows].tolist(), day[rows].astype("datetime64[D]").tolist(),
            sides.tolist(), controllers.tolist(), taking.tolist(), strict=True,
        )
    ]  # fmt: skip
    cases = []
    for _, on_place in groupby(said, key=lambda statement: statement.place):
        statements = list(on_place)
        for side in OTHER_SIDE:
            cases += _cases_of(statements, side)
    return _tabled(dataset, cases)


def _cases_of(said: list[Said], side: Side) -> list[Case]:
    other = OTHER_SIDE[side]
    firsts: list[Said] = []
    turned = True
    for each in said:
        own = each.side is side
        if turned and own and each.takes and each.holder is side:
            firsts.append(each)
            turned = False
        elif each.holder is other and (own or (each.side is other and each.takes)):
            turned = True
    ends = [*(first.day for first in firsts[1:]), date.max][: len(firsts)]
    return [
        {"first": first, **_steps(said, side, first, end)}
        for first, end in zip(firsts, ends, strict=True)
    ]


def _steps(said: list[Said], side: Side, first: Said, end: date) -> Case:
    """Find the first of each step from the day of the first statement to the next case."""
    found: Case = {}
    other, retaken = OTHER_SIDE[side], False
    for each in said:
        if each.side is Side.THIRD and each.day < first.day:
            found.pop("third", None)  # what a third party said last before it counts
        if each.day >= end or (each.day < first.day and each.side is not Side.THIRD):
            continue
        names = each.holder is side
        if each.side is Side.THIRD and names:
            found.setdefault("third", each)
        elif each.side is other:
            if names:
                found.setdefault("accepted", each)
            elif each.takes:
                retaken = True  # a case of the other side begins, which denies nothing
            elif not retaken:
                found.setdefault("denied", each)
        elif each.side is side and not names and not retaken:
            found.setdefault("retracted", each)
    return found


def _tabled(dataset: Dataset, cases: list[Case]) -> pd.DataFrame:
    claims = dataset.claims
    firsts = claims.iloc[[case["first"].row for case in cases]]
    names = ("place_id", "side", "claimant_id")
    table = pd.DataFrame({name: firsts[name].astype("str") for name in names})
    table["stated_on"] = firsts["stated_on"]
    for step in STEPS:
        row = pd.Series([case[step].row if step in case else NO_CLAIM for case in cases])
        reached = (row != NO_CLAIM).to_numpy()
        then = claims.iloc[row]  # NO_CLAIM picks the last row; it is struck out again
        on = pd.Series(then["stated_on"].to_numpy(), index=table.index)
        on = on.clip(lower=table["stated_on"])  # said before: day 0
        table[f"{step}_id"] = pd.Series(then.index, index=table.index).where(reached)
        table[f"{step}_on"] = on.where(reached)
        by = pd.Series(then["claimant_id"].astype("str").to_numpy(), index=table.index)
        table[f"{step}_by"] = by.where(reached)
    return table.sort_values("stated_on", kind="stable")


def days_to(cases: pd.DataFrame, steps: tuple[str, ...], *, until: date) -> pd.DataFrame:
    """Give the days from each first statement to the first of some steps.

    Returns
    -------
    Columns: days (to the step, or to `until` while it is open), open.
    """
    reached = cases[[f"{step}_on" for step in steps]].min(axis=1)
    end = reached.fillna(pd.Timestamp(until))
    return pd.DataFrame({"days": (end - cases["stated_on"]).dt.days, "open": reached.isna()})


@dataclass(frozen=True)
class Survival:
    """How many cases were still open after so many days (Kaplan and Meier 1958).

    Attributes
    ----------
    curve
        Columns: days, share (still open), low, high (95 % interval, log-log), at_risk (cases still
        watched when the day begins). The first row is day 0, before anything.
    median, low, high
        Days after which half of the cases were no longer open, with the interval of Brookmeyer
        and Crowley (1982); None where the curve never comes down to a half.
    """

    curve: pd.DataFrame
    median: float | None
    low: float | None
    high: float | None


def survival(days: pd.DataFrame) -> Survival | None:
    """Estimate the curve from `days_to`; None for fewer than FEWEST cases."""
    if len(days) < FEWEST:
        return None
    lasted, is_open = days["days"].to_numpy(dtype=float), days["open"].to_numpy(dtype=bool)
    if is_open.all():
        watched = pd.DataFrame(
            {"days": [0.0, lasted.max()], "share": 1.0, "low": np.nan, "high": np.nan}
        )
        watched["at_risk"] = [len(lasted), (lasted >= lasted.max()).sum()]
        return Survival(watched, None, None, None)
    from scipy.stats import CensoredData, ecdf  # half a second; only this figure needs them

    estimate = ecdf(CensoredData.right_censored(lasted, is_open)).sf
    with warnings.catch_warnings():  # where nothing has been reached there is no interval
        warnings.simplefilter("ignore", RuntimeWarning)
        between = estimate.confidence_interval(method="log-log")
    at = estimate.quantiles
    curve = pd.DataFrame(
        {
            "days": at,
            "share": estimate.probabilities,
            "low": between.low.probabilities,
            "high": between.high.probabilities,
            "at_risk": [(lasted >= day).sum() for day in at],
        }
    )
    begin = {"days": 0.0, "share": 1.0, "low": 1.0, "high": 1.0, "at_risk": len(lasted)}
    curve = pd.concat([pd.DataFrame([begin]), curve], ignore_index=True)
    return Survival(curve, _half(curve, "share"), _half(curve, "low"), _half(curve, "high"))


def _half(curve: pd.DataFrame, column: str) -> float | None:
    down = curve.loc[curve[column] <= 0.5, "days"]
    return float(down.iloc[0]) if len(down) else None


def summary(cases: pd.DataFrame, by: str, *, until: date) -> pd.DataFrame:
    """Sum the cases up by side or by claimant.

    Parameters
    ----------
    cases
        As `capture_cases` gives them.
    by
        "side" or "claimant_id".
    until
        To which open cases are counted.

    Returns
    -------
    Index: what `by` names, most cases first. Columns: cases; confirmed_other, confirmed_third,
    contradicted, retracted (shares, missing for fewer than FEWEST cases); median, low, high (days
    to the first confirmation by anyone; missing where they cannot be estimated).
    """
    rows = {}
    for key, own in cases.groupby(by, sort=False):
        shares = dict.fromkeys(SHARES, np.nan)
        if len(own) >= FEWEST:
            shares = {name: own[f"{step}_on"].notna().mean() for name, step in SHARES.items()}
        found = survival(days_to(own, ("third", "accepted"), until=until))
        middle = (found.median, found.low, found.high) if found else (None, None, None)
        rows[key] = [len(own), *shares.values(), *middle]
    columns = ["cases", *SHARES, "median", "low", "high"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns, dtype=float)
    return table.astype({"cases": int}).sort_values("cases", ascending=False, kind="stable")


def is_withdrawal(dataset: Dataset, cases: pd.DataFrame) -> pd.Series:
    """Mark the cases that the other side accepted by announcing its own withdrawal."""
    kind = dataset.claims["kind"].astype("str").reindex(cases["accepted_id"]).to_numpy()
    return pd.Series(kind == Kind.WITHDREW.value, index=cases.index)
