"""How much of each glyph can be seen where many lie on each other."""

import numpy as np

FINE = 4  # samples a pixel, across and down
DOT = 1.5  # radius of the mark of a place that nobody has spoken of


def share_covered(discs, size):
    """Give the share of discs of which less than half can be seen.

    Discs are (x, y, radius), the lowest first, on paper of a size (width, height), all in pixels; a
    radius of DOT covers others, and is not counted itself.
    """
    top = np.full((size[1] * FINE, size[0] * FINE), -1)
    areas = []
    for number, (x, y, radius) in enumerate(discs):
        columns, rows = (
            np.arange(max(0, int((middle - radius - 1) * FINE)), int((middle + radius + 1) * FINE))
            for middle in (x, y)
        )
        rows, columns = rows[rows < top.shape[0]], columns[columns < top.shape[1]]
        inside = np.hypot(columns / FINE - x, rows[:, None] / FINE - y) <= radius
        top[np.ix_(rows, columns)] = np.where(inside, number, top[np.ix_(rows, columns)])
        areas.append(inside.sum())
    seen = np.bincount(top[top >= 0], minlength=len(areas))
    counted = [number for number, (_, _, radius) in enumerate(discs) if radius != DOT]
    return sum(seen[number] < areas[number] / 2 for number in counted) / len(counted)
