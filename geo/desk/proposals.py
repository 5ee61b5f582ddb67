"""What the log tells: proposals, folded from their events alone."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from geo.desk import DeskError
from geo.desk.events import Event, What
from geo.files.checks import COLUMNS


class Action(StrEnum):
    """What a proposal would do to a row."""

    ADD = "add"
    AMEND = "amend"
    RETRACT = "retract"


class State(StrEnum):
    """Where a proposal stands."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    RETRACTED = "retracted"


@dataclass(frozen=True)
class Change:
    """What happens to one row of a file.

    Attributes
    ----------
    action, file
        Such as add, "claims.csv".
    row, was
        The row after and before, by column; a retraction has no row, an addition was nothing.
    below
        Of a new claimant: the id it stands below; "" for the top.
    """

    action: Action
    file: str
    row: dict[str, str] | None
    was: dict[str, str] | None = None
    below: str | None = None

    @property
    def cells(self) -> dict[str, str]:
        """The row that it is about: as it would be, or as it was where it is taken out."""
        return self.row or self.was or {}

    @property
    def key(self) -> str:
        """The id of the row."""
        return self.cells.get(COLUMNS[self.file][0], "")


@dataclass(frozen=True)
class Proposal:
    """A change that somebody wants in the ledger, as its events tell.

    Attributes
    ----------
    number
        1 for the first.
    change
        To the row that it is about.
    needs
        New places and claimants that come with it.
    reason
        Of an amendment or retraction.
    evidence
        Address of the archive, hash of the saved copy, quoted sentence with its offsets.
    by, at
        Who proposed it, when.
    last_by, last_seq
        Who wrote it last: that person cannot accept it. The number of that event.
    state, decided_by, decided_at, decided_seq, decided_reason, alone
        The decision and the number of its event; `alone` where one person proposed and accepted.
    published
        Whether it was written into the files.
    """

    number: int
    change: Change
    needs: tuple[Change, ...]
    reason: str
    evidence: dict[str, Any]
    by: str
    at: str
    last_by: str
    last_seq: int
    state: State = State.PROPOSED
    decided_by: str | None = None
    decided_at: str | None = None
    decided_seq: int = 0
    decided_reason: str = ""
    alone: bool = False
    published: bool = False

    @property
    def row(self) -> dict[str, str]:
        """The row that it is about; see `Change.cells`."""
        return self.change.cells

    @property
    def id(self) -> str:
        """The id of that row."""
        return self.change.key


@dataclass
class Log:
    """All that was read of a log, folded. Grows by `fold`, never shrinks.

    Attributes
    ----------
    seq, heard
        Of the newest event, and of the newest that may change what readers hear.
    proposals, people
        By number; all who did anything.
    """

    seq: int = 0
    heard: int = 0
    proposals: dict[int, Proposal] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)


def fold(log: Log, events: Iterable[Event]) -> Log:
    """Take more events into a log, in place; gives it back.

    The events are taken as they are: `chain_faults` says whether they are whole.

    Raises
    ------
    DeskError
        When one cannot be read.
    """
    for event in events:
        try:
            _take(log, event)
        except (ValueError, TypeError, KeyError):
            raise DeskError(f"event {event.seq} was changed; `desk verify` says more") from None
    return log


def _take(log: Log, event: Event) -> None:
    if event.what in (What.ACCEPT, What.EDIT, What.PUBLISH):
        log.heard = event.seq
    log.people.add(event.by)
    payload = json.loads(event.payload)
    if event.what == What.PUBLISH:
        for number in payload["proposals"]:
            log.proposals[number] = replace(log.proposals[number], published=True)
    elif event.proposal is not None:
        before = log.proposals.get(event.proposal)
        log.proposals[event.proposal] = _folded(before, event, payload)
    log.seq = event.seq  # last: one that cannot be read is met again by who asks next


def _folded(before: Proposal | None, event: Event, payload: dict[str, Any]) -> Proposal:
    if event.what == What.PROPOSE or before is None:
        return Proposal(
            number=event.proposal or 0,
            by=event.by,
            at=event.at,
            last_by=event.by,
            last_seq=event.seq,
            **_content(payload),
        )
    match event.what:
        case What.EDIT:  # whoever accepted it accepted something else, so nothing is decided
            return Proposal(
                number=before.number,
                by=before.by,
                at=before.at,
                last_by=event.by,
                last_seq=event.seq,
                **_content(payload),
            )
        case What.ACCEPT:
            state = State.ACCEPTED
        case What.REJECT:
            state = State.REJECTED
        case _:
            state = State.RETRACTED
    return replace(
        before,
        state=state,
        decided_by=event.by,
        decided_at=event.at,
        decided_seq=event.seq,
        decided_reason=payload.get("reason", ""),
        alone=payload.get("alone", False),
    )


def _content(payload: dict[str, Any]) -> dict[str, Any]:
    return {
        "change": change_from(payload),
        "needs": tuple(map(change_from, payload.get("needs", []))),
        "reason": payload.get("reason", ""),
        "evidence": payload.get("evidence", {}),
    }


def change_from(payload: dict[str, Any]) -> Change:
    """Read a change out of a payload."""
    return Change(
        action=Action(payload["action"]),
        file=payload["file"],
        row=payload.get("row"),
        was=payload.get("was"),
        below=payload.get("below"),
    )


def change_payload(change: Change) -> dict[str, Any]:
    """Write a change as the payload of an event; what it has not is left out."""
    found = {
        "action": change.action.value,
        "file": change.file,
        "row": change.row,
        "was": change.was,
        "below": change.below,
    }
    return {key: value for key, value in found.items() if value is not None}
