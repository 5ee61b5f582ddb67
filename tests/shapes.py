"""Areas to test with: squares of a known size, frames and series of them."""

from datetime import datetime

import geopandas as gpd
import shapely

from geo.areas.series import series_of as make_series
from geo.areas.taking import observed
from geo.model import CRS, CRS_KM2


def square(km2=100.0, *, lon=38.0, lat=48.5):
    """A rectangle of exactly this area: straight edges in CRS_KM2 run along meridians and parallels."""
    corner = gpd.GeoSeries([shapely.Point(lon, lat)], crs=CRS).to_crs(CRS_KM2).iloc[0]
    flat = shapely.box(corner.x, corner.y, corner.x + 10_000, corner.y + km2 * 100)
    return gpd.GeoSeries([flat], crs=CRS_KM2).to_crs(CRS).iloc[0]


def frame(*rows, **columns):
    return gpd.GeoDataFrame(columns, geometry=list(rows), crs=CRS)


def series_of(*rows):
    """A series in memory, of (day, controller, polygon)."""
    observations = [
        observed("assessed", str(who), seen, datetime.min, shape) for seen, who, shape in rows
    ]
    return make_series(observations, "test", "test")
