"""Where the settlements lie on the paper, and how large."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.figure.extent import KM_PER_DEGREE
from geo.figure.options import Extent
from geo.model import STATUSES, Dataset, Snapshot, Status

Box = tuple[float, float, float, float]  # left, bottom, width, height in units of the paper


@dataclass(frozen=True, eq=False)
class Spots:
    """Where the places lie on the paper: one row each, in the order of `Dataset.places`."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    radius: NDArray[np.float64]
    order: list[int]  # settlements inside the map, larger ones later: they are drawn above


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
    return Spots(x, y, radius, order)


def rows_shown(snapshot: Snapshot, only: Status | None) -> NDArray[np.bool_]:
    """Tell which settlements a picture shows: all, or those of one status."""
    settled = snapshot.dataset.is_settlement
    return settled if only is None else settled & (snapshot.statuses == STATUSES.index(only))
