"""What can be chosen for a picture: one list for the command line, the app and the manifest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from geo.model import THEATRE, Lang, Status
from geo.wording import FAULT_WORDS

Extent = tuple[float, float, float, float]  # west, south, east, north in degrees

SIZES = {
    "1200x675": (1200, 675),
    "1080x1080": (1080, 1080),
    "1080x1920": (1080, 1920),
    "a4-landscape": (1169, 827),  # 297 x 210 mm at 100 dpi
    "a4-portrait": (827, 1169),
}
SIZE = SIZES["1200x675"]
SMALLEST, LARGEST = 600, 6000
DPIS = (100, 200, 300)  # once, twice, and for print
MOST_PIXELS = 60_000_000
LONGEST_HEADLINE = 140
RADII = (1.0, 1000.0)  # kilometres
FORMATS = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}


class Layout(StrEnum):
    """How a picture is laid out."""

    SHEET = "sheet"  # one map
    CARD = "card"  # one place: its map and what each side said of it
    PAIR = "pair"  # the same extent on two days
    VOICES = "voices"  # the same day according to two views


class Look(StrEnum):
    """Light or dark paper."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class PictureOptions:
    """All that is chosen for a picture beside the day, the clock and who is heard.

    Attributes
    ----------
    layout
        How it is laid out; a card needs a `place`, a pair `date2`, voices `view2`.
    size
        Width and height in pixels at 100 dpi: a hundredth of an inch in print.
    dpi
        Pixels an inch of PNG files, one of DPIS.
    theme
        Light or dark.
    lang
        Language of the words and of the places' names.
    headline
        In place of the neutral one.
    extent
        West, south, east, north in degrees, widened to the map's shape; None: the front's
        region.
    place
        Settlement id that is ringed and named first.
    date2
        The second day of a pair.
    view2
        Who is heard on the second map of voices: "all", a side, or a claimant's id.
    areas
        Which areas lie under the settlements, see `View.areas`.
    only
        The status of the places that are shown; None for all.
    address
        Where this view can be opened again.

    Raises
    ------
    ValueError
        When a value is out of bounds, or a layout lacks what it needs; one sentence.
    """

    layout: Layout = Layout.SHEET
    size: tuple[int, int] = SIZE
    dpi: int = DPIS[0]
    theme: Look = Look.LIGHT
    lang: Lang = Lang.EN
    headline: str = ""
    extent: Extent | None = None
    place: str | None = None
    date2: date | None = None
    view2: str | None = None
    areas: tuple[str, ...] = ()
    only: Status | None = None
    address: str = ""

    def __post_init__(self) -> None:
        wide, tall = self.size
        if not all(SMALLEST <= side <= LARGEST for side in self.size):
            raise ValueError(
                FAULT_WORDS["size"].format(wide=wide, tall=tall, smallest=SMALLEST, largest=LARGEST)
            )
        if self.dpi not in DPIS:
            allowed = ", ".join(map(str, DPIS))
            raise ValueError(FAULT_WORDS["dpi"].format(dpi=self.dpi, allowed=allowed))
        if wide * tall * (self.dpi / 100) ** 2 > MOST_PIXELS:
            most = MOST_PIXELS // 10**6
            raise ValueError(
                FAULT_WORDS["pixels"].format(wide=wide, tall=tall, dpi=self.dpi, most=most)
            )
        if len(self.headline) > LONGEST_HEADLINE:
            raise ValueError(FAULT_WORDS["headline"].format(most=LONGEST_HEADLINE))
        for layout, name, value in (
            (Layout.CARD, "place", self.place),
            (Layout.PAIR, "date2", self.date2),
            (Layout.VOICES, "view2", self.view2),
        ):
            if self.layout is layout and value is None:
                raise ValueError(FAULT_WORDS["lacks"].format(layout=layout, option=name))
            if name != "place" and value is not None and self.layout is not layout:
                raise ValueError(FAULT_WORDS["stray"].format(layout=layout, option=name))


def read_size(text: str) -> tuple[int, int]:
    """Read a named size, or WxH in pixels.

    Raises
    ------
    ValueError
        One sentence.
    """
    width, times, height = text.partition("x")
    if text in SIZES:
        return SIZES[text]
    if not (times and width.isdecimal() and height.isdecimal() and len(text) < LONGEST_HEADLINE):
        raise ValueError(FAULT_WORDS["size_text"].format(text=repr(text[:40])))
    return int(width), int(height)


def read_box(text: str) -> Extent:
    """Read W,S,E,N in degrees, inside the theatre.

    Raises
    ------
    ValueError
        One sentence.
    """
    try:
        west, south, east, north = map(float, text.split(","))
    except ValueError:
        raise ValueError(FAULT_WORDS["box_text"].format(text=repr(text))) from None
    inside = THEATRE[0] <= west < east <= THEATRE[2] and THEATRE[1] <= south < north <= THEATRE[3]
    if not inside:
        box = ",".join(f"{degrees:g}" for degrees in THEATRE)
        raise ValueError(FAULT_WORDS["box"].format(text=repr(text), theatre=box))
    return west, south, east, north


def read_radius(text: str) -> float:
    """Read kilometres about a place.

    Raises
    ------
    ValueError
        One sentence.
    """
    try:
        km = float(text)
    except ValueError:
        km = 0.0
    if not RADII[0] <= km <= RADII[1]:
        nearest, furthest = (f"{end:g}" for end in RADII)
        raise ValueError(
            FAULT_WORDS["radius"].format(text=repr(text), nearest=nearest, furthest=furthest)
        )
    return km
