"""The places near one on which the sides differ."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geo.model import Snapshot, Status

NEAR_KM = 50.0
EARTH_KM = 6371.0  # mean radius


def disputed_neighbours(snapshot: Snapshot, place: str) -> pd.DataFrame:
    """Give the disputed settlements within NEAR_KM, the live first, then the nearest.

    Index: id. Columns: km, live.

    Great-circle distance by the haversine formula (Sinnott 1984).
    """
    places = snapshot.settlements
    lat, lon = np.radians(places["lat"]), np.radians(places["lon"])
    half = (
        np.sin((lat - lat[place]) / 2) ** 2
        + np.cos(lat) * np.cos(lat[place]) * np.sin((lon - lon[place]) / 2) ** 2
    )
    km = pd.Series(2 * EARTH_KM * np.arcsin(np.sqrt(half)), index=places.index)
    disputed = places["status"] == Status.DISPUTED
    live = snapshot.live[snapshot.dataset.is_settlement]
    near = disputed & (km <= NEAR_KM) & (places.index != place)
    found = pd.DataFrame({"km": km[near], "live": live[near]})
    return found.sort_values(["live", "km"], ascending=[False, True], kind="stable")
