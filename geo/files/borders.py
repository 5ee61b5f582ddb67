"""The background: outlines of countries and oblasts, from GeoJSON to a table of polygons.

It is made by a machine (tools/borders/), so its first fault is enough.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache

import geopandas as gpd
import pandas as pd
import shapely

from geo.files.checks import SLUG, quote
from geo.model import CRS, DataError

BORDERS = "borders.geojson"
AREA = "admin1"
OUTLINES = ("country", AREA)  # the kinds that there are


@lru_cache(maxsize=2)  # a ledger is read anew with each statement, its borders never change
def split_borders(text: str) -> gpd.GeoDataFrame:
    """Read outlines with what is said of each; GeoJSON is always EPSG:4326 (RFC 7946).

    Returns
    -------
    As `Dataset.borders`.

    Raises
    ------
    DataError
        When it is no such file, or one of its outlines has no id, no kind or no polygon.
    """
    try:
        features = json.loads(text)["features"]
        properties = pd.DataFrame([feature["properties"] for feature in features])
        shapes = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
        columns = properties[["id", "name", "kind", "country"]]
        others = properties.reindex(columns=["name_uk", "name_ru"], fill_value="").fillna("")
    except (ValueError, TypeError, KeyError, RecursionError, shapely.errors.GEOSException):
        raise _fault("is not a GeoJSON FeatureCollection with id, name, kind and country") from None
    columns = pd.concat([columns, others], axis="columns")
    _check_texts(columns)
    borders = gpd.GeoDataFrame(columns.set_index("id"), geometry=shapes, crs=CRS)
    _check_outlines(borders)
    return borders


def area_ids(borders: gpd.GeoDataFrame) -> frozenset[str]:
    """Give the ids of the administrative areas that statements may be on."""
    return frozenset(borders.index[borders["kind"] == AREA])


def _check_texts(columns: pd.DataFrame) -> None:
    for row in columns.itertuples(index=False):
        if not all(isinstance(value, str) and value.isprintable() for value in row):
            raise _fault(f"{quote(str(row.id))}: id, names, kind and country must be plain text")
    bad = columns["id"][~columns["kind"].isin(OUTLINES) | columns["id"].duplicated()]
    if len(bad):
        told = f"is repeated, or its kind is not {' or '.join(OUTLINES)}"
        raise _fault(f"{quote(bad.iloc[0])} {told}")
    odd = [name for name in columns["id"] if not re.fullmatch(SLUG, name)]
    if odd:
        raise _fault(f"{quote(odd[0])} is not an id")


def _check_outlines(borders: gpd.GeoDataFrame) -> None:
    west, south, east, north = borders.bounds.to_numpy().T
    drawn = borders.geom_type.isin(("Polygon", "MultiPolygon")) & ~borders.is_empty
    drawn &= (west >= -180) & (south >= -90) & (east <= 180) & (north <= 90)
    if not drawn.all():
        name = quote(borders.index[~drawn][0])
        raise _fault(f"{name} is not a polygon in degrees of longitude and latitude")


def _fault(problem: str) -> DataError:
    return DataError(BORDERS, 0, "", problem)
