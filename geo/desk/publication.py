"""From the desk into the files: what is accepted is written, all at once."""

from __future__ import annotations

from geo.desk import FILE, DeskError
from geo.desk.acts import begin
from geo.desk.desk import Desk, accepted, changes_of, heard_now, revised_texts, turn
from geo.desk.events import What
from geo.desk.heard import faults_of
from geo.desk.history import HISTORY, history_text
from geo.desk.proposals import Action, Proposal
from geo.desk.review import name_fault, reason_fault
from geo.desk.rows import read_texts
from geo.desk.store import append, read_events, sha256_of
from geo.files.checks import COLUMNS
from geo.files.corrections import CORRECTIONS, corrections_text, read_corrections
from geo.files.folders import kept_folder
from geo.files.write import write_files


def publish(desk: Desk, *, by: str) -> list[Proposal]:
    """Write what is accepted into the ledger's files, all at once; gives the proposals.

    claims.csv and the other tables get each row at its place, corrections.csv what was amended and
    retracted, history.jsonl the log.

    Raises
    ------
    DeskError
        When the person cannot be named so, or the ledger is the one inside an installed package,
        which the next version would replace.
    DataError, ExceptionGroup
        When a file no longer has what an accepted change changes; of `DataError`, when the ledger
        that would be written has faults.
    OSError
        When the folder cannot be written to; its files stay as they are.
    """
    if fault := name_fault(by):
        raise DeskError(fault)
    if kept_folder(desk.folder) != desk.folder:
        raise DeskError(
            f"the ledger of an installed app is not written to: copy {desk.folder} to a folder of "
            f"your own and publish with --data FOLDER --desk {kept_folder(desk.folder) / FILE}"
        )
    with turn(desk) as (connection, log):
        proposals = accepted(log, desk.folder)
        if not proposals:
            return []
        if faults := faults_of(heard_now(desk, log)):
            raise ExceptionGroup(f"{len(faults)} faults", faults)
        before = read_texts(desk.folder)
        texts = revised_texts(desk.folder, changes_of(proposals))
        written = {file: text for file, text in texts.items() if text != before[file]}
        payload = {
            "files": {file: sha256_of(text.encode()) for file, text in texts.items()},
            "proposals": [proposal.number for proposal in proposals],
        }
        append(connection, by=by, what=What.PUBLISH, told=[(None, payload)])
        corrected = [line for proposal in proposals for line in corrections_of(proposal)]
        if corrected:
            written[CORRECTIONS] = corrections_text(read_corrections(desk.folder), corrected)
        written[HISTORY] = history_text(read_events(connection))
        write_files(desk.folder, {file: text.encode() for file, text in written.items()})
    return proposals


def corrections_of(proposal: Proposal) -> list[tuple[str, ...]]:
    """List the cells that an accepted amendment or retraction changes, as corrections.csv has them.

    The day is that of the decision.
    """
    change, day = proposal.change, (proposal.decided_at or "")[:10]
    column = COLUMNS[change.file][0]
    match change.action:
        case Action.ADD:
            return []
        case Action.RETRACT:
            return [(day, change.key, column, change.key, "", proposal.reason)]
        case Action.AMEND:
            was, row = change.was or {}, change.row or {}
            return [
                (day, change.key, name, was.get(name, ""), row.get(name, ""), proposal.reason)
                for name in COLUMNS[change.file]
                if was.get(name, "") != row.get(name, "")
            ]


def adopt(desk: Desk, *, by: str, reason: str) -> None:
    """Take the files as they are, changed by hand, as a new beginning for `verify`.

    Raises
    ------
    DeskError
        When the person cannot be named so, or the reason is missing.
    """
    if fault := name_fault(by) or reason_fault(reason):
        raise DeskError(fault)
    with turn(desk) as (connection, _):
        payload = {"reason": reason} | begin(desk, connection, anew=True)
        append(connection, by=by, what=What.ADOPT, told=[(None, payload)])
