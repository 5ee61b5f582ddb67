"""The ledger's rows with what the desk has accepted, and every fault that a change would bring.

The files are read once; what is accepted lies over them by id, so a check takes as long whether one
row was accepted or ten thousand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from geo.desk.proposals import Action, Change
from geo.desk.rows import read_texts, whole_row
from geo.files.borders import BORDERS, area_ids, split_borders
from geo.files.checks import COLUMNS, Table, all_faults
from geo.files.load import LONGEST_CELL, read_text, whole_table
from geo.files.write import file_state
from geo.model import DataError

Row = dict[str, str]
CLAIMS = ("claims.csv", "area_claims.csv")
SPOKEN_OF = ("settlements.csv", "claimants.csv")  # what statements name


@dataclass(frozen=True, eq=False)
class Heard:
    """The ledger with what is accepted.

    Attributes
    ----------
    files
        The tables of the files.
    at
        By file, row number of each id in its table.
    over
        By file, the row of each id that a change gave; None where it was taken out.
    areas
        Ids of the administrative areas.
    """

    files: dict[str, Table]
    at: dict[str, dict[str, int]]
    over: dict[str, dict[str, Row | None]]
    areas: frozenset[str]


def hear(folder: Path, changes: Iterable[Change]) -> Heard:
    """Lay changes over the files of a folder.

    Raises
    ------
    DataError
        When a file cannot be read, or one of its rows is not whole.
    """
    state = tuple(file_state(folder, file) for file in (*COLUMNS, BORDERS))
    files, at, areas = _read(folder, state)
    over: dict[str, dict[str, Row | None]] = {file: {} for file in COLUMNS}
    for change in changes:
        row = None if change.row is None else whole_row(change.file, change.row)
        over[change.file][change.key] = row
    return Heard(files, at, over, areas)


@lru_cache(maxsize=4)
def _read(
    folder: Path, state: tuple[tuple[int, ...], ...]
) -> tuple[dict[str, Table], dict[str, dict[str, int]], frozenset[str]]:
    files = {file: whole_table(file, text) for file, text in read_texts(folder).items()}
    at = {
        file: {str(key): row for row, key in enumerate(table.cells[COLUMNS[file][0]])}
        for file, table in files.items()
    }
    return files, at, area_ids(split_borders(read_text(folder, BORDERS)))


def row_now(heard: Heard, file: str, key: str) -> Row | None:
    """Give the row of an id, or None."""
    if key in heard.over[file]:
        return heard.over[file][key]
    row = heard.at[file].get(key)
    if row is None:
        return None
    return {str(column): str(cell) for column, cell in heard.files[file].cells.iloc[row].items()}


def file_of(heard: Heard, key: str) -> str | None:
    """Find the file that has a row of this id: statements first."""
    return next((file for file in (*CLAIMS, *SPOKEN_OF) if row_now(heard, file, key)), None)


def table_now(heard: Heard, file: str) -> pd.DataFrame:
    """Give the cells of a file with what is accepted, new rows below."""
    return _laid_over(heard.files[file], heard.at[file], heard.over[file]).cells


def frame_of(file: str, rows: Sequence[Row]) -> pd.DataFrame:
    """Make a table of rows, cells as text; columns that a row has not are blank."""
    cells = {column: [row.get(column, "") for row in rows] for column in COLUMNS[file]}
    return pd.DataFrame(cells, dtype="str")


def _laid_over(table: Table, at: dict[str, int], over: dict[str, Row | None]) -> Table:
    """Take out the rows that a change touched, and put their new state below them."""
    if not over:
        return table
    rows = [row for row in over.values() if row is not None]
    gone = [at[key] for key in over if key in at]
    kept = np.delete(np.arange(len(table.cells)), gone)
    new = frame_of(table.file, rows)
    below = np.arange(len(rows)) + len(table.cells) + 2
    cells = pd.concat([table.cells.iloc[kept], new], ignore_index=True)
    return Table(table.file, cells, np.concatenate([table.lines[kept], below]))


def faults_of(heard: Heard) -> list[DataError]:
    """Find every fault of a ledger with what is accepted, as the loader would."""
    tables = {
        file: _laid_over(heard.files[file], heard.at[file], heard.over[file]) for file in COLUMNS
    }
    return list(all_faults(tables, heard.areas))


def row_faults(
    heard: Heard, changes: Sequence[Sequence[Change]], names: Sequence[tuple[str, int]]
) -> list[DataError]:
    """Find every fault that changes would bring into a ledger without faults.

    Parameters
    ----------
    heard
        The ledger with what is accepted.
    changes
        Of each proposal: its own change, and those of what it needs.
    names
        Where each proposal comes from: file and row, as an editor counts.
    """
    pairs = [(change, name) for own, name in zip(changes, names, strict=True) for change in own]
    faults = [fault for change, name in pairs for fault in _unreadable(change, *name)]
    faults += [fault for change, name in pairs for fault in _moved(heard, change, *name)]
    coming = {change.key for change, _ in pairs if change.action == Action.ADD}
    faults += [fault for change, name in pairs for fault in _unranked(heard, change, coming, *name)]
    if faults:
        return faults
    # A new place or speaker cannot harm a statement that is there; only one that is changed can.
    narrow = all(change.action == Action.ADD or change.file in CLAIMS for change, _ in pairs)
    tables = {file: _with(heard, file, changes, narrow=narrow) for file in COLUMNS}
    # The loader's demand that there be a statement is about a whole ledger.
    tables = {
        file: table for file, table in tables.items() if file not in CLAIMS or len(table.lines)
    }
    touched = {change.file for change, _ in pairs}
    for fault in all_faults(tables, heard.areas, sound=set(SPOKEN_OF) - touched):
        if fault.row < 0:
            file, row = names[-fault.row - 1]
            faults.append(DataError(file, row, fault.column, fault.problem))
        elif not narrow:
            faults.append(fault)
    return faults


def _with(heard: Heard, file: str, changes: Sequence[Sequence[Change]], *, narrow: bool) -> Table:
    """Give a table as it would be, changed rows below, numbered -1, -2, … by their proposal.

    Where the check is narrow, a table of statements has the changed rows alone.
    """
    own = [
        (change, -number)
        for number, made in enumerate(changes, start=1)
        for change in made
        if change.file == file
    ]
    alone = narrow and file in CLAIMS
    if not own and not alone:  # the tables that statements name are long, and seldom change
        return _laid_over(heard.files[file], heard.at[file], heard.over[file])
    rows = [(whole_row(file, change.row), line) for change, line in own if change.row is not None]
    new = frame_of(file, [row for row, _ in rows])
    lines = np.array([line for _, line in rows], dtype=np.int64)
    if alone:
        return Table(file, new, lines)
    table = _laid_over(heard.files[file], heard.at[file], heard.over[file])
    touched = {change.key for change, _ in own if change.action != Action.ADD}
    kept = ~table.cells[COLUMNS[file][0]].isin(touched).to_numpy()
    cells = pd.concat([table.cells[kept], new], ignore_index=True)
    return Table(file, cells, np.concatenate([table.lines[kept], lines]))


def _moved(heard: Heard, change: Change, file: str, row: int) -> Iterator[DataError]:
    """Find changes whose row is no longer what it was, and additions that are there already."""
    now, column = row_now(heard, change.file, change.key), COLUMNS[change.file][0]
    if change.action == Action.ADD:
        others = [other for other in CLAIMS if change.file in CLAIMS and other != change.file]
        if now is not None:
            problem = f"{change.key!r} stands in an earlier row too"
            yield DataError(file, row, column, problem)
        for other in others:
            if row_now(heard, other, change.key) is not None:
                yield DataError(file, row, column, f"{change.key!r} stands in {other} too")
    elif change.was is None or now != whole_row(change.file, change.was):
        problem = f"{change.key!r} is not what it was when the change was proposed"
        yield DataError(file, row, column, problem)


def _unranked(
    heard: Heard, change: Change, coming: Collection[str], file: str, row: int
) -> Iterator[DataError]:
    """Find who would stand below nobody that there is, and so have the most say of all."""
    below = change.below
    if below and below not in coming and row_now(heard, change.file, below) is None:
        problem = f"{below!r} is unknown; allowed are the ids in {change.file}"
        yield DataError(file, row, "below", problem)


def _unreadable(change: Change, file: str, row: int) -> Iterable[DataError]:
    """Find what no file could hold: the loader finds it before it splits a file into cells."""
    for column, value in (change.row or {}).items():
        if "\0" in value:
            yield DataError(file, row, column, "holds a NUL byte; it is not a text file")
        elif not value.isprintable() and any("\ud800" <= sign <= "\udfff" for sign in value):
            yield DataError(file, row, column, "is not UTF-8")
        elif len(value) > LONGEST_CELL:
            yield DataError(file, row, column, "holds a cell that is far too long")
