"""The glyph of a place for print: a disc in two halves, drawn at a point of the paper.

Left half, what Ukraine's side says; right half, what Russia's side says; hollow when it has not
spoken; outer ring, the latest third-party position; dark rim, the two differ: a thin one when
the disagreement is dormant.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_rgba
from matplotlib.patches import Wedge
from matplotlib.path import Path as Outline
from matplotlib.transforms import Affine2D

from geo.figure.paper import Paper, Theme
from geo.model import Controller
from geo.style import COLOURS, INK, THIN, UNKNOWN

RING = 3.8  # of a third party, outside the disc
RIM = 2.2  # width of the rim of a live disagreement
FULL, FINEST = 8.0, 0.45  # radius from which on lines are full, and how fine they become below
LOOKS = 2000  # of glyphs that are kept, a few kilobytes each; a picture of the front has 150

# Of radius 1.
CIRCLE = Outline.unit_circle()
MIDDLE = Outline([(0.0, -1.0), (0.0, 1.0)])
LEFT, RIGHT = (90, 270), (270, 450)  # degrees
HALVES = {ends: Wedge((0.0, 0.0), 1.0, *ends).get_path() for ends in (LEFT, RIGHT)}
ARCS = {ends: Outline.arc(*ends) for ends in (LEFT, RIGHT)}


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


class Mark(NamedTuple):
    """Outlines that are drawn in one way: what a glyph is made of.

    Matplotlib's own patches and collections take ten times as long to be made.
    """

    outlines: tuple[Outline, ...]
    scale: float = 1.0  # of the outlines
    fill: str | None = None
    edge: str = "none"
    width: float = 0.0  # in points
    dashes: tuple[float, ...] | None = None  # in widths
    opacity: float | None = None
    lines: bool = False  # what matplotlib has a collection for, and not a patch


class Glyph(Artist):
    """A glyph that is drawn whole: in SVG a group of its own, named by its gid.

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
        self._marks = _marks(float(radius), lanes, paper.theme)

    def draw(self, renderer: RendererBase) -> None:
        """Draw the marks, from the paper up."""
        renderer.open_group("glyph", gid=self.get_gid())
        at = self._at.get_matrix()
        for mark in self._marks:
            _draw_mark(renderer, mark, Affine2D(at @ np.diag((mark.scale, mark.scale, 1.0))))
        renderer.close_group("glyph")


def _draw_mark(renderer: RendererBase, mark: Mark, at: Affine2D) -> None:
    """Draw as matplotlib's patches and collections do: every format is the same bytes."""
    group = "LineCollection" if mark.lines else "patch"
    renderer.open_group(group)
    ink = renderer.new_gc()
    ink.set_linewidth(mark.width)
    ink.set_joinstyle("round" if mark.lines else "miter")
    if mark.lines:
        ink.set_hatch_color(mark.edge)
    if mark.opacity is not None:
        ink.set_alpha(mark.opacity)
    ink.set_foreground(to_rgba(mark.edge, mark.opacity), isRGBA=True)
    if mark.dashes:
        ink.set_dashes(0, [length * mark.width for length in mark.dashes])
    fill = to_rgba(mark.fill, mark.opacity) if mark.fill else None
    for outline in mark.outlines:
        renderer.draw_path(ink, outline, at, fill)
    ink.restore()
    renderer.close_group(group)


@lru_cache(LOOKS)
def _marks(radius: float, lanes: Lanes, theme: Theme) -> tuple[Mark, ...]:
    ukraine, russia, third, dormant = lanes
    disc = Mark((CIRCLE,), fill=theme.hollow)
    if not any((ukraine, russia, third)):
        return (disc._replace(scale=max(1.5, radius * 0.4), edge=UNKNOWN, width=0.7),)
    fine = float(np.clip(radius / FULL, FINEST, 1.0))
    marks = [disc._replace(scale=radius + 1.2 * fine)]
    marks += _half(radius, ukraine, theme, LEFT)
    marks += _half(radius, russia, theme, RIGHT)
    heard = [lane.controller if lane else None for lane in (ukraine, russia)]
    both = ukraine is not None and russia is not None
    if heard[0] != heard[1]:
        colour = theme.ink if both else UNKNOWN
        marks.append(Mark((MIDDLE,), radius, edge=colour, width=0.7 * fine, lines=True))
        if both:
            width = RIM * fine * (THIN if dormant else 1)
            marks.append(Mark((CIRCLE,), radius + 0.6 * fine, edge=theme.ink, width=width))
    return (*marks, *(_ring(radius + RING * fine, third, theme) if third else []))


def _half(radius: float, lane: Lane | None, theme: Theme, ends: tuple[int, int]) -> list[Mark]:
    marks: list[Mark] = []
    if lane:
        fill = COLOURS[lane.controller]
        marks.append(Mark((HALVES[ends],), radius, fill, opacity=lane.opacity))
        if lane.controller is Controller.RUSSIA:
            marks.append(_texture(radius, left=ends is LEFT))
    contested = lane is not None and lane.controller is Controller.CONTESTED
    # Yellow is told from the paper by its line: dark on both papers, as the yellow is light.
    edge = INK if contested else theme.ink if lane else UNKNOWN
    width = (1.0 if lane is None or contested else 0.5) * min(1.0, radius / FULL + 0.25)
    return [*marks, Mark((ARCS[ends],), radius, edge=edge, width=width)]


def _texture(radius: float, *, left: bool) -> Mark:
    """Fine diagonal lines within a half disc: the two hues differ in greyscale too.

    The line through (0, c) with slope 1 meets the circle where 2t^2 + 2ct + c^2 = r^2.
    """
    lines = []
    for c in np.arange(-1.4 * radius, 1.4 * radius, 3.4):
        root = np.sqrt(max(0.0, 2 * radius**2 - c**2))
        start, end = (-c - root) / 2, (-c + root) / 2
        start, end = (start, min(end, 0.0)) if left else (max(start, 0.0), end)
        if end - start > 1:
            lines.append(Outline([(start, start + c), (end, end + c)]))
    return Mark(tuple(lines), edge="white", width=0.65, lines=True)


def _ring(radius: float, lane: Lane, theme: Theme) -> list[Mark]:
    ring = Mark((CIRCLE,), radius, edge=COLOURS[lane.controller], width=1.5, opacity=lane.opacity)
    if lane.controller is Controller.RUSSIA:
        return [ring._replace(dashes=(3.0, 1.0))]
    if lane.controller is Controller.CONTESTED:
        casing = Mark((CIRCLE,), radius, edge=theme.ink, width=2.4)
        return [casing, casing._replace(edge=theme.hollow, width=1.5), ring]
    return [ring]
