"""Disagreements: the stretches of days on which both sides have spoken and do not say the same."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from geo.ledger.positions import position_spans
from geo.model import (
    ALL_SIDES,
    CONTROLLERS,
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
    opened_by, closed_by (row in `Dataset.claims`; closed_by is -1 while open).
    """
    spans = position_spans(dataset, clock=clock, view=view)
    states = _joint_states(spans)
    ukraine, russia = states["ukraine"], states["russia"]
    differ = ukraine.notna() & russia.notna() & (ukraine != russia)
    hard = differ & (ukraine != CONTESTED) & (russia != CONTESTED)
    new_place = states["place"] != states["place"].shift(1)
    stretch = (new_place | (differ != differ.shift(1))).cumsum()  # begins where the answer changes
    last_of_place = new_place.shift(-1, fill_value=True)
    tomorrow = pd.Timestamp(dataset.last_day) + pd.Timedelta(days=1)
    end = states["since"].shift(-1).mask(last_of_place, tomorrow)
    days = (end - states["since"]).dt.days
    pieces = pd.DataFrame(
        {
            "place_id": dataset.places.index[states["place"]],
            "since": states["since"],
            "until": end - pd.Timedelta(days=1),
            "days": days,
            "hard_days": days.where(hard, 0),
            "opened_by": states["claim"],
            "closed_by": states["claim"].shift(-1, fill_value=-1).mask(last_of_place, -1),
        }
    )[differ]
    table = pieces.groupby(stretch[differ], sort=False).agg(
        place_id=("place_id", "first"),
        since=("since", "first"),
        until=("until", "last"),
        days=("days", "sum"),
        hard_days=("hard_days", "sum"),
        opened_by=("opened_by", "first"),
        closed_by=("closed_by", "last"),
    )
    table["until"] = table["until"].where(table["closed_by"] >= 0)
    return table.reset_index(drop=True)


def _joint_states(spans: pd.DataFrame) -> pd.DataFrame:
    """List the days on which one of the belligerents took up a position, with both positions.

    Where both changed on one day, that day has one row: what they said by its end. `claim` is
    the row of the ledger that made the change, the last of the day.
    """
    sides = [SIDES.index(side) for side in BOTH]
    own = spans[spans["side"].isin(sides)]
    own = own.assign(claim=own.index).sort_values(["place", "since"], kind="stable")
    states = pd.DataFrame(
        {
            "place": own["place"],
            "since": own["since"],
            "claim": own["claim"],
            **{
                side.value: own["controller"].where(own["side"] == at)
                for side, at in zip(BOTH, sides, strict=True)
            },
        }
    )
    states[list(BOTH)] = states.groupby("place")[list(BOTH)].ffill()
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
    Index: place_id. Columns: since (datetime64), days (so far), hard, and for each side the
    row of its standing claim in `Dataset.claims`, or NO_CLAIM.
    """
    since = open_on(table, snapshot.as_of).set_index("place_id")["since"]
    disputed = snapshot.dataset.places.index.get_indexer(since.index)
    rows = pd.DataFrame(snapshot.rows[disputed], index=since.index, columns=list(SIDES))
    belligerents = snapshot.positions[disputed][:, [SIDES.index(side) for side in BOTH]]
    rows.insert(0, "since", since)
    rows.insert(1, "days", (pd.Timestamp(snapshot.as_of) - rows["since"]).dt.days + 1)
    rows.insert(2, "hard", (belligerents != CONTESTED).all(axis=1))
    return rows.sort_values(["since", "days"], kind="stable")


def open_disagreements(table: pd.DataFrame, *, first: date, last: date) -> pd.Series:
    """Count the open disagreements of each day; index: days from `first` to `last`."""
    days = pd.date_range(first, last, unit="s")
    opened = np.sort(table["since"].to_numpy())
    closed = np.sort(table["until"].dropna().to_numpy())
    count = np.searchsorted(opened, days, side="right") - np.searchsorted(closed, days, side="left")
    return pd.Series(count, index=days, name="open")
