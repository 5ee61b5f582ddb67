"""A status a place and a day, as VIINA's control files have it, to areas: the cells of its places.

The file (geonameid or kod, date as YYYYMMDD, status; a row for each of some 33,000 places and each
day) has no coordinates. Its publisher's tessellation has them: a cell a place, with the same ids.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, cast

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.areas.names import VIINA
from geo.model import CRS, DataError

PLACE_IDS = ("geonameid", "kod")
# Of these the first that a file has counts.
STATUS_COLUMNS = ("status", "status_wiki", "status_boost", "status_dsm", "status_isw")
CODED = sorted(str(meaning) for meaning in set(VIINA.values()))  # by their number in the rows
AT_ONCE = 1_000_000  # rows; a year has twelve million
MOST_ROWS = 20_000_000
LATEST, A_DAY = 9999_12_31, "allowed: YYYYMMDD"
NO_STATUS = "rows without a known status left out"
NO_PLACE = "rows of places that the file of places has not left out"


def status_areas(
    file: Path, name: str, places: gpd.GeoDataFrame, counts: Counter[str]
) -> gpd.GeoDataFrame:
    """Join the cells of each status, day by day.

    Parameters
    ----------
    file
        CSV, in any order of rows.
    name
        What the user calls the file, for errors.
    places
        The cells (EPSG:4326), with the column of ids that the file has.
    counts
        Takes how many rows are left out.

    Returns
    -------
    Columns controller, observed_on (datetime64) and geometry, a row a day and controller. A day
    with the cells of the day before has the same geometry, joined once.

    Raises
    ------
    DataError
        When the file is not of this shape, or no cell is one of its places.
    """
    rows = _rows(file, name, places, counts)
    if rows.empty:
        raise DataError(name, 0, "", "has no row with a known status of a place in --places")
    cells = places.geometry.to_numpy()
    done: dict[int, tuple[bytes, shapely.Geometry]] = {}
    found = []
    for pair, of_day in rows.groupby(["day", "controller"], sort=True):
        day, who = cast(tuple[int, int], pair)
        chosen = np.unique(of_day["place"].to_numpy())
        key = chosen.tobytes()
        if who not in done or done[who][0] != key:
            done[who] = (key, _joined(cells[chosen]))
        found.append((CODED[who], day, done[who][1]))
    table = pd.DataFrame(found, columns=["controller", "observed_on", "geometry"])
    days = pd.to_datetime(table["observed_on"].astype(str), format="%Y%m%d", errors="coerce")
    if days.isna().any():
        bad = int(table["observed_on"][days.isna()].iloc[0])
        raise DataError(name, 0, "date", f"{bad!r} is no day; {A_DAY}")
    table["observed_on"] = days.astype("datetime64[s]")
    return gpd.GeoDataFrame(table, geometry="geometry", crs=CRS)


def _rows(file: Path, name: str, places: gpd.GeoDataFrame, counts: Counter[str]) -> pd.DataFrame:
    """Read the file piece by piece into numbers: place (in `places`), day, controller."""
    try:
        columns = list(pd.read_csv(file, nrows=0).columns)
        key = next((key for key in PLACE_IDS if key in columns and key in places), None)
        status = next((column for column in STATUS_COLUMNS if column in columns), None)
        if key is None or status is None or "date" not in columns:
            raise DataError(
                name, 0, "", "needs the columns date, status and one of "
                f"{', '.join(PLACE_IDS)} that --places has too; there are: {', '.join(columns)}",
            )  # fmt: skip
        index = pd.Index(pd.to_numeric(places[key], errors="coerce"))
        if not index.is_unique:
            raise DataError(name, 0, key, "stands twice in --places")
        pieces, read = [], 0
        with pd.read_csv(file, usecols=[key, "date", status], chunksize=AT_ONCE) as reader:
            for piece in reader:
                read += len(piece)
                if read > MOST_ROWS:
                    raise DataError(name, 0, "", f"has more than {MOST_ROWS:,} rows")
                place = index.get_indexer(pd.to_numeric(piece[key], errors="coerce"))
                pieces.append(_numbers(place, piece["date"], piece[status], name, counts))
    except (OSError, ValueError) as error:
        if isinstance(error, DataError):
            raise
        problem = str(error).splitlines()[0][:160]
        raise DataError(name, 0, "", f"cannot be read: {problem}") from None
    return pd.concat(pieces, ignore_index=True) if pieces else pd.DataFrame({"place": []})


def _numbers(
    place: NDArray[np.intp], date: pd.Series, status: pd.Series, name: str, counts: Counter[str]
) -> pd.DataFrame:
    """Keep the rows with a status that is known of a place (its row, or -1 for none)."""
    codes = {word: CODED.index(str(meaning)) for word, meaning in VIINA.items()}
    who = status.astype(str).str.lower().map(codes)
    said, there = who.notna().to_numpy(), place >= 0
    counts[NO_STATUS] += int((~said).sum())
    counts[NO_PLACE] += int((said & ~there).sum())
    kept = said & there
    day = pd.to_numeric(date, errors="coerce")
    for row, bad in date[kept & ~day.between(0, LATEST)].head(1).items():
        line = int(str(row)) + 2  # as an editor counts, the header being 1
        raise DataError(name, line, "date", f"{bad!r} is no day; {A_DAY}")
    return pd.DataFrame(
        {
            "place": place[kept].astype(np.int32),
            "day": day.to_numpy()[kept].astype(np.int32),
            "controller": who.to_numpy()[kept].astype(np.int8),
        }
    )


def _joined(cells: NDArray[Any]) -> shapely.Geometry:
    # Cells that fit without gaps and overlaps join ten times faster; others make it invalid.
    whole = shapely.coverage_union_all(cells)
    return whole if whole.is_valid else shapely.union_all(cells)
