"""One file of the user's, read where there is a core for it: what is brought back of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import geopandas as gpd
import shapely

from geo.areas.days import moment_in_name
from geo.areas.polygons import km2_of
from geo.areas.read import Left, Recipe, read_areas
from geo.areas.unpack import unpack
from geo.model import CRS, DataError


@dataclass(frozen=True)
class Observed:
    """The area of one controller in one file: of a layer, on a day, by a version of that day."""

    layer: str
    controller: str
    day: date
    moment: datetime
    km2: float
    wkb: bytes


@dataclass(frozen=True)
class Taken:
    """What was in one file; or the fault that it is refused for."""

    name: str
    days: frozenset[date]
    areas: tuple[Observed, ...]
    left: Left
    fault: tuple[str, int, str, str] | None = None  # of a DataError, which does not travel


def take(task: tuple[Path, Recipe]) -> Taken:
    """Read one file of the user's: what is in it, one area for each controller and day."""
    file, recipe = task
    left, moment = Left(), _moment(task)
    areas: list[Observed] = []
    named: list[datetime | None] = []
    try:
        with tempfile.TemporaryDirectory(prefix="frontline-") as private:
            inner = list(unpack(file, Path(private)))
            if not inner:
                raise DataError(file.name, 0, "", "holds no file of areas")
            # A file in an archive is called by its own name, where that has a day.
            named = [moment_in_name(part.stem, recipe.date_pattern) or moment for part in inner]
            for part, at in zip(inner, named, strict=True):
                rows = read_areas(part, file.name, at and at.date(), recipe, left)
                areas += _observed(rows, at or datetime.min)
    except DataError as fault:
        left.days |= {at.date() for at in named if at}  # of what was not come to as well
        words = (fault.file, fault.row, fault.column, fault.problem)
        return Taken(file.name, _days(left, moment), (), left, words)
    return Taken(file.name, _days(left, moment), tuple(areas), left)


def _moment(task: tuple[Path, Recipe]) -> datetime | None:
    file, recipe = task
    packed = file.suffix.lower() == ".gz"  # which stands after the file's own ending
    return moment_in_name(Path(file.stem).stem if packed else file.stem, recipe.date_pattern)


def _days(left: Left, moment: datetime | None) -> frozenset[date]:
    """Give the days that a file is of: those in it, else the one in its name."""
    return frozenset(left.days or ({moment.date()} if moment else ()))


def _observed(rows: gpd.GeoDataFrame, moment: datetime) -> Iterator[Observed]:
    """Join the polygons of each controller and day.

    A layer that is drawn empty beside others says that there is nothing of it on that day.
    """
    shapes = rows.geometry.to_numpy()
    empty = shapely.is_empty(shapes)
    if empty.all():
        return
    for (layer, day), whole in rows.groupby(["layer", "observed_on"], sort=True).indices.items():
        filled = not empty[whole].all()
        of_day = moment if moment.date() == day.date() else datetime.min
        who = rows["controller"].to_numpy()[whole]
        for controller in sorted(set(who)):
            shape = shapely.disjoint_subset_union_all(shapes[whole[who == controller]])
            if not (filled and shape.is_empty):
                yield observed(str(layer), str(controller), day.date(), of_day, shape)


def observed(
    layer: str, controller: str, day: date, moment: datetime, shape: shapely.Geometry
) -> Observed:
    """Measure an area (equal-area projection) and pack it."""
    km2 = float(km2_of(gpd.GeoSeries([shape], crs=CRS)).iloc[0])
    return Observed(layer, controller, day, moment, km2, shapely.to_wkb(shape))


def refused(task: tuple[Path, Recipe], problem: str) -> Taken:
    """Stand in for a file that could not be read at all."""
    name, left = task[0].name, Left()
    return Taken(name, _days(left, _moment(task)), (), left, (name, 0, "", problem))
