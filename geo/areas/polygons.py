"""Polygons alone: how large they are, and rid of the lines that cutting leaves."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely

from geo.model import CRS_KM2


def km2_of(shapes: gpd.GeoSeries) -> pd.Series:
    """Measure polygons in km², in an equal-area projection."""
    areas: pd.Series = shapes.to_crs(CRS_KM2).area / 1e6
    return areas


def only_polygons(shape: shapely.Geometry) -> shapely.MultiPolygon:
    """Drop the lines and points that remain where two areas touch."""
    # Twice: a collection may hold multipolygons.
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])
