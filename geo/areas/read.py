"""One file of control areas to rows of controller, day and polygon: known shapes, or options.

Shapes of the layers that people have: DeepState's history features, named "UA /// EN /// key"
with decoration abroad; plain daily multipolygons without properties; ISW's layers, named by a
`layer` property or the layer itself; VIINA's tessellation with a status a cell.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from geo.model import CRS, THEATRE, Controller, DataError

MOST_VERTICES = 5_000_000  # of one file
RUSSIA, UKRAINE, CONTESTED = Controller.RUSSIA, Controller.UKRAINE, Controller.CONTESTED
# The keys at the end of DeepState's names; any other is decoration and left out.
DEEPSTATE = {
    "geoJSON.status.occupied": RUSSIA,
    "geoJSON.status.dismissed": UKRAINE,
    "geoJSON.status.dismissed_at": UKRAINE,
    "geoJSON.status.unknown": CONTESTED,
    "geoJSON.territories.crimea": RUSSIA,
    "geoJSON.territories.ordlo": RUSSIA,
    "geoJSON.territories.tuzla": RUSSIA,
}
# Parts of layer names; the first that fits counts. A layer of claimed ground is not control.
LAYERS = (
    (re.compile(r"claimed.*ukrain|ukrain.*(counter|claim|control)", re.I), UKRAINE),
    (re.compile(r"claimed|infiltrat|advance|contested|grey|gray", re.I), CONTESTED),
    (re.compile(r"russia\w*(cot|control)|occupied|окупован|оккупирован", re.I), RUSSIA),
)
VIINA = {"ru": RUSSIA, "ua": UKRAINE, "contested": CONTESTED}
VIINA_COLUMNS = ("status", "status_wiki", "status_boost", "status_dsm", "status_isw")
DATE_COLUMNS = ("observed_on", "date", "Date", "DATE", "day", "datetime", "timestamp")
IN_NAME = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?([0-2]\d|3[01])(?!\d)")
SECONDS = re.compile(r"(?<!\d)(1[5-9]\d{8})(?!\d)")  # as DeepState numbers its versions


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
        What the values of the controller column mean.
    """

    date_column: str | None = None
    date_pattern: str | None = None
    controller: Controller | None = None
    controller_column: str | None = None
    mapping: dict[str, Controller] = field(default_factory=dict)


def read_areas(file: Path, name: str, recipe: Recipe, notes: list[str]) -> gpd.GeoDataFrame:
    """Read the polygons of one file.

    Parameters
    ----------
    file
        As `unpack` gives it.
    name
        What the user calls the file, for errors and notes.
    recipe
        How to read what is not recognised.
    notes
        Takes a sentence for whatever is left out.

    Returns
    -------
    Columns controller, observed_on (datetime64) and geometry: polygons in EPSG:4326.

    Raises
    ------
    DataError
        When the file cannot be read or does not say what is needed.
    """
    frames = [_in_degrees(frame, name) for frame in _layers(file, name)]
    rows = pd.concat(frames, ignore_index=True)
    flat = rows.geometry.geom_type.isin(["Polygon", "MultiPolygon"])
    if not flat.all():
        notes.append(f"{name}: {int((~flat).sum())} features that are no areas left out")
    rows = rows[flat].reset_index(drop=True)
    controllers = _controllers(rows, name, recipe)
    unknown = controllers.isna()
    if unknown.any():
        notes.append(f"{name}: {int(unknown.sum())} areas of no side left out")
    days = _days(rows, file.stem, name, recipe)
    found = gpd.GeoDataFrame(
        {"controller": controllers, "observed_on": days}, geometry=rows.geometry.values, crs=CRS
    )
    return found[~unknown].reset_index(drop=True)


def _layers(file: Path, name: str) -> list[gpd.GeoDataFrame]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # GDAL's; what matters is checked below
            if file.suffix == ".parquet":
                return [gpd.read_parquet(file)]
            layers = [str(layer) for layer, kind in pyogrio.list_layers(file) if kind is not None]
            frames = [
                pyogrio.read_dataframe(file, layer=layer, force_2d=True).assign(_layer=layer)
                for layer in layers
            ]
    except Exception as error:
        problem = str(error).splitlines()[0][:160] if str(error) else type(error).__name__
        raise DataError(name, 0, "", f"cannot be read: {problem}") from None
    frames = [frame for frame in frames if isinstance(frame, gpd.GeoDataFrame)]
    if not frames:
        raise DataError(name, 0, "", "holds no layer with areas")
    return frames


def _in_degrees(frame: gpd.GeoDataFrame, name: str) -> gpd.GeoDataFrame:
    frame = frame[frame.geometry.notna() & ~frame.geometry.is_empty]
    shapes = shapely.force_2d(frame.geometry.to_numpy())
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


def _controllers(rows: gpd.GeoDataFrame, name: str, recipe: Recipe) -> pd.Series:
    """Say who controls each area; missing where the file does not say so of a side."""
    if recipe.controller:
        return pd.Series(str(recipe.controller), index=rows.index, dtype=object)
    if recipe.controller_column:
        if recipe.controller_column not in rows:
            columns = ", ".join(
                map(str, rows.columns.drop(["geometry", "_layer"], errors="ignore"))
            )
            raise DataError(
                name, 0, recipe.controller_column, f"is no column; there are: {columns}"
            )
        words = {str(word): word for word in Controller} | recipe.mapping
        return _mapped(rows[recipe.controller_column], words)
    known = _recognised(rows)
    if known is None:
        raise DataError(
            name, 0, "", "does not say who controls its areas; use --controller or "
            "--controller-column with --map VALUE=CONTROLLER",
        )  # fmt: skip
    return known


def _recognised(rows: gpd.GeoDataFrame) -> pd.Series | None:
    """Recognise the known shapes; None when the file is none of them."""
    titles = next((rows[key].astype(str) for key in ("name", "Name") if key in rows), None)
    if titles is not None and titles.str.contains("///").any():
        return _mapped(titles.str.split("///").str[-1].str.strip(), DEEPSTATE)
    status = next((rows[key] for key in VIINA_COLUMNS if key in rows), None)
    if "geonameid" in rows and status is not None:
        return _mapped(status.astype(str).str.lower(), VIINA)
    if "controller" in rows:
        return _mapped(rows["controller"], {str(c): c for c in Controller})
    layer = rows["layer"] if "layer" in rows else rows.get("_layer", pd.Series(dtype=object))
    for words in (layer, titles):
        said = pd.Series(dtype=object) if words is None else words.astype(str).map(_of_layer)
        if said.notna().any():
            return said
    properties = rows.columns.drop(["geometry", "_layer"], errors="ignore")
    if not len(rows[properties].dropna(axis=1, how="all").columns):
        return pd.Series(str(RUSSIA), index=rows.index, dtype=object)  # as the daily mirrors are
    return None


def _of_layer(words: str) -> str | None:
    return next((str(who) for pattern, who in LAYERS if pattern.search(words)), None)


def _mapped(values: pd.Series, words: Mapping[str, Controller]) -> pd.Series:
    """Translate words to controllers; missing where a word is none of them."""
    said = [words.get(str(value)) for value in values]
    return pd.Series([who and str(who) for who in said], index=values.index, dtype=object)


def _days(rows: gpd.GeoDataFrame, stem: str, name: str, recipe: Recipe) -> pd.Series:
    """Find the day of each area: in a column, else in the file's name."""
    column = recipe.date_column or next((key for key in DATE_COLUMNS if key in rows), None)
    if column is not None and column not in rows:
        raise DataError(name, 0, column, "is no column of the file")
    if column is not None:
        cells = rows[column]
        days = _parse(cells, recipe.date_pattern)
        if recipe.date_column and days.isna().any():
            row = int(np.flatnonzero(days.isna())[0])
            raise DataError(name, row + 1, column, f"{cells.iloc[row]!r} is not a day")
        if not days.isna().any():
            return days
    found = _day_in_name(stem, recipe.date_pattern)
    if found is None:
        raise DataError(
            name, 0, "", "has no day in its name (such as 20251211) and no date column; "
            "use --date-column or --date-pattern",
        )  # fmt: skip
    return pd.Series(pd.Timestamp(found), index=rows.index).astype("datetime64[s]")


def _parse(cells: pd.Series, pattern: str | None) -> pd.Series:
    """Read cells as days: dates, YYYY-MM-DD..., YYYYMMDD, or by a pattern."""
    if pd.api.types.is_datetime64_any_dtype(cells):
        return pd.to_datetime(cells).dt.tz_localize(None).astype("datetime64[s]").dt.normalize()
    text = cells.astype(str).str.strip()
    if pattern is None:
        text, pattern = text.str[:10].str.replace(r"\D", "", regex=True).str[:8], "%Y%m%d"
    return pd.to_datetime(text, format=pattern, errors="coerce").astype("datetime64[s]")


def _day_in_name(stem: str, pattern: str | None) -> date | None:
    if pattern:
        for length in range(len(stem), 3, -1):  # the longest part that reads as the pattern
            for start in range(len(stem) - length + 1):
                try:
                    return datetime.strptime(stem[start : start + length], pattern).date()
                except ValueError:
                    continue
        return None
    if named := IN_NAME.search(stem):
        try:
            return date(*map(int, named.groups()))
        except ValueError:
            return None
    if numbered := SECONDS.search(stem):
        return datetime.fromtimestamp(int(numbered[1]), tz=UTC).date()
    return None


def outside(rows: gpd.GeoDataFrame) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Mark areas that reach beyond the theatre: decoration, or another country's layer."""
    west, south, east, north = THEATRE
    bounds = rows.bounds.to_numpy()
    beyond: np.ndarray[tuple[int], np.dtype[np.bool_]] = (
        (bounds[:, 0] < west)
        | (bounds[:, 1] < south)
        | (bounds[:, 2] > east)
        | (bounds[:, 3] > north)
    )
    return beyond
