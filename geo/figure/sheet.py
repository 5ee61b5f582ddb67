"""A snapshot as a picture that can be printed: date, clock, view, legend and sources on it.

Drawn with matplotlib alone, without a browser: the same snapshot gives the same bytes.
"""

from __future__ import annotations

import io
import textwrap
from collections import Counter

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from geo.figure.frame import Box, Extent, draw_map, write
from geo.figure.glyph import Lane, draw_glyph
from geo.model import CONTROLLERS, STATUSES, Controller, Snapshot, Status
from geo.style import FRONT, opacity
from geo.wording import (
    BACKGROUND_CREDIT,
    CAVEAT,
    FIGURE_WORDS,
    LICENCE,
    MAP_WORDS,
    NO_STATEMENT,
    STATUS_NAMES,
    day_in_words,
    known_in_words,
    view_in_words,
)

SIZE = (1200, 675)
SMALLEST, LARGEST = 400, 6000
MARGIN, HEADER, LEGEND_ROW, LINE = 18, 62, 26, 15


def draw_png(
    snapshot: Snapshot,
    *,
    extent: Extent | None = None,
    size: tuple[int, int] = SIZE,
    place: str | None = None,
    address: str = "",
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
        Width and height in pixels, 400 to 6000 each.
    place
        Settlement id that is ringed and named first.
    address
        Where this view can be opened again; printed and kept in the file.

    Raises
    ------
    ValueError
        When the size is out of bounds.
    """
    if not all(SMALLEST <= side <= LARGEST for side in size):
        wide = f"{size[0]}x{size[1]}"
        raise ValueError(f"a picture of {wide} is not made; each side {SMALLEST} to {LARGEST}")
    figure, _ = _compose(snapshot, extent or FRONT, size, place, address)
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
    snapshot: Snapshot, extent: Extent, size: tuple[int, int], place: str | None, address: str
) -> tuple[Figure, list[Bbox]]:
    figure = Figure(figsize=(size[0] / 100, size[1] / 100), dpi=100, facecolor="white")
    FigureCanvasAgg(figure)
    foot = _footer(figure, snapshot, size, address)
    foot = _legend(figure, size, foot)
    _header(figure, snapshot, size)
    box: Box = (MARGIN, foot + 6, size[0] - 2 * MARGIN, size[1] - HEADER - foot - 6)
    return figure, draw_map(figure, snapshot, extent, box, place=place)


def _header(figure: Figure, snapshot: Snapshot, size: tuple[int, int]) -> None:
    top = size[1] - 10
    write(figure, MARGIN, top, _title(snapshot), 15, weight="bold")
    counts = Counter(STATUSES[code] for code in snapshot.statuses)
    spoken = [
        f"{counts[status]} {FIGURE_WORDS[status]}"
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
    lines = textwrap.wrap(line, width=int((size[0] - 2 * MARGIN) / 5.7))[:2]
    write(figure, MARGIN, top - 25, "\n".join(lines), 8.5, linespacing=1.15)


def _footer(figure: Figure, snapshot: Snapshot, size: tuple[int, int], address: str) -> float:
    """Write sources, caveat, credits and address; gives the height taken."""
    outlets = Counter(snapshot.standing["outlet"]).most_common()
    named = ", ".join(outlet for outlet, _ in outlets[:10])
    more = FIGURE_WORDS["more"].format(count=len(outlets) - 10) if len(outlets) > 10 else ""
    dataset = snapshot.dataset
    notes = [
        CAVEAT,
        FIGURE_WORDS["sources"].format(outlets=f"{named}{more}") if named else "",
        f"{MAP_WORDS['found_up_to'].format(day=day_in_words(dataset.last_day))}; "
        f"ledger {dataset.version}. {LICENCE} {BACKGROUND_CREDIT}",
        address,
    ]
    width = int((size[0] - 2 * MARGIN) / 5.0)
    lines = [line for note in notes for line in textwrap.wrap(note, width=width)]
    height = 12 + LINE * len(lines)
    for number, line in enumerate(lines):
        write(figure, MARGIN, height - 4 - LINE * number, line, 7.5, color="#444444")
    return height


def _legend(figure: Figure, size: tuple[int, int], bottom: float) -> float:
    """Draw the key as rows of glyphs above the footer; gives the height up to its top."""
    ukraine, russia, contested = (Lane(controller, 1.0) for controller in CONTROLLERS)
    old = (Lane(Controller.UKRAINE, opacity(100)), Lane(Controller.RUSSIA, opacity(100)), None)
    entries = [
        ((ukraine, None, None), FIGURE_WORDS["left_half"]),
        ((None, russia, None), FIGURE_WORDS["right_half"]),
        ((ukraine, ukraine, None), FIGURE_WORDS["held_ukraine"]),
        ((russia, russia, None), FIGURE_WORDS["held_russia"]),
        ((contested, contested, None), FIGURE_WORDS["held_contested"]),
        ((ukraine, russia, None), FIGURE_WORDS["disputed_key"]),
        ((ukraine, None, contested), FIGURE_WORDS["ring"]),
        (old, FIGURE_WORDS["pale"]),
    ]
    columns = max(1, min(4, (size[0] - 2 * MARGIN) // 270))
    rows = -(-len(entries) // columns)
    step = (size[0] - 2 * MARGIN) / columns
    for number, (lanes, text) in enumerate(entries):
        x = MARGIN + 12 + step * (number % columns)
        y = bottom + LEGEND_ROW * (rows - 1 - number // columns) + LEGEND_ROW / 2
        draw_glyph(figure, x, y, 7.0, lanes)
        write(figure, x + 18, y, text, 8, va="center")
    return bottom + LEGEND_ROW * rows
