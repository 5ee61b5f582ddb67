"""The map of a picture: background, glyphs, names that find room, scale bar, locator.

The map is plain longitude and latitude, stretched so that it is true in its middle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from math import cos, radians
from typing import Any

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.patches import Circle, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.transforms import Bbox

from geo.areas import AreaLayer
from geo.figure.areas import draw_layer, outlines
from geo.figure.extent import KM_PER_DEGREE
from geo.figure.glyph import Glyph, Lane, Lanes
from geo.figure.names import write_names
from geo.figure.options import Extent
from geo.figure.paper import Paper, add, set_off, write
from geo.figure.spots import Box, Spots, find_spots, ranks, rows_shown, stacked
from geo.model import CONTROLLERS, NO_CLAIM, STATUSES, Dataset, Snapshot, Status
from geo.style import opacity

LOCATOR = (21.8, 44.0, 42.0, 53.0)  # the country and its neighbours' edge
LOCATOR_SHARE = 0.75  # of the country's width: a map that shows more needs no locator


def draw_map(
    paper: Paper,
    snapshot: Snapshot,
    shown: Extent,
    box: Box,
    *,
    place: str | None = None,
    ringed: frozenset[int] = frozenset(),
    part: str = "",
    areas: Sequence[AreaLayer] = (),
    only: Status | None = None,
) -> list[Bbox]:
    """Draw the map into a box of the paper; gives the boxes of the names on it.

    Parameters
    ----------
    paper
        Where to draw.
    snapshot
        What to show.
    shown
        In degrees, of the same shape as the box (see `fit`).
    box
        In units of the paper.
    place
        Settlement id that is ringed and named first.
    ringed
        Rows of other settlements that are ringed, and named before larger towns.
    areas
        Drawn under the settlements, in this order.
    part
        Ends the names of the groups in SVG, where a picture has two maps.
    only
        The status of the places that are drawn, None for all; of the disputed ones, the live.
    """
    axes = draw_background(paper, snapshot.dataset, shown, box)
    for layer in areas:
        draw_layer(axes, layer, shown)
    spots = find_spots(snapshot.dataset, shown, box)
    kept = rows_shown(snapshot, only)
    order = [row for row in spots.order if kept[row]]
    spots = replace(spots, order=stacked(order, ranks(snapshot)))
    for row, lanes in lanes_of(snapshot, spots.order).items():
        add_glyph(paper, snapshot.dataset, spots, row, lanes, part=part)
    places = snapshot.dataset.places
    target = int(places.index.get_loc(place)) if place in places.index else NO_CLAIM
    for row in {target, *ringed} & set(spots.order):
        look = {"lw": 2.0} if row == target else {"lw": 1.6, "ls": (0, (2, 1.2))}
        ring = Circle(
            (spots.x[row], spots.y[row]), spots.radius[row] + 8, fill=False, zorder=2, **look
        )
        ring.set_edgecolor(paper.theme.ink)
        add(paper, ring)
    inset = draw_locator(paper, snapshot.dataset, shown, box, spots)
    first = [target, *sorted(ringed)]
    live = np.flatnonzero(snapshot.live).tolist()
    spoken = [row for row in spots.order if (snapshot.rows[row] != NO_CLAIM).any()]
    boxes = write_names(
        paper, snapshot.dataset, spots, box,
        first=first, then=live, spoken=spoken,
        taken=[scale_box(box), *([inset] if inset else [])],
    )  # fmt: skip
    draw_scale_bar(paper, shown, box)
    return boxes


def draw_background(
    paper: Paper, dataset: Dataset, shown: Extent, box: Box, *, bold: float = 1.0, layer: int = 0
) -> Axes:
    """Draw land, sea, borders and oblasts; `bold` widens the lines, `layer` is what it covers.

    Gives axes in degrees, for what lies on the ground.
    """
    wide, tall, theme = paper.wide, paper.tall, paper.theme
    left, bottom, width, height = box
    axes = paper.figure.add_axes((left / wide, bottom / tall, width / wide, height / tall))
    axes.set_zorder(layer)
    axes.set(xlim=shown[0::2], ylim=shown[1::2], xticks=[], yticks=[], facecolor=theme.sea)
    for spine in axes.spines.values():
        spine.set(color=theme.admin1, linewidth=0.8)
    fine = (shown[2] - shown[0]) / width / 2  # half a unit of the paper
    looks: dict[str, dict[str, Any]] = {
        "country": {"facecolor": theme.land, "edgecolor": theme.border, "linewidth": 1.1 * bold},
        "admin1": {"edgecolor": theme.admin1, "facecolor": "none", "linewidth": 0.6 * bold},
    }
    for kind, look in looks.items():
        axes.add_collection(PathCollection(_lines(dataset, kind, shown, fine), **look))
    return axes


@lru_cache(maxsize=8)  # most cards of a site, and all locators, show the same ground
def _lines(dataset: Dataset, kind: str, shown: Extent, fine: float) -> list[Outline]:
    """Cut the borders of a kind to a map, without what is too fine to be seen."""
    borders = dataset.borders
    around = (shown[0] - 1, shown[1] - 1, shown[2] + 1, shown[3] + 1)
    shapes = shapely.clip_by_rect(borders.geometry[borders["kind"] == kind].to_numpy(), *around)
    return [line for shape in shapely.simplify(shapes, fine) for line in outlines(shape)]


def add_glyph(
    paper: Paper, dataset: Dataset, spots: Spots, row: int, lanes: Lanes, *, part: str = ""
) -> Glyph:
    """Put the glyph of a settlement on the paper, named after it."""
    x, y, radius = spots.x[row], spots.y[row], spots.radius[row]
    glyph = Glyph(paper, x, y, radius, lanes)
    glyph.set_gid(f"settlement-{dataset.places.index[row]}{part}")
    paper.figure.add_artist(glyph)
    return glyph


def draw_locator(
    paper: Paper, dataset: Dataset, shown: Extent, box: Box, spots: Spots
) -> Bbox | None:
    """Draw where in the country the map is, in the emptiest corner; gives its box, if needed."""
    if shown[2] - shown[0] > LOCATOR_SHARE * (LOCATOR[2] - LOCATOR[0]):
        return None
    left, bottom, width, height = box
    wide = min(120.0, 0.26 * width)
    tall = wide * (LOCATOR[3] - LOCATOR[1]) / (LOCATOR[2] - LOCATOR[0]) / cos(radians(48.5))
    corners = [
        (left, bottom + height - tall),
        (left + width - wide, bottom + height - tall),
        (left, bottom),
    ]
    x, y = spots.x[spots.order], spots.y[spots.order]

    def hidden(corner: tuple[float, float]) -> int:
        near = (abs(x - corner[0] - wide / 2) < wide / 2 + 8) & (
            abs(y - corner[1] - tall / 2) < tall / 2 + 8
        )
        return int(near.sum())

    corner = min(corners, key=hidden)
    draw_background(paper, dataset, LOCATOR, (*corner, wide, tall), bold=0.5, layer=4)
    scale = wide / (LOCATOR[2] - LOCATOR[0]), tall / (LOCATOR[3] - LOCATOR[1])
    west, south = max(shown[0], LOCATOR[0]), max(shown[1], LOCATOR[1])
    east, north = min(shown[2], LOCATOR[2]), min(shown[3], LOCATOR[3])
    here = Rectangle(
        (corner[0] + (west - LOCATOR[0]) * scale[0], corner[1] + (south - LOCATOR[1]) * scale[1]),
        max(3.0, (east - west) * scale[0]), max(3.0, (north - south) * scale[1]),
        fill=False, ec=paper.theme.ink, lw=1.4, zorder=5,
    )  # fmt: skip
    add(paper, here)
    return Bbox.from_bounds(*corner, wide, tall)


def scale_box(box: Box) -> Bbox:
    """Give the room of the scale bar on a map, where no name may be."""
    left, bottom, width, _ = box
    return Bbox.from_bounds(left + 0.78 * width - 14, bottom, 0.22 * width + 14, 36)


def draw_scale_bar(paper: Paper, shown: Extent, box: Box) -> None:
    """Draw a bar of a round number of kilometres, true in the middle of the map."""
    left, bottom, width, _ = box
    lat = (shown[1] + shown[3]) / 2
    km = (shown[2] - shown[0]) * KM_PER_DEGREE * cos(radians(lat)) / width
    length = max(n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500) if n == 1 or n / km < width / 5)
    right, theme = left + width - 14, paper.theme
    bar = Rectangle((right - length / km, bottom + 12), length / km, 4)
    bar.set(facecolor=theme.ink, edgecolor=theme.land, linewidth=0.7)
    add(paper, bar)
    text = f"{length} {paper.words['km']}"
    set_off(paper, write(paper, right, bottom + 19, text, va="bottom", ha="right"))


def lanes_of(snapshot: Snapshot, rows: Sequence[int]) -> dict[int, Lanes]:
    """Give what each side says of settlements, and how old it is; by row."""
    claims, positions = snapshot.rows[rows], snapshot.positions[rows].tolist()
    stated = snapshot.dataset.claims["stated_on"].to_numpy().astype("datetime64[D]")
    ages = (np.datetime64(snapshot.as_of) - stated[claims]).astype(int).tolist()
    disputed = snapshot.statuses == STATUSES.index(Status.DISPUTED)
    dormant = (disputed & ~snapshot.live)[rows].tolist()

    def lane(code: int, age: int) -> Lane | None:
        return None if code == NO_CLAIM else Lane(CONTROLLERS[code], opacity(age))

    told = {}
    for row, codes, old, slept in zip(rows, positions, ages, dormant, strict=True):
        ukraine, russia, third = map(lane, codes, old)
        told[row] = Lanes(ukraine, russia, third, slept)
    return told
