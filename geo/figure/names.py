"""The names on a map: in the picture's language, and only where there is room."""

from __future__ import annotations

import numpy as np
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

from geo.figure.paper import Paper, box_of, set_off, write
from geo.figure.spots import Box, Spots
from geo.model import Dataset, Lang
from geo.wording import place_names

MOST_NAMES = 400  # tried; more would find no room


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
        size = 9.5 if row == first[0] else 8
        at = spots.x[row], spots.y[row]
        name = write(paper, *at, words[row], size=size, bold=chosen, va="center")
        gap = spots.radius[row] + (12 if chosen else 6)
        room = _find_room(paper, name, gap, frame, np.vstack([names, glyphs]))
        if room is None and chosen:
            room = _find_room(paper, name, gap, frame, names)
        if room:
            names = np.vstack([names, room.extents])
            set_off(paper, name)
        else:
            name.remove()
    return [Bbox.from_extents(*extents) for extents in names[len(taken) :]]


def _find_room(
    paper: Paper, name: Text, gap: float, frame: Bbox, taken: NDArray[np.float64]
) -> Bbox | None:
    """Move a name to the right, left, over or under its place: the first that hits no other.

    `taken` has a row for each box: left, bottom, right, top.
    """
    x, y = name.get_position()
    width, height = box_of(paper, name).size
    for left, middle in (
        (x + gap, y),
        (x - gap - width, y),
        (x - width / 2, y + gap + height / 2),
        (x - width / 2, y - gap - height / 2),
    ):
        box = Bbox.from_bounds(left - 1, middle - height / 2 - 1, width + 2, height + 2)
        inside = frame.x0 < box.x0 and box.x1 < frame.x1 and frame.y0 < box.y0 and box.y1 < frame.y1
        hit = (taken[:, :2] <= box.max).all(axis=1) & (box.min <= taken[:, 2:]).all(axis=1)
        if inside and not hit.any():
            name.set_position((left, middle))
            return box
    return None
