"""The paper of a picture: its size, colours and letters; text that is measured before it is set.

Positions are in units of a hundredth of an inch from the lower left corner, so that a picture is
laid out alike at every resolution and in every format. Small-screen formats have larger letters:
their paper has fewer units than pixels.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock
from typing import Any

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.patheffects import Stroke
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Transform

from geo.figure.options import SIZES, Look, PictureOptions
from geo.model import Lang
from geo.style import ADMIN1, BORDER, INK, LAND, SEA
from geo.wording import figure_words

PROGRAM = "Frontline Claims"
FONT = "DejaVu Sans"  # comes with matplotlib and has Cyrillic
# Text stays text in SVG, fonts are embedded as TrueType in PDF; no name is drawn by lot.
SETTINGS: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": PROGRAM,
    "pdf.fonttype": 42,
    "font.family": [FONT],
}
PRINT = (SIZES["a4-landscape"], SIZES["a4-portrait"])
READABLE = 720  # pixels of the shorter side up to which letters keep their size
POINTS = 72 / 100  # of a unit
HINTED = 1.02  # letters on a grid of pixels are this much wider, at most
MEASURED = 5000  # texts of which the size is kept


_DRAWING = Lock()


@contextmanager
def drawing() -> Iterator[None]:
    """Draw by our settings. They belong to the whole program: one drawing at a time."""
    with _DRAWING, mpl.rc_context(SETTINGS):
        yield


@dataclass(frozen=True)
class Theme:
    """Colours of the paper; those of the statements are in geo/style.py, the same on both."""

    paper: str
    ink: str
    muted: str
    land: str
    sea: str
    border: str
    admin1: str
    hollow: str


THEMES = {
    Look.LIGHT: Theme("#FFFFFF", INK, "#555555", LAND, SEA, BORDER, ADMIN1, "#FFFFFF"),
    Look.DARK: Theme(
        "#101416", "#F2F2EE", "#A9AFB2", "#1A1E20", "#0B1014", "#858B8E", "#44494C", "#1A1E20"
    ),
}


@dataclass(frozen=True, eq=False)
class Paper:
    """A figure that is drawn on, and how."""

    figure: Figure
    theme: Theme
    lang: Lang
    wide: float
    tall: float
    pixels: Transform  # from units of the paper

    @property
    def words(self) -> dict[str, str]:
        """The words of the picture in its language."""
        return figure_words(self.lang)


def lay_paper(options: PictureOptions) -> Paper:
    """Make an empty picture."""
    wide, tall = options.size
    zoom = 1.0 if options.size in PRINT else max(1.0, min(options.size) / READABLE)
    theme = THEMES[options.theme]
    inches = (wide + 1e-4) / zoom / 100, (tall + 1e-4) / zoom / 100  # never a pixel short
    figure = Figure(figsize=inches, dpi=options.dpi * zoom, facecolor=theme.paper)
    FigureCanvasAgg(figure)
    pixels = Affine2D().scale(0.01) + figure.dpi_scale_trans
    return Paper(figure, theme, options.lang, wide / zoom, tall / zoom, pixels)


def add(paper: Paper, artist: Artist) -> None:
    """Put an artist on the paper, above what is there."""
    artist.set_transform(paper.pixels)
    paper.figure.add_artist(artist)


@cache
def font_file(bold: bool) -> str:
    """Give the path of the letters that every picture is written in."""
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return f"{mpl.get_data_path()}/fonts/ttf/{name}"


@cache
def _font(bold: bool, size: float) -> FontProperties:
    """Name the family for SVG, and the package's own file for all that draws letters."""
    weight = "bold" if bold else "normal"
    return FontProperties(family=[FONT], weight=weight, size=size, fname=font_file(bold))


@cache
def _known_letters() -> frozenset[int]:
    return frozenset(get_font(font_file(False)).get_charmap())


def plain(text: str) -> str:
    """Give text in one line; letters that the font lacks become a question mark."""
    known = _known_letters()
    return "".join(c if ord(c) in known else "?" for c in " ".join(text.split()))


@cache
def _advance(letter: str, bold: bool) -> float:
    """Width of a letter in ems."""
    font = get_font(font_file(bold))
    font.set_size(100, 72)
    return font.load_char(ord(letter), flags=mpl.ft2font.LoadFlags.NO_HINTING).horiAdvance / 6400


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Measure text of a size in points, in units of the paper."""
    return sum(_advance(letter, bold) for letter in plain(text)) * size / POINTS * HINTED


def wrap(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Break text into lines that fit a width; a word that does not fit is broken too."""
    lines: list[str] = []
    line = ""
    for word in plain(text).split():
        longer = f"{line} {word}" if line else word
        if width_of(longer, size, bold=bold) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while width_of(line, size, bold=bold) > room and len(line) > 1:
            fits = len(line) - 1
            while fits > 1 and width_of(line[:fits], size, bold=bold) > room:
                fits -= 1
            lines.append(line[:fits])
            line = line[fits:]
    return [*lines, line] if line else lines


def shorten(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Cut text to a width, with an ellipsis."""
    if width_of(text, size, bold=bold) <= room:
        return text
    while text and width_of(f"{text}…", size, bold=bold) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def write(
    paper: Paper, x: float, y: float, text: str, *, size: float = 8, bold: bool = False, **look: Any
) -> Text:
    """Write one line of plain text; `y` is its top unless told otherwise."""
    look = {"color": paper.theme.ink, "va": "top", **look}
    return paper.figure.text(
        *(x, y, plain(text)), fontproperties=_font(bold, size), parse_math=False,
        transform=paper.pixels, **look,
    )  # fmt: skip


def set_off(paper: Paper, text: Text) -> None:
    """Set text off from the map by an outline under it; the text itself stays text."""
    x, y = text.get_position()
    look: dict[str, Any] = {
        "va": text.get_verticalalignment(),
        "ha": text.get_horizontalalignment(),
        "zorder": text.get_zorder() - 0.5,
    }
    under = paper.figure.text(
        *(x, y, text.get_text()), fontproperties=text.get_fontproperties(), parse_math=False,
        transform=paper.pixels, color=paper.theme.land, **look,
    )  # fmt: skip
    under.set_path_effects([Stroke(linewidth=2.4, foreground=paper.theme.land)])


def size_of(paper: Paper, text: str, size: float, *, bold: bool = False) -> tuple[float, float]:
    """Measure text as it will be drawn, in units of the paper: width and height."""
    dpi = paper.figure.dpi
    wide, tall = _pixels_of(plain(text), size, bold, dpi)
    return wide * 100 / dpi, tall * 100 / dpi


@lru_cache(MEASURED)
def _pixels_of(text: str, size: float, bold: bool, dpi: float) -> tuple[float, float]:
    """Measure text in pixels, which is slow; the same names stand on most pictures."""
    written = Text(0, 0, text, fontproperties=_font(bold, size), parse_math=False)
    written.set_figure(_scrap(dpi))
    wide, tall = written.get_window_extent().size
    return float(wide), float(tall)


@lru_cache(1)
def _scrap(dpi: float) -> Figure:
    """Give paper to measure on."""
    figure = Figure((1, 1), dpi=dpi)
    FigureCanvasAgg(figure)
    return figure
