"""The ground as a coverage: every face belongs to one atom, every shared edge stands once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set as AbstractSet

import shapely
from shapely.geometry.base import BaseGeometry

from tools.borders.names import FRONT_AREAS
from tools.borders.sources import GROUND, Atoms

GRID = 0.001  # degrees, about 100 m: finer than the simplification, so that it does not show
# Degrees: a corner goes when the triangle it makes is smaller than a square of this side.
FRONT, AREAS, BACKGROUND = 0.0035, 0.01, 0.025
ISLET = 0.0015  # square degrees, about 13 km2: smaller islands of the background are left out
SEA = "sea"


def partition(areas: Atoms, countries: Atoms, gaps: BaseGeometry) -> Atoms:
    """Break the ground into faces on one grid and give each face to one atom.

    Parameters
    ----------
    areas
        Admin-1 areas: exact, so they win where a country overlaps them.
    countries
        The other countries.
    gaps
        Land that may belong to no one, because the two sources disagree by a grid step: where it
        borders on a country, the country has it; elsewhere it is sea.

    Returns
    -------
    Atoms
        `areas`, `countries` and the sea, without gaps or overlaps.
    """
    shapes = {**areas, **countries}
    lines = [shape.boundary for shape in (shapely.box(*GROUND), gaps, *shapes.values())]
    noded = shapely.unary_union(lines, grid_size=GRID)
    faces = list(shapely.get_parts(shapely.polygonize(shapely.get_parts(noded))))
    inside = shapely.point_on_surface(faces)
    owners: list[str | None] = [None] * len(faces)
    for id_, shape in shapes.items():  # areas come first
        shapely.prepare(shape)
        for face in shapely.intersects(shape, inside).nonzero()[0]:
            owners[face] = owners[face] or id_
    shapely.prepare(gaps)
    unclaimed = [face for face, owner in enumerate(owners) if owner is None]
    slivers = [face for face in unclaimed if gaps.intersects(inside[face])]
    of_countries = [face for face, owner in enumerate(owners) if owner in countries]
    for sliver, beside in _longest_shared_edge(faces, slivers, of_countries).items():
        owners[sliver] = owners[beside]
    together = defaultdict(list)
    for face, owner in zip(faces, owners, strict=True):
        together[owner or SEA].append(face)
    return {id_: shapely.coverage_union_all(together[id_]) for id_ in sorted(together)}


def _longest_shared_edge(
    faces: list[shapely.Polygon], which: list[int], among: list[int]
) -> dict[int, int]:
    """Find, for each face of `which`, the one of `among` that it shares the longest edge with."""
    tree = shapely.STRtree([faces[index] for index in among])
    best = {}
    for index in which:
        lengths = [
            (faces[index].intersection(faces[among[other]]).length, among[other])
            for other in sorted(tree.query(faces[index], predicate="intersects"))
        ]
        length, beside = max(lengths, default=(0.0, -1))
        if length > 0:
            best[index] = beside
    return best


def simplify(atoms: Atoms, *, areas: AbstractSet[str]) -> Atoms:
    """Simplify shared edges once: a little at the front, more in the background.

    Parameters
    ----------
    atoms
        A partition of the ground.
    areas
        Ids of the atoms that are admin-1 areas.
    """
    atoms = _without_islets(atoms, areas=areas)
    for tolerance, done in ((FRONT, frozenset()), (AREAS, FRONT_AREAS), (BACKGROUND, areas)):
        # The boundary of a coverage is left alone: an edge keeps what its finer side asks for. The
        # sea is an atom too, so coasts inside the ground are shared edges like all others.
        coarser = {id_: shape for id_, shape in atoms.items() if id_ not in done}
        shapes = shapely.coverage_simplify(
            list(coarser.values()), tolerance, simplify_boundary=False
        )
        atoms = atoms | dict(zip(coarser, shapes, strict=True))
    return atoms


def _without_islets(atoms: Atoms, *, areas: AbstractSet[str]) -> Atoms:
    kept, sea = {}, [atoms[SEA]]
    coast = atoms[SEA].boundary
    shapely.prepare(coast)
    for id_, shape in atoms.items():
        parts = shapely.get_parts(shape)
        islets = shapely.area(parts) < ISLET
        # A small part that also borders on a neighbour is no island.
        islets &= coast.covers(shapely.get_exterior_ring(parts)) & (id_ not in areas | {SEA})
        kept[id_] = shapely.MultiPolygon(list(parts[~islets]))
        sea += list(parts[islets])
    return kept | {SEA: shapely.coverage_union_all(sea)}
