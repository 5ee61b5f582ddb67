"""Social cards: 1200 by 630 pixels, a map beside a few words, small enough to travel.

The map is drawn once by matplotlib; the words of each language are then written over it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Circle
from PIL import Image, ImageDraw, ImageFont

from geo.figure.extent import fit
from geo.figure.frame import add_glyph, draw_background, draw_scale_bar, lanes_of
from geo.figure.options import Extent, PictureOptions
from geo.figure.paper import THEMES, add, drawing, font_file, lay_paper, plain
from geo.figure.spots import Box, find_spots
from geo.model import Controller, Snapshot
from geo.style import COLOURS, INK

CARD_SIZE = (1200, 630)  # what networks show large
MAP_SIZE = (680, 630)
MARGIN, GAP = 36, 14
ROOM = CARD_SIZE[0] - MAP_SIZE[0] - MARGIN - 24  # pixels a line of words may fill
PALETTE = 96  # colours; more makes the file larger than networks like
TITLES = ((50, 2), (42, 2), (34, 3), (28, 4))  # letters, and how many lines of them may be
TEXT, SMALL = 23, 16

Ground = Image.Image  # the map of a card, without words


@dataclass(frozen=True)
class Told:
    """One thing that a card says.

    Attributes
    ----------
    head
        In bold, mostly whose words they are.
    text
        What is said.
    controller
        Who is named as holder: the colour of the bar beside it; None for no bar.
    """

    head: str
    text: str
    controller: Controller | None = None


def draw_card_map(
    snapshot: Snapshot,
    extent: Extent,
    *,
    ringed: str | None = None,
    rows: Iterable[int] | None = None,
) -> Ground:
    """Draw the map of a card, without words.

    Parameters
    ----------
    snapshot
        What stands.
    extent
        Degrees that must be on it.
    ringed
        Id of the settlement that the card is about.
    rows
        Rows of the settlements that are drawn; all when left out.
    """
    with drawing():
        paper = lay_paper(PictureOptions(size=MAP_SIZE))
        box: Box = (0.0, 0.0, paper.wide, paper.tall)
        shown = fit(extent, paper.wide / paper.tall)
        draw_background(paper, snapshot.dataset, shown, box)
        spots = find_spots(snapshot.dataset, shown, box)
        kept = None if rows is None else set(rows)
        order = [row for row in spots.order if kept is None or row in kept]
        places = snapshot.dataset.settlements.index
        for row, lanes in lanes_of(snapshot, order).items():
            add_glyph(paper, snapshot.dataset, spots, row, lanes)
            if places[row] == ringed:
                at = (float(spots.x[row]), float(spots.y[row]))
                add(paper, Circle(at, spots.radius[row] + 9, fill=False, ec=INK, lw=2.2, zorder=2))
        draw_scale_bar(paper, shown, box)
        canvas: Any = FigureCanvasAgg(paper.figure)
        canvas.draw()
        return Image.frombuffer("RGBA", MAP_SIZE, bytes(canvas.buffer_rgba())).convert("RGB")


def write_card(
    ground: Ground, *, kicker: str, title: str, told: Sequence[Told], foot: str
) -> bytes:
    """Write the words of a card beside its map; gives a PNG.

    Parameters
    ----------
    ground
        Of `draw_card_map`.
    kicker
        A small line over the title.
    title
        At most four lines, cut with an ellipsis; its letters become smaller when it is long.
    told
        As many as there is room for; what does not fit is left out whole.
    foot
        A small line at the bottom.
    """
    theme = THEMES[PictureOptions().theme]
    card = Image.new("RGB", CARD_SIZE, theme.paper)
    card.paste(ground, (CARD_SIZE[0] - MAP_SIZE[0], 0))
    pen = ImageDraw.Draw(card)
    pen.text((MARGIN, 30), plain(kicker), font=_font(SMALL + 3), fill=theme.muted)
    lines, size = _title(title)
    y = 66
    for line in lines:
        pen.text((MARGIN, y), line, font=_font(size, bold=True), fill=theme.ink)
        y += round(size * 1.16)
    y += GAP
    footer = _wrap(foot, _font(SMALL))
    bottom = CARD_SIZE[1] - 28 - len(footer) * (SMALL + 5)
    for each in told:
        bold, usual = _font(TEXT, bold=True), _font(TEXT - 2)
        said = [(line, bold, TEXT + 6) for line in _wrap(each.head, bold)]
        said += [(line, usual, TEXT + 4) for line in _wrap(each.text, usual)]
        tall = sum(step for *_, step in said)
        if y + tall > bottom - 6:
            break
        if each.controller:
            _bar(pen, y + 3, tall - 4, each.controller)
        for line, font, step in said:
            pen.text((MARGIN, y), line, font=font, fill=theme.ink)
            y += step
        y += GAP
    for number, line in enumerate(footer):
        at = (MARGIN, bottom + 8 + number * (SMALL + 5))
        pen.text(at, line, font=_font(SMALL), fill=theme.muted)
    buffer = io.BytesIO()
    small = card.quantize(PALETTE, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    small.save(buffer, format="PNG")
    return buffer.getvalue()


@cache
def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_file(bold), size)


def _title(title: str) -> tuple[list[str], int]:
    """Break a title into as few lines of the largest letters as TITLES allow."""
    for size, most in TITLES:
        font = _font(size, bold=True)
        lines = _wrap(title, font)
        if len(lines) <= most:
            return lines, size
    return [*lines[: most - 1], _cut(f"{lines[most - 1]}…", font)], size


def _wrap(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Break text into lines of ROOM pixels; a word that is longer is cut."""
    lines: list[str] = []
    for word in plain(text).split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= ROOM:
            lines[-1] = longer
            continue
        lines.append(_cut(word, font))
    return lines


def _cut(text: str, font: ImageFont.FreeTypeFont) -> str:
    """Cut text to ROOM pixels, with an ellipsis."""
    while font.getlength(text) > ROOM:
        text = f"{text[:-2]}…"
    return text


def _bar(pen: ImageDraw.ImageDraw, top: int, tall: int, controller: Controller) -> None:
    """Mark who is named; Russia's mark is broken, so that greyscale tells them apart."""
    colour = COLOURS[controller]
    edge = INK if controller is Controller.CONTESTED else colour
    parts = 3 if controller is Controller.RUSSIA else 1
    step = tall / parts
    for part in range(parts):
        first = top + round(part * step)
        last = top + round((part + 1) * step) - (4 if part < parts - 1 else 0)
        pen.rectangle((MARGIN - 18, first, MARGIN - 10, last), fill=colour, outline=edge)
