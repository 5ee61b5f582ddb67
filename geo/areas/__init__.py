"""Control areas: polygons that a reporter published for a day; a series is one reporter's.

Import (`importing` counts what `taking` brings of each file, by `unpack`, `read`, `names`, `days`,
and `states` keeps the newest of), `series` on disk, measures (`measure`), the browser's encoding
(`topology`), statements that follow from a map (`derived`), and the area around settlements that
follows from statements (`reach`).
"""

from geo.areas.derived import delays, derived_claims, shown_inside
from geo.areas.importing import Kept, Report, bad_options, import_areas
from geo.areas.measure import (
    UKRAINE_KM2,
    Change,
    as_of,
    change,
    difference,
    km2_by_day,
    settlements_inside,
)
from geo.areas.reach import REACH_KM, cells, reach
from geo.areas.read import Recipe
from geo.areas.series import Series, list_series, load_series, observed_on
from geo.areas.shown import AreaLayer, OpenSeries, area_layers, no_series, series_name
from geo.areas.topology import GRID, encode_difference, encode_rings, encode_series

__all__ = [
    "GRID",
    "REACH_KM",
    "UKRAINE_KM2",
    "AreaLayer",
    "Change",
    "Kept",
    "OpenSeries",
    "Recipe",
    "Report",
    "Series",
    "area_layers",
    "as_of",
    "bad_options",
    "cells",
    "change",
    "delays",
    "derived_claims",
    "difference",
    "encode_difference",
    "encode_rings",
    "encode_series",
    "import_areas",
    "km2_by_day",
    "list_series",
    "load_series",
    "no_series",
    "observed_on",
    "reach",
    "series_name",
    "settlements_inside",
    "shown_inside",
]
