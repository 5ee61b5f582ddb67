"""A series as shared arcs: what the browser gets instead of a polygon a day.

Yesterday's area and today's share almost every edge. So each distinct edge is sent once, chained
with its neighbours into arcs, with the observations in which it bounds the area. Edges that occur
an even number of times in one observation bound nothing (two polygons touch there) and vanish,
which is the even-odd rule; the browser stitches the arcs of a day to rings and fills by that rule.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geo.areas.derived import shown_inside
from geo.areas.series import Series
from geo.model import CONTROLLERS

GRID = 4_000  # steps a degree: 28 m to the north, 18 m to the east at 49 degrees
Ints = NDArray[np.int64]


def encode_series(series: Series, settlements: gpd.GeoDataFrame) -> dict[str, Any]:
    """Encode a series for the browser.

    Parameters
    ----------
    series
        All observations.
    settlements
        The gazetteer: which of them lie inside is sent too.

    Returns
    -------
    id, claimant ("" where nobody was named), days (YYYY-MM-DD of each observation), grid (steps a
    degree), and for each of its controllers the arcs: points as x, y, dx, dy, ... in steps;
    lengths in points; spans as (arc, first observation, end) triples, flat; inside as
    (settlement, first, end) triples.
    """
    days = list(series.days)
    rows = series.observations
    at = series.days.get_indexer(rows["observed_on"])
    shown = shown_inside(series, settlements)
    controllers = {}
    for controller in CONTROLLERS:
        chosen = (rows["controller"] == controller).to_numpy()
        if chosen.any():
            arcs = encode_arcs(rows.geometry.to_numpy()[chosen], at[chosen])
            arcs["inside"] = _inside(shown == CONTROLLERS.index(controller))
            controllers[controller.value] = arcs
    return {
        "id": series.id,
        "claimant": series.claimant_id,
        "days": [day.date().isoformat() for day in days],
        "grid": GRID,
        "controllers": controllers,
    }


def encode_arcs(shapes: NDArray[Any], at: Ints) -> dict[str, list[int]]:
    """Encode polygons, `at[i]` being the observation of `shapes[i]`; see `encode_series`."""
    ends, seen = _edges(shapes, at)
    node, of_node = np.unique(ends, return_inverse=True)
    a, b = of_node.reshape(ends.shape)
    edge, of_edge = np.unique(a * len(node) + b, return_inverse=True)
    # An edge and an observation that occur together an odd number of times: it is a boundary.
    count = int(at.max()) + 1
    pair, times = np.unique(of_edge * count + seen, return_counts=True)
    pair = pair[times % 2 == 1]
    of_pair, when = np.divmod(pair, count)
    used, first = np.unique(of_pair, return_index=True)
    runs = np.split(when, first[1:]) if len(first) else []
    kinds: dict[bytes, int] = {}
    kind = np.array([kinds.setdefault(run.tobytes(), len(kinds)) for run in runs], dtype=np.int64)
    spans = [_spans(np.frombuffer(key, dtype=np.int64)) for key in kinds]
    points: list[Ints] = []
    lengths: list[int] = []
    shown: list[int] = []
    for chain, of_kind in _chains(np.stack(np.divmod(edge[used], len(node)), axis=1), kind):
        line = _unpack(node[chain])
        points.append(np.vstack([line[:1], np.diff(line, axis=0)]).ravel())
        for begin, end in spans[of_kind]:
            shown += [len(lengths), begin, end]
        lengths.append(len(line))
    flat = np.concatenate(points).tolist() if points else []
    return {"points": flat, "lengths": lengths, "spans": shown}


def encode_rings(rings: NDArray[Any]) -> dict[str, list[int]]:
    """Encode rings one by one: points as x, y, dx, dy, ... in steps, lengths in points."""
    degrees, of_ring = shapely.get_coordinates(rings, return_index=True)
    steps = np.rint(degrees * GRID).astype(np.int64)
    begins = of_ring[1:] != of_ring[:-1]  # a ring, at the point after; it starts where it is
    steps[1:] = np.where(begins[:, None], steps[1:], np.diff(steps, axis=0))
    lengths = np.bincount(of_ring, minlength=len(rings))
    return {"points": steps.ravel().tolist(), "lengths": lengths.tolist()}


def encode_difference(cut: gpd.GeoDataFrame) -> dict[str, Any]:
    """Encode a difference (see `difference`) for the map: each row's rings, by change."""
    rows = [
        {
            "change": row.change,
            "controller": row.controller,
            **encode_rings(shapely.get_rings(shapely.get_parts(row.geometry))),
        }
        for row in cut.itertuples()
    ]
    return {"grid": GRID, "rows": rows}


def _edges(shapes: NDArray[Any], at: Ints) -> tuple[Ints, Ints]:
    """Give both ends of every edge on the grid, the smaller in the first row, and when it is."""
    parts, of_part = shapely.get_parts(shapes, return_index=True)
    rings, of_ring = shapely.get_rings(parts, return_index=True)
    degrees, of_point = shapely.get_coordinates(rings, return_index=True)
    steps = np.rint(degrees * GRID).astype(np.int64)
    node = steps[:, 0] << 32 | steps[:, 1]
    kept = (of_point[1:] == of_point[:-1]) & (node[1:] != node[:-1])
    start, end = node[:-1][kept], node[1:][kept]
    seen = at[of_part[of_ring[of_point[:-1][kept]]]]
    return np.stack([np.minimum(start, end), np.maximum(start, end)]), seen


def _unpack(nodes: Ints) -> Ints:
    return np.stack([nodes >> 32, nodes & 0xFFFFFFFF], axis=1)


def _spans(when: Ints) -> list[tuple[int, int]]:
    """Join consecutive observations: (first, end) of each run."""
    breaks = np.flatnonzero(np.diff(when) != 1)
    begins = np.append(0, breaks + 1)
    ends = np.append(breaks, len(when) - 1)
    return [(int(when[b]), int(when[e]) + 1) for b, e in zip(begins, ends, strict=True)]


def _chains(edges: Ints, kind: Ints) -> list[tuple[list[int], int]]:
    """Chain the edges of each kind into lines, which break where one forks, and rings."""
    kinds: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for (a, b), of_kind in zip(edges.tolist(), kind.tolist(), strict=True):
        kinds[of_kind][a].append(b)
        kinds[of_kind][b].append(a)
    chains = []
    for of_kind, near in kinds.items():
        ends = {node for node, others in near.items() if len(others) != 2}
        for node in [*ends, *near]:  # from the ends first; what is left are whole rings
            while near[node]:
                chains.append((_follow(near, node, ends), of_kind))
    return chains


def _follow(near: dict[int, list[int]], start: int, ends: set[int]) -> list[int]:
    """Walk from a node, taking the edges away, to the next end or back to the start."""
    chain = [start]
    while near[chain[-1]]:
        following = near[chain[-1]].pop()
        near[following].remove(chain[-1])
        chain.append(following)
        if following in ends or following == start:
            break
    return chain


def _inside(shown: NDArray[np.bool_]) -> list[int]:
    """Give (settlement, first observation, end) of each stay inside, flat."""
    found: list[int] = []
    for settlement in np.flatnonzero(shown.any(axis=0)).tolist():
        for begin, end in _spans(np.flatnonzero(shown[:, settlement])):
            found += [settlement, begin, end]
    return found
