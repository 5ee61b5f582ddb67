"""The parts in which two control areas differ, as a list."""

from __future__ import annotations

import geopandas as gpd
from markupsafe import Markup

from geo.areas import settlements_inside
from geo.model import Controller, Dataset
from geo.page.template import fill
from geo.wording import AREAS_WORDS, CONTROLLER_NAMES, place_name


def difference_list(cut: gpd.GeoDataFrame, dataset: Dataset) -> Markup:
    """List the parts of a difference of control areas, their km² and the places inside."""
    inside = settlements_inside(cut, dataset.settlements).groupby("row")["settlement_id"]
    parts = []
    for number, row in enumerate(cut.itertuples()):
        if row.change == "kept":
            continue
        ids = list(inside.get_group(number)) if number in inside.groups else []
        told = AREAS_WORDS["cut"].format(
            controller=CONTROLLER_NAMES[Controller(row.controller)],
            change=AREAS_WORDS[row.change],
            km2=row.km2,
            places=", ".join(place_name(dataset, key) for key in ids) or AREAS_WORDS["no_places"],
        )
        parts.append((row.controller, told))
    return fill("difference.html", parts=parts)
