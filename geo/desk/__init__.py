"""The desk: where statements are proposed, read by a second person, accepted or rejected.

`events` is the log, `proposals` what it tells; `store` keeps it. `review` has the rules, `rows`
puts rows into the files. `desk` and `acts` are what people do, `publication` and `verify` the
way into the files and back. Readers use `open_ledger`, which loads the rest when there is a desk.
"""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd

from geo.files.checks import COLUMNS
from geo.files.corrections import CORRECTIONS, corrections_text, read_corrections
from geo.files.folders import kept_folder
from geo.files.load import load_dataset, read_release, read_text
from geo.model import DataError, Dataset

FILE = "desk.sqlite"  # the store, in the folder of the ledger
ADDRESS = "FRONTLINE_DESK"  # of the environment: where the store is instead


class DeskError(Exception):
    """What was asked for is not allowed, or the store does not answer; says why."""


def has_desk(folder: Path, desk: str | None = None) -> bool:
    """Tell whether there is a desk to hear: one that is named, or a store beside the ledger."""
    return bool(desk or os.environ.get(ADDRESS)) or (kept_folder(folder) / FILE).exists()


def open_ledger(folder: Path, desk: str | None = None) -> Dataset:
    """Read the ledger with what its desk has accepted: as if it were published already.

    Parameters
    ----------
    folder
        Of the ledger.
    desk
        Address of the desk's store; that of the environment, or the one beside the ledger, when
        left out.

    Raises
    ------
    ExceptionGroup
        Of `DataError`: every fault.
    DeskError
        When the desk does not answer.
    """
    if not folder.is_dir() or not has_desk(folder, desk):
        return load_dataset(folder)
    from geo.desk.desk import heard_rows

    try:
        heard = heard_rows(folder, desk)
    except DataError as fault:  # of the published log
        raise ExceptionGroup(f"1 fault in {folder.name}", [fault]) from None
    return load_dataset(folder, heard)


def open_release(folder: Path) -> dict[str, bytes]:
    """Read the files that make up the ledger, with what its desk has accepted; name to content.

    Raises
    ------
    DataError
        When the published log or a table cannot be read.
    DeskError
        When the desk does not answer.
    """
    files = read_release(folder)
    if not has_desk(folder):
        return files
    from geo.desk.desk import heard_rows

    heard = heard_rows(folder, None)
    texts = {file: read_text(folder, file) for file in COLUMNS if file in files}
    files |= {file: heard(file, text).encode() for file, text in texts.items()}
    if more := _accepted_corrections(folder):
        files[CORRECTIONS] = corrections_text(read_corrections(folder), more).encode()
    return files


def open_corrections(folder: Path) -> pd.DataFrame:
    """Read what was corrected, in order, with what its desk has accepted; see `read_corrections`.

    Raises
    ------
    DataError
        When corrections.csv or the published log is not what it should be.
    DeskError
        When the desk does not answer.
    """
    found = read_corrections(folder)
    if not has_desk(folder):
        return found
    more = pd.DataFrame(_accepted_corrections(folder), columns=found.columns)
    return pd.concat([found, more], ignore_index=True)


def _accepted_corrections(folder: Path) -> list[tuple[str, ...]]:
    """List what the desk has corrected that is not in corrections.csv yet."""
    from geo.desk.desk import accepted, latest_log
    from geo.desk.publication import corrections_of

    proposals = accepted(latest_log(folder), folder)
    return [line for proposal in proposals for line in corrections_of(proposal)]


def accepted_until(folder: Path) -> int:
    """Give a number that changes when what the desk has accepted does; 0 without a desk.

    Raises
    ------
    DeskError
        When the desk does not answer.
    """
    if not folder.is_dir() or not has_desk(folder):
        return 0
    from geo.desk.desk import latest_log

    return latest_log(folder).heard
