"""Reach: the area around settlements, coloured by what is said of them. Our own derivation.

Each settlement of the ledger has the ground that is nearer to it than to any other, at most a
radius away; whose it is said to be follows from the snapshot. It is not a front line.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from geo.model import CRS, SIDES, Snapshot

REACH_KM = 8.0
# Lambert azimuthal equal-area about the theatre's middle: distances within it are true to 1%.
CRS_REACH = "+proj=laea +lat_0=49 +lon_0=35 +datum=WGS84 +units=m"


def cells(settlements: gpd.GeoDataFrame, *, radius_km: float = REACH_KM) -> gpd.GeoSeries:
    """Cut the ground around settlements: Voronoi cells within a radius.

    Parameters
    ----------
    settlements
        Points in EPSG:4326. Two at the same point share a cell.
    radius_km
        How far from a settlement its cell may reach, in km.

    Returns
    -------
    A polygon a settlement in EPSG:4326, with the same index.
    """
    flat = settlements.geometry.to_crs(CRS_REACH)
    discs = flat.buffer(radius_km * 1000, quad_segs=6).to_numpy()
    distinct = np.unique(shapely.get_coordinates(flat.to_numpy()), axis=0)
    if len(distinct):
        ground = shapely.box(*shapely.total_bounds(discs))
        voronoi = shapely.get_parts(
            shapely.voronoi_polygons(shapely.MultiPoint(distinct), extend_to=ground)
        )
        place, cell = shapely.STRtree(voronoi).query(flat.to_numpy(), predicate="intersects")
        first = np.unique(place, return_index=True)[1]  # on an edge of two cells: either
        discs = shapely.intersection(voronoi[cell[first]], discs)
    return gpd.GeoSeries(discs, index=settlements.index, crs=CRS_REACH).to_crs(CRS)


def reach(snapshot: Snapshot, *, radius_km: float = REACH_KM) -> gpd.GeoDataFrame:
    """Give the cells of settlements that anybody has spoken of, and what is said there.

    Returns
    -------
    Index: settlement id. Columns status and a column a side (controller or None), as
    `Snapshot.settlements`; polygons in EPSG:4326.
    """
    said = snapshot.settlements[["status", *SIDES]]
    shapes = cells(snapshot.dataset.settlements, radius_km=radius_km)
    spoken = said[list(SIDES)].notna().any(axis=1)
    return gpd.GeoDataFrame(said[spoken], geometry=shapes[spoken], crs=CRS)
