"""What is wrong with the tables: every check is a generator of faults, none stops the others.

A fault names the file, the row as an editor counts (header = 1), the column, the bad value and
what is allowed. Checks look at whole columns, so that 300,000 claims take a second or two.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pyarrow
from numpy.typing import NDArray
from pyarrow import compute

from geo.model import (
    ALL_SIDES,
    THEATRE,
    ClaimantKind,
    Controller,
    DataError,
    Kind,
    Side,
    allowed_controllers,
)

CLAIM = ("stated_on", "effective_on", "claimant_id", "kind", "controller", "summary", "outlet")
COLUMNS = {
    "settlements.csv": (
        *("id", "name", "name_uk", "name_ru", "admin1", "country", "lat", "lon"),
        *("population", "aliases", "coord_source"),
    ),
    "claimants.csv": ("id", "name", "name_uk", "name_ru", "side", "kind", "aliases"),
    "claims.csv": ("claim_id", "settlement_id", *CLAIM, "title", "url"),
    "area_claims.csv": ("claim_id", "area_id", *CLAIM, "title", "url"),
}
MAY_BE_BLANK = {"effective_on", "population", "aliases", "title"}
# A ledger may name its claimants in English alone; these columns then stand for blanks.
MAY_BE_LEFT_OUT = {"claimants.csv": ("name_uk", "name_ru", "aliases")}
NUMBERS = {"lat", "lon", "population"}

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
# Parts of an address that follow a reader, and tell nothing of the page.
TRACKING = r"utm_\w+|fbclid|gclid|yclid|mc_[ce]id|igshid|ysclid"
WEB = r"https?://[^\x00-\x20\xa0<>\"']+"
# C0 and C1 controls, and the characters that reverse or hide text; written out, since the fast
# engine behind arrow's text columns (RE2) knows no \\u escapes. NUL is refused before.
CONTROL = "[\x01-\x1f\x7f-\x9f\u200b\u200e\u061c\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
FORMULA = r"^[=+\-@]"
SHAPED = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, eq=False)
class Table:
    """One file as text, with the row of each record as an editor counts."""

    file: str
    cells: pd.DataFrame
    lines: np.ndarray[Any, np.dtype[np.int64]]

    def faults(self, column: str, bad: Any, problem: str) -> Iterator[DataError]:
        """Make a fault of each marked cell; `problem` follows the bad value."""
        for at in np.flatnonzero(np.asarray(bad, dtype=bool)):
            value = quote(str(self.cells[column].iloc[at]))
            yield DataError(self.file, int(self.lines[at]), column, f"{value} {problem}")


def quote(value: str) -> str:
    """Show a bad value between quotes, cut when it is long."""
    return repr(value if len(value) <= 60 else value[:57] + "...")


def day_of(column: pd.Series) -> pd.Series:
    """Convert YYYY-MM-DD; anything else, and days that no calendar has, become NaT."""
    texts = column.tolist()
    days = {text: _day(text) for text in set(texts)}
    return pd.Series([days[text] for text in texts], column.index, "datetime64[s]")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if SHAPED.fullmatch(text) else None
    except ValueError:
        return None


def all_faults(
    tables: dict[str, Table], areas: Collection[str] | None, *, sound: Collection[str] = ()
) -> Iterator[DataError]:
    """Check what each table says, and against the others as far as those could be read.

    Parameters
    ----------
    tables
        File name to table; a file that could not be read is left out.
    areas
        The admin-1 ids of the borders; None when they could not be read.
    sound
        Files whose rows are known to have no fault: the others are held against them.
    """
    settlements, claimants = tables.get("settlements.csv"), tables.get("claimants.csv")
    for file, table in tables.items():
        if file in sound:
            continue
        yield from _text_faults(table)
        yield from _repeated(table, COLUMNS[file][0])
        yield from _faults_of(table, claimants)
    if settlements and "claims.csv" in tables:
        yield from _strangers(tables["claims.csv"], "settlement_id", settlements.cells["id"])
    if areas is not None and "area_claims.csv" in tables:
        yield from _strangers(tables["area_claims.csv"], "area_id", areas)
    # In memory settlements and oblasts are one table, and what is said of them another.
    if settlements and areas is not None:
        shared = _among(settlements.cells["id"], areas)
        yield from settlements.faults("id", shared, "is the id of an area in borders.geojson")
    if "claims.csv" in tables and "area_claims.csv" in tables:
        ids, table = tables["claims.csv"].cells["claim_id"], tables["area_claims.csv"]
        shared = _among(table.cells["claim_id"], ids) & (table.cells["claim_id"] != "")
        yield from table.faults("claim_id", shared, "stands in claims.csv too")


def _faults_of(table: Table, claimants: Table | None) -> Iterator[DataError]:
    """Check what only one kind of table can have wrong."""
    match table.file:
        case "settlements.csv":
            yield from _place_faults(table)
        case "claimants.csv":
            reserved = table.cells["id"].isin([ALL_SIDES, *Side])
            yield from table.faults("id", reserved, "is the name of a view; choose another id")
            yield from _unknown(table, "side", tuple(Side))
            yield from _unknown(table, "kind", tuple(ClaimantKind))
        case _:
            yield from _claim_faults(table, claimants)
            if table.file == "claims.csv" and table.cells.empty:
                yield DataError(table.file, 0, "", "holds no statement; at least one is needed")


def _strangers(table: Table, column: str, known: Collection[str]) -> Iterator[DataError]:
    where = {"settlement_id": "settlements.csv", "claimant_id": "claimants.csv"}
    file = where.get(column, "borders.geojson")
    values = table.cells[column]
    bad = ~_among(values, known) & (values != "")
    yield from table.faults(column, bad, f"is unknown; allowed are the ids in {file}")


def _among(values: pd.Series, known: Collection[str]) -> NDArray[np.bool_]:
    """Do as `Series.isin`, which takes seconds when hundreds of thousands are known."""
    ids = set(known)
    return np.fromiter((value in ids for value in values.tolist()), bool, len(values))


def _holds(values: pd.Series, pattern: str) -> NDArray[np.bool_]:
    """Do as `Series.str.contains`, which for a few rows takes five times as long."""
    return np.asarray(compute.match_substring_regex(pyarrow.array(values), pattern))


def _blank(values: pd.Series) -> NDArray[np.bool_]:
    return np.asarray(compute.equal(compute.utf8_trim_whitespace(pyarrow.array(values)), ""))


def _text_faults(table: Table) -> Iterator[DataError]:
    for column in COLUMNS[table.file]:
        values = table.cells[column]
        if column not in MAY_BE_BLANK | set(MAY_BE_LEFT_OUT.get(table.file, ())):
            yield from table.faults(column, _blank(values), "is blank; a value is required")
        yield from table.faults(
            column,
            _holds(values, CONTROL),
            "holds a control character or a line break; allowed is plain text on one line",
        )
        if column not in NUMBERS:
            yield from table.faults(
                column,
                _holds(values, FORMULA),
                "would run as a formula in a spreadsheet; it must not begin with = + - or @",
            )


def _repeated(table: Table, column: str) -> Iterator[DataError]:
    ids = table.cells[column]
    yield from table.faults(column, ids.duplicated(), "stands in an earlier row too")
    yield from table.faults(
        column,
        ~_holds(ids, f"^({SLUG})?$"),
        "is not an id; allowed are lower-case letters, digits and single hyphens",
    )


def _unknown(table: Table, column: str, words: tuple[str, ...]) -> Iterator[DataError]:
    allowed = list(words)
    bad = ~_among(table.cells[column], [*allowed, ""])
    yield from table.faults(column, bad, f"is unknown; allowed: {', '.join(allowed)}")


def _place_faults(table: Table) -> Iterator[DataError]:
    west, south, east, north = THEATRE
    lat, lon = (
        pd.to_numeric(table.cells[column], errors="coerce").to_numpy(float)
        for column in ("lat", "lon")
    )
    swapped = (south <= lon) & (lon <= north) & (west <= lat) & (lat <= east)
    for column, value, low, high in (("lat", lat, south, north), ("lon", lon, west, east)):
        filled = table.cells[column] != ""
        allowed = f"allowed: {low:g} to {high:g} degrees"
        yield from table.faults(column, ~np.isfinite(value) & filled, f"is no number; {allowed}")
        outside = np.isfinite(value) & ((value < low) | (value > high))
        yield from table.faults(
            column, outside & swapped, f"is outside; lat and lon swapped? {allowed}"
        )
        yield from table.faults(column, outside & ~swapped, f"is outside the theatre; {allowed}")
    people = table.cells["population"]
    yield from table.faults(
        "population", ~people.str.fullmatch("[0-9]{0,8}"), "is not a whole number of people"
    )
    country = table.cells["country"]
    yield from table.faults(
        "country",
        ~country.str.fullmatch("[A-Z]{2}") & (country != ""),
        "is not an ISO 3166 code of two capital letters, such as UA",
    )


def _claim_faults(table: Table, claimants: Table | None) -> Iterator[DataError]:
    cells = table.cells
    days = {}
    for column in ("stated_on", "effective_on"):
        filled = cells[column] != ""
        days[column] = day_of(cells[column])
        bad = filled & days[column].isna()
        yield from table.faults(column, bad, "is not a day; expected YYYY-MM-DD")
    late = days["effective_on"] > days["stated_on"]
    yield from table.faults("effective_on", late, "is after stated_on; allowed: the same or before")
    yield from _unknown(table, "kind", tuple(Kind))
    yield from _unknown(table, "controller", tuple(Controller))
    no_web = ~_holds(cells["url"], f"^({WEB})?$")
    yield from table.faults("url", no_web, "is not an http(s) address")
    if claimants is None:
        return
    yield from _strangers(table, "claimant_id", claimants.cells["id"])
    sides = dict(zip(claimants.cells["id"], claimants.cells["side"], strict=True))
    spoken = (sides.get(who, "") for who in cells["claimant_id"].tolist())
    said = zip(cells["kind"].tolist(), cells["controller"].tolist(), spoken, strict=True)
    yield from _contradictions(table, list(said))


def _contradictions(table: Table, said: Sequence[tuple[str, str, str]]) -> Iterator[DataError]:
    """Find kinds that leave no such controller; `said` has kind, controller and side of each."""
    for kind, controller, speaker in dict.fromkeys(said):
        if kind not in set(Kind) or controller not in set(Controller) or speaker not in set(Side):
            continue  # faults of their own
        allowed = allowed_controllers(Kind(kind), Side(speaker))
        if controller in allowed:
            continue
        words = ", ".join(sorted(allowed)) or "none, for it has nothing to withdraw"
        yield from table.faults(
            "controller",
            [one == (kind, controller, speaker) for one in said],
            f"contradicts kind {kind!r} said by side {speaker!r}; allowed: {words}",
        )
