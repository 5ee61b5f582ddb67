"""What people do at the desk: propose, edit, accept, reject, take back. Each is one event.

Rows are checked before anything is stored. The rules are asked while the store is locked, so of two
who decide at once one is told who was first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from geo.desk import DeskError
from geo.desk.desk import Desk, Draft, accepted, check, heard_now, release_of, turn
from geo.desk.events import What
from geo.desk.heard import Heard, faults_of, file_of, row_now
from geo.desk.proposals import Action, Change, Log, Proposal, State, change_payload
from geo.desk.review import name_fault, reason_fault, refusal, same_person
from geo.desk.rows import read_texts
from geo.desk.store import append, has_copy_of, keep_copy, latest, next_number
from geo.files.checks import COLUMNS
from geo.model import DataError

RELEASE = "application/x-release"  # media type of the copy of the ledger that a log began from


def propose(desk: Desk, drafts: Sequence[Draft], *, by: str) -> list[int]:
    """Put proposals into the log, all or none; gives their numbers.

    Raises
    ------
    DeskError
        When the person cannot be named so.
    ExceptionGroup
        Of `DataError`: every fault of every draft, or every one that waits already to the letter;
        nothing is stored.
    """
    if fault := name_fault(by):
        raise DeskError(fault)
    if not drafts:
        raise DeskError("there is nothing to propose")
    check(heard_now(desk, latest(desk.store)), drafts)
    with turn(desk) as (connection, log):
        _check_new(log, drafts)
        number = next_number(connection)
        payloads = [_payload(draft) for draft in drafts]
        payloads[0] |= begin(desk, connection)
        append(connection, by=by, what=What.PROPOSE, told=list(enumerate(payloads, start=number)))
    return list(range(number, number + len(drafts)))


def _check_new(log: Log, drafts: Sequence[Draft]) -> None:
    """Refuse what waits already: a button was pressed twice, or a sheet was sent again."""
    asked = {draft.change.key: draft for draft in drafts}
    faults = []
    for one in log.proposals.values():
        draft = asked.get(one.change.key) if one.state == State.PROPOSED else None
        if draft and draft.change == one.change:
            told = f"{one.change.key!r} waits already, as proposal {one.number}"
            column = COLUMNS[one.change.file][0]
            faults.append(DataError(draft.file, draft.row, column, told))
    if faults:
        raise ExceptionGroup(f"{len(faults)} faults", faults)


def begin(desk: Desk, connection: sa.Connection, *, anew: bool = False) -> dict[str, str]:
    """Keep the files that the log begins from, once; gives what the event says of them."""
    if has_copy_of(connection, RELEASE) and not anew:
        return {}
    sha256, content = release_of(read_texts(desk.folder))
    keep_copy(connection, sha256, RELEASE, content, "")
    return {"release": sha256}


def edit(desk: Desk, number: int, draft: Draft, *, by: str, seen: int | None = None) -> None:
    """Write a proposal anew; who accepted it accepted something else, so that is taken back.

    `seen` is as of `decide`.

    Raises
    ------
    DeskError, ExceptionGroup
        As `decide` and `propose`; also where another that is accepted rests on it.
    """
    with turn(desk) as (connection, log):
        proposal = _allowed(log, number, What.EDIT, by=by, seen=seen)
        rest = heard_now(desk, _without(log, number))
        if proposal.state == State.ACCEPTED:
            _check_alone(desk, log, proposal)
            if faults := faults_of(rest):
                told = (
                    f"another that is accepted rests on proposal {number}: without it, {faults[0]}"
                )
                raise DeskError(told)
        check(rest, [draft])
        append(connection, by=by, what=What.EDIT, told=[(number, _payload(draft))])


def _check_alone(desk: Desk, log: Log, proposal: Proposal) -> None:
    """Refuse where another that is accepted changes the row that a proposal brought."""
    for other in accepted(log, desk.folder):
        if other.number != proposal.number and other.id == proposal.id:
            raise DeskError(
                f"another that is accepted rests on proposal {proposal.number}: proposal "
                f"{other.number} would {other.change.action} {other.id}"
            )


def _without(log: Log, number: int) -> Log:
    """Give a log in which a proposal does not stand."""
    kept = {key: proposal for key, proposal in log.proposals.items() if key != number}
    return replace(log, proposals=kept)


def decide(
    desk: Desk,
    number: int,
    what: What,
    *,
    by: str,
    reason: str = "",
    alone: bool = False,
    seen: int | None = None,
) -> Proposal:
    """Accept or reject a proposal, or take one's own back; gives it as it is then.

    Parameters
    ----------
    desk
        Where.
    number
        Of the proposal.
    what
        ACCEPT, REJECT or RETRACT.
    by
        Who.
    reason
        Needed unless it is accepted.
    alone
        Whether the desk has one person, who may then accept what they wrote.
    seen
        Its `last_seq` as it was read; one that was written anew since is refused.

    Raises
    ------
    DeskError
        When the rules do not allow it; says why.
    ExceptionGroup
        Of `DataError`: the row no longer fits the ledger.
    """
    if (reason or what != What.ACCEPT) and (fault := reason_fault(reason)):
        raise DeskError(fault)
    with turn(desk) as (connection, log):
        proposal = _allowed(log, number, what, by=by, alone=alone, seen=seen)
        payload: dict[str, Any] = {"reason": reason} if reason else {}
        if what == What.ACCEPT:
            check(heard_now(desk, log), [draft_of(proposal)])
            if same_person(by, proposal.last_by):
                payload["alone"] = True
        append(connection, by=by, what=what, told=[(number, payload)])
    return latest(desk.store).proposals[number]


def _allowed(
    log: Log, number: int, what: What, *, by: str, alone: bool = False, seen: int | None = None
) -> Proposal:
    if why := refusal(log, number, what, by=by, alone=alone):
        raise DeskError(why)
    proposal = log.proposals[number]
    if seen not in (None, proposal.last_seq):
        told = f"proposal {number} was changed by {proposal.last_by} since it was opened"
        raise DeskError(f"{told}; read it again")
    return proposal


def draft_of(proposal: Proposal) -> Draft:
    """Give a proposal as a draft, to be checked or edited."""
    return Draft(
        proposal.change,
        proposal.needs,
        proposal.reason,
        proposal.evidence,
        file=f"proposal {proposal.number}",
        row=0,
    )


def rewritten(proposal: Proposal, cells: dict[str, str], reason: str = "") -> Draft:
    """Draft a proposal anew with other cells; raises as `amendment`."""
    change = proposal.change
    if change.row is None:
        raise DeskError(f"proposal {proposal.number} retracts a row; there is nothing to change")
    _known_columns(change.file, cells)
    row = change.row | cells
    reason = reason or proposal.reason
    return replace(draft_of(proposal), change=replace(change, row=row), reason=reason)


def _known_columns(file: str, cells: dict[str, str]) -> None:
    columns = COLUMNS[file]
    if unknown := [column for column in cells if column not in columns]:
        allowed = ", ".join(columns[1:])
        raise DeskError(f"{file} has no column {unknown[0]!r}; allowed: {allowed}")


def amendment(heard: Heard, key: str, cells: dict[str, str], *, reason: str) -> Draft:
    """Draft an amendment of a published row.

    Parameters
    ----------
    heard
        The ledger as it is.
    key
        Id of the row: a statement, a settlement, a claimant.
    cells
        What is new, by column.
    reason
        Why.

    Raises
    ------
    DeskError
        When there is no such row or column, nothing changes, or a reason is missing.
    """
    file, was = _published(heard, key, reason)
    _known_columns(file, cells)
    if COLUMNS[file][0] in cells:
        raise DeskError(f"{COLUMNS[file][0]} never changes; retract the row and propose it anew")
    row = was | cells
    if row == was:
        raise DeskError(f"{key} has these values already")
    return Draft(Change(Action.AMEND, file, row, was), reason=reason, file=f"{file} {key}", row=0)


def retraction(heard: Heard, key: str, *, reason: str) -> Draft:
    """Draft the retraction of a published row; parameters and errors as of `amendment`."""
    file, was = _published(heard, key, reason)
    return Draft(
        Change(Action.RETRACT, file, None, was), reason=reason, file=f"{file} {key}", row=0
    )


def _published(heard: Heard, key: str, reason: str) -> tuple[str, dict[str, str]]:
    if fault := reason_fault(reason):
        raise DeskError(fault)
    file = file_of(heard, key)
    row = row_now(heard, file, key) if file else None
    if file is None or row is None:
        raise DeskError(f"the ledger has no row {key!r}")
    return file, row


def _payload(draft: Draft) -> dict[str, Any]:
    payload = change_payload(draft.change)
    needs = [change_payload(need) for need in draft.needs]
    more = {"needs": needs, "reason": draft.reason, "evidence": dict(draft.evidence)}
    return payload | {key: value for key, value in more.items() if value}
