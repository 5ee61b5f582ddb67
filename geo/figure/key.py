"""The key of a picture: what its glyphs say, in columns."""

from __future__ import annotations

from geo.figure.glyph import Glyph, Lane, Lanes
from geo.figure.paper import Paper, width_of, write
from geo.figure.spots import Box
from geo.model import CONTROLLERS, Controller
from geo.style import opacity

ROW, TEXT = 23.0, 7.8
ASIDE = 262.0  # width beside a map, at least

_UKRAINE, _RUSSIA, _CONTESTED = (Lane(controller, 1.0) for controller in CONTROLLERS)
_OLD = Lanes(
    Lane(Controller.UKRAINE, opacity(100)), Lane(Controller.RUSSIA, opacity(100)), dormant=True
)
KEY: list[tuple[Lanes, str]] = [
    (Lanes(_UKRAINE), "left_half"),
    (Lanes(None, _RUSSIA), "right_half"),
    (Lanes(_UKRAINE, _UKRAINE), "held_ukraine"),
    (Lanes(_RUSSIA, _RUSSIA), "held_russia"),
    (Lanes(_CONTESTED, _CONTESTED), "held_contested"),
    (Lanes(_UKRAINE, _RUSSIA), "disputed"),
    (Lanes(_UKRAINE, _RUSSIA, dormant=True), "dormant"),
    (Lanes(_UKRAINE, None, _CONTESTED), "ring"),
    (_OLD, "pale"),
    (Lanes(), "silent"),
]
KEY_HEIGHT = ROW * len(KEY)  # in one column


def key_width(paper: Paper) -> float:
    """Give the width of a column."""
    longest = max(width_of(paper.words[words], TEXT) for _, words in KEY)
    return max(ASIDE, longest + 34)


def key_under(paper: Paper, area: Box) -> float:
    """Set the key in columns at the bottom of an area; gives where the rest begins."""
    columns = max(1, int(area[2] // (key_width(paper) + 4)))
    draw_key(paper, area[0], area[1], area[2] / columns, columns)
    return area[1] + ROW * -(-len(KEY) // columns) + 8


def draw_key(paper: Paper, left: float, bottom: float, width: float, columns: int) -> None:
    """Explain the glyphs, column by column."""
    rows = -(-len(KEY) // columns)
    for number, (lanes, words) in enumerate(KEY):
        x = left + 13 + width * (number // rows)
        y = bottom + ROW * (rows - number % rows - 0.5)
        glyph = Glyph(paper, x, y, 6.5, lanes)
        glyph.set_gid(f"key-{words}")
        paper.figure.add_artist(glyph)
        write(paper, x + 17, y, paper.words[words], size=TEXT, va="center")
