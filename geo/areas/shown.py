"""The areas of one view, resolved for drawing: polygons with what each side says of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import geopandas as gpd

from geo.address import AGAINST, compared
from geo.areas.measure import as_of, difference
from geo.areas.reach import reach
from geo.areas.series import Series
from geo.model import OBLASTS, OWN_AREAS, REACH, SIDES, Dataset, Side, Snapshot


@dataclass(frozen=True, eq=False)
class AreaLayer:
    """Areas of one kind.

    Attributes
    ----------
    id
        "reach", "oblasts", the id of a series, or two of them whose difference it is.
    name
        What the series is called, or the two; "" for the others.
    observed
        The day of a series' observation, the older one of two; None for the other areas, and
        before the first one.
    rows
        Polygons in EPSG:4326; a column a side: the controller it names, or None. In a series
        both belligerents' columns carry the controller that the map shows. A difference of two
        series has a column `change` besides, as `difference` gives it: the second series has
        gained what the first does not show.
    outline
        Whether only the outline is drawn.
    """

    id: str
    name: str
    rows: gpd.GeoDataFrame
    observed: date | None = None
    outline: bool = False


OpenSeries = Callable[[str], Series]  # gives the series of an id


def no_series(series_id: str) -> Series:
    """Have no series of control areas: the ledger alone.

    Raises
    ------
    ValueError
        Always.
    """
    raise ValueError(f"there is no series {series_id!r} of control areas here")


def series_name(dataset: Dataset, series: Series) -> str:
    """Call a series by its claimant's name, if one of the ledger was named at the import."""
    names = dataset.claimants["name"]
    return str(names[series.claimant_id]) if series.claimant_id in names.index else series.id


def area_layers(
    snapshot: Snapshot, areas: tuple[str, ...], open_series: OpenSeries
) -> list[AreaLayer]:
    """Resolve the areas of a view on the snapshot's day, in order of drawing.

    Parameters
    ----------
    snapshot
        What is being said.
    areas
        Ids, see `View.areas`.
    open_series
        Gives the series of an id.
    """
    layers = []
    if REACH in areas:
        layers.append(AreaLayer(REACH, "", reach(snapshot)))
    for area in areas:
        if pair := compared(area):
            layers.append(_between(snapshot, *map(open_series, pair)))
        elif area not in OWN_AREAS:
            layers.append(_of_series(snapshot, open_series(area)))
    if OBLASTS in areas:
        layers.append(AreaLayer(OBLASTS, "", _oblasts(snapshot), outline=True))
    return layers


def _of_series(snapshot: Snapshot, series: Series) -> AreaLayer:
    rows = as_of(series, snapshot.as_of)
    said = {side.value: rows["controller"] if side is not Side.THIRD else None for side in SIDES}
    observed = rows["observed_on"].iloc[0].date() if len(rows) else None
    name = series_name(snapshot.dataset, series)
    return AreaLayer(series.id, name, rows.assign(**said), observed)


def _between(snapshot: Snapshot, first: Series, second: Series) -> AreaLayer:
    """Cut two mappers' areas of a day; before the first observation of either there is nothing."""
    both = [as_of(series, snapshot.as_of) for series in (first, second)]
    seen = [rows["observed_on"].iloc[0].date() for rows in both if len(rows)]
    cut = difference(*both) if len(seen) == len(both) else difference(both[0][:0], both[1][:0])
    rows = cut.assign(ukraine=cut["controller"], russia=cut["controller"], third=None)
    names = [series_name(snapshot.dataset, series) for series in (first, second)]
    area = f"{first.id}{AGAINST}{second.id}"
    observed = min(seen) if len(seen) == len(both) else None  # the older one: so old at most
    return AreaLayer(area, f" {AGAINST} ".join(names), rows, observed)


def _oblasts(snapshot: Snapshot) -> gpd.GeoDataFrame:
    oblasts = snapshot.places.loc[~snapshot.dataset.is_settlement, [*SIDES, "geometry"]]
    return oblasts[oblasts[list(SIDES)].notna().any(axis=1)]
