"""What a statement may repeat: to be read before it is proposed, and before it is accepted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from rapidfuzz import fuzz

from geo.desk.heard import CLAIMS, Heard, Row, frame_of, table_now
from geo.desk.proposals import Proposal, State
from geo.files.checks import COLUMNS, day_of

NEAR = pd.Timedelta(days=3)  # between two statements that may be one
MOST = 10  # that are shown; the others are counted
NEARBY = ("settlement_id", "area_id", "url")  # a double shares one of these
ALIKE = 90.0  # of 100: summaries that may be of one statement (rapidfuzz's token_set_ratio)


@dataclass(frozen=True)
class Double:
    """A statement or a waiting proposal that may be the same.

    Attributes
    ----------
    claim_id
        Its id.
    proposal
        Its number where it waits; None where it is in the ledger.
    why
        "day" (same place and side within 3 days), "address", or "summary".
    row
        Its cells.
    """

    claim_id: str
    proposal: int | None
    why: str
    row: Row


def doubles(
    heard: Heard, row: Row, proposals: Collection[Proposal], *, own: int | None = None
) -> tuple[list[Double], int]:
    """Find what a statement may repeat, in the ledger and among what waits: some, and how many.

    Parameters
    ----------
    heard
        The ledger with what is accepted.
    row
        Of claims.csv or area_claims.csv.
    proposals
        All; those that wait are compared.
    own
        Number of the proposal itself, where it is one: what it amends is no double of it.
    """
    amended = next((one.id for one in proposals if one.number == own and one.change.was), None)
    shared = [(key, row[key]) for key in NEARBY if row.get(key)]
    waiting = [
        (one.number, one.row)
        for one in proposals
        if one.state == State.PROPOSED
        and one.number != own
        and one.change.file in CLAIMS
        and any(one.row.get(key) == value for key, value in shared)
    ]
    speakers = table_now(heard, "claimants.csv")
    sides = dict(zip(speakers["id"], speakers["side"], strict=True))
    found, count = list[Double](), 0
    for file in CLAIMS:
        table = table_now(heard, file)
        table = table[_near(table, row) & (table["claim_id"] != amended)]
        rows = [one for _, one in waiting if COLUMNS[file][1] in one]
        numbers = [number for number, one in waiting if COLUMNS[file][1] in one]
        for cells, known in ((table, [None] * len(table)), (frame_of(file, rows), numbers)):
            some, more = _alike(cells, known, file, row, sides)
            found, count = found + some, count + more
    return found[:MOST], count


def _near(table: pd.DataFrame, row: Row) -> pd.Series:
    """Find the rows of a table that share place or address: only they are compared further."""
    columns = [key for key in NEARBY if key in table and row.get(key)]
    return (table[columns] == [row[key] for key in columns]).any(axis=1)


def _alike(
    table: pd.DataFrame,
    numbers: Sequence[int | None],
    file: str,
    row: Row,
    sides: dict[str, str],
) -> tuple[list[Double], int]:
    place = row.get("settlement_id") or row.get("area_id", "")
    day = day_of(pd.Series([row.get("stated_on", "")], dtype="str"))[0]
    here = (table[COLUMNS[file][1]] == place) & (place != "")
    side = table["claimant_id"].map(sides) == sides.get(row.get("claimant_id", ""), "?")
    near = here & side & ((day_of(table["stated_on"]) - day).abs() <= NEAR)
    address = (table["url"] == row.get("url", "")) & (row.get("url", "") != "")
    summary = row.get("summary", "")
    left = here & ~near & ~address
    score = table["summary"][left].map(lambda other: fuzz.token_set_ratio(summary, other))
    same = (score >= ALIKE).reindex(table.index, fill_value=False)
    found = []
    alike = np.flatnonzero(near | address | same)
    for at in alike[:MOST]:
        why = "day" if near.iloc[at] else "address" if address.iloc[at] else "summary"
        cells = {str(column): str(cell) for column, cell in table.iloc[at].items()}
        found.append(Double(cells["claim_id"], numbers[int(at)], why, cells))
    return found, len(alike)
