"""The rules of review: pure, each gives a sentence that says why not, or None."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

from geo.desk.events import What
from geo.desk.proposals import Log, Proposal, State
from geo.files.checks import CONTROL, FORMULA

LONGEST_NAME, LONGEST_REASON = 80, 2000  # characters
PROGRAM = "found by the program"  # how the log names who proposed what nobody has read


def name_fault(name: str) -> str | None:
    """Say why a person cannot be named so."""
    if not name.strip():
        return "a name is needed"
    fault = text_fault(name, longest=LONGEST_NAME)
    return f"the name {fault}" if fault else None


def reason_fault(reason: str) -> str | None:
    """Say why this is no reason."""
    if not reason.strip():
        return "a reason is needed"
    fault = text_fault(reason)
    return f"the reason {fault}" if fault else None


def text_fault(text: str, *, longest: int = LONGEST_REASON) -> str | None:
    """Say why a text that people write about a row cannot stand in a file: a name, a reason."""
    if len(text) > longest:
        return f"is {len(text)} characters long; at most {longest} are taken"
    if re.search(CONTROL, text) or not text.isprintable():
        return "holds a control character or a line break; allowed is plain text on one line"
    if re.match(FORMULA, text):
        return "would run as a formula in a spreadsheet; it must not begin with = + - or @"
    return None


def same_person(one: str, other: str) -> bool:
    """Compare names as a reader would: neither case, spaces nor forms of letters count."""
    return _folded(one) == _folded(other)


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def refusal(log: Log, number: int, what: What, *, by: str, alone: bool = False) -> str | None:
    """Say why somebody cannot do this to a proposal.

    Parameters
    ----------
    log
        Up to date: the store must be locked.
    number
        Of the proposal.
    what
        EDIT, ACCEPT, REJECT or RETRACT.
    by
        Who wants to.
    alone
        Whether they say that the desk has one person.
    """
    if fault := name_fault(by):
        return fault
    if same_person(by, PROGRAM):
        return f"{by!r} is how the log names what nobody has read"
    proposal = log.proposals.get(number)
    if proposal is None:
        return f"there is no proposal {number}"
    if proposal.published and what == What.EDIT:
        return f"proposal {number} is published; amend or retract {proposal.id} instead"
    editable = {State.PROPOSED, State.ACCEPTED} if what == What.EDIT else {State.PROPOSED}
    if proposal.state not in editable:
        return (
            f"proposal {number} was {proposal.state} by {proposal.decided_by} "
            f"on {proposal.decided_at}"
        )
    if what == What.ACCEPT:
        return _own(proposal, log.people, by, alone)
    if what == What.RETRACT and not same_person(by, proposal.last_by):
        return f"proposal {number} was written by {proposal.last_by}; only they take it back"
    return None


def _own(proposal: Proposal, people: Collection[str], by: str, alone: bool) -> str | None:
    if not same_person(by, proposal.last_by):
        return None
    own = f"proposal {proposal.number} was written by {proposal.last_by}"
    if not alone:
        return f"{own}: a second person must accept it"
    others = sorted(name for name in people if name != PROGRAM and not same_person(name, by))
    if others:
        return f"{own}, and the desk has others: {', '.join(others[:3])} can accept it"
    return None
