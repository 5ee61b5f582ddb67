"""The names on a map: in the picture's language, and only where there is room."""

from __future__ import annotations

import numpy as np
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

from geo.figure.paper import Paper, set_off, size_of, write
from geo.figure.spots import Box, Spots
from geo.model import Dataset, Lang
from geo.wording import place_names

MOST_NAMES = 400  # tried; more would find no room
AIR = 1.0  # about a name


def names_in(lang: Lang, dataset: Dataset) -> list[str]:
    """Name every place in a language; where that name is missing, in English."""
    names = place_names(dataset, lang)
    return [names[place] for place in dataset.places.index]


def write_names(
    paper: Paper,
    dataset: Dataset,
    spots: Spots,
    box: Box,
    *,
    first: list[int],
    then: list[int],
    spoken: list[int],
    taken: list[Bbox],
) -> list[Bbox]:
    """Write the names that find room; gives their boxes.

    Parameters
    ----------
    first, then
        Rows that are named before others; `first` in bold, and over glyphs if need be.
    spoken
        Rows whose glyphs no name may cover.
    taken
        Boxes where no name may be.
    """
    places = dataset.places
    people = places["population"].fillna(0).to_numpy()
    bold, early = {row: rank for rank, row in enumerate(first)}, set(then)
    wanted = sorted(
        spots.order,
        key=lambda r: (bold.get(r, len(bold)), r not in early, -people[r], places.index[r]),
    )
    frame = Bbox.from_bounds(*box)
    x, y, half = spots.x[spoken], spots.y[spoken], spots.radius[spoken] + 2
    glyphs = np.column_stack([x - half, y - half, x + half, y + half])
    words = names_in(paper.lang, dataset)
    names = np.reshape([other.extents for other in taken], (-1, 4))
    for row in wanted[:MOST_NAMES]:
        chosen = row in bold
        size, gap = 9.5 if row == first[0] else 8.0, 12 if chosen else 6
        width, height = size_of(paper, words[row], size, bold=chosen)
        about = _about(spots.x[row], spots.y[row], spots.radius[row] + gap, width, height)
        low = np.array((AIR, height / 2 + AIR))
        boxes = np.hstack([about - low, about + low + (width, 0)])
        room = _find_room(boxes, frame, np.vstack([names, glyphs]))
        if room is None and chosen:
            room = _find_room(boxes, frame, names)
        if room is not None:
            names = np.vstack([names, boxes[room]])
            left, middle = about[room]
            name = write(paper, left, middle, words[row], size=size, bold=chosen, va="center")
            set_off(paper, name)
    return [Bbox.from_extents(*extents) for extents in names[len(taken) :]]


def _about(x: float, y: float, gap: float, width: float, height: float) -> NDArray[np.float64]:
    """List where a name may begin, in its middle: right, left, over or under its place."""
    return np.array(
        [
            (x + gap, y),
            (x - gap - width, y),
            (x - width / 2, y + gap + height / 2),
            (x - width / 2, y - gap - height / 2),
        ]
    )


def _find_room(boxes: NDArray[np.float64], frame: Bbox, taken: NDArray[np.float64]) -> int | None:
    """Find the first of some boxes that lies inside the frame and hits none that is taken.

    Boxes have a row each: left, bottom, right, top.
    """
    low, high = boxes[:, None, :2], boxes[:, None, 2:]
    inside = (boxes[:, :2] > frame.min).all(axis=1) & (boxes[:, 2:] < frame.max).all(axis=1)
    hits = np.all((taken[:, :2] <= high) & (low <= taken[:, 2:]), axis=2)
    free = np.flatnonzero(inside & ~hits.any(axis=1))
    return int(free[0]) if len(free) else None
