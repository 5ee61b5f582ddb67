"""The map of a picture: background, glyphs, names that find room, scale bar.

Positions are pixels from the lower left corner of the picture; the map is plain longitude and
latitude, stretched so that it is true in its middle.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import cos, radians
from typing import Any

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.patches import Circle, Rectangle
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import Bbox, IdentityTransform

from geo.areas import AreaLayer
from geo.figure.areas import draw_layer, outlines
from geo.figure.glyph import Lane, add, draw_glyph
from geo.model import CONTROLLERS, NO_CLAIM, STATUSES, Snapshot, Status, View
from geo.style import ADMIN1, BORDER, INK, LAND, SEA, opacity

FONT = "DejaVu Sans"  # comes with matplotlib and has Cyrillic
KM_PER_DEGREE = 111.32  # of latitude
MOST_NAMES = 160  # tried; more would find no room

Extent = tuple[float, float, float, float]  # west, south, east, north in degrees
Box = tuple[float, float, float, float]  # left, bottom, width, height in pixels


def extent_of(view: View, *, size: tuple[int, int]) -> Extent | None:
    """Give the box of degrees that the reader's map shows; None when it was never moved."""
    if view.centre is None or view.zoom is None:
        return None
    lat, lon = view.centre
    half = size[0] / (256 * 2**view.zoom) * 180
    tall = half * cos(radians(lat)) * size[1] / size[0]
    return lon - half, lat - tall, lon + half, lat + tall


def draw_map(
    figure: Figure,
    snapshot: Snapshot,
    shown: Extent,
    box: Box,
    *,
    place: str | None,
    areas: Sequence[AreaLayer] = (),
) -> list[Bbox]:
    """Draw the map into a box of the figure; gives the boxes of the names on it.

    Parameters
    ----------
    figure
        At 100 dpi: its display units are pixels.
    snapshot
        What to show.
    shown
        In degrees, of the same shape as the box (see `fit`).
    box
        In pixels.
    place
        Settlement id that is ringed and named first.
    areas
        Drawn under the settlements, in this order.
    """
    axes = _background(figure, snapshot, shown, box)
    for layer in areas:
        draw_layer(axes, layer, shown)
    boxes = _settlements(figure, snapshot, shown, box, place)
    _scale_bar(figure, shown, box)
    return boxes


def fit(extent: Extent, ratio: float) -> Extent:
    """Widen a box to a shape (width by height on paper), about its middle."""
    west, south, east, north = extent
    lat, lon = (south + north) / 2, (west + east) / 2
    stretch = cos(radians(lat))
    tall = max(north - south, (east - west) * stretch / ratio) / 2
    wide = tall * ratio / stretch
    return lon - wide, lat - tall, lon + wide, lat + tall


@cache
def _known_letters() -> frozenset[int]:
    return frozenset(get_font(findfont(FontProperties(family=FONT))).get_charmap())


def write(figure: Figure, x: float, y: float, text: str, **look: Any) -> Text:
    """Write plain text at a pixel; letters that the font lacks become a question mark."""
    plain = "".join(c if ord(c) in _known_letters() or c == "\n" else "?" for c in text)
    look = {"color": INK, "va": "top", "fontsize": 8, **look}
    return figure.text(
        *(x, y, plain), family=FONT, parse_math=False,
        transform=IdentityTransform(), **look,
    )  # fmt: skip


def _background(figure: Figure, snapshot: Snapshot, shown: Extent, box: Box) -> Axes:
    wide, tall = figure.bbox.size
    left, bottom, width, height = box
    axes = figure.add_axes((left / wide, bottom / tall, width / wide, height / tall))
    axes.set(xlim=shown[0::2], ylim=shown[1::2], xticks=[], yticks=[], facecolor=SEA)
    borders = snapshot.dataset.borders
    looks: dict[str, dict[str, Any]] = {
        "country": {"facecolor": LAND, "edgecolor": BORDER, "linewidth": 1.1},
        "admin1": {"facecolor": "none", "edgecolor": ADMIN1, "linewidth": 0.7, "linestyle": "--"},
    }
    for kind, look in looks.items():
        shapes = shapely.clip_by_rect(
            borders.geometry[borders["kind"] == kind].to_numpy(),
            *(shown[0] - 1, shown[1] - 1, shown[2] + 1, shown[3] + 1),
        )
        axes.add_collection(PathCollection([o for s in shapes for o in outlines(s)], **look))
    return axes


def _settlements(
    figure: Figure, snapshot: Snapshot, shown: Extent, box: Box, place: str | None
) -> list[Bbox]:
    """Draw the glyphs, larger towns above, and the names that find room; gives their boxes."""
    places = snapshot.dataset.settlements
    left, bottom, width, height = box
    x = left + (places["lon"].to_numpy() - shown[0]) / (shown[2] - shown[0]) * width
    y = bottom + (places["lat"].to_numpy() - shown[1]) / (shown[3] - shown[1]) * height
    inside = (abs(x - left - width / 2) < width / 2 - 8) & (
        abs(y - bottom - height / 2) < height / 2 - 8
    )
    people = places["population"].fillna(0).to_numpy()
    order = [row for row in np.lexsort((np.arange(len(people)), people)) if inside[row]]
    km_wide = (shown[3] - shown[1]) * KM_PER_DEGREE * width / height
    base = float(np.clip(2600 / km_wide, 4.5, 12)) * min(1.6, width / 1100 + 0.2)
    radius = base * np.select([people >= 100_000, people >= 10_000], [1.4, 1.15], 1.0)
    for row in order:
        draw_glyph(figure, x[row], y[row], radius[row], _lanes(snapshot, row))
    target = places.index.get_loc(place) if place in places.index else NO_CLAIM
    if target in order:
        ring = Circle((x[target], y[target]), radius[target] + 8, fill=False, ec=INK, lw=2)
        add(figure, ring)
    disputed = STATUSES.index(Status.DISPUTED)
    wanted = sorted(
        order,
        key=lambda r: (r != target, snapshot.statuses[r] != disputed, -people[r], places.index[r]),
    )
    frame = Bbox.from_bounds(left, bottom, width, height)
    spoken = [row for row in order if (snapshot.rows[row] != NO_CLAIM).any()]
    taken = [_square(x[row], y[row], radius[row] + 1) for row in spoken]
    names: list[Bbox] = []
    for row in wanted[:MOST_NAMES]:
        chosen = row == target
        look = {"fontsize": 9.5 if chosen else 8, "weight": "bold" if chosen else "normal"}
        name = write(figure, x[row], y[row], places["name"].iloc[row], va="center", **look)
        name.set_path_effects([withStroke(linewidth=2, foreground="white")])
        gap = radius[row] + (12 if chosen else 5)
        if room := _find_room(name, gap, frame, names if chosen else [*names, *taken]):
            names.append(room)
        else:
            name.remove()
    return names


def _square(x: float, y: float, half: float) -> Bbox:
    return Bbox.from_bounds(x - half, y - half, 2 * half, 2 * half)


def _find_room(name: Text, gap: float, frame: Bbox, taken: list[Bbox]) -> Bbox | None:
    """Move a name to the right, left, over or under its place: the first that hits no other."""
    x, y = name.get_position()
    width, height = name.get_window_extent().size
    for left, middle in (
        (x + gap, y),
        (x - gap - width, y),
        (x - width / 2, y + gap + height / 2),
        (x - width / 2, y - gap - height / 2),
    ):
        box = Bbox.from_bounds(left - 1, middle - height / 2 - 1, width + 2, height + 2)
        inside = frame.x0 < box.x0 and box.x1 < frame.x1 and frame.y0 < box.y0 and box.y1 < frame.y1
        if inside and not any(box.overlaps(other) for other in taken):
            name.set_position((left, middle))
            return box
    return None


def _scale_bar(figure: Figure, shown: Extent, box: Box) -> None:
    """Draw a bar of a round number of kilometres, true in the middle of the map."""
    left, bottom, width, _ = box
    lat = (shown[1] + shown[3]) / 2
    km = (shown[2] - shown[0]) * KM_PER_DEGREE * cos(radians(lat)) / width
    length = max(n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500) if n == 1 or n / km < width / 5)
    right = left + width - 14
    bar = Rectangle((right - length / km, bottom + 12), length / km, 4, fc=INK, ec="white", lw=0.7)
    add(figure, bar)
    halo = [withStroke(linewidth=2, foreground="white")]
    write(figure, right, bottom + 19, f"{length} km", va="bottom", ha="right", path_effects=halo)


def _lanes(snapshot: Snapshot, row: int) -> tuple[Lane | None, ...]:
    claims = snapshot.dataset.claims
    lanes: list[Lane | None] = []
    for claim, position in zip(snapshot.rows[row], snapshot.positions[row], strict=True):
        if claim == NO_CLAIM:
            lanes.append(None)
        else:
            age = (snapshot.as_of - claims["stated_on"].iloc[claim].date()).days
            lanes.append(Lane(CONTROLLERS[position], opacity(age)))
    return tuple(lanes)
