"""The positions that each side held, as spans of days: what stood, from when, until when."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geo.model import ALL_SIDES, Clock, Dataset
from geo.timeline import codes, heard_claims


def position_spans(
    dataset: Dataset, *, clock: Clock = Clock.THEN, view: str = ALL_SIDES
) -> pd.DataFrame:
    """List the days on which each claim stood.

    A claim stands until the day before one of the same side on the same place that has more say.
    One that was overridden from its first day on never stood, and is left out.

    Parameters
    ----------
    dataset
        Checked and joined data.
    clock
        As known then: from the day it was stated. As known now: from the day it speaks of.
    view
        Who is heard.

    Returns
    -------
    In order of place, side and day; index: row in `Dataset.claims`. Columns: place (row of
    `Dataset.places`), side (position in SIDES), controller (code in CONTROLLERS), since, until
    (datetime64 days; until is NaT while it stands).

    Raises
    ------
    ValueError
        When `view` is unknown.
    """
    claims = dataset.claims
    spans = pd.DataFrame(
        {
            "place": codes(claims["place_id"]).astype(np.int64),
            "side": codes(claims["side"]).astype(np.int64),
            "controller": codes(claims["controller"]),
            "since": claims["stated_on" if clock is Clock.THEN else "effective_on"].to_numpy(),
        },
        index=np.arange(len(claims)),
    )
    heard = heard_claims(dataset, view)
    if heard is not None:
        spans = spans[heard]
    # Rows are in order of say. Going back from the last word, a claim stands only if it begins
    # before all that have more say.
    slot = spans.groupby(["place", "side"]).ngroup()
    day = spans["since"].astype(np.int64)
    later = day[::-1].groupby(slot).cummin().groupby(slot).shift(1)[::-1]
    spans = spans[later.isna() | (day < later)]
    following = spans["since"].groupby(slot).shift(-1)
    return spans.assign(until=following - pd.Timedelta(days=1))
