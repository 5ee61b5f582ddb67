"""The areas of one view, resolved for drawing: polygons with what each side says of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np

from geo.areas.measure import as_of
from geo.areas.reach import reach
from geo.areas.series import Series
from geo.model import CONTROLLERS, CRS, NO_CLAIM, OBLASTS, REACH, SIDES, Snapshot
from geo.timeline import codes
from geo.wording import AREAS_WORDS, age, day_in_words


@dataclass(frozen=True, eq=False)
class AreaLayer:
    """Areas of one kind.

    Attributes
    ----------
    id
        "reach", "oblasts", or the id of a series.
    title
        What they are and how old, in words.
    rows
        Polygons in EPSG:4326; a column a side: the controller it names, or None. In a series
        both belligerents' columns carry the controller that the map shows.
    outline
        Whether only the outline is drawn.
    """

    id: str
    title: str
    rows: gpd.GeoDataFrame
    outline: bool = False


def area_layers(
    snapshot: Snapshot, areas: tuple[str, ...], open_series: Callable[[str], Series]
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
        layers.append(AreaLayer(REACH, AREAS_WORDS["reach"], reach(snapshot)))
    layers += [_of_series(snapshot, open_series(a)) for a in areas if a not in (REACH, OBLASTS)]
    if OBLASTS in areas:
        layers.append(AreaLayer(OBLASTS, AREAS_WORDS["oblasts"], _oblasts(snapshot), outline=True))
    return layers


def _of_series(snapshot: Snapshot, series: Series) -> AreaLayer:
    rows = as_of(series, snapshot.as_of)
    said = {side.value: rows["controller"] if side != "third" else None for side in SIDES}
    title = AREAS_WORDS["series_before"].format(name=series.id)
    if len(rows):
        seen = rows["observed_on"].iloc[0].date()
        old = age((snapshot.as_of - seen).days)
        title = AREAS_WORDS["series_of"].format(name=series.id, day=day_in_words(seen), age=old)
    return AreaLayer(series.id, title, rows.assign(**said))


def _oblasts(snapshot: Snapshot) -> gpd.GeoDataFrame:
    dataset = snapshot.dataset
    words = np.array([*CONTROLLERS, None], dtype=object)
    said = np.append(codes(dataset.area_claims["controller"]), NO_CLAIM)[snapshot.area_rows]
    spoken = (said != NO_CLAIM).any(axis=1)
    columns = {side.value: words[said[spoken, i]] for i, side in enumerate(SIDES)}
    borders = dataset.borders[spoken]
    return gpd.GeoDataFrame(columns, index=borders.index, geometry=borders.geometry, crs=CRS)
