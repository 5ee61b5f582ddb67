"""The log: one event a line, each with the hash of the one before.

An event is never changed and never deleted, so a changed byte anywhere breaks the chain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

ORIGIN = "0" * 64  # stands where the first event has no event before it


class What(StrEnum):
    """What somebody did."""

    PROPOSE = "propose"
    EDIT = "edit"  # a proposal, before it is published
    ACCEPT = "accept"
    REJECT = "reject"
    RETRACT = "retract"  # one's own proposal
    PUBLISH = "publish"  # accepted proposals into the files
    ADOPT = "adopt"  # the files as they are, changed by hand, as a new beginning


@dataclass(frozen=True)
class Event:
    """One line of the log.

    Attributes
    ----------
    seq
        1 for the first, then one more each.
    at
        UTC, as 2026-11-24T21:12:20Z.
    by
        Who did it, as they chose to be named.
    what
        A `What`.
    proposal
        Its number; None where the event is about the desk.
    payload
        Canonical JSON, as text.
    before, hash
        Of the event before, and of this one; see `hash_of`.
    """

    seq: int
    at: str
    by: str
    what: str
    proposal: int | None
    payload: str
    before: str
    hash: str


def now() -> str:
    """Give the moment as events have it: UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def canonical(value: object) -> str:
    """Write JSON in the one way that a hash can be taken of (keys sorted, no spaces, UTF-8)."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def hash_of(before: str, at: str, by: str, what: str, proposal: int | None, payload: str) -> str:
    """Give the SHA-256 of an event: over the canonical JSON of a list of its parts, as UTF-8."""
    parts = canonical([before, at, by, what, proposal, payload])
    return hashlib.sha256(parts.encode()).hexdigest()


def next_event(
    last: Event | None, *, at: str, by: str, what: What, proposal: int | None, payload: object
) -> Event:
    """Make the event that follows; `last` is None for the first."""
    before, text = last.hash if last else ORIGIN, canonical(payload)
    made = hash_of(before, at, by, what, proposal, text)
    return Event(last.seq + 1 if last else 1, at, by, what, proposal, text, before, made)


def chain_faults(events: Iterable[Event]) -> Iterator[str]:
    """Recompute the chain; gives a sentence for each event that does not fit."""
    before, seq = ORIGIN, 0
    for event in events:
        seq += 1
        if event.seq != seq:
            yield f"event {seq} is missing; event {event.seq} stands in its place"
            seq = event.seq
        if event.before != before:
            yield f"event {event.seq} does not follow the one before, of hash {before[:12]}"
        found = hash_of(event.before, event.at, event.by, event.what, event.proposal, event.payload)
        if found != event.hash:
            yield f"event {event.seq} was changed: its hash is {found[:12]}, not {event.hash[:12]}"
        before = event.hash
