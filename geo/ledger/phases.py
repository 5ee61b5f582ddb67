"""Phases of a disagreement: the days on which it is live, and those on which it is dormant.

The rule for one day is `geo.timeline.is_live`; here it is read along time, as the browser does.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from geo.ledger.disagreements import BOTH, differing_pieces, open_disagreements
from geo.model import ALL_SIDES, NO_CLAIM, WITHIN, Clock, Dataset

NEVER = pd.Timestamp("2999-12-31")  # of a statement that never grows too old, or never ends


@lru_cache(maxsize=8)  # who asks about each day in turn asks the same
def phases(
    dataset: Dataset,
    *,
    clock: Clock = Clock.THEN,
    view: str = ALL_SIDES,
    within: int | None = WITHIN,
) -> pd.DataFrame:
    """Cut each of the `disagreements` into the days on which it is live, and dormant.

    Parameters
    ----------
    dataset, clock, view
        As for `disagreements`.
    within
        How many days old both statements may be for it to be live; None: any age.

    Returns
    -------
    In order of place and day. Columns: place_id; disagreement (its row in `disagreements`); phase
    (0 for the first of it); live; since, until (datetime64 days; until is NaT while it lasts, and
    since may be after the newest day: it falls dormant then unless somebody speaks); claim (row
    that began it, which of a dormant phase after a live one is the statement grown too old).
    """
    pieces = differing_pieces(dataset, clock=clock, view=view)
    end = pieces["until"].where(pieces["next_claim"] != NO_CLAIM, NEVER)
    older = _older(dataset, pieces)
    stated = pd.Series(dataset.claims["stated_on"].to_numpy()[older], index=pieces.index)
    any_age = pd.Series(NEVER, index=pieces.index)
    last_live = any_age if within is None else stated + pd.Timedelta(days=within)
    live = pieces.assign(live=True, until=end.clip(upper=last_live))
    day_after = last_live + pd.Timedelta(days=1)
    slept = pieces["since"] < day_after
    dormant = pieces.assign(
        live=False,
        since=pieces["since"].mask(slept, day_after),
        claim=pieces["claim"].mask(slept, older),
        until=end,
    )
    both = pd.concat([live, dormant])
    both = both[both["since"] <= both["until"]]
    both = both.sort_values(["stretch", "since"], kind="stable")
    stretch, awake = both["stretch"].to_numpy(), both["live"].to_numpy()
    another = (stretch[1:] != stretch[:-1]) | (awake[1:] != awake[:-1])
    first, last = np.append(True, another)[: len(both)], np.append(another, True)[: len(both)]
    columns = ["place_id", "stretch", "live", "since", "until", "claim"]
    table = both.loc[first, columns].rename(columns={"stretch": "disagreement"})
    table["until"] = both["until"].to_numpy()[last]
    table.insert(2, "phase", table.groupby("disagreement").cumcount())
    return table.assign(until=table["until"].mask(table["until"] == NEVER)).reset_index(drop=True)


def _older(dataset: Dataset, pieces: pd.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Give of each piece's two statements the one made first; Ukraine's side's of one day's two."""
    stated = dataset.claims["stated_on"].to_numpy()
    ukraine, russia = (pieces[side].to_numpy() for side in BOTH)
    return np.where(stated[ukraine] <= stated[russia], ukraine, russia)


def count_open(table: pd.DataFrame, *, first: date, last: date) -> pd.DataFrame:
    """Count the live and the dormant disagreements of each day, from `phases`.

    Returns
    -------
    Index: days from `first` to `last`. Columns: live, dormant.
    """
    counted = {
        name: open_disagreements(table[table["live"] == live], first=first, last=last)
        for name, live in (("live", True), ("dormant", False))
    }
    return pd.DataFrame(counted)
