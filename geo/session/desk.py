"""The desk on a page: who may use it, under which name, and its acts, each asked for its right."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from geo.desk import DeskError
from geo.desk.acts import decide, edit, propose
from geo.desk.desk import Desk, Draft, heard_now, open_desk
from geo.desk.events import What
from geo.desk.evidence import Copy, keep
from geo.desk.proposals import Proposal
from geo.desk.readings import Reading, keep_reading
from geo.desk.review import name_fault
from geo.desk.store import latest
from geo.model import DataError
from geo.publish import data_folder
from geo.session.desk_keys import bring_into_sight
from geo.session.kept import KEPT
from geo.session.markdown import plain, plain_lines
from geo.session.rights import (
    RefusalError,
    Role,
    email,
    is_local,
    may,
    offer_sign_in,
    require,
    secret,
)
from geo.wording import DESK_WORDS

SAID, REFUSED = "desk-said", "desk-refused"  # in the session: what the last act came to
MODES = ("inbox", "new", "sheet", "correct")
# What an act is refused with: to be told, and nothing was changed.
REFUSALS = (DeskError, DataError, RefusalError, ExceptionGroup)
ROLE_OF = {What.ACCEPT: Role.REVIEWER, What.REJECT: Role.REVIEWER, What.RETRACT: Role.WRITER}


def open_desk_page() -> tuple[Desk, str, str]:
    """Open the desk for a reader who may write: gives it, their name, and what they want to do.

    Anybody else reads how to get a desk, and the page ends there.
    """
    words = DESK_WORDS
    offer_sign_in()
    if not may(Role.WRITER):
        st.info(words["no_role" if email() else "closed"])
        st.stop()
    try:
        desk = open_desk(data_folder())
        heard_now(desk, latest(desk.store))  # what cannot be read is told here, for every form
    except (DeskError, DataError) as error:
        st.error(plain_lines(error))
        st.stop()
    line = st.container(horizontal=True, vertical_alignment="bottom")
    with line:
        name = _name()
    with line:
        mode = st.segmented_control(
            words["title"],
            MODES,
            default=MODES[0],
            format_func=words.__getitem__,
            key="desk-mode",
            label_visibility="collapsed",
            required=True,  # a second click would leave the form
            persist_state=KEPT,
        )
    place = st.empty()  # always there: else what is below moves, and the browser makes it anew
    said, refused = (st.session_state.pop(key, None) for key in (SAID, REFUSED))
    if refused:
        place.error(refused)
        bring_into_sight()
    elif said:
        place.success(said)
    return desk, name, mode


def _name() -> str:
    """Give the name that the log shows: of the secrets for who signed in, else the one typed."""
    words = DESK_WORDS
    if not is_local():
        name = signed_name()
        st.caption(words["as"].format(name=plain(name)), width="content")
        return name
    name = st.text_input(
        words["name"], key="desk-name", max_chars=80, width=320, persist_state=KEPT
    ).strip()
    if fault := name_fault(name):
        if name:
            st.error(plain(fault))
        st.stop()
    return name


def signed_name() -> str:
    """Give the name of who signed in, which they cannot change themselves.

    The secrets name addresses in a table [names]: `"a@example.org" = "Anna"`. Without a line there
    it is what stands before the @, so two of one name count as one person.
    """
    address = email()
    names = {str(key).strip().lower(): str(name) for key, name in secret("names").items()}
    return names.get(address) or address.partition("@")[0]


def propose_here(desk: Desk, drafts: Sequence[Draft], name: str) -> list[int]:
    """Propose for the reader; raises as `propose`, and RefusalError without the right."""
    require(Role.WRITER)
    return propose(desk, drafts, by=_own(name))


def edit_here(desk: Desk, number: int, draft: Draft, name: str, *, seen: int) -> None:
    """Edit for the reader; raises as `edit`, and RefusalError without the right."""
    require(Role.WRITER)
    edit(desk, number, draft, by=_own(name), seen=seen)


def decide_here(
    desk: Desk,
    number: int,
    what: What,
    name: str,
    *,
    seen: int,
    reason: str = "",
    alone: bool = False,
) -> Proposal:
    """Decide for the reader; raises as `decide`, and RefusalError without the right."""
    require(ROLE_OF[what])
    alone = alone and is_local()
    return decide(desk, number, what, by=_own(name), reason=reason, alone=alone, seen=seen)


def keep_here(desk: Desk, file: str, content: bytes) -> Copy:
    """Keep a copy for the reader; raises as `keep`, and RefusalError without the right."""
    require(Role.WRITER)
    return keep(desk, file, content)


def keep_reading_here(desk: Desk, sha256: str, reading: Reading, name: str) -> None:
    """Keep what became of a candidate; raises as `keep_reading`, and RefusalError."""
    require(Role.WRITER)
    keep_reading(desk, sha256, reading, by=_own(name))


def _own(name: str) -> str:
    """Give the name to act under: nobody who signed in acts under another's."""
    return name if is_local() else signed_name()
