"""A range of days as a film: the paper is drawn once, then only the places that changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import numpy as np
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox

from geo.figure.alt import view_line
from geo.figure.codec import Frame
from geo.figure.extent import fit
from geo.figure.frame import (
    add_glyph,
    draw_background,
    draw_locator,
    draw_scale_bar,
    lanes_of,
    scale_box,
)
from geo.figure.glyph import RING, Glyph, Lanes
from geo.figure.names import write_names
from geo.figure.options import Extent, PictureOptions
from geo.figure.paper import Paper, drawing, lay_paper, wrap, write
from geo.figure.sheet import MARGIN, NOTE, TITLE, map_and_clock
from geo.figure.spots import Box, Spots, find_spots, ranks, stacked
from geo.model import WITHIN, Clock, Dataset, Snapshot
from geo.style import FRONT
from geo.timeline import known_by, take_snapshot
from geo.wording import FAULT_WORDS, day_in_words

MOST_FRAMES = 2000
EDGE = 4.0  # ink beyond a ring, in units of the paper
TITLE_LINE, NOTE_LINE = 25.0, 13.0


class Step(StrEnum):
    """How far one frame is from the next."""

    DAY = "day"
    WEEK = "week"
    STATEMENT = "statement"  # every day on which anything was said


def days_of(dataset: Dataset, *, first: date, last: date, step: Step) -> list[date]:
    """List the days of a film; the last one is always among them.

    Raises
    ------
    ValueError
        When the range is empty, or the film would have over MOST_FRAMES frames.
    """
    if last < first:
        raise ValueError(FAULT_WORDS["film_order"].format(first=first, last=last))
    if step is Step.STATEMENT:
        stated = {stamp.date() for stamp in dataset.claims["stated_on"].unique()}
        days = sorted({day for day in stated if first <= day <= last} | {first, last})
    else:
        width = 7 if step is Step.WEEK else 1
        count = (last - first).days // width + 1
        days = [first + timedelta(days=width * number) for number in range(count)]
        days += [last] if days[-1] != last else []
    if len(days) > MOST_FRAMES:
        raise ValueError(FAULT_WORDS["film_long"].format(count=len(days), most=MOST_FRAMES))
    return days


def draw_frames(
    dataset: Dataset,
    days: list[date],
    *,
    clock: Clock,
    view: str,
    options: PictureOptions,
    within: int | None = WITHIN,
) -> Iterator[Frame]:
    """Draw the frames of a film one by one.

    Parameters
    ----------
    dataset
        Where the statements are.
    days
        One a frame, ascending.
    clock, view
        By which statements each day is judged, and who is heard.
    options
        Size, theme, language, extent, headline.
    within
        See `View.within`.

    Yields
    ------
    Pictures, shape (height, width, 3).
    """

    def seen_on(day: date) -> Snapshot:
        until = known_by(dataset, as_of=day, clock=clock)
        return take_snapshot(dataset, as_of=day, known_by=until, view=view, within=within)

    def told_on(day: date) -> str:
        until = known_by(dataset, as_of=day, clock=clock)
        return view_line(replace(last, as_of=day, known_by=until), options)

    last = seen_on(days[-1])
    with drawing():
        paper = lay_paper(options)
        title, notes = _words(paper, dataset, options)
        box, clockbox = _boxes(paper, title, notes, {told_on(day) for day in days})
        shown = fit(options.extent or FRONT, box[2] / box[3])
        spots = find_spots(dataset, shown, box)
        _still(paper, last, spots, shown, box)
        _write_words(paper, title, notes)
        canvas: Any = paper.figure.canvas  # matplotlib does not type its canvases
        canvas.draw()
        screen = canvas.get_renderer()
        ground = np.array(screen.buffer_rgba())
    seen: dict[int, tuple[tuple[Lanes, int], Glyph]] = {}
    for number, day in enumerate(days):
        snapshot = seen_on(day)
        with drawing():  # never while the reader of the frames is busy with one
            _places(paper, screen, ground, snapshot, spots, seen)
            share = number / max(1, len(days) - 1)
            _time(paper, screen, ground, snapshot, clockbox, share, options)
            frame = np.array(screen.buffer_rgba())[:, :, :3].copy()
        yield frame


def _boxes(
    paper: Paper,
    title: list[str],
    notes: list[str],
    told: Collection[str],
) -> tuple[Box, Box]:
    """Give the boxes of the map and of the day, with room for what is told of each."""
    head, foot = 21 + TITLE_LINE * len(title), 20 + NOTE_LINE * len(notes)
    lines = 1
    while True:
        clock = 39 + NOTE_LINE * lines
        box, clockbox = map_and_clock(paper, head=head, foot=foot, clock=clock)
        needed = max(len(wrap(line, clockbox[2], NOTE)) for line in told)
        if needed <= lines:
            return box, clockbox
        lines = needed


def _words(paper: Paper, dataset: Dataset, options: PictureOptions) -> tuple[list[str], list[str]]:
    """Break headline and notes into lines."""
    words, room = paper.words, paper.wide - 2 * MARGIN
    until = day_in_words(dataset.last_day, options.lang)
    ledger = words["ledger"].format(day=until, version=dataset.version)
    notes = (words["caveat"], f"{ledger} {words['licence']}")
    return (
        wrap(options.headline or words["title_film"], room, TITLE, bold=True),
        [line for note in notes for line in wrap(note, room, NOTE)],
    )


def _write_words(paper: Paper, title: list[str], notes: list[str]) -> None:
    """Write headline and notes, from the top and up from the bottom."""
    for number, line in enumerate(title):
        y = paper.tall - 14 - TITLE_LINE * number
        write(paper, MARGIN, y, line, size=TITLE, bold=True)
    for number, line in enumerate(reversed(notes)):
        y = 21 + NOTE_LINE * number
        write(paper, MARGIN, y, line, size=NOTE, color=paper.theme.muted)


def _still(paper: Paper, last: Snapshot, spots: Spots, shown: Extent, box: Box) -> None:
    """Draw the map that stays: background, names, scale."""
    dataset = last.dataset
    draw_background(paper, dataset, shown, box)
    inset = draw_locator(paper, dataset, shown, box, spots)
    write_names(
        paper, dataset, spots, box,
        first=[-1], then=[], spoken=spots.order,
        taken=[scale_box(box), *([inset] if inset else [])],
    )  # fmt: skip
    draw_scale_bar(paper, shown, box)


def _places(
    paper: Paper,
    screen: Any,
    ground: Frame,
    snapshot: Snapshot,
    spots: Spots,
    seen: dict[int, tuple[tuple[Lanes, int], Glyph]],
) -> None:
    """Redraw the places that changed, and those whose ink they may have covered."""
    lanes, rank = lanes_of(snapshot, spots.order), ranks(snapshot)
    now = {row: (lanes[row], int(rank[row])) for row in spots.order}
    stale = {row for row in spots.order if row not in seen or seen[row][0] != now[row]}
    if not stale:
        return
    for row in stale:
        if row in seen:
            seen[row][1].remove()
        glyph = add_glyph(paper, snapshot.dataset, spots, row, lanes[row])
        seen[row] = now[row], glyph
    touched = _touched(spots, stale)
    for row in touched:
        _wipe(screen, ground, paper, _ink(spots, row))
    for row in stacked(spots.order, rank):
        if row in touched:
            seen[row][1].draw(screen)


def _ink(spots: Spots, row: int) -> Bbox:
    """Give the box of the paper that a glyph may have inked."""
    half = spots.radius[row] + RING + EDGE
    return Bbox.from_bounds(spots.x[row] - half, spots.y[row] - half, 2 * half, 2 * half)


def _touched(spots: Spots, stale: set[int]) -> set[int]:
    """Widen a set of places by all whose ink overlaps theirs, until no more do."""
    rows = np.array(spots.order)
    x, y, half = spots.x[rows], spots.y[rows], spots.radius[rows] + RING + EDGE
    reached = np.isin(rows, list(stale))
    while True:
        near = (abs(x[:, None] - x[reached]) < half[:, None] + half[reached]) & (
            abs(y[:, None] - y[reached]) < half[:, None] + half[reached]
        )
        wider = reached | near.any(axis=1)
        if (wider == reached).all():
            return set(rows[reached].tolist())
        reached = wider


def _wipe(screen: Any, ground: Frame, paper: Paper, box: Bbox) -> None:
    """Bring back what lay under a box of the paper."""
    pixels = box.transformed(paper.pixels)
    canvas = np.asarray(screen.buffer_rgba())  # not a copy: writing here is drawing
    tall, wide = canvas.shape[:2]
    left, right = max(0, int(pixels.x0)), min(wide, int(pixels.x1) + 1)
    top, bottom = max(0, tall - int(pixels.y1) - 1), min(tall, tall - int(pixels.y0))
    canvas[top:bottom, left:right] = ground[top:bottom, left:right]


def _time(
    paper: Paper,
    screen: Any,
    ground: Frame,
    snapshot: Snapshot,
    box: Box,
    share: float,
    options: PictureOptions,
) -> None:
    """Write the day and how far the film has come."""
    left, bottom, width, height = box
    _wipe(screen, ground, paper, Bbox.from_bounds(*box))
    theme, lang = paper.theme, paper.lang
    top = bottom + height
    parts = [
        write(paper, left, top - 4, day_in_words(snapshot.as_of, lang), size=14, bold=True),
        *(
            write(paper, left, top - 26 - NOTE_LINE * number, line, size=NOTE, color=theme.muted)
            for number, line in enumerate(wrap(view_line(snapshot, options), width, NOTE))
        ),
        Rectangle((left, bottom + 2), width, 6, fc=theme.admin1, ec="none"),
        Rectangle((left, bottom + 2), width * share, 6, fc=theme.ink, ec="none"),
    ]  # fmt: skip
    for part in parts:
        if isinstance(part, Rectangle):
            part.set_transform(paper.pixels)
            part.set_figure(paper.figure)
        part.draw(screen)
        if not isinstance(part, Rectangle):
            part.remove()
