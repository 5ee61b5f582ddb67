"""From the log back to the files: they must be what it makes of the release it began from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from geo.desk.desk import Desk, changes_of, turn
from geo.desk.events import Event, What, chain_faults
from geo.desk.history import HISTORY, read_history
from geo.desk.proposals import Log, fold
from geo.desk.publication import corrections_of
from geo.desk.rows import read_texts, revise
from geo.desk.store import copy_faults, locked, read_copy, read_events
from geo.files.corrections import CORRECTIONS, read_corrections
from geo.model import DataError


def verify(desk: Desk) -> list[str]:
    """Recompute the log, the copies and the files; gives a sentence for all that does not fit.

    The files must be what the log's published proposals make of the release it began from.
    """
    with locked(desk.store) as connection:
        if faults := list(chain_faults(read_events(connection))):
            return faults  # what follows would only repeat them
    with turn(desk) as (connection, _):
        events = read_events(connection)
        if faults := list(copy_faults(connection, _named_copies(events))):
            return faults
        if not events:
            return []
        began = [event for event in events if "release" in json.loads(event.payload)][-1]
        sha256 = json.loads(began.payload)["release"]
        copy = read_copy(connection, sha256)
    if copy is None:
        return [f"the copy of the release that event {began.seq} began from is missing"]
    history = read_history(desk.folder)
    faults += _history_faults(history, events)
    texts = json.loads(copy[1])
    log = fold(Log(), events)
    corrections: list[tuple[str, ...]] = []
    written = set[int]()  # once, though several folders share the store and each publishes them
    try:
        for event in history:
            if event.what != What.PUBLISH:
                continue
            proposals = [log.proposals[n] for n in json.loads(event.payload)["proposals"]]
            corrections += [line for proposal in proposals for line in corrections_of(proposal)]
            if event.seq > began.seq:
                changes = changes_of([one for one in proposals if one.number not in written])
                written |= {one.number for one in proposals}
                texts = {file: revise(file, text, changes) for file, text in texts.items()}
        found = read_texts(desk.folder)
    except DataError as fault:
        return [*faults, str(fault)]
    for file, text in texts.items():
        faults += _line_faults(file, text, found.get(file, ""))
    return [*faults, *_correction_faults(desk, corrections)]


def _named_copies(events: Sequence[Event]) -> dict[str, str]:
    """Give the copies that a log names, with the hash of their text."""
    evidence = (json.loads(event.payload).get("evidence", {}) for event in events)
    return {found["copy"]: found["text"] for found in evidence if "copy" in found}


def _history_faults(history: Sequence[Event], events: Sequence[Event]) -> Iterator[str]:
    for row, (published, kept) in enumerate(zip(history, events, strict=False), start=1):
        if published != kept:
            yield f"{HISTORY}:{row}: is not the event {row} of the store"


def _line_faults(file: str, expected: str, found: str) -> Iterator[str]:
    """Name the rows in which a file is not what the log makes of it."""
    if expected == found:
        return
    wanted, there = expected.split("\n"), found.split("\n")
    matcher = SequenceMatcher(None, wanted, there, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            continue
        rows = ", ".join(f"{row + 1}" for row in range(start, max(end, start + 1)))
        what = {
            "replace": "is not what the log makes of it",
            "delete": f"lacks {last - first} rows of the log before it",
            "insert": "is not in the log",
        }[kind]
        yield f"{file}:{rows}: {what}"


def _correction_faults(desk: Desk, expected: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Find corrections of the log that the file lacks; it may hold older ones, made by hand."""
    try:
        there = list(read_corrections(desk.folder).itertuples(index=False, name=None))
    except DataError as fault:
        yield str(fault)
        return
    for line in expected:
        if line not in there:
            yield f"{CORRECTIONS}: lacks the correction of {line[2]} of {line[1]} of {line[0]}"
