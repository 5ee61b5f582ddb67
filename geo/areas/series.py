"""Series of control areas: import into one GeoParquet each, and read back.

A series is what one reporter published: rows of controller, day of observation and polygons. On
a day without an observation nothing is known of it but the latest one before; never interpolated.
"""

from __future__ import annotations

import io
import json
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow.parquet
import shapely

from geo.areas.read import Recipe, outside, read_areas
from geo.areas.unpack import unpack
from geo.files.checks import CONTROL, SLUG
from geo.files.write import write_file
from geo.model import CRS, CRS_KM2, OWN_AREAS, DataError

COLUMNS = ["series_id", "claimant_id", "controller", "observed_on", "geometry"]
ABOUT = b"frontline_claims"  # our key in the file's metadata
MOST_NOTES = 200


@dataclass(frozen=True, eq=False)
class Series:
    """One reporter's control areas.

    Attributes
    ----------
    observations
        Columns series_id, claimant_id, controller, observed_on (datetime64), geometry
        (EPSG:4326); one row a day and controller, in order of day.
    sources
        Names of the files that it was made of.
    licence
        What the user noted of the publisher's terms.
    imported_on
        The day of the last import that changed it; None in files of before that was kept.
    """

    observations: gpd.GeoDataFrame
    sources: tuple[str, ...] = ()
    licence: str = ""
    imported_on: date | None = None

    @property
    def id(self) -> str:
        """The series' id, which the address and the commands name."""
        return str(self.observations["series_id"].iloc[0])

    @property
    def claimant_id(self) -> str:
        """Who published it, when that was said at the import; else ""."""
        return str(self.observations["claimant_id"].iloc[0])

    @cached_property
    def days(self) -> pd.DatetimeIndex:
        """The days of observation, ascending."""
        return pd.DatetimeIndex(self.observations["observed_on"].unique()).sort_values()


@dataclass
class Report:
    """What an import did: a sentence for whatever was repaired, replaced or left out."""

    files: int = 0
    days: int = 0
    changed: bool = False
    notes: list[str] = field(default_factory=list)


def list_series(folder: Path) -> list[Path]:
    """Find the series in a folder of areas, by id."""
    return sorted(folder.glob("*.parquet")) if folder.is_dir() else []


def load_series(path: Path) -> Series:
    """Read a series that `import_areas` wrote.

    Raises
    ------
    DataError
        When the file is no series.
    """
    try:
        table = pyarrow.parquet.read_table(path)
        about = json.loads(table.schema.metadata[ABOUT])
        rows = gpd.read_parquet(path)[COLUMNS]
        rows["observed_on"] = rows["observed_on"].astype("datetime64[s]")
        day = about.get("imported_on")
        if day is None:  # such files name the series where nobody said who published it
            rows.loc[rows["claimant_id"] == rows["series_id"], "claimant_id"] = ""
        imported_on = date.fromisoformat(day) if day else None
        return Series(rows, tuple(about["sources"]), str(about["licence"]), imported_on)
    except (OSError, ValueError, KeyError, TypeError) as error:
        problem = f"is no series of control areas ({type(error).__name__}); import it again"
        raise DataError(path.name, 0, "", problem) from None


def import_areas(
    paths: Sequence[Path],
    folder: Path,
    *,
    series_id: str,
    claimant_id: str = "",
    licence: str = "",
    recipe: Recipe | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Report:
    """Read files into a series: all of them, or nothing.

    A day that the series already has is replaced by what the files say of it; a second import
    of the same files changes nothing.

    Parameters
    ----------
    paths
        Files, or folders of files.
    folder
        Where series are kept, such as data/areas; made when it is missing.
    series_id
        A slug.
    claimant_id
        Who published it; only then does the series bear that claimant's name.
    licence
        A note on the publisher's terms, kept in the file.
    recipe
        How to read what is not recognised.
    progress
        Called with files done and files in all.

    Raises
    ------
    ExceptionGroup
        Of `DataError`: every fault of every file; nothing was written then.
    """
    faults = [
        DataError(option, 0, "", f"{value!r} is not an id: lower-case letters, digits, hyphens")
        for option, value in (("--series", series_id), ("--claimant", claimant_id))
        if value != "" or option == "--series"
        if not re.fullmatch(SLUG, value) or value in OWN_AREAS
    ]
    if re.search(CONTROL, licence):
        faults.append(DataError("--licence", 0, "", "holds a control character"))
    report = Report()
    files = [file for path in paths for file in _expand(path)]
    if not files:
        faults.append(DataError(str(paths[0]) if paths else "", 0, "", "holds no file of areas"))
    frames = []
    for done, file in enumerate(files):
        progress(done, len(files))
        try:
            frames.append(_read(file, recipe or Recipe(), report.notes))
        except DataError as fault:
            faults.append(fault)
    progress(len(files), len(files))
    if faults:
        raise ExceptionGroup(f"{len(faults)} faults", faults)
    rows = pd.concat(frames, ignore_index=True)
    if rows.empty:
        raise ExceptionGroup(
            "1 fault", [DataError(series_id, 0, "", "no area is left to import; " + _told(report))]
        )
    rows = _one_a_day(rows, report)
    rows.insert(0, "series_id", series_id)
    rows.insert(1, "claimant_id", claimant_id)
    path = folder / f"{series_id}.parquet"
    series = Series(rows, tuple(dict.fromkeys(file.name for file in files)), licence)
    series = _joined(load_series(path), series, report) if path.exists() else series
    report.files, report.days = len(files), len(series.days)
    report.changed = not path.exists() or path.read_bytes() != _parquet(series)
    if report.changed:
        folder.mkdir(parents=True, exist_ok=True)
        write_file(path, _parquet(replace(series, imported_on=datetime.now(UTC).date())))
    del report.notes[MOST_NOTES:]
    return report


def _told(report: Report) -> str:
    return "; ".join(report.notes[:5]) or "the files are empty"


def _expand(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.iterdir() if file.is_file() and file.name[0] != ".")


def _read(file: Path, recipe: Recipe, notes: list[str]) -> gpd.GeoDataFrame:
    """Read one file of the user's: what is in it, repaired, inside the theatre."""
    with tempfile.TemporaryDirectory(prefix="frontline-") as private:
        frames = [
            # A file in an archive is called by its own name: its day may stand in it.
            read_areas(inner, file.name, recipe, notes)
            for inner in unpack(file, Path(private))
        ]
    if not frames:
        raise DataError(file.name, 0, "", "holds no file of areas")
    rows = gpd.GeoDataFrame(pd.concat(frames, ignore_index=True), geometry="geometry", crs=CRS)
    beyond = outside(rows)
    if beyond.any():
        notes.append(f"{file.name}: {int(beyond.sum())} areas outside the theatre left out")
    rows = rows[~beyond].reset_index(drop=True)
    broken = ~rows.geometry.is_valid
    if broken.any():
        rows = _repaired(rows, broken, file.name, notes)
    if rows.empty:
        notes.append(f"{file.name}: no area found; the day is left out")
    return rows


def _repaired(
    rows: gpd.GeoDataFrame, broken: pd.Series, name: str, notes: list[str]
) -> gpd.GeoDataFrame:
    before = rows.geometry[broken].to_crs(CRS_KM2).area.sum() / 1e6
    mended = [_polygons(shapely.make_valid(shape)) for shape in rows.geometry[broken]]
    rows = rows.copy()
    rows.loc[broken, "geometry"] = gpd.GeoSeries(mended, index=rows.index[broken], crs=CRS)
    after = rows.geometry[broken].to_crs(CRS_KM2).area.sum() / 1e6
    notes.append(
        f"{name}: {int(broken.sum())} invalid areas repaired, {after - before:+.2f} km² by it"
    )
    return rows[~rows.geometry.is_empty].reset_index(drop=True)


def _polygons(shape: shapely.Geometry) -> shapely.Geometry:
    parts = [p for p in shapely.get_parts(shape) if p.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts) if len(parts) != 1 else parts[0]


def _one_a_day(rows: gpd.GeoDataFrame, report: Report) -> gpd.GeoDataFrame:
    """Join the areas of one controller and day; the same polygon twice counts once."""
    key = ["controller", "observed_on"]
    wkb = rows.geometry.to_wkb()
    twice = rows.assign(wkb=wkb)[[*key, "wkb"]].duplicated()
    if twice.any():
        days = rows["observed_on"][twice].nunique()
        report.notes.append(f"{int(twice.sum())} areas of {days} days stand in the files twice")
    rows = rows[~twice]
    joined = rows.groupby(["observed_on", "controller"], sort=True)["geometry"].agg(
        lambda shapes: shapes.iloc[0] if len(shapes) == 1 else shapely.union_all(shapes.to_numpy())
    )
    frame = joined.reset_index()[["controller", "observed_on", "geometry"]]
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=CRS)


def _joined(old: Series, new: Series, report: Report) -> Series:
    """Add days to a series; what the new files say of a day replaces what stood there."""
    same_day = old.observations["observed_on"].isin(new.days)
    replaced = old.observations[same_day]
    if not _equal(replaced, new.observations[new.observations["observed_on"].isin(old.days)]):
        report.notes.append(f"{replaced['observed_on'].nunique()} days replaced by the new files")
    rows = pd.concat([old.observations[~same_day], new.observations])
    rows = rows.sort_values(["observed_on", "controller"]).reset_index(drop=True)
    rows["claimant_id"] = new.claimant_id or old.claimant_id
    sources = tuple(dict.fromkeys((*old.sources, *new.sources)))
    licence = new.licence or old.licence
    return Series(gpd.GeoDataFrame(rows, crs=CRS), sources, licence, old.imported_on)


def _equal(one: gpd.GeoDataFrame, other: gpd.GeoDataFrame) -> bool:
    words = [
        sorted(zip(f["observed_on"], f["controller"], f.geometry.to_wkb(), strict=True))
        for f in (one, other)
    ]
    return words[0] == words[1]


def _parquet(series: Series) -> bytes:
    """Write GeoParquet with our own note in its metadata; the same series, the same bytes."""
    plain = io.BytesIO()
    series.observations[COLUMNS].to_parquet(plain, index=False)
    table = pyarrow.parquet.read_table(plain)
    about = {"sources": list(series.sources), "licence": series.licence}
    about["imported_on"] = series.imported_on.isoformat() if series.imported_on else ""
    metadata = {**(table.schema.metadata or {}), ABOUT: json.dumps(about).encode()}
    written = io.BytesIO()
    pyarrow.parquet.write_table(
        table.replace_schema_metadata(metadata), written, compression="zstd"
    )
    return written.getvalue()


def observed_on(series: Series, day: date) -> pd.Timestamp | None:
    """Give the day of the latest observation on or before a day; None when there is none."""
    at = int(series.days.searchsorted(pd.Timestamp(day), side="right")) - 1
    return series.days[at] if at >= 0 else None
