"""What was corrected in the ledger: corrections.csv, one cell a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from geo.files.checks import day_of, quote
from geo.files.load import read_text
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
        When the file is not what it should be.
    """
    if not current_path(folder, CORRECTIONS).exists():
        return pd.DataFrame(columns=list(CORRECTION), dtype=str)
    header, *rows = csv.reader(io.StringIO(read_text(folder, CORRECTIONS), newline=""))
    if tuple(header) != CORRECTION:
        raise DataError(CORRECTIONS, 1, "", f"expected the columns {', '.join(CORRECTION)}")
    for row, cells in enumerate(rows, start=2):
        if len(cells) != len(CORRECTION):
            problem = f"has {len(cells)} cells; expected {len(CORRECTION)} cells"
            raise DataError(CORRECTIONS, row, "", problem)
        if pd.isna(day_of(pd.Series(cells[:1]))[0]):
            problem = f"{quote(cells[0])} is not a day; expected YYYY-MM-DD"
            raise DataError(CORRECTIONS, row, "day", problem)
    return pd.DataFrame(rows, columns=list(CORRECTION), dtype=str)


def corrections_text(corrections: pd.DataFrame, more: Sequence[tuple[str, ...]]) -> str:
    """Write corrections, with more below them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([CORRECTION, *corrections.itertuples(index=False), *more])
    return out.getvalue()
