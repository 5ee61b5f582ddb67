"""One file of control areas to rows of layer, controller, day, polygon: known shapes, or options.

Shapes of the layers that people have: DeepState's history features, by their names; plain daily
multipolygons without properties; ISW's layers, named by a `layer` property or the layer itself;
VIINA's tessellation with a status a cell; a `controller` column. What is repaired or left out is
counted.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from geo.areas.days import days_of
from geo.areas.names import VIINA, Meaning, meaning_of, plain
from geo.areas.polygons import km2_of, only_polygons
from geo.areas.statuses import PLACE_IDS, STATUS_COLUMNS, status_areas
from geo.areas.unpack import look_into
from geo.model import CRS, THEATRE, Controller, DataError

MOST_VERTICES = 5_000_000  # of one file
FLAT, COLLECTION = ["Polygon", "MultiPolygon"], "GeometryCollection"
NO_AREAS = "features that are no areas left out"
NO_CONTROLLER = (
    "does not say who controls its areas; use --controller or "
    "--controller-column with --map VALUE=CONTROLLER"
)


@dataclass(frozen=True)
class Recipe:
    """How to read a file of no known shape; what is left out is recognised.

    Attributes
    ----------
    date_column, controller_column
        Columns that hold the day and who controls the area.
    date_pattern
        A pattern of `datetime.strptime` that finds the day in a file's name or a cell.
    controller
        Who controls every area of the file.
    mapping
        What the values of the controller column, or the names of areas, mean: words of `Meaning`.
    layer
        The one of `names.LAYERS` that is wanted; None for all.
    places
        The cells of the places of a CSV file that has a status a place; see `statuses`.
    """

    date_column: str | None = None
    date_pattern: str | None = None
    controller: Controller | None = None
    controller_column: str | None = None
    mapping: dict[str, str] = field(default_factory=dict)
    layer: str | None = None
    places: Path | None = None


@dataclass
class Left:
    """What was repaired or left out of a file, and the days that anything of it is of.

    Attributes
    ----------
    days
        Those of all its areas, kept or not.
    counts
        How many, by what it is in words.
    names
        How many areas of each name that is not known.
    repaired_km2
        What repairs added, in km².
    """

    days: set[date] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    repaired_km2: float = 0.0


def read_areas(
    file: Path, name: str, named: date | None, recipe: Recipe, left: Left
) -> gpd.GeoDataFrame:
    """Read the polygons of one file.

    Parameters
    ----------
    file
        As `unpack` gives it.
    name
        What the user calls the file, for errors.
    named
        The day in that name.
    recipe
        How to read what is not recognised.
    left
        Takes what is repaired or left out.

    Returns
    -------
    Columns layer (of `names.LAYERS`), controller, observed_on (datetime64) and geometry: valid
    polygons in EPSG:4326 inside the theatre.

    Raises
    ------
    DataError
        When the file cannot be read or does not say what is needed.
    """
    if file.suffix == ".csv":
        rows = status_areas(file, name, _places(recipe, name), left.counts)
    else:
        frames = [_in_degrees(_areas(frame, left), name) for frame in _layers(file, name)]
        rows = _flat(pd.concat(frames, ignore_index=True), left)
    said = [Meaning(word or Meaning.NOTHING) for word in _meanings(rows, name, recipe, left)]
    rows = gpd.GeoDataFrame(
        {
            "layer": [word.layer for word in said],
            "controller": [word.controller for word in said],
            "observed_on": days_of(rows, name, named, recipe.date_column, recipe.date_pattern),
        },
        geometry=rows.geometry.values,
        crs=CRS,
    )
    days = {day.date() for day in rows["observed_on"].unique()}
    left.days |= days or ({named} if named else set())
    kept = rows["controller"].notna()
    left.counts["areas of no side left out"] += int((~kept).sum())
    if recipe.layer:
        other = kept & (rows["layer"] != recipe.layer)
        left.counts["areas of other layers left out"] += int(other.sum())
        kept &= ~other
    rows = rows[kept]
    beyond = _outside(rows)
    left.counts["areas outside the theatre left out"] += int(beyond.sum())
    return _repaired(rows[~beyond].reset_index(drop=True), left)


def _places(recipe: Recipe, name: str) -> gpd.GeoDataFrame:
    """Read the cells of the places that a file of statuses speaks of."""
    file = recipe.places
    if file is None:
        raise DataError(
            name, 0, "", "has a status a place and no coordinates; give its publisher's file of "
            "places (gn_UA_tess.geojson) with --places",
        )  # fmt: skip
    look_into(file, file.name)
    frame = _in_degrees(_layers(file, file.name)[0], file.name)
    return frame[frame.geometry.geom_type.isin(FLAT)].reset_index(drop=True)


def _layers(file: Path, name: str) -> list[gpd.GeoDataFrame]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # GDAL's; what matters is checked below
            if file.suffix == ".parquet":
                frame = gpd.read_parquet(file)
                named = frame.geometry.name == "geometry"
                return [frame if named else frame.rename_geometry("geometry")]
            if file.suffix in (".geojson", ".json"):  # one layer; listing it would parse it twice
                layers: list[str | None] = [None]
            else:
                layers = [str(row[0]) for row in pyogrio.list_layers(file) if row[1] is not None]
            frames = [
                pyogrio.read_dataframe(file, layer=layer, force_2d=True).assign(
                    _layer=layer or file.stem
                )
                for layer in layers
            ]
    except Exception as error:
        told = str(error) or type(error).__name__
        problem = told.splitlines()[0].replace(str(file), file.name)[:160]  # where it lies is ours
        raise DataError(name, 0, "", f"cannot be read: {problem}") from None
    frames = [frame for frame in frames if isinstance(frame, gpd.GeoDataFrame)]
    if not frames:
        raise DataError(name, 0, "", "holds no layer with areas")
    return frames


def _areas(frame: gpd.GeoDataFrame, left: Left) -> gpd.GeoDataFrame:
    """Keep what is or may hold areas: most of what a mapper draws are points."""
    kept = (frame.geometry.geom_type.isin([*FLAT, COLLECTION]) | frame.geometry.isna()).to_numpy()
    left.counts[NO_AREAS] += int((~kept).sum())
    return frame[kept]


def _in_degrees(frame: gpd.GeoDataFrame, name: str) -> gpd.GeoDataFrame:
    shapes = frame.geometry.to_numpy().copy()
    shapes[frame.geometry.isna()] = shapely.Polygon()  # a layer drawn empty says something too
    shapes = shapely.force_2d(shapes)
    if int(shapely.get_num_coordinates(shapes).sum()) > MOST_VERTICES:
        raise DataError(name, 0, "", f"has more than {MOST_VERTICES:,} vertices")
    if not np.isfinite(shapely.get_coordinates(shapes)).all():
        raise DataError(name, 0, "", "has coordinates that are no numbers (NaN or infinite)")
    frame = frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs))
    if frame.crs is None:
        west, south, east, north = frame.total_bounds if len(frame) else (0, 0, 0, 0)
        if west < -180 or south < -90 or east > 180 or north > 90:
            raise DataError(name, 0, "", "names no coordinate system, and is not in degrees")
        return frame.set_crs(CRS)
    return frame.to_crs(CRS)


def _flat(rows: gpd.GeoDataFrame, left: Left) -> gpd.GeoDataFrame:
    """Keep the areas; of a collection those that are in it."""
    while (collected := rows.geometry.geom_type == COLLECTION).any():
        left.counts["collections taken apart"] += int(collected.sum())
        apart = rows[collected].explode(ignore_index=True)
        rows = pd.concat([rows[~collected], apart], ignore_index=True)
    flat = rows.geometry.geom_type.isin(FLAT)
    left.counts[NO_AREAS] += int((~flat).sum())
    return rows[flat].reset_index(drop=True)


def _meanings(rows: gpd.GeoDataFrame, name: str, recipe: Recipe, left: Left) -> list[str | None]:
    """Say what each area is, a word of `Meaning`; None where the file does not say."""
    if recipe.controller:
        return [str(recipe.controller)] * len(rows)
    known = {plain(value): str(meaning) for value, meaning in recipe.mapping.items()}
    if recipe.controller_column:
        if recipe.controller_column not in rows:
            columns = ", ".join(_properties(rows))
            raise DataError(
                name, 0, recipe.controller_column, f"is no column; there are: {columns}"
            )
        return _of_column(rows[recipe.controller_column], known, left)
    return _recognised(rows, name, known, left)


def _recognised(
    rows: gpd.GeoDataFrame, name: str, known: dict[str, str], left: Left
) -> list[str | None]:
    """Recognise the known shapes."""
    status = next((rows[key] for key in STATUS_COLUMNS if key in rows), None)
    if status is not None and any(key in rows for key in PLACE_IDS):
        return _mapped(status.astype(str).str.lower(), VIINA)
    if "controller" in rows:
        return _of_column(rows["controller"], known, left)
    named = [rows[key].map(plain) for key in ("layer", "name", "Name", "_layer") if key in rows]
    for names in named:
        said: dict[str, str | None] = {word: meaning_of(word, known) for word in names.unique()}
        if any(said.values()):
            left.names.update(word for word in names if said[word] is None)
            return _mapped(names, said)
    if not len(rows[_properties(rows)].dropna(axis=1, how="all").columns):
        return [str(Meaning.RUSSIA)] * len(rows)  # as the daily mirrors are
    if "layer" in rows or "name" in rows or "Name" in rows:
        left.names.update(named[0])
    raise DataError(name, 0, "", NO_CONTROLLER)


def _of_column(values: pd.Series, known: dict[str, str], left: Left) -> list[str | None]:
    """Translate a column of controllers; the values that are not known are counted as names."""
    words = {str(word): str(word) for word in Meaning} | known
    names = values.map(plain)
    left.names.update(names[values.notna() & ~names.isin(list(words))])
    return _mapped(names, words)


def _mapped(values: pd.Series, words: Mapping[str, str | None]) -> list[str | None]:
    """Translate values; None where one is none of the words."""
    return [words.get(str(value)) for value in values]


def _properties(rows: gpd.GeoDataFrame) -> list[str]:
    return [column for column in rows.columns if column not in ("geometry", "_layer")]


def _outside(rows: gpd.GeoDataFrame) -> pd.Series:
    """Mark areas that reach beyond the theatre: decoration, or another country's layer."""
    west, south, east, north = THEATRE
    at = rows.bounds
    beyond: pd.Series = (
        (at["minx"] < west) | (at["miny"] < south) | (at["maxx"] > east) | (at["maxy"] > north)
    )
    return beyond


def _repaired(rows: gpd.GeoDataFrame, left: Left) -> gpd.GeoDataFrame:
    broken = ~rows.geometry.is_valid
    if not broken.any():
        return rows
    before = km2_of(rows.geometry[broken]).sum()
    mended = [only_polygons(shapely.make_valid(shape)) for shape in rows.geometry[broken]]
    rows = rows.copy()
    rows.loc[broken, "geometry"] = gpd.GeoSeries(mended, index=rows.index[broken], crs=CRS)
    after = km2_of(rows.geometry[broken]).sum()
    left.counts["invalid areas repaired"] += int(broken.sum())
    left.repaired_km2 += float(after - before)
    return rows
