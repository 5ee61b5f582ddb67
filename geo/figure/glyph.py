"""The glyph of a place for print: a disc in two halves, drawn at a point of the paper.

Left half, what Ukraine's side says; right half, what Russia's side says; hollow when it has not
spoken; outer ring, the latest third-party position; dark rim, the two differ: a thin one when
the disagreement is dormant.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.collections import LineCollection
from matplotlib.patches import Circle, PathPatch, Wedge
from matplotlib.path import Path as Outline
from matplotlib.transforms import Affine2D

from geo.figure.paper import Paper, Theme
from geo.model import Controller
from geo.style import COLOURS, INK, THIN, UNKNOWN

RING = 3.8  # of a third party, outside the disc
RIM = 2.2  # width of the rim of a live disagreement
FULL, FINEST = 8.0, 0.45  # radius from which on lines are full, and how fine they become below
ORIGIN = (0.0, 0.0)


@dataclass(frozen=True)
class Lane:
    """What one side says of a place: the controller it names, and how opaque its age leaves it."""

    controller: Controller
    opacity: float


class Lanes(NamedTuple):
    """What the sides say of a place, in the order of SIDES; None for one that has not spoken."""

    ukraine: Lane | None = None
    russia: Lane | None = None
    third: Lane | None = None
    dormant: bool = False  # they disagree, and at least one has long been silent


class Glyph(Artist):
    """A glyph that is drawn whole: in SVG a group of its own, named by its gid.

    Glyphs that look alike share their parts, which are slow to make.

    Parameters
    ----------
    paper
        What it is drawn on.
    x, y
        Centre, in units of the paper.
    radius
        Of the disc; ring and rim lie outside.
    lanes
        What the sides say.
    """

    def __init__(self, paper: Paper, x: float, y: float, radius: float, lanes: Lanes) -> None:
        super().__init__()
        self.set_zorder(1)
        self._at = Affine2D().translate(x, y) + paper.pixels
        alike = radius, lanes
        if alike not in paper.stamps:
            paper.stamps[alike] = _parts(radius, lanes, paper.theme)
        self._parts = paper.stamps[alike]

    def draw(self, renderer: RendererBase) -> None:
        """Draw the parts, from the paper up."""
        renderer.open_group("glyph", gid=self.get_gid())
        for part in self._parts:
            # A part is on no figure of its own, and needs its resolution.
            if figure := self.get_figure():
                part.set_figure(figure)
            part.set_transform(self._at)
            part.draw(renderer)
        renderer.close_group("glyph")


def _parts(radius: float, lanes: Lanes, theme: Theme) -> list[Artist]:
    ukraine, russia, third, dormant = lanes
    if not any((ukraine, russia, third)):
        return [Circle(ORIGIN, max(1.5, radius * 0.4), fc=theme.hollow, ec=UNKNOWN, lw=0.7)]
    fine = float(np.clip(radius / FULL, FINEST, 1.0))
    parts: list[Artist] = [Circle(ORIGIN, radius + 1.2 * fine, fc=theme.hollow, ec="none")]
    parts += _half(radius, ukraine, theme, left=True)
    parts += _half(radius, russia, theme, left=False)
    heard = [lane.controller if lane else None for lane in (ukraine, russia)]
    both = ukraine is not None and russia is not None
    if heard[0] != heard[1]:
        colour = theme.ink if both else UNKNOWN
        ends = [[(0.0, -radius), (0.0, radius)]]
        parts.append(LineCollection(ends, colors=colour, linewidths=0.7 * fine))
        if both:
            width = RIM * fine * (THIN if dormant else 1)
            parts.append(Circle(ORIGIN, radius + 0.6 * fine, fill=False, ec=theme.ink, lw=width))
    return parts + (_ring(radius + RING * fine, third, theme) if third else [])


def _half(radius: float, lane: Lane | None, theme: Theme, *, left: bool) -> list[Artist]:
    start, end = (90, 270) if left else (270, 90)
    parts: list[Artist] = []
    if lane:
        colour = COLOURS[lane.controller]
        parts.append(Wedge(ORIGIN, radius, start, end, fc=colour, ec="none", alpha=lane.opacity))
        if lane.controller is Controller.RUSSIA:
            parts.append(_texture(radius, left=left))
    contested = lane is not None and lane.controller is Controller.CONTESTED
    rim = Outline.arc(start, end if left else end + 360)
    rim = rim.transformed(Affine2D().scale(radius))
    # Yellow is told from the paper by its line: dark on both papers, as the yellow is light.
    edge = INK if contested else theme.ink if lane else UNKNOWN
    width = (1.0 if lane is None or contested else 0.5) * min(1.0, radius / FULL + 0.25)
    parts.append(PathPatch(rim, fill=False, ec=edge, lw=width, capstyle="butt"))
    return parts


def _texture(radius: float, *, left: bool) -> LineCollection:
    """Fine diagonal lines within a half disc: the two hues differ in greyscale too.

    The line through (0, c) with slope 1 meets the circle where 2t^2 + 2ct + c^2 = r^2.
    """
    lines = []
    for c in np.arange(-1.4 * radius, 1.4 * radius, 3.4):
        root = np.sqrt(max(0.0, 2 * radius**2 - c**2))
        start, end = (-c - root) / 2, (-c + root) / 2
        start, end = (start, min(end, 0.0)) if left else (max(start, 0.0), end)
        if end - start > 1:
            lines.append([(start, start + c), (end, end + c)])
    return LineCollection(lines, colors="white", linewidths=0.65)


def _ring(radius: float, lane: Lane, theme: Theme) -> list[Artist]:
    parts: list[Artist] = []
    if lane.controller is Controller.CONTESTED:
        parts.append(Circle(ORIGIN, radius, fill=False, ec=theme.ink, lw=2.4))
        parts.append(Circle(ORIGIN, radius, fill=False, ec=theme.hollow, lw=1.5))
    dashes = (0, (3, 1)) if lane.controller is Controller.RUSSIA else "solid"
    colour = COLOURS[lane.controller]
    ring = Circle(ORIGIN, radius, fill=False, ec=colour, lw=1.5, ls=dashes, alpha=lane.opacity)
    return [*parts, ring]
