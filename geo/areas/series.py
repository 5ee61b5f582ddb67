"""Series of control areas, one GeoParquet each: written, added to, read back.

A series is what one reporter published: rows of controller, day of observation and polygons. On
a day without an observation nothing is known of it but the latest one before; never interpolated.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow.parquet

from geo.areas.polygons import km2_of
from geo.areas.taking import Observed
from geo.files.write import write_file
from geo.model import CRS, DataError

COLUMNS = ["series_id", "claimant_id", "controller", "observed_on", "km2", "geometry"]
ABOUT = b"frontline_claims"  # our key in the file's metadata


@dataclass(frozen=True, eq=False)
class Series:
    """One reporter's control areas.

    Attributes
    ----------
    observations
        Columns series_id, claimant_id, controller, observed_on (datetime64), km2, geometry
        (EPSG:4326); one row a day and controller, in order of day. An empty geometry: the map was
        drawn that day, without an area of this layer.
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


def list_series(folder: Path) -> list[Path]:
    """Find the series in a folder of areas, by id."""
    return sorted(folder.glob("*.parquet")) if folder.is_dir() else []


def load_series(path: Path) -> Series:
    """Read a series that `write_series` wrote.

    Raises
    ------
    DataError
        When the file is no series.
    """
    try:
        table = pyarrow.parquet.read_table(path)
        about = json.loads(table.schema.metadata[ABOUT])
        rows = gpd.read_parquet(path)
        if "km2" not in rows:  # as series were written before they were measured once
            rows["km2"] = km2_of(rows.geometry)
        rows = rows[COLUMNS]
        rows["observed_on"] = rows["observed_on"].astype("datetime64[s]")
        day = about.get("imported_on")
        if day is None:  # such files name the series where nobody said who published it
            rows.loc[rows["claimant_id"] == rows["series_id"], "claimant_id"] = ""
        imported_on = date.fromisoformat(day) if day else None
        return Series(rows, tuple(about["sources"]), str(about["licence"]), imported_on)
    except (OSError, ValueError, KeyError, TypeError) as error:
        problem = f"is no series of control areas ({type(error).__name__}); import it again"
        raise DataError(path.name, 0, "", problem) from None


def series_of(
    areas: Sequence[Observed],
    series_id: str,
    claimant_id: str,
    *,
    sources: tuple[str, ...] = (),
    licence: str = "",
) -> Series:
    """Make a series of areas in order of day and controller."""
    table = {
        "series_id": series_id,
        "claimant_id": claimant_id,
        "controller": [area.controller for area in areas],
        "observed_on": pd.to_datetime([area.day for area in areas]).astype("datetime64[s]"),
        "km2": [area.km2 for area in areas],
    }
    shapes = gpd.GeoSeries.from_wkb([area.wkb for area in areas])
    return Series(gpd.GeoDataFrame(table, geometry=shapes, crs=CRS), sources, licence)


def joined(old: Series, new: Series) -> tuple[Series, int]:
    """Add days to a series; what the new one says of a day replaces what stood there.

    Returns
    -------
    The series, and how many days it says otherwise now.
    """
    same_day = old.observations["observed_on"].isin(new.days)
    replaced = old.observations[same_day]
    same = _equal(replaced, new.observations[new.observations["observed_on"].isin(old.days)])
    rows = pd.concat([old.observations[~same_day], new.observations])
    rows = rows.sort_values(["observed_on", "controller"]).reset_index(drop=True)
    rows["claimant_id"] = new.claimant_id or old.claimant_id
    sources = tuple(dict.fromkeys((*old.sources, *new.sources)))
    licence = new.licence or old.licence
    both = Series(gpd.GeoDataFrame(rows, crs=CRS), sources, licence, old.imported_on)
    return both, 0 if same else replaced["observed_on"].nunique()


def write_series(series: Series, path: Path) -> bool:
    """Write a series as a whole, as imported today; give whether it is another than before."""
    if path.exists() and path.read_bytes() == _parquet(series):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, _parquet(replace(series, imported_on=datetime.now(UTC).date())))
    return True


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
