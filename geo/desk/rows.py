"""Proposed rows and the ledger's files: what they would become, and every fault of a row before.

The same revision of a file's text serves readers at once (`geo.desk.ledger`), `desk publish` and
`desk verify`: what was read before publishing is what is written, byte for byte.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from geo.desk.proposals import Action, Change
from geo.files.checks import COLUMNS, Table, all_faults
from geo.files.load import LONGEST_CELL, read_text, split_table
from geo.model import DataError

Tables = dict[str, Table]


def read_texts(folder: Path) -> dict[str, str]:
    """Read the text of the ledger's tables by file name.

    Raises
    ------
    DataError
        The first that cannot be read.
    """
    return {file: read_text(folder, file) for file in COLUMNS}


def read_tables(texts: dict[str, str]) -> Tables:
    """Split texts into cells; they are those of a ledger that loads without faults."""
    return {file: split_table(file, text, []) for file, text in texts.items()}


def revise(file: str, text: str, changes: Iterable[Change]) -> str:
    """Make the changes to the text of a file; lines they do not name stay as they are.

    A new row goes to its place in the order of ids, below those that stand there; a new claimant
    below the one it names. A row that is there already as it should be is left alone.

    Raises
    ------
    DataError
        When a row is not what the change says that it was.
    """
    changes = [change for change in changes if change.file == file]
    if not changes:
        return text
    header, *lines = text.rstrip("\n").split("\n")
    ids = [_cells(line)[0] for line in lines]
    ordered = ids == sorted(ids)
    for change in changes:
        _revise_lines(change, lines, ids, ordered)
    return "\n".join([header, *lines, ""])


def _revise_lines(change: Change, lines: list[str], ids: list[str], ordered: bool) -> None:
    columns, key = COLUMNS[change.file], change.key
    at = _find(ids, key, ordered)
    now = None if at is None else dict(zip(columns, _cells(lines[at]), strict=True))
    wanted = None if change.row is None else whole_row(change.file, change.row)
    if now == wanted:
        return
    was = None if change.was is None else whole_row(change.file, change.was)
    if now != was:
        row = 0 if at is None else at + 2
        problem = "is not what it was when the change was proposed"
        raise DataError(change.file, row, columns[0], f"{key!r} {problem}")
    if at is None:
        to = _place(change, ids, ordered)
        lines.insert(to, _line(wanted or {}))
        ids.insert(to, key)
    elif wanted is None:
        del lines[at], ids[at]
    else:
        lines[at] = _line(wanted)


def _find(ids: list[str], key: str, ordered: bool) -> int | None:
    if ordered:
        at = bisect_left(ids, key)
        return at if at < len(ids) and ids[at] == key else None
    return ids.index(key) if key in ids else None


def _place(change: Change, ids: list[str], ordered: bool) -> int:
    """Find where a new row goes."""
    if change.below is not None:
        return ids.index(change.below) + 1 if change.below in ids else 0
    if ordered:
        return bisect_left(ids, change.key)
    return max((at for at, other in enumerate(ids, start=1) if other < change.key), default=0)


def _cells(line: str) -> list[str]:
    return next(csv.reader([line]), [""])


def _line(row: dict[str, str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(row.values())
    return out.getvalue()


def whole_row(file: str, row: dict[str, str]) -> dict[str, str]:
    """Give a row every column of its file, in their order; columns it has not are blank."""
    return {column: row.get(column, "") for column in COLUMNS[file]}


def row_of(tables: Tables, file: str, key: str) -> dict[str, str] | None:
    """Give the row of an id, or None."""
    cells = tables[file].cells
    found = cells[cells[COLUMNS[file][0]] == key]
    return None if found.empty else {str(k): str(v) for k, v in found.iloc[0].items()}


def file_of(tables: Tables, key: str) -> str | None:
    """Find the file that has a row of this id: statements first."""
    files = ["claims.csv", "area_claims.csv", "settlements.csv", "claimants.csv"]
    return next((file for file in files if row_of(tables, file, key)), None)


def row_faults(
    tables: Tables,
    areas: frozenset[str],
    changes: Sequence[Sequence[Change]],
    names: Sequence[tuple[str, int]],
) -> list[DataError]:
    """Find every fault that changes would bring into a ledger without faults.

    Parameters
    ----------
    tables
        The ledger as it is, with what is accepted.
    areas
        Ids of the administrative areas.
    changes
        Of each proposal: its own change, and those of what it needs.
    names
        Where each proposal comes from: file and row, as an editor counts.
    """
    faults = [
        fault
        for own, (file, row) in zip(changes, names, strict=True)
        for change in own
        for fault in _unreadable(change, file, row)
    ]
    if faults:
        return faults
    revised = dict(tables)
    for file in {change.file for own in changes for change in own}:
        revised[file] = _revised(tables[file], changes)
    for fault in all_faults(revised, areas):
        if fault.row < 0:
            file, row = names[-fault.row - 1]
            faults.append(DataError(file, row, fault.column, fault.problem))
        else:
            faults.append(fault)
    return faults


def _revised(table: Table, changes: Sequence[Sequence[Change]]) -> Table:
    """Take rows out and put the new ones below, numbered -1, -2, … by their proposal."""
    columns = list(COLUMNS[table.file])
    known = dict(zip(table.cells[columns[0]], range(len(table.cells)), strict=True))
    gone, rows, lines = [], list[dict[str, str]](), list[int]()
    for number, own in enumerate(changes, start=1):
        for change in (change for change in own if change.file == table.file):
            if change.action != Action.ADD:
                gone.append(known[change.key])
            if change.row is not None:
                rows.append(whole_row(table.file, change.row))
                lines.append(-number)
    kept = np.delete(np.arange(len(table.cells)), gone)
    cells = pd.concat([table.cells.iloc[kept], pd.DataFrame(rows, columns=columns, dtype="str")])
    return Table(table.file, cells, np.concatenate([table.lines[kept], np.array(lines, dtype=int)]))


def _unreadable(change: Change, file: str, row: int) -> Iterable[DataError]:
    """Find what no file could hold: the loader finds it before it splits a file into cells."""
    for column, value in (change.row or {}).items():
        if "\0" in value:
            yield DataError(file, row, column, "holds a NUL byte; it is not a text file")
        elif not value.isprintable() and any("\ud800" <= sign <= "\udfff" for sign in value):
            yield DataError(file, row, column, "is not UTF-8")
        elif len(value) > LONGEST_CELL:
            yield DataError(file, row, column, "holds a cell that is far too long")
