"""An open desk: a ledger's folder and its store; what is accepted, and checks against it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from geo.desk import DeskError
from geo.desk.events import Event, canonical, chain_faults
from geo.desk.heard import Heard, hear, row_faults, row_now
from geo.desk.history import HISTORY, published_in, read_history
from geo.desk.proposals import Change, Log, Proposal, State, fold
from geo.desk.rows import read_texts, revise, whole_row
from geo.desk.store import (
    Store,
    caught_up,
    hash_at,
    insert_events,
    latest,
    locked,
    open_store,
    sha256_of,
    store_url,
)
from geo.files.write import finish_files
from geo.model import DataError

EARLIEST = date(2014, 1, 1)  # before it nobody can have spoken of this war


@dataclass(frozen=True, eq=False)
class Desk:
    """A ledger's folder, and the store beside it or elsewhere."""

    folder: Path
    store: Store


@dataclass(frozen=True)
class Draft:
    """What somebody would propose.

    Attributes
    ----------
    change, needs, reason, evidence
        As in `Proposal`.
    file, row
        Where it comes from, as an editor counts; faults are named so.
    """

    change: Change
    needs: tuple[Change, ...] = ()
    reason: str = ""
    evidence: Mapping[str, Any] = field(default_factory=dict)
    file: str = "proposal"
    row: int = 1


def open_desk(folder: Path, desk: str | None = None) -> Desk:
    """Open the desk of a folder; its store is made when there is none.

    Parameters
    ----------
    folder
        Of the ledger.
    desk
        Address of the store; that of the environment, or the one beside the ledger, when left out.

    Raises
    ------
    DeskError
        When the store does not answer.
    """
    if not folder.is_dir():
        raise DeskError(f"there is no folder {str(folder)!r}")
    return Desk(folder, open_store(store_url(folder, desk)))


@contextmanager
def turn(desk: Desk) -> Iterator[tuple[sa.Connection, Log]]:
    """Hold the desk alone for one transaction, with its log as it is now.

    What a publication that was interrupted left undone is done first: files come to their place,
    and a log published beside them is taken over as far as the store has not got it.

    Raises
    ------
    DeskError
        When the store does not answer, or the folder's published log is of another desk or not
        whole.
    DataError
        When the published log cannot be read.
    """
    with locked(desk.store) as connection:
        finish_files(desk.folder)
        history = read_history(desk.folder)
        log = caught_up(desk.store, connection)
        if history and not _holds(connection, log, history):
            if fault := next(chain_faults(history), None):  # what is taken over stays for good
                raise DeskError(f"the published log, {HISTORY}, is not whole: {fault}")
            insert_events(connection, history[log.seq :])
            log = fold(log, history[log.seq :])
        yield connection, log


def _holds(connection: sa.Connection, log: Log, history: Sequence[Event]) -> bool:
    """Tell whether the store has the published log; else that must go on where the store ends."""
    shared = min(log.seq, len(history))
    if shared and hash_at(connection, shared) != history[shared - 1].hash:
        raise DeskError(f"the published log, {HISTORY}, is of another desk than the store")
    return len(history) <= log.seq


def accepted(log: Log, folder: Path) -> list[Proposal]:
    """List what is accepted and not yet in the folder's files, in order of acceptance."""
    there = published_in(folder)
    found = [
        proposal
        for proposal in log.proposals.values()
        if proposal.state == State.ACCEPTED and proposal.number not in there
    ]
    return sorted(found, key=lambda proposal: proposal.decided_seq)


def changes_of(proposals: Sequence[Proposal]) -> list[Change]:
    """List the changes of proposals, each after what it needs; what two need comes once."""
    found, needed = list[Change](), set[str]()
    for proposal in proposals:
        for need in proposal.needs:
            text = canonical(vars(need))
            if text not in needed:
                found.append(need)
            needed.add(text)
        found.append(proposal.change)
    return found


def revised_texts(folder: Path, changes: Sequence[Change]) -> dict[str, str]:
    """Read the ledger's tables as text, with changes made to them.

    Raises
    ------
    DataError
        When a file cannot be read, or no longer has what a change changes.
    """
    return {file: revise(file, text, changes) for file, text in read_texts(folder).items()}


def heard_now(desk: Desk, log: Log) -> Heard:
    """Give the ledger's rows with what is accepted; raises as `revised_texts`."""
    return hear(desk.folder, changes_of(accepted(log, desk.folder)))


def check(heard: Heard, drafts: Sequence[Draft]) -> None:
    """Check drafts as the loader would check their rows.

    Raises
    ------
    ExceptionGroup
        Of `DataError`: every fault of every draft.
    """
    changes, seen, faults = [], set[str](), list[DataError]()
    for draft in drafts:
        faults += _day_faults(draft)
        needs = []
        for need in draft.needs:  # what is there already, or comes with a draft before, is enough
            row = whole_row(need.file, need.row or {})
            if row_now(heard, need.file, need.key) != row and canonical(row) not in seen:
                needs.append(need)
            seen.add(canonical(row))
        changes.append((*needs, draft.change))
    faults += row_faults(heard, changes, [(draft.file, draft.row) for draft in drafts])
    if faults:
        raise ExceptionGroup(f"{len(faults)} faults", faults)


def latest_day() -> date:
    """Give the last day on which anything can have been said: somewhere it is tomorrow already."""
    return date.today() + timedelta(days=1)


def _day_faults(draft: Draft) -> Iterator[DataError]:
    """Find days on which nothing can have been said: the ledger would reach from or to there."""
    last = latest_day()
    for column in ("stated_on", "effective_on"):
        day = (draft.change.row or {}).get(column, "")
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) and not str(EARLIEST) <= day <= str(last):
            problem = f"{day!r} is out of bounds; allowed are the days from {EARLIEST} to {last}"
            yield DataError(draft.file, draft.row, column, problem)


def release_of(texts: Mapping[str, str]) -> tuple[str, bytes]:
    """Give the texts of a release as one copy, with its SHA-256."""
    content = canonical(texts).encode()
    return sha256_of(content), content


def heard_rows(folder: Path, desk: str | None) -> Callable[[str, str], str]:
    """Make what gives the text of a file with the rows that the desk has accepted."""
    changes = changes_of(accepted(latest_log(folder, desk), folder))
    return lambda file, text: revise(file, text, changes)


def latest_log(folder: Path, desk: str | None = None) -> Log:
    """Give what the log of a folder's desk tells; raises as `open_desk`."""
    return latest(open_desk(folder, desk).store)
