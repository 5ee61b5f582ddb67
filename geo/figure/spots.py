"""Where the settlements lie on the paper, and how large."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.figure.extent import KM_PER_DEGREE
from geo.figure.options import Extent
from geo.model import STATUSES, Dataset, Snapshot, Status

LEAST = 2.4  # radius below which two halves cannot be told apart, in units of the paper
ABOVE = 1_000_000  # more than any day's number

Box = tuple[float, float, float, float]  # left, bottom, width, height in units of the paper


@dataclass(frozen=True, eq=False)
class Spots:
    """Where the places lie on the paper: one row each, in the order of `Dataset.places`."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    radius: NDArray[np.float64]
    order: list[int]  # settlements inside the map, in order of drawing; larger ones later


def find_spots(dataset: Dataset, shown: Extent, box: Box) -> Spots:
    """Place the settlements on the paper."""
    places = dataset.places
    left, bottom, width, height = box
    x = left + (places["lon"].to_numpy() - shown[0]) / (shown[2] - shown[0]) * width
    y = bottom + (places["lat"].to_numpy() - shown[1]) / (shown[3] - shown[1]) * height
    inside = dataset.is_settlement & (abs(x - left - width / 2) < width / 2 - 12)
    inside &= abs(y - bottom - height / 2) < height / 2 - 12
    people = places["population"].fillna(0).to_numpy()
    order = [int(row) for row in np.lexsort((np.arange(len(people)), people)) if inside[row]]
    km_wide = (shown[3] - shown[1]) * KM_PER_DEGREE * width / height
    base = float(np.clip(2600 / km_wide, 4.5, 12)) * float(np.clip(width / 1100 + 0.2, 0.75, 1.6))
    radius = base * np.select([people >= 100_000, people >= 10_000], [1.4, 1.15], 1.0)
    radius[order] = give_way(x[order], y[order], radius[order], least=LEAST)
    return Spots(x, y, radius, order)


def give_way(
    x: NDArray[np.float64], y: NDArray[np.float64], radius: NDArray[np.float64], *, least: float
) -> NDArray[np.float64]:
    """Shrink the discs that lie on each other until they touch; tests/cases/crowd.json.

    Each disc takes the share of its radius at which it and the neighbour that it overlaps the most
    would just touch, if both did; none comes below `least`, or grows.
    """
    share = np.ones(len(x))
    points = np.asarray(shapely.points(x, y))
    reach = 2 * radius.max(initial=0)
    one, other = shapely.STRtree(points).query(points, "dwithin", reach)
    one, other = one[one < other], other[one < other]
    apart = np.hypot(x[one] - x[other], y[one] - y[other]) / (radius[one] + radius[other])
    np.minimum.at(share, one, apart)
    np.minimum.at(share, other, apart)
    smaller: NDArray[np.float64] = np.minimum(radius, np.maximum(radius * share, least))
    return smaller


def ranks(snapshot: Snapshot) -> NDArray[np.int64]:
    """Rank the places by what lies on top: live disagreements, then newer statements.

    Returns
    -------
    Shape (places,): higher numbers lie above lower ones.
    """
    stated = snapshot.dataset.claims["stated_on"].to_numpy().astype("datetime64[D]")
    days = np.append(stated.astype(np.int64), -1)[snapshot.rows]  # the last for NO_CLAIM
    newest: NDArray[np.int64] = days.max(axis=1)
    return newest + snapshot.live * ABOVE


def stacked(order: list[int], ranks: NDArray[np.int64]) -> list[int]:
    """Put rows in order of drawing by their ranks; of one rank as they come, larger ones later."""
    return sorted(order, key=lambda row: ranks[row])


def rows_shown(snapshot: Snapshot, only: Status | None) -> NDArray[np.bool_]:
    """Tell which settlements a picture shows: all, or those of one status; if disputed, live."""
    settled = snapshot.dataset.is_settlement
    if only is Status.DISPUTED:
        return settled & snapshot.live
    return settled if only is None else settled & (snapshot.statuses == STATUSES.index(only))
