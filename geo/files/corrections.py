"""What was corrected in the ledger: corrections.csv, one cell a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from geo.files.checks import day_of
from geo.files.load import read_text, split_rows
from geo.files.write import current_path
from geo.model import DataError

CORRECTIONS = "corrections.csv"
CORRECTION = ("day", "claim_id", "column", "old", "new", "reason")


def read_corrections(folder: Path) -> pd.DataFrame:
    """Read the corrections, in the order in which they were made; none when there is no file.

    A retracted statement has `claim_id` in `column`, its id in `old` and nothing in `new`.

    Raises
    ------
    DataError
        When the file is not what it should be: the first of its faults.
    """
    if not current_path(folder, CORRECTIONS).exists():
        return pd.DataFrame(columns=list(CORRECTION), dtype=str)
    text = read_text(folder, CORRECTIONS).rstrip("\n")
    if tuple(next(csv.reader([text.partition("\n")[0]]))) != CORRECTION:
        raise DataError(CORRECTIONS, 1, "", f"expected the columns {', '.join(CORRECTION)}")
    faults: list[DataError] = []
    table = split_rows(CORRECTIONS, CORRECTION, text, faults)
    no_day = day_of(table.cells["day"]).isna()
    faults += table.faults("day", no_day, "is not a day; expected YYYY-MM-DD")
    if faults:
        raise faults[0]
    return table.cells


def corrections_text(corrections: pd.DataFrame, more: Sequence[tuple[str, ...]]) -> str:
    """Write corrections, with more below them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([CORRECTION, *corrections.itertuples(index=False), *more])
    return out.getvalue()
