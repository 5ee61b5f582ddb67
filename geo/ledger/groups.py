"""Independence: several outlets that carry one briefing count as one statement.

The browser's side is `beginGroups` in geo/timelayer/ledger.js; tests/cases/time.json holds both.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.ledger.browse import all_statements
from geo.model import Dataset

GROUP_DAYS = 2  # days after the first statement of a group


@lru_cache(maxsize=2)
def group_ids(dataset: Dataset) -> pd.Series:
    """Put statements into groups: one claimant, one place, one position, at most two days apart.

    The two days count from the first statement of the group, so that a position repeated every
    day is a new group every third day.

    Returns
    -------
    Index: claim_id, in the order of `all_statements`; values: whole numbers, equal within a group.
    """
    table = all_statements(dataset)
    key = table.groupby(["place_id", "claimant_id", "controller"], observed=True).ngroup()
    day = table["stated_on"].to_numpy().astype("datetime64[D]").astype(np.int64)
    day -= day.min()
    # One number a row, so that a window of days never reaches into the next key.
    at = key.to_numpy() * (day.max() + GROUP_DAYS + 1) + day
    order = np.argsort(at, kind="stable")
    group = np.empty(len(at), dtype=np.int64)
    group[order] = np.cumsum(_begins(at[order]))
    return pd.Series(group, index=table.index, name="group")


def _begins(ascending: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Mark the rows that begin a group: the first, then the first beyond its window, and so on."""
    beyond = np.searchsorted(ascending, ascending + GROUP_DAYS, side="right")
    begins = np.zeros(len(ascending), dtype=bool)
    row = 0
    while row < len(ascending):
        begins[row] = True
        row = beyond[row]
    return begins


def first_of_groups(dataset: Dataset, found: pd.DataFrame) -> pd.DataFrame:
    """Keep the oldest statement of each group; `found` is newest first, indexed by claim_id."""
    return found[~group_ids(dataset).reindex(found.index).duplicated(keep="last")]
