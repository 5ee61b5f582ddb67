"""The day that a file or a row of control areas is of; and the hour, where a name has one."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.model import DataError

COLUMNS = ("observed_on", "date", "Date", "DATE", "day", "datetime", "timestamp")
IN_NAME = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?([0-2]\d|3[01])(?!\d)")
SECONDS = re.compile(r"(?<!\d)(1[5-9]\d{8})(?!\d)")  # as DeepState numbers its versions
LEAST_MILLISECONDS = 1e12  # since 1970, as ArcGIS writes moments: 2001; a YYYYMMDD is far smaller
EARLIEST = pd.Timestamp("2014-01-01")  # a number that reads as an earlier day is no day
MINUTES = re.compile(r"(?<!\d)(\d{6}_[0-2]\d[0-5]\d)(?!\d)")  # UAControlMap's: yymmdd_HHMM


def moment_in_name(stem: str, pattern: str | None = None) -> datetime | None:
    """Find the day in a file's name; with the hour (UTC) where names number versions of a day.

    Parameters
    ----------
    stem
        The name without its ending.
    pattern
        A pattern of `datetime.strptime`; the longest part that reads as it counts.
    """
    if pattern:
        return _by_pattern(stem, pattern)
    if named := IN_NAME.search(stem):
        try:
            return datetime(*map(int, named.groups()))  # type: ignore[arg-type]
        except ValueError:
            return None
    if numbered := SECONDS.search(stem):
        return datetime.fromtimestamp(int(numbered[1]), tz=UTC).replace(tzinfo=None)
    if minutes := MINUTES.search(stem):
        return _by_pattern(minutes[1], "%y%m%d_%H%M")
    return None


def _by_pattern(stem: str, pattern: str) -> datetime | None:
    for length in range(len(stem), 3, -1):
        for start in range(len(stem) - length + 1):
            try:
                return datetime.strptime(stem[start : start + length], pattern)
            except ValueError:
                continue
    return None


def days_of(
    rows: gpd.GeoDataFrame, name: str, named: date | None, column: str | None, pattern: str | None
) -> pd.Series:
    """Give the day of each row: from a column, else the day in the file's name.

    A column that nobody named counts when it tells several days apart, or the name has none.

    Parameters
    ----------
    rows
        All columns of the file.
    name
        What the user calls the file, for errors.
    named
        The day in its name.
    column, pattern
        See `Recipe`; without them the columns of COLUMNS are tried.

    Raises
    ------
    DataError
        When a row has no day.
    """
    if column is not None and column not in rows:
        raise DataError(name, 0, column, "is no column of the file")
    chosen = column or next((key for key in COLUMNS if key in rows), None)
    if chosen is not None:
        cells = rows[chosen]
        days = _parse(cells, pattern)
        if column and days.isna().any():
            row = int(np.flatnonzero(days.isna())[0])
            raise DataError(name, row + 1, column, f"{cells.iloc[row]!r} is not a day")
        if not days.isna().any() and (column or named is None or days.nunique() > 1):
            return days
    if named is None:
        raise DataError(
            name, 0, "", "has no day in its name (such as 20251211) and no date column; "
            "use --date-column or --date-pattern",
        )  # fmt: skip
    return pd.Series(pd.Timestamp(named), index=rows.index).astype("datetime64[s]")


def _parse(cells: pd.Series, pattern: str | None) -> pd.Series:
    """Read cells as days: dates, YYYY-MM-DD..., YYYYMMDD, or by a pattern."""
    if pd.api.types.is_datetime64_any_dtype(cells):
        return pd.to_datetime(cells).dt.tz_localize(None).astype("datetime64[s]").dt.normalize()
    if pd.api.types.is_numeric_dtype(cells) and (cells > LEAST_MILLISECONDS).all():
        moments = pd.to_datetime(cells, unit="ms", errors="coerce")  # NaT: too late for a moment
        return moments.astype("datetime64[s]").dt.normalize()
    text = cells.astype(str).str.strip()
    if pattern is None:
        text, pattern = text.str[:10].str.replace(r"\D", "", regex=True).str[:8], "%Y%m%d"
    days = pd.to_datetime(text, format=pattern, errors="coerce").astype("datetime64[s]")
    return days.where(days >= EARLIEST)
