"""The inbox of the desk's page: what waits, and one proposal after the other to be decided."""

from __future__ import annotations

from operator import attrgetter

import pandas as pd
import streamlit as st

from geo.desk.acts import rewritten
from geo.desk.desk import Desk, heard_now
from geo.desk.events import What
from geo.desk.evidence import copy_of
from geo.desk.heard import CLAIMS, Heard
from geo.desk.proposals import Log, Proposal, State
from geo.desk.review import same_person
from geo.desk.store import latest
from geo.model import WEB_BEGINS, Dataset
from geo.session.desk import REFUSALS, REFUSED, SAID, decide_here, edit_here
from geo.session.desk_keys import hear
from geo.session.desk_open import to_read
from geo.session.desk_preview import show_doubles, show_effects
from geo.session.desk_source import show_text
from geo.session.markdown import plain, plain_lines
from geo.session.reading import show_table
from geo.session.rights import Role, is_local, may
from geo.wording import DESK_WORDS, speak

SHOWN = 200  # proposals in the table
BOXES = ("to_review", "mine", "proposed", "decided")


def show_inbox(desk: Desk, dataset: Dataset, name: str) -> None:
    """Show what waits or was decided, and below it one proposal to decide on."""
    words, log = DESK_WORDS, latest(desk.store)
    boxes = _boxes(log, name)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        box = st.segmented_control(
            words["inbox"],
            BOXES,
            default=BOXES[0],
            format_func=words.__getitem__,  # a count would change under who clicks on it
            key="desk-box",
            label_visibility="collapsed",
            required=True,
        )
        asked = st.text_input(words["search"], key="desk-search", max_chars=80, width=240)
        st.caption(" · ".join(f"{words[one]}: {len(boxes[one])}" for one in BOXES))
    found = [one for one in boxes[box] if _matches(one, asked)]
    if not found:
        st.caption(words["empty"])
        return
    numbers = [one.number for one in found[:SHOWN]]
    key = f"desk-number-{box}"
    st.session_state[key] = to_read(numbers, st.session_state.get(key))
    number = st.selectbox(words["number"], numbers, key=key, width=140)
    hear(shown=str(number))  # a key that is held would accept one after the other
    _review(desk, dataset, log, log.proposals[number], name)
    show_table(_table(found[:SHOWN]), words["inbox"], height=300)
    if len(found) > SHOWN:
        st.caption(words["more"].format(count=len(found) - SHOWN))


def _boxes(log: Log, name: str) -> dict[str, list[Proposal]]:
    """Fill the boxes: what is to be reviewed begins with the oldest, the others with the newest."""
    own = {other for other in log.people if same_person(other, name)}
    found = sorted(log.proposals.values(), key=attrgetter("number"), reverse=True)
    waits = [one for one in found if one.state == State.PROPOSED]
    return {
        "to_review": [one for one in reversed(waits) if one.last_by not in own],
        "mine": [one for one in found if one.by in own],
        "proposed": waits,
        "decided": [one for one in found if one.state != State.PROPOSED],
    }


def _matches(proposal: Proposal, asked: str) -> bool:
    if not asked:
        return True
    text = " ".join([str(proposal.number), proposal.by, *proposal.row.values()]).casefold()
    return all(word in text for word in asked.casefold().split())


def _table(found: list[Proposal]) -> pd.DataFrame:
    words = DESK_WORDS
    return pd.DataFrame(
        {
            words["number"]: [one.number for one in found],
            words["action"]: [words[f"action_{one.change.action}"] for one in found],
            words["statement"]: [one.row.get("summary") or one.id for one in found],
            words["by"]: [one.by for one in found],
            words["at"]: [one.at for one in found],
            words["state"]: [_state(one) for one in found],
        }
    )


def _state(proposal: Proposal) -> str:
    words = DESK_WORDS
    parts = [words[f"state_{proposal.state}"]]
    if proposal.decided_by:
        parts.append(f"{proposal.decided_by}, {proposal.decided_at}")
    if proposal.alone:
        parts.append(words["eyes"])
    if proposal.decided_reason:
        parts.append(proposal.decided_reason)
    return "; ".join(parts)


def _review(desk: Desk, dataset: Dataset, log: Log, proposal: Proposal, name: str) -> None:
    """Show a proposal beside its source, and what may be done with it."""
    heard = heard_now(desk, log)
    left, right = st.columns([2, 3], gap="large")
    with left:
        _show_source(desk, proposal)
    with right:
        if proposal.state == State.PROPOSED:
            _decide(desk, proposal, name)
        else:
            st.caption(plain(_state(proposal)))
        columns = {"": proposal.change.was, "→": proposal.change.row}
        cells = pd.DataFrame({key: row for key, row in columns.items() if row})
        st.space()  # the table's tools come up above it, over the buttons
        st.dataframe(cells, height="content")
        if proposal.reason:
            st.caption(f"{DESK_WORDS['reason']}: {plain(proposal.reason)}")
        for need in proposal.needs:
            st.dataframe(pd.DataFrame({need.file: need.row or {}}), height="content")
        if proposal.state == State.PROPOSED:
            _show_consequences(heard, dataset, log, proposal)
            _change(desk, proposal, name)


def _show_source(desk: Desk, proposal: Proposal) -> None:
    evidence = proposal.evidence
    if url := proposal.row.get("url"):
        st.link_button(DESK_WORDS["source"], url)
    archive = evidence.get("archive")
    if archive and archive.startswith(WEB_BEGINS):
        st.link_button(DESK_WORDS["archive"], archive)
    else:
        st.caption(DESK_WORDS["not_archived"])
    copy = copy_of(desk, evidence["copy"]) if "copy" in evidence else None
    show_text(copy.text if copy else "", evidence.get("quote", ""))


def _show_consequences(heard: Heard, dataset: Dataset, log: Log, proposal: Proposal) -> None:
    if proposal.change.file in CLAIMS and proposal.change.row:
        show_doubles(heard, proposal.change.row, log, own=proposal.number)
    show_effects(heard, dataset, [*proposal.needs, proposal.change])


def _decide(desk: Desk, proposal: Proposal, name: str) -> None:
    """Offer to decide; one key accepts and goes to the next."""
    words, number = DESK_WORDS, proposal.number
    own = same_person(proposal.last_by, name)
    alone = False
    if own:
        st.caption(words["own"])
        alone = is_local() and st.checkbox(words["accept_alone"], key=f"desk-alone-{number}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if may(Role.REVIEWER) and (alone or not own):
            st.button(
                words["accept"],
                type="primary",
                shortcut="A",
                key=f"desk-accept-{number}",
                on_click=_decided,
                args=(desk, proposal, What.ACCEPT, name, alone),
            )
        st.text_input(words["reason"], key=f"desk-reason-{number}", max_chars=400)
        if may(Role.REVIEWER):
            st.button(
                words["reject"],
                key=f"desk-reject-{number}",
                on_click=_decided,
                args=(desk, proposal, What.REJECT, name),
            )
        if own:
            st.button(
                words["take_back"],
                key=f"desk-back-{number}",
                on_click=_decided,
                args=(desk, proposal, What.RETRACT, name),
            )


def _decided(desk: Desk, proposal: Proposal, what: What, name: str, alone: bool = False) -> None:
    """Decide before the page is drawn, so that it is drawn once, with the next proposal."""
    speak(st.session_state.view.lang)
    number, seen = proposal.number, proposal.last_seq
    asked = what != What.ACCEPT
    reason = st.session_state.get(f"desk-reason-{number}", "") if asked else ""
    try:
        done = decide_here(desk, number, what, name, seen=seen, reason=reason, alone=alone)
    except REFUSALS as error:
        st.session_state[REFUSED] = plain_lines(error)
        return
    state = DESK_WORDS[f"state_{done.state}"]
    st.session_state[SAID] = DESK_WORDS["done"].format(number=number, state=state)


def _change(desk: Desk, proposal: Proposal, name: str) -> None:
    """Offer to write the proposal anew; it is to be accepted anew then."""
    if not proposal.change.row:
        return
    words = DESK_WORDS
    with st.expander(words["change"]), st.form(f"desk-edit-{proposal.number}", border=False):
        for column, value in proposal.change.row.items():
            longest = max(2000, len(value))
            st.text_input(column, value, max_chars=longest, key=_cell_key(proposal, column))
        st.form_submit_button(words["save"], on_click=_changed, args=(desk, proposal, name))


def _cell_key(proposal: Proposal, column: str) -> str:
    return f"desk-change-{proposal.number}-{proposal.last_seq}-{column}"


def _changed(desk: Desk, proposal: Proposal, name: str) -> None:
    """Save what was written before the page is drawn: of the proposal that was read."""
    speak(st.session_state.view.lang)
    columns = proposal.change.row or {}
    cells = {column: st.session_state[_cell_key(proposal, column)] for column in columns}
    try:
        edit_here(desk, proposal.number, rewritten(proposal, cells), name, seen=proposal.last_seq)
    except REFUSALS as error:
        st.session_state[REFUSED] = plain_lines(error)
