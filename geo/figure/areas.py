"""Areas of a picture, under its settlements: the two sides' words in stripes, as in the map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import to_rgba
from matplotlib.path import Path as Outline

from geo.areas import AreaLayer
from geo.model import Controller
from geo.style import COLOURS, INK, UNKNOWN

OPACITY = 0.34
DASH = 4.0  # points, of an oblast's outline


def outlines(shape: shapely.Geometry) -> Iterator[Outline]:
    """Turn polygons into paths, holes included."""
    for polygon in shapely.get_parts(shape):
        if isinstance(polygon, shapely.Polygon) and not polygon.is_empty:
            rings = (polygon.exterior, *polygon.interiors)
            yield Outline.make_compound_path(*(Outline(np.asarray(r.coords)[:, :2]) for r in rings))


def draw_layer(axes: Axes, layer: AreaLayer, box: tuple[float, float, float, float]) -> None:
    """Draw one layer of areas.

    Parameters
    ----------
    axes
        In degrees.
    layer
        Polygons and what each side says of them.
    box
        West, south, east, north in degrees; what lies outside is not drawn.
    """
    west, south, east, north = box
    around = (west - 1, south - 1, east + 1, north + 1)  # cut lines stay outside the picture
    if "change" in layer.rows:
        _draw_difference(axes, layer, around)
        return
    said = [
        (_word(u), _word(r))
        for u, r in zip(*(layer.rows[side] for side in ("ukraine", "russia")), strict=True)
    ]
    for pair in sorted(set(said), key=str):
        alike = layer.rows.geometry.to_numpy()[[other == pair for other in said]]
        paths = [path for shape in shapely.clip_by_rect(alike, *around) for path in outlines(shape)]
        (_draw_outline if layer.outline else _draw_fill)(axes, paths, *pair)


def _draw_difference(
    axes: Axes, layer: AreaLayer, around: tuple[float, float, float, float]
) -> None:
    """Draw two mappers' areas: only the second's full, only the first's in stripes with dashes."""
    for row in layer.rows.itertuples():
        paths = list(outlines(shapely.clip_by_rect(row.geometry, *around)))
        who = Controller(row.controller)
        ink = INK if row.change == "kept" or who is Controller.CONTESTED else COLOURS[who]
        if row.change == "kept":
            _line(axes, paths, ink, 0.5, "solid")
            continue
        _draw_fill(axes, paths, *((who, who) if row.change == "gained" else (None, who)))
        _line(axes, paths, ink, 1.2, "solid" if row.change == "gained" else (0, (4, 3)))


def _word(said: object) -> Controller | None:
    return Controller(said) if isinstance(said, str) else None


def _draw_fill(
    axes: Axes, paths: list[Outline], ukraine: Controller | None, russia: Controller | None
) -> None:
    """Fill with what both say; where they differ, or one is silent, in broad stripes."""
    agreed = ukraine is not None and ukraine == russia
    spoken = russia or ukraine
    if spoken is None:
        return
    both = ukraine is not None and russia is not None
    ground = to_rgba(COLOURS[ukraine], OPACITY) if both and ukraine else "none"
    axes.add_collection(PathCollection(paths, facecolor=ground, edgecolor=UNKNOWN, linewidth=0.5))
    if agreed and spoken is not Controller.RUSSIA:
        return
    # Russia's own fill carries fine lines, as in the glyphs.
    stripes = PathCollection(paths, facecolor="none", linewidth=0, hatch="///")
    stripes.set_edgecolor(to_rgba(COLOURS[spoken], 0.8 if agreed else 2 * OPACITY))
    stripes.set_hatch_linewidth(0.6 if agreed else 3.2)
    axes.add_collection(stripes)


def _draw_outline(
    axes: Axes, paths: list[Outline], ukraine: Controller | None, russia: Controller | None
) -> None:
    """Draw what the sides say of an oblast in turns along its outline."""
    casing = INK if Controller.CONTESTED in (ukraine, russia) else "white"
    _line(axes, paths, casing, 3.6, "solid")
    if ukraine is not None and ukraine == russia:
        _line(axes, paths, COLOURS[ukraine], 2.2, "solid")
        return
    for start, who in ((0.0, ukraine), (DASH, russia)):
        if who is not None:
            _line(axes, paths, COLOURS[who], 2.2, (start, (DASH, DASH)))


def _line(axes: Axes, paths: list[Outline], colour: str, width: float, style: Any) -> None:
    line = PathCollection(paths, facecolor="none", edgecolor=colour, linewidth=width)
    line.set_linestyle(style)
    axes.add_collection(line)
