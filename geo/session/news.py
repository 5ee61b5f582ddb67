"""Tell open pages of a ledger that has changed: they run again, and show it, untouched.

The server looks once for all readers; while nothing changes, a page that is open costs nothing.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

from streamlit.runtime import get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

from geo.model import Dataset
from geo.publish import open_dataset, publish

EVERY = 0.5  # seconds between two looks
_shown: dict[str, str] = {}  # a session to the version of the ledger that its page shows


def note_shown(dataset: Dataset | None) -> None:
    """Remember what the page that runs shows; None for one that wants no news."""
    if running := get_script_run_ctx():
        if dataset is None:
            _shown.pop(running.session_id, None)
        else:
            _shown[running.session_id] = dataset.version


async def tell_news() -> None:
    """Look for another ledger, for as long as the server runs."""
    while True:
        await asyncio.sleep(EVERY)
        with suppress(ExceptionGroup, OSError):  # whoever comes next is shown it; it is tried again
            _tell(await asyncio.to_thread(_prepare))


def _prepare() -> str:
    """Have the ledger read and the browser's files made before all readers ask; its version."""
    dataset = open_dataset()
    publish(dataset)
    return dataset.version


def _tell(version: str) -> None:
    # Streamlit offers no list of sessions; its release is bounded in pyproject.toml.
    active = {each.session.id: each.session for each in get_instance()._session_mgr.list_sessions()}
    for gone in _shown.keys() - active.keys():
        _shown.pop(gone, None)
    for name, session in active.items():
        if _shown.get(name, version) != version:
            _shown[name] = version
            session.request_rerun(None)
