"""The layouts: what stands where on the paper of a picture."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox

from geo.areas import OpenSeries, area_layers
from geo.figure.alt import (
    MOST_OUTLETS,
    area_line,
    changed_rows,
    changes,
    count_line,
    headline,
    nothing,
    second_snapshot,
    source_line,
    standing_in,
    view_line,
)
from geo.figure.columns import list_changes, side_columns
from geo.figure.extent import fit
from geo.figure.frame import draw_map
from geo.figure.key import KEY_HEIGHT, draw_key, key_under, key_width
from geo.figure.options import Extent, Layout, PictureOptions
from geo.figure.paper import Paper, add, lay_paper, shorten, width_of, wrap, write
from geo.figure.spots import Box
from geo.model import Snapshot, Status
from geo.style import FRONT
from geo.wording import capital, day_in_words, view_in_words

MARGIN, GAP, LINE = 20.0, 14.0, 13.5
WIDE = 1.35  # from this shape on the key stands beside the map
TITLE, SUBTITLE, NOTE = 17.0, 9.0, 7.0


@dataclass(frozen=True, eq=False)
class Composed:
    """A picture before it becomes a file.

    Attributes
    ----------
    paper
        What was drawn.
    shown
        Degrees on its map, or on each of its two maps.
    names
        Boxes of the names on the maps, in units of the paper.
    areas
        What the areas on its maps are, in sentences.
    """

    paper: Paper
    shown: Extent
    names: list[Bbox]
    areas: list[str]


def compose(snapshot: Snapshot, options: PictureOptions, open_series: OpenSeries) -> Composed:
    """Lay out a picture; `open_series` gives the series of an id.

    Raises
    ------
    ValueError
        When the second view is unknown.
    """
    paper = lay_paper(options)
    other = second_snapshot(snapshot, options)
    extent = options.extent or FRONT
    shots = [snapshot, *([other] if other else [])]
    layers = [area_layers(one, options.areas, open_series) for one in shots]
    areas = list(
        dict.fromkeys(
            area_line(layer, one.as_of, options.lang)
            for one, under in zip(shots, layers, strict=True)
            for layer in under
        )
    )
    # The extent shown depends on the room left by head and notes, these on what is shown: the room
    # is that of the extent asked for, and of what is shown as many outlets are named as find room.
    room = len(_notes(paper, shots, options, extent, areas))
    room += not source_line(shots, options, extent)  # what is shown is wider, and may have some
    foot = MARGIN + LINE * room
    under = max(2 if paper.wide > 900 else 3, len(_told(paper, snapshot, other, options, extent)))
    head = _head_height(paper, snapshot, options, under)
    area: Box = (MARGIN, foot + 8, paper.wide - 2 * MARGIN, paper.tall - head - foot - 8)
    if options.layout is Layout.SHEET:
        boxes, rest = [_with_key(paper, area)], None
    elif options.layout is Layout.CARD:
        boxes, rest = _card(paper, area)
    else:
        boxes, rest = _two(paper, area, changes_too=options.layout is Layout.PAIR)
    shown = fit(extent, boxes[0][2] / boxes[0][3])
    names: list[Bbox] = []
    for number, one in enumerate(shots):
        changed = (
            frozenset(changed_rows(snapshot, other, options, shown))
            if other and options.layout is Layout.PAIR
            else frozenset()
        )
        names += draw_map(
            paper, one, shown, boxes[number], place=options.place, ringed=changed,
            part=f"-{number + 1}" if other else "", areas=layers[number], only=options.only,
        )  # fmt: skip
        if other:
            left, bottom, width, height = boxes[number]
            words = shorten(_panel_title(one, options), width, 10, bold=True)
            write(paper, left, bottom + height + 5, words, size=10, bold=True, va="bottom")
        if not len(standing_in(one, shown, options.only)):
            _say_nothing(paper, boxes[number], options)
    if rest and options.layout is Layout.CARD and options.place:
        side_columns(paper, snapshot, options.place, rest)
    elif rest and other:
        list_changes(paper, changes(snapshot, other, options, shown), rest)
    _header(paper, snapshot, options, _told(paper, snapshot, other, options, shown), under)
    _footer(paper, _notes(paper, shots, options, shown, areas, room), foot)
    return Composed(paper, shown, names, areas)


def _panel_title(snapshot: Snapshot, options: PictureOptions) -> str:
    if options.layout is Layout.PAIR:
        return day_in_words(snapshot.as_of, options.lang)
    return capital(view_in_words(snapshot.dataset, snapshot.view, options.lang))


def _with_key(paper: Paper, area: Box) -> Box:
    """Set the key; gives the map's box beside or over it."""
    left, bottom, width, height = area
    if paper.wide > WIDE * paper.tall and height > KEY_HEIGHT:
        top = bottom + height
        room = key_width(paper)
        draw_key(paper, left + width - room, top - KEY_HEIGHT, room, 1)
        return left, bottom, width - room - GAP, height
    over = key_under(paper, area)
    return left, over, width, bottom + height - over


def map_and_clock(paper: Paper, *, head: float, foot: float, clock: float) -> tuple[Box, Box]:
    """Set the key of a film; gives the boxes of its map and of its day and progress bar.

    `head`, `foot` and `clock` are the room of its headline, its notes and its day.
    """
    area: Box = (MARGIN, foot, paper.wide - 2 * MARGIN, paper.tall - foot - head)
    box = _with_key(paper, area)
    if box[2] < area[2]:
        right = box[0] + box[2] + GAP
        return box, (right, foot, paper.wide - MARGIN - right, clock)
    left, bottom, width, height = box
    tall = height - clock - 6
    return (left, bottom, width, tall), (left, bottom + tall + 6, width, clock)


def _card(paper: Paper, area: Box) -> tuple[list[Box], Box]:
    """Give the boxes of the town's map and of its two columns."""
    left, bottom, width, height = area
    over = key_under(paper, area)
    tall = bottom + height - over
    if width > height:
        half = width * 0.4
        return [(left, over, half, tall)], (left + half + GAP, over, width - half - GAP, tall)
    part = tall * 0.42
    return [(left, over + tall - part, width, part)], (left, over, width, tall - part - GAP)


def _two(paper: Paper, area: Box, *, changes_too: bool) -> tuple[list[Box], Box | None]:
    """Give the boxes of two maps, side by side or one over the other, and of the changes."""
    left, bottom, width, height = area
    over = key_under(paper, area)
    top = bottom + height
    rest: Box | None = None
    if changes_too:
        tall = min(0.3 * (top - over), 220.0)
        rest = (left, over, width, tall)
        over += tall + 10
    title = 20.0
    if width > 0.9 * (top - over):
        half, tall = (width - GAP) / 2, top - over - title
        return [(left, over, half, tall), (left + half + GAP, over, half, tall)], rest
    tall = (top - over - GAP) / 2 - title
    return [(left, over + tall + title + GAP, width, tall), (left, over, width, tall)], rest


def _head_height(paper: Paper, snapshot: Snapshot, options: PictureOptions, under: int) -> float:
    """Give the room of the headline and so many lines under it."""
    room = paper.wide - 2 * MARGIN
    lines = wrap(headline(snapshot, options), room, TITLE, bold=True)
    return 14 + 25 * len(lines) + LINE * under + 10


def _told(
    paper: Paper,
    snapshot: Snapshot,
    other: Snapshot | None,
    options: PictureOptions,
    shown: Extent,
) -> list[str]:
    """Say in lines by which statements, who is heard, and what the places shown come to."""
    told = [view_line(snapshot, options)]
    if other and options.layout is Layout.PAIR:
        told = [view_line(one, options) for one in (snapshot, other)]
    elif other:
        told = [view_line(snapshot, options, other)]
    elif options.layout is Layout.CARD and options.place:
        told.append(_place_line(snapshot, options.place, paper))
    else:
        told.append(count_line(snapshot, options, shown))
    room = paper.wide - 2 * MARGIN
    return [line for text in told for line in wrap(capital(text), room, SUBTITLE)]


def _header(
    paper: Paper, snapshot: Snapshot, options: PictureOptions, told: list[str], under: int
) -> None:
    """Write the headline, and what the picture shows in at most so many lines under it."""
    room, y = paper.wide - 2 * MARGIN, paper.tall - 14
    for line in wrap(headline(snapshot, options), room, TITLE, bold=True):
        write(paper, MARGIN, y, line, size=TITLE, bold=True)
        y -= 25
    if len(told) > under:
        told = [*told[: under - 1], shorten(" ".join(told[under - 1 :]), room, SUBTITLE)]
    for line in told:
        write(paper, MARGIN, y, line, size=SUBTITLE, color=paper.theme.muted)
        y -= LINE


def _place_line(snapshot: Snapshot, place: str, paper: Paper) -> str:
    """Name a place in its other spellings, and say what the sides make of each other."""
    row = snapshot.settlements.loc[place]
    names = dict.fromkeys(str(row[key]) for key in ("name", "name_uk", "name_ru") if row[key])
    live = snapshot.live[snapshot.dataset.places.index.get_loc(place)]
    slept = row["status"] == Status.DISPUTED and not live
    words = paper.words["status_dormant" if slept else f"status_{row['status']}"]
    return f"{' · '.join(names)}: {words}"


def _notes(
    paper: Paper,
    shots: list[Snapshot],
    options: PictureOptions,
    shown: Extent,
    areas: list[str],
    room: int | None = None,
) -> list[str]:
    """Wrap caveat, areas, sources, credits and address into lines; no more than there is room."""
    dataset, words = shots[0].dataset, paper.words
    until = day_in_words(dataset.last_day, options.lang)
    lines: list[str] = []
    for most in range(MOST_OUTLETS, 0, -1):
        notes = [
            words["caveat"],
            *areas,
            source_line(shots, options, shown, most),
            f"{words['ledger'].format(day=until, version=dataset.version)} {words['licence']}",
            words["reopen"].format(address=options.address) if options.address else "",
        ]
        wide = paper.wide - 2 * MARGIN
        lines = [line for note in notes for line in wrap(note, wide, NOTE)]
        if room is None or len(lines) <= room:
            break
    return lines


def _footer(paper: Paper, notes: list[str], foot: float) -> None:
    rule = Line2D([MARGIN, paper.wide - MARGIN], [foot, foot])
    rule.set(color=paper.theme.admin1, linewidth=0.8)
    add(paper, rule)
    for number, line in enumerate(notes):
        y = foot - 8 - LINE * number
        write(paper, MARGIN, y, line, size=NOTE, color=paper.theme.muted)


def _say_nothing(paper: Paper, box: Box, options: PictureOptions) -> None:
    """Write over the map that nothing was said yet, or nothing of what is shown alone."""
    left, bottom, width, height = box
    text = capital(nothing(options)) if options.only else paper.words["nothing_yet"]
    lines = wrap(text, width * 0.8, 12, bold=True)
    wide = max(width_of(line, 12, bold=True) for line in lines) + 14
    tall, middle = 22 * len(lines) + 6, bottom + height / 2
    label = Rectangle((left + (width - wide) / 2, middle - tall / 2), wide, tall, zorder=9)
    label.set(facecolor=paper.theme.paper, edgecolor=paper.theme.muted, linewidth=1)
    add(paper, label)
    for number, line in enumerate(lines):
        y = middle + 11 * (len(lines) - 1) - 22 * number
        write(
            paper, left + width / 2, y, line, size=12, bold=True, ha="center", va="center",
            zorder=9.1,
        )  # fmt: skip
