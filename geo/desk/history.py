"""The log as a file: history.jsonl, one event a line, published beside the ledger.

The events up to the last publication of the folder's files; a folder says by it which proposals
its files already hold, so servers that share a store may have folders of different age.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from geo.desk.events import Event, What, canonical
from geo.files.load import read_text
from geo.files.write import current_path, file_state
from geo.model import DataError

HISTORY = "history.jsonl"


def read_history(folder: Path) -> tuple[Event, ...]:
    """Read the published log; none when the folder has none.

    Raises
    ------
    DataError
        At the first line that is no event.
    """
    if not current_path(folder, HISTORY).exists():
        return ()
    return _read_history(folder, file_state(folder, HISTORY))


@lru_cache(maxsize=8)
def _read_history(folder: Path, state: tuple[int, ...]) -> tuple[Event, ...]:
    found = []
    lines = read_text(folder, HISTORY).removesuffix("\n").split("\n")
    for row, line in enumerate(lines, start=1):  # a quote may hold what else ends a line
        try:
            parts = json.loads(line)
            event = Event(**{**parts, "payload": canonical(parts["payload"])})
            if event.what == What.PUBLISH:
                frozenset(parts["payload"]["proposals"])  # `published_in` asks for them
        except (ValueError, TypeError, KeyError):
            raise DataError(HISTORY, row, "", "is not an event of a desk's log") from None
        found.append(event)
    return tuple(found)


def history_text(events: Iterable[Event]) -> str:
    """Write events as the file has them: one canonical JSON object a line."""
    lines = (canonical({**vars(event), "payload": json.loads(event.payload)}) for event in events)
    return "".join(f"{line}\n" for line in lines)


def published_in(folder: Path) -> frozenset[int]:
    """Give the numbers of the proposals that the folder's files hold."""
    return frozenset(
        number
        for event in read_history(folder)
        if event.what == What.PUBLISH
        for number in json.loads(event.payload)["proposals"]
    )
