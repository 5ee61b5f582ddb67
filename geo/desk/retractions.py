"""Statements that were taken out of the ledger: their ids keep meaning them, and say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.desk import has_desk
from geo.desk.history import read_history
from geo.desk.proposals import Action, Log, State, fold
from geo.files.checks import COLUMNS


@dataclass(frozen=True)
class Retraction:
    """A statement that was taken out.

    Attributes
    ----------
    row
        Its last cells, by column of its file; `place_id` is its place.
    day, reason, by
        When it was taken out, why, and who accepted that.
    """

    row: dict[str, str]
    day: date
    reason: str
    by: str = ""


def retractions(folder: Path) -> dict[str, Retraction]:
    """Find the statements that were taken out of a ledger, by id.

    Parameters
    ----------
    folder
        Of the ledger; its desk is asked, else its published log.

    Raises
    ------
    DeskError, DataError
        When the desk does not answer, or the log cannot be read.
    """
    if has_desk(folder):
        from geo.desk.desk import latest_log  # who cites where there is no desk needs no store

        log = latest_log(folder)
    else:
        log = fold(Log(), read_history(folder))
    return {
        one.id: Retraction(
            row=one.row | {"place_id": one.row[COLUMNS[one.change.file][1]]},
            day=date.fromisoformat((one.decided_at or "")[:10]),
            reason=one.reason,
            by=one.decided_by or "",
        )
        for one in log.proposals.values()
        if one.change.action == Action.RETRACT
        and one.state == State.ACCEPTED
        and "claim_id" in one.row
    }
