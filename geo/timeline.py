"""Rules of time, pure: which claim stands on a day, and what the sides make of each other.

The rules are those of the codebook (data/README.md): of the claims by a side on a place that
were stated by `known_by` and hold from `as_of` or before, the one stated last stands; the same
day, the claimant with more authority; the same claimant, the later row. The browser follows the
same rules (geo/timelayer/), and tests/cases/ holds both to them.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.model import (
    ALL_SIDES,
    NO_CLAIM,
    SIDES,
    STATUSES,
    WITHIN,
    Clock,
    Dataset,
    Side,
    Snapshot,
    Status,
    View,
)


def known_by(dataset: Dataset, *, as_of: date, clock: Clock) -> date:
    """Give the last day whose statements count: the day itself, or the newest of the ledger."""
    return as_of if clock is Clock.THEN else max(as_of, dataset.last_day)


def standing_rows(
    claims: pd.DataFrame,
    *,
    as_of: date,
    known_by: date,
    heard: NDArray[np.bool_] | None = None,
) -> NDArray[np.intp]:
    """Find the standing claim of each place and side.

    Parameters
    ----------
    claims
        `Dataset.claims`: the order of its rows is the order of say.
    as_of, known_by
        The day asked about; what was stated after `known_by` is left out.
    heard
        Which claims are heard at all; all when left out.

    Returns
    -------
    Row numbers, ascending: one for each place and side that has spoken.
    """
    counts = (claims["stated_on"].to_numpy() <= np.datetime64(known_by)) & (
        claims["effective_on"].to_numpy() <= np.datetime64(as_of)
    )
    if heard is not None:
        counts &= heard
    rows = np.flatnonzero(counts)
    place, side = codes(claims["place_id"])[rows], codes(claims["side"])[rows]
    another = (place[1:] != place[:-1]) | (side[1:] != side[:-1])
    last_word = np.append(another, True)[: len(rows)]  # the last of all too, if anybody spoke
    standing: NDArray[np.intp] = rows[last_word]
    return standing


def codes(column: pd.Series) -> NDArray[np.integer]:
    """Give a categorical column as the positions of its words."""
    return np.asarray(cast("pd.Categorical", column.array).codes)


def hears(dataset: Dataset, view: str, side: Side) -> bool:
    """Tell whether a view hears anybody of a side."""
    return view in (ALL_SIDES, side) or dataset.claimants["side"].get(view) == side


def heard_claims(dataset: Dataset, view: str) -> NDArray[np.bool_] | None:
    """Mark the claims that a view hears: None for all sides, else a mask over the claims.

    Raises
    ------
    ValueError
        When `view` is neither "all", a side, nor a claimant's id.
    """
    if view == ALL_SIDES:
        return None
    if view in SIDES:
        column, code = "side", SIDES.index(Side(view))
    elif view in dataset.claimants.index:
        column, code = "claimant_id", list(dataset.claimants.index).index(view)
    else:
        sides = ", ".join(SIDES)
        raise ValueError(
            f"unknown view {view!r}; allowed: {ALL_SIDES}, {sides}, or a claimant's id"
        )
    heard: NDArray[np.bool_] = codes(dataset.claims[column]) == code
    return heard


def resolve_status(positions: NDArray[np.int8]) -> NDArray[np.int8]:
    """Compare the two belligerents' positions; a third party never changes their status.

    Parameters
    ----------
    positions
        Shape (places, sides) in the order of SIDES: codes in CONTROLLERS, or NO_CLAIM.

    Returns
    -------
    Shape (places,): codes in STATUSES.
    """
    ukraine, russia, third = positions.T
    spoke_u, spoke_r = ukraine != NO_CLAIM, russia != NO_CLAIM
    status = np.select(
        [
            spoke_u & (ukraine == russia),
            spoke_u & spoke_r,
            spoke_u | spoke_r,
            third != NO_CLAIM,
        ],
        [
            STATUSES.index(word)
            for word in (Status.AGREED, Status.DISPUTED, Status.ONE_SIDED, Status.THIRD_ONLY)
        ],
        default=STATUSES.index(Status.SILENT),
    )
    return status.astype(np.int8)


def is_live(
    ukraine: NDArray[np.floating], russia: NDArray[np.floating], within: int | None
) -> NDArray[np.bool_]:
    """Tell live disagreements from dormant ones, on which a side has long been silent.

    Parameters
    ----------
    ukraine, russia
        Days since the standing statement of each; NaN for a side that has not spoken, negative
        for a statement made after the day.
    within
        How many days old both may be; None: any age.

    Returns
    -------
    Whether both have spoken, and lately; of places on which they agree it means nothing.
    """
    live: NDArray[np.bool_] = np.maximum(ukraine, russia) <= (np.inf if within is None else within)
    return live


def take_snapshot(
    dataset: Dataset,
    *,
    as_of: date,
    known_by: date | None = None,
    view: str = ALL_SIDES,
    within: int | None = WITHIN,
) -> Snapshot:
    """Resolve what stands on a day, for every place.

    Parameters
    ----------
    dataset
        Checked and joined data.
    as_of
        The day asked about.
    known_by
        Leave out what was said after this day; `as_of` when left out (no hindsight).
    view
        Who is heard: "all", a side, or a claimant's id.
    within
        How many days old both sides' statements may be for a disagreement to be live; None: any.

    Raises
    ------
    ValueError
        When `view` is unknown.
    """
    known_by = as_of if known_by is None else known_by
    claims = dataset.claims
    standing = standing_rows(
        claims, as_of=as_of, known_by=known_by, heard=heard_claims(dataset, view)
    )
    rows = np.full((len(dataset.places), len(SIDES)), NO_CLAIM, dtype=np.intp)
    rows[codes(claims["place_id"])[standing], codes(claims["side"])[standing]] = standing
    positions = np.full(rows.shape, NO_CLAIM, dtype=np.int8)
    spoke = rows != NO_CLAIM
    positions[spoke] = codes(claims["controller"])[rows[spoke]]
    statuses = resolve_status(positions)
    ages = np.full(rows.shape, np.nan)
    stated = claims["stated_on"].to_numpy()[rows[spoke]]
    ages[spoke] = (np.datetime64(as_of) - stated).astype("timedelta64[D]").astype(np.int64)
    disputed = statuses == STATUSES.index(Status.DISPUTED)
    return Snapshot(
        dataset=dataset,
        as_of=as_of,
        known_by=known_by,
        view=view,
        within=within,
        rows=rows,
        positions=positions,
        statuses=statuses,
        live=disputed & is_live(ages[:, 0], ages[:, 1], within),
    )


def snapshot_of(dataset: Dataset, view: View) -> Snapshot:
    """Resolve what a reader's view shows."""
    until = known_by(dataset, as_of=view.as_of, clock=view.clock)
    return take_snapshot(
        dataset, as_of=view.as_of, known_by=until, view=view.view, within=view.within
    )


def record_of(dataset: Dataset, place: str, *, view: str = ALL_SIDES) -> pd.DataFrame:
    """List every claim on one place, newest statement first, more authority first within a day.

    Parameters
    ----------
    dataset
        Checked and joined data.
    place
        Id of a settlement or of an oblast.
    view
        Who is heard.

    Raises
    ------
    KeyError
        When there is no such place.
    """
    code = dataset.places.index.get_loc(place)
    first, last = np.searchsorted(codes(dataset.claims["place_id"]), [code, code + 1])
    claims = _without_points(dataset).iloc[first:last]
    heard = heard_claims(dataset, view)
    if heard is not None:
        claims = claims[heard[first:last]]
    return claims.iloc[::-1].sort_values("stated_on", ascending=False, kind="stable")


@lru_cache(maxsize=2)
def _without_points(dataset: Dataset) -> pd.DataFrame:
    """Give the claims as a plain table, of which a piece costs a tenth of a GeoDataFrame's."""
    return pd.DataFrame(dataset.claims).drop(columns="geometry")


def standing_on(snapshot: Snapshot, place: str) -> NDArray[np.intp]:
    """Give what stands on a place: a row of `Dataset.claims` a side, NO_CLAIM if it is silent."""
    rows: NDArray[np.intp] = snapshot.rows[snapshot.dataset.places.index.get_loc(place)]
    return rows
