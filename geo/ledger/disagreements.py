"""Disagreements: the stretches of days on which both sides have spoken and do not say the same."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from geo.ledger.positions import position_spans
from geo.model import (
    ALL_SIDES,
    CONTROLLERS,
    NO_CLAIM,
    SIDES,
    Clock,
    Controller,
    Dataset,
    PlaceKind,
    Side,
    Snapshot,
)

CONTESTED = CONTROLLERS.index(Controller.CONTESTED)
BOTH = (Side.UKRAINE, Side.RUSSIA)


@lru_cache(maxsize=8)  # who asks about each day in turn asks the same
def disagreements(
    dataset: Dataset, *, clock: Clock = Clock.THEN, view: str = ALL_SIDES
) -> pd.DataFrame:
    """List every disagreement of the two belligerents, from its first to its last day.

    A disagreement lasts while the positions differ, whatever they are; it is hard on days on
    which neither side says that the place is contested, else soft.

    Parameters
    ----------
    dataset, clock, view
        As for `position_spans`.

    Returns
    -------
    In order of place and day. Columns: place_id; since, until (datetime64 days; until is NaT
    while it is open); days (so far, counted to the newest statement while open); hard_days;
    opened_by, closed_by (row in `Dataset.claims`; closed_by is NO_CLAIM while open).
    """
    pieces = differing_pieces(dataset, clock=clock, view=view)
    pieces = pieces.assign(
        days=(pieces["until"] - pieces["since"]).dt.days + 1,
        hard_days=lambda rows: rows["days"].where(rows["hard"], 0),
    )
    table = pieces.groupby("stretch").agg(
        place_id=("place_id", "first"),
        since=("since", "first"),
        until=("until", "last"),
        days=("days", "sum"),
        hard_days=("hard_days", "sum"),
        opened_by=("claim", "first"),
        closed_by=("next_claim", "last"),
    )
    table["until"] = table["until"].where(table["closed_by"] != NO_CLAIM)
    return table.reset_index(drop=True)


@lru_cache(maxsize=8)  # `disagreements` and `phases` are of the same
def differing_pieces(dataset: Dataset, *, clock: Clock, view: str) -> pd.DataFrame:
    """List the days on which the sides differ, cut wherever one of the two statements changes.

    Returns
    -------
    In order of place and day. Columns: place_id; stretch (number of the disagreement, from 0 on);
    since, until (datetime64 days; the newest day of the ledger while open); hard; ukraine, russia
    (row in `Dataset.claims` that stands); claim, next_claim (row that began it, and what follows;
    NO_CLAIM while open).
    """
    states = _joint_states(position_spans(dataset, clock=clock, view=view))
    ukraine, russia = states["ukraine"], states["russia"]
    differ = ukraine.notna() & russia.notna() & (ukraine != russia)
    before = differ.groupby(states["place"]).shift(1)
    following = states.groupby("place")[["since", "claim"]].shift(-1)
    day_before = following["since"] - pd.Timedelta(days=1)
    pieces = pd.DataFrame(
        {
            "place_id": dataset.places.index[states["place"]],
            "stretch": (differ != before).cumsum(),  # begins with a place, or another answer
            "since": states["since"],
            "until": day_before.fillna(pd.Timestamp(dataset.last_day)),
            "hard": (ukraine != CONTESTED) & (russia != CONTESTED),
            "ukraine": states["ukraine_row"],
            "russia": states["russia_row"],
            "claim": states["claim"],
            "next_claim": following["claim"].fillna(NO_CLAIM),
        }
    )[differ]
    rows = pieces[[*BOTH, "next_claim"]].astype(np.int64)
    return pieces.assign(stretch=pd.factorize(pieces["stretch"])[0], **rows)


def _joint_states(spans: pd.DataFrame) -> pd.DataFrame:
    """List the days on which one of the belligerents spoke, with both positions and their rows.

    Where both changed on one day, that day has one row: what they said by its end. `claim` is
    the row of the ledger that made the change, the last of the day.
    """
    sides = [SIDES.index(side) for side in BOTH]
    own = spans[spans["side"].isin(sides)]
    own = own.assign(claim=own.index).sort_values(["place", "since"], kind="stable")
    states = own[["place", "since", "claim"]].copy()
    for side in BOTH:
        spoken = own[own["side"] == SIDES.index(side)]
        states[side], states[f"{side}_row"] = spoken["controller"], spoken["claim"]
    said = states.columns.difference(["place", "since", "claim"])
    states[said] = states.groupby("place")[list(said)].ffill()
    return states.groupby(["place", "since"], as_index=False).last()


def of_kind(dataset: Dataset, table: pd.DataFrame, kind: PlaceKind) -> pd.DataFrame:
    """Keep the rows of a table that are on places of one kind, by their `place_id`."""
    kept: pd.DataFrame = table[(dataset.places["kind"][table["place_id"]] == kind).to_numpy()]
    return kept


def open_on(table: pd.DataFrame, day: date) -> pd.DataFrame:
    """Keep the disagreements that were open on a day, with `days` and `hard_days` left as whole."""
    at = pd.Timestamp(day)
    return table[(table["since"] <= at) & (table["until"].isna() | (table["until"] >= at))]


def disagreements_on(snapshot: Snapshot, table: pd.DataFrame) -> pd.DataFrame:
    """List the disagreements that are open in a snapshot, the longest first.

    Parameters
    ----------
    snapshot
        Gives the day and what stands.
    table
        Of `disagreements`, by the snapshot's clock and view.

    Returns
    -------
    Index: place_id. Columns: since (datetime64), days (so far), hard, live; for each side the row
    of its standing claim in `Dataset.claims`, or NO_CLAIM; ukraine_stated_on, russia_stated_on.
    """
    since = open_on(table, snapshot.as_of).set_index("place_id")["since"]
    disputed = snapshot.dataset.places.index.get_indexer(since.index)
    rows = pd.DataFrame(snapshot.rows[disputed], index=since.index, columns=list(SIDES))
    belligerents = snapshot.positions[disputed][:, [SIDES.index(side) for side in BOTH]]
    rows.insert(0, "since", since)
    rows.insert(1, "days", (pd.Timestamp(snapshot.as_of) - rows["since"]).dt.days + 1)
    rows.insert(2, "hard", (belligerents != CONTESTED).all(axis=1))
    rows.insert(3, "live", snapshot.live[disputed])
    stated = snapshot.dataset.claims["stated_on"].to_numpy()
    for side in BOTH:
        rows[f"{side}_stated_on"] = stated[rows[side]]
    return rows.sort_values("since", kind="stable")


def open_disagreements(table: pd.DataFrame, *, first: date, last: date) -> pd.Series:
    """Count the open disagreements of each day; index: days from `first` to `last`."""
    days = pd.date_range(first, last, unit="s")
    opened = np.sort(table["since"].to_numpy())
    closed = np.sort(table["until"].dropna().to_numpy())
    count = np.searchsorted(opened, days, side="right") - np.searchsorted(closed, days, side="left")
    return pd.Series(count, index=days, name="open")
