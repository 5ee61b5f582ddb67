"""Changes made to the text of the ledger's files.

The same revision serves readers at once (`geo.desk.open_ledger`), `publish` and `verify`: what was
read before publishing is what is written, byte for byte.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from geo.desk.proposals import Change
from geo.files.checks import COLUMNS
from geo.files.load import read_text, whole_table
from geo.model import DataError


def read_texts(folder: Path) -> dict[str, str]:
    """Read the text of the ledger's tables by file name.

    Raises
    ------
    DataError
        The first that cannot be read.
    """
    return {file: read_text(folder, file) for file in COLUMNS}


def revise(file: str, text: str, changes: Iterable[Change]) -> str:
    """Make the changes to the text of a file; lines they do not name stay as they are.

    A new row goes to its place in the order of ids, below those that stand there; a new claimant
    below the one it names. A row that is there already as it should be is left alone. A file that
    leaves out columns is given them, blank in every other row, once a row has something to put
    there.

    Raises
    ------
    DataError
        When a row is not what the change says that it was, or the text is no table of one line a
        row, which the loader would not take either.
    """
    changes = [change for change in changes if change.file == file]
    if not changes:
        return text
    header, *lines = text.rstrip("\n").split("\n")
    columns = _cells(header)
    ids = _ids(file, text, len(lines))
    left_out = set(COLUMNS[file]) - set(columns)
    if any((change.row or {}).get(column) for change in changes for column in left_out):
        lines = [_line(COLUMNS[file], _row(file, columns, line)) for line in lines]
        columns = list(COLUMNS[file])
        header = ",".join(columns)
    # A row that is put below another one need not be in the order of ids, nor be found by it.
    ordered = ids == sorted(ids) and all(change.below is None for change in changes)
    for change in changes:
        _revise_lines(change, columns, lines, ids, ordered)
    return "\n".join([header, *lines, ""])


def _ids(file: str, text: str, count: int) -> list[str]:
    """Give the ids of a table of as many lines."""
    table = whole_table(file, text)
    ids: list[str] = table.cells[COLUMNS[file][0]].tolist()
    if len(ids) != count:
        several = np.flatnonzero(np.diff([*table.lines, count + 2]) > 1)[0]
        raise DataError(file, int(table.lines[several]), "", "holds a line break in a cell")
    return ids


def _revise_lines(
    change: Change, columns: Sequence[str], lines: list[str], ids: list[str], ordered: bool
) -> None:
    file, key = change.file, change.key
    at = _find(ids, key, ordered)
    now = None if at is None else _row(file, columns, lines[at])
    wanted = None if change.row is None else whole_row(file, change.row)
    if now == wanted:
        return
    was = None if change.was is None else whole_row(file, change.was)
    if now != was:
        row = 0 if at is None else at + 2
        problem = "is not what it was when the change was proposed"
        raise DataError(file, row, columns[0], f"{key!r} {problem}")
    if at is None:
        to = _place(change, ids, ordered)
        lines.insert(to, _line(columns, wanted or {}))
        ids.insert(to, key)
    elif wanted is None:
        del lines[at], ids[at]
    else:
        lines[at] = _line(columns, wanted)


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
    return next(csv.reader([line]))


def _row(file: str, columns: Sequence[str], line: str) -> dict[str, str]:
    return whole_row(file, dict(zip(columns, _cells(line), strict=True)))


def _line(columns: Sequence[str], row: dict[str, str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([row[column] for column in columns])
    return out.getvalue()


def whole_row(file: str, row: dict[str, str]) -> dict[str, str]:
    """Give a row every column of its file, in their order; columns it has not are blank."""
    return {column: row.get(column, "") for column in COLUMNS[file]}
