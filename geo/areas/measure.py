"""How large control areas are, and how two of them differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.areas.polygons import km2_of, only_polygons
from geo.areas.series import Series, observed_on
from geo.model import CRS

# Within the internationally recognised borders: State Statistics Service of Ukraine, 603,628 km².
UKRAINE_KM2 = 603_628.0


@dataclass(frozen=True)
class Change:
    """What one controller's area did between two days.

    Attributes
    ----------
    controller
        Whose area.
    km2
        Later minus earlier, in km².
    share
        The same in % of Ukraine's area.
    """

    controller: str
    km2: float
    share: float


def as_of(series: Series, day: date) -> gpd.GeoDataFrame:
    """Give the latest observation on or before a day: a row a controller; empty before the first.

    Columns as `Series.observations`; never interpolated.
    """
    seen = observed_on(series, day)
    return series.observations[series.observations["observed_on"] == seen]


def km2_by_day(series: Series) -> pd.DataFrame:
    """Give the size of each observation: observed_on, controller, km2 (equal-area projection).

    A controller that an observation leaves out has 0 km² on that day.
    """
    table = series.observations[["observed_on", "controller", "km2"]]
    wide = table.pivot_table(
        index="observed_on", columns="controller", values="km2", aggfunc="sum", fill_value=0.0
    )
    return pd.DataFrame(wide.stack().rename("km2").reset_index())


def change(series: Series, since: date, until: date) -> list[Change]:
    """Compare the areas on two days, for each controller.

    Raises
    ------
    ValueError
        When the series has no observation by `since`.
    """
    first, last = (_km2(series, day) for day in (since, until))
    if first is None or last is None:
        raise ValueError(f"{series.id} has no observation on or before {since.isoformat()}")
    return [
        Change(who, km2 := last.get(who, 0.0) - first.get(who, 0.0), km2 / UKRAINE_KM2 * 100)
        for who in sorted({*first, *last})
    ]


def _km2(series: Series, day: date) -> dict[str, float] | None:
    rows = as_of(series, day)
    if rows.empty:
        return None
    return dict(zip(rows["controller"], rows["km2"], strict=True))


def difference(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Cut two states of control areas: two days of a series, or two series on a day.

    Parameters
    ----------
    before, after
        Rows of controller and polygon, as `as_of` gives them; each controller once.

    Returns
    -------
    Columns controller, change (gained: only in `after`; lost: only in `before`; kept: in both),
    km2, geometry in EPSG:4326. Empty parts are left out.
    """
    shapes = [
        dict(zip(frame["controller"], frame.geometry, strict=True)) for frame in (before, after)
    ]
    nothing = shapely.Polygon()
    rows = []
    for controller in sorted({*shapes[0], *shapes[1]}):
        old, new = (part.get(controller, nothing) for part in shapes)
        for word, cut in (
            ("gained", shapely.difference(new, old)),
            ("lost", shapely.difference(old, new)),
            ("kept", shapely.intersection(old, new)),
        ):
            flat = only_polygons(cut)
            if not flat.is_empty:
                rows.append((controller, word, flat))
    cut = gpd.GeoDataFrame(
        {"controller": [row[0] for row in rows], "change": [row[1] for row in rows]},
        geometry=[row[2] for row in rows],
        crs=CRS,
    )
    cut.insert(2, "km2", km2_of(cut.geometry))
    return cut


def settlements_inside(areas: gpd.GeoDataFrame, settlements: gpd.GeoDataFrame) -> pd.DataFrame:
    """Find the settlements in each row of areas: columns row (position in areas), settlement_id."""
    tree = shapely.STRtree(settlements.geometry.to_numpy())
    row, place = tree.query(areas.geometry.to_numpy(), predicate="contains")
    order = np.lexsort((place, row))
    return pd.DataFrame(
        {"row": row[order], "settlement_id": settlements.index.to_numpy()[place[order]]}
    )
