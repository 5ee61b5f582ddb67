"""The places near one on which the sides differ."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geo.model import STATUSES, Snapshot, Status

NEAR_KM = 50.0
EARTH_KM = 6371.0  # mean radius


def disputed_neighbours(snapshot: Snapshot, place: str) -> pd.DataFrame:
    """Give the disputed settlements within NEAR_KM, the live first, then the nearest.

    Index: id. Columns: km, live.

    Great-circle distance by the haversine formula (Sinnott 1984).
    """
    places = snapshot.dataset.settlements
    lat, lon = (np.radians(places[key].to_numpy()) for key in ("lat", "lon"))
    at = places.index.get_loc(place)
    half = (
        np.sin((lat - lat[at]) / 2) ** 2
        + np.cos(lat) * np.cos(lat[at]) * np.sin((lon - lon[at]) / 2) ** 2
    )
    km = 2 * EARTH_KM * np.arcsin(np.sqrt(half))
    settled = snapshot.dataset.is_settlement
    near = (snapshot.statuses[settled] == STATUSES.index(Status.DISPUTED)) & (km <= NEAR_KM)
    near[at] = False
    found = pd.DataFrame(
        {"km": km[near], "live": snapshot.live[settled][near]}, index=places.index[near]
    )
    return found.sort_values(["live", "km"], ascending=[False, True], kind="stable")
