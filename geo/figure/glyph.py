"""The glyph of a place for print: a disc in two halves, drawn at a pixel of a matplotlib figure.

Left half, what Ukraine's side says; right half, what Russia's side says; hollow when it has not
spoken; outer ring, the latest third-party position; dark rim, the two differ.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Arc, Circle, Wedge
from matplotlib.transforms import IdentityTransform

from geo.model import Controller
from geo.style import COLOURS, INK, UNKNOWN


@dataclass(frozen=True)
class Lane:
    """What one side says of a place: the controller it names, and how opaque its age leaves it."""

    controller: Controller
    opacity: float


def draw_glyph(
    figure: Figure, x: float, y: float, radius: float, lanes: tuple[Lane | None, ...]
) -> None:
    """Draw what Ukraine's side, Russia's side and third parties say, at a pixel of the figure.

    Parameters
    ----------
    figure
        Drawn at 100 dpi, so that its display units are pixels of the picture.
    x, y
        Centre, in pixels from the lower left corner.
    radius
        Of the disc, in pixels; ring and rim lie outside.
    lanes
        In the order of SIDES; None for a side that has not spoken.
    """
    ukraine, russia, third = lanes
    if not any(lanes):
        dot = Circle((x, y), max(1.5, radius * 0.4), fc="white", ec=UNKNOWN, lw=0.7)
        add(figure, dot)
        return
    add(figure, Circle((x, y), radius + 1.2, fc="white", ec="none"))
    _half(figure, x, y, radius, ukraine, left=True)
    _half(figure, x, y, radius, russia, left=False)
    heard = [lane.controller if lane else None for lane in (ukraine, russia)]
    if heard[0] != heard[1]:
        line = LineCollection(
            [[(x, y - radius), (x, y + radius)]],
            colors=INK if ukraine and russia else UNKNOWN,
            linewidths=0.7,
        )
        add(figure, line)
        if ukraine and russia:
            add(figure, Circle((x, y), radius + 0.6, fill=False, ec=INK, lw=1.5))
    if third:
        _ring(figure, x, y, radius + 3.8, third)


def add(figure: Figure, artist: Artist) -> None:
    """Put an artist on the figure in pixels, above what is there."""
    artist.set_transform(IdentityTransform())
    figure.add_artist(artist)


def _half(
    figure: Figure, x: float, y: float, radius: float, lane: Lane | None, *, left: bool
) -> None:
    start, end = (90, 270) if left else (270, 90)
    if lane:
        colour = COLOURS[lane.controller]
        half = Wedge((x, y), radius, start, end, fc=colour, ec="none", alpha=lane.opacity)
        add(figure, half)
        if lane.controller is Controller.RUSSIA:
            add(figure, _texture(x, y, radius, left=left))
    edge = INK if lane else UNKNOWN
    width = 1.0 if lane is None or lane.controller is Controller.CONTESTED else 0.5
    arc = Arc((x, y), 2 * radius, 2 * radius, theta1=start, theta2=end, ec=edge, lw=width)
    add(figure, arc)


def _texture(x: float, y: float, radius: float, *, left: bool) -> LineCollection:
    """Fine diagonal lines within a half disc: the two hues differ in greyscale too.

    The line through (0, c) with slope 1 meets the circle where 2t^2 + 2ct + c^2 = r^2.
    """
    lines = []
    for c in np.arange(-1.4 * radius, 1.4 * radius, 3.4):
        root = np.sqrt(max(0.0, 2 * radius**2 - c**2))
        start, end = (-c - root) / 2, (-c + root) / 2
        start, end = (start, min(end, 0.0)) if left else (max(start, 0.0), end)
        if end - start > 1:
            lines.append([(x + start, y + start + c), (x + end, y + end + c)])
    return LineCollection(lines, colors="white", linewidths=0.65)


def _ring(figure: Figure, x: float, y: float, radius: float, lane: Lane) -> None:
    contested = lane.controller is Controller.CONTESTED
    if contested:
        add(figure, Circle((x, y), radius, fill=False, ec=INK, lw=2.4))
        add(figure, Circle((x, y), radius, fill=False, ec="white", lw=1.5))
    dashes = (0, (3, 1)) if lane.controller is Controller.RUSSIA else "solid"
    colour = COLOURS[lane.controller]
    ring = Circle((x, y), radius, fill=False, ec=colour, lw=1.5, ls=dashes, alpha=lane.opacity)
    add(figure, ring)
