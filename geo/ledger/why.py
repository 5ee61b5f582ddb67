"""Why a place has its colour: each statement on it, and whether it counts or why it does not.

The browser's side is geo/timelayer/record.js; tests/cases/time.json holds both.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import pandas as pd

from geo.model import Snapshot
from geo.timeline import codes, heard_claims, record_of, standing_on


class Reason(StrEnum):
    """Why a statement counts, or is set aside."""

    STANDS = "stands"
    OLDER = "older"  # the same side said something later
    AUTHORITY = "authority"  # the same day, somebody of more authority spoke
    ROW = "row"  # the same day, the same speaker said something else after it
    NOT_HEARD = "not-heard"  # the view leaves its speaker out
    LATER = "later"  # stated after the last day whose statements count
    LATER_DAY = "later-day"  # speaks of a day after the one asked about


def explain(snapshot: Snapshot, place: str) -> pd.DataFrame:
    """Give every statement on a place with the rule that applied to it.

    Parameters
    ----------
    snapshot
        Gives the day, the clock and who is heard.
    place
        Id of a settlement or of an oblast.

    Returns
    -------
    As `record_of`, newest first, every claim once, with a column `reason`.
    """
    dataset = snapshot.dataset
    claims, standing = dataset.claims, standing_on(snapshot, place)
    record = record_of(dataset, place)
    rows = claims.index.get_indexer(record.index)
    heard = heard_claims(dataset, snapshot.view)
    is_heard = np.ones(len(rows), dtype=bool) if heard is None else heard[rows]
    stated = record["stated_on"].to_numpy()
    won = standing[codes(record["side"])]  # what counts for each row's side, if anything
    reason = np.select(
        [
            ~is_heard,
            stated > np.datetime64(snapshot.known_by),
            record["effective_on"].to_numpy() > np.datetime64(snapshot.as_of),
            rows == won,
            stated < claims["stated_on"].to_numpy()[won],
            codes(record["claimant_id"]) != codes(claims["claimant_id"])[won],
        ],
        [
            Reason.NOT_HEARD,
            Reason.LATER,
            Reason.LATER_DAY,
            Reason.STANDS,
            Reason.OLDER,
            Reason.AUTHORITY,
        ],
        default=Reason.ROW,
    )
    explained = record.assign(reason=[Reason(word) for word in reason])
    return explained.iloc[np.argsort(codes(record["side"]), kind="stable")]
