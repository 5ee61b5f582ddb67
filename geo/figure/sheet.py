"""A snapshot as a picture that can be printed: date, clock, view, legend and sources on it.

Drawn with matplotlib alone, without a browser: the same snapshot gives the same bytes.
"""

from __future__ import annotations

import io
import textwrap
from collections import Counter
from collections.abc import Sequence

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from geo.areas import AreaLayer
from geo.figure.frame import Box, Extent, draw_map, fit, write
from geo.figure.glyph import Lane, draw_glyph
from geo.model import CONTROLLERS, STATUSES, Controller, Snapshot, Status
from geo.style import FRONT, opacity
from geo.wording import (
    BACKGROUND_CREDIT,
    CAVEAT,
    FIGURE_WORDS,
    LICENCE,
    NO_STATEMENT,
    STATUS_COUNTS,
    STATUS_NAMES,
    day_in_words,
    known_in_words,
    view_in_words,
)

SIZE = (1200, 675)
SMALLEST, LARGEST = 600, 6000
MOST_OUTLETS = 8  # named on the picture, the ones with most statements
MARGIN, LEGEND_ROW, LEGEND_WIDTH, LINE = 18, 28, 280, 15

_UKRAINE, _RUSSIA, _CONTESTED = (Lane(controller, 1.0) for controller in CONTROLLERS)
_OLD = (Lane(Controller.UKRAINE, opacity(100)), Lane(Controller.RUSSIA, opacity(100)), None)
KEY: list[tuple[tuple[Lane | None, ...], str]] = [
    ((_UKRAINE, None, None), "left_half"),
    ((None, _RUSSIA, None), "right_half"),
    ((_UKRAINE, _UKRAINE, None), "held_ukraine"),
    ((_RUSSIA, _RUSSIA, None), "held_russia"),
    ((_CONTESTED, _CONTESTED, None), "held_contested"),
    ((_UKRAINE, _RUSSIA, None), "disputed"),
    ((_UKRAINE, None, _CONTESTED), "ring"),
    (_OLD, "pale"),
    ((None, None, None), "silent"),
]


def draw_png(
    snapshot: Snapshot,
    *,
    extent: Extent | None = None,
    size: tuple[int, int] = SIZE,
    place: str | None = None,
    address: str = "",
    areas: Sequence[AreaLayer] = (),
) -> bytes:
    """Draw a snapshot as PNG.

    Parameters
    ----------
    snapshot
        What to show.
    extent
        West, south, east, north in degrees; widened to the picture's shape. The front's region
        when left out.
    size
        Width and height in pixels, 600 to 6000 each.
    place
        Settlement id that is ringed and named first.
    address
        Where this view can be opened again; printed and kept in the file.
    areas
        Drawn under the settlements; their titles are printed.

    Raises
    ------
    ValueError
        When the size is out of bounds.
    """
    if not all(SMALLEST <= side <= LARGEST for side in size):
        wide = f"{size[0]}x{size[1]}"
        raise ValueError(f"a picture of {wide} is not made; each side {SMALLEST} to {LARGEST}")
    figure, _ = _compose(snapshot, extent or FRONT, size, place, address, areas)
    buffer = io.BytesIO()
    about = {
        "Software": "Frontline Claims",
        "Title": _title(snapshot),
        "Description": describe(snapshot),
        "Source": address,
    }
    figure.canvas.print_png(buffer, metadata=about)  # type: ignore[attr-defined]
    return buffer.getvalue()


def label_boxes(
    snapshot: Snapshot, *, extent: Extent = FRONT, size: tuple[int, int] = SIZE
) -> list[Bbox]:
    """Give the boxes, in pixels, of the place names that a picture would carry."""
    return _compose(snapshot, extent, size, None, "")[1]


def describe(snapshot: Snapshot) -> str:
    """Say in plain words what the picture shows, for those who cannot see it."""
    places = snapshot.settlements
    parts = [
        f"{_title(snapshot)}: {known_in_words(snapshot.as_of, snapshot.known_by)}, "
        f"{view_in_words(snapshot.dataset, snapshot.view)}."
    ]
    for status in Status:
        names = list(places["name"][places["status"] == status])
        if names and status is not Status.SILENT:
            parts.append(f"{STATUS_NAMES[status].capitalize()}: {', '.join(names)}.")
    return " ".join(parts) if len(parts) > 1 else f"{parts[0]} {NO_STATEMENT.capitalize()}."


def _title(snapshot: Snapshot) -> str:
    return FIGURE_WORDS["title"].format(day=day_in_words(snapshot.as_of))


def _compose(
    snapshot: Snapshot,
    extent: Extent,
    size: tuple[int, int],
    place: str | None,
    address: str,
    areas: Sequence[AreaLayer] = (),
) -> tuple[Figure, list[Bbox]]:
    wide, tall = size
    figure = Figure(figsize=(wide / 100, tall / 100), dpi=100, facecolor="white")
    FigureCanvasAgg(figure)
    head = _header(figure, snapshot, size)
    foot = 18 + LINE * len(_notes(snapshot, wide, None, address, areas))
    # A wide picture has the key beside the map, a tall one under it.
    aside = wide > 1.4 * tall
    columns = 1 if aside else max(1, (wide - 2 * MARGIN) // LEGEND_WIDTH)
    key_height = LEGEND_ROW * -(-len(KEY) // columns)
    if aside:
        right = wide - LEGEND_WIDTH
        _legend(figure, right, tall - head - key_height, columns)
        box: Box = (MARGIN, foot, right - MARGIN - 12, tall - head - foot)
    else:
        _legend(figure, MARGIN, foot, columns)
        top = foot + key_height + 6
        box = (MARGIN, top, wide - 2 * MARGIN, tall - head - top)
    shown = fit(extent, box[2] / box[3])
    names = draw_map(figure, snapshot, shown, box, place=place, areas=areas)
    for number, line in enumerate(_notes(snapshot, wide, shown, address, areas)):
        write(figure, MARGIN, foot - 10 - LINE * number, line, fontsize=7.5, color="#444444")
    return figure, names


def _header(figure: Figure, snapshot: Snapshot, size: tuple[int, int]) -> float:
    """Write what the picture shows; gives the height taken."""
    top = size[1] - 10
    write(figure, MARGIN, top, _title(snapshot), fontsize=15, weight="bold")
    counts = Counter(STATUSES[code] for code in snapshot.statuses)
    spoken = [
        f"{counts[status]} {STATUS_COUNTS[status]}"
        for status in Status
        if counts[status] and status is not Status.SILENT
    ]
    line = "; ".join(
        [
            f"{known_in_words(snapshot.as_of, snapshot.known_by)}, "
            f"{view_in_words(snapshot.dataset, snapshot.view)}",
            ", ".join(spoken) or NO_STATEMENT,
        ]
    )
    lines = textwrap.wrap(line, width=int((size[0] - 2 * MARGIN) / 6.3))
    for number, text in enumerate(lines):
        write(figure, MARGIN, top - 25 - LINE * number, text, fontsize=8.5)
    return 47 + LINE * len(lines)


def _notes(
    snapshot: Snapshot,
    width: int,
    shown: Extent | None,
    address: str,
    areas: Sequence[AreaLayer],
) -> list[str]:
    """Wrap sources, caveat, credits and address; the sources are those of the places shown."""
    said = snapshot.standing
    if shown:
        said = said.cx[shown[0] : shown[2], shown[1] : shown[3]]
    outlets = Counter(said["outlet"]).most_common()
    named = ", ".join(outlet for outlet, _ in outlets[:MOST_OUTLETS])
    rest = len(outlets) - MOST_OUTLETS
    more = FIGURE_WORDS["more"].format(count=rest) if rest > 0 else ""
    dataset = snapshot.dataset
    notes = [
        CAVEAT,
        *(layer.title for layer in areas),
        FIGURE_WORDS["sources"].format(outlets=f"{named}{more}") if named else "",
        FIGURE_WORDS["ledger"].format(day=day_in_words(dataset.last_day), version=dataset.version)
        + f" {LICENCE} {BACKGROUND_CREDIT}",
        address,
    ]
    letters = int((width - 2 * MARGIN) / 5.6)
    return [line for note in notes for line in textwrap.wrap(note, width=letters)]


def _legend(figure: Figure, left: float, bottom: float, columns: int) -> None:
    rows = -(-len(KEY) // columns)
    for number, (lanes, words) in enumerate(KEY):
        x = left + 12 + LEGEND_WIDTH * (number % columns)
        y = bottom + LEGEND_ROW * (rows - number // columns - 0.5)
        draw_glyph(figure, x, y, 7.0, lanes)
        write(figure, x + 18, y, FIGURE_WORDS[words], va="center")
