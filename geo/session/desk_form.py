"""The form of the desk's page: statements of one speaker on one day, on one place or several.

They are proposed before the page is drawn: it is drawn once then, with the next candidate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.desk.desk import Desk, Draft, check, heard_now
from geo.desk.evidence import evidence_of
from geo.desk.heard import Heard
from geo.desk.proposals import Log
from geo.desk.store import latest
from geo.model import Dataset
from geo.session.desk import REFUSALS, REFUSED, SAID, propose_here
from geo.session.desk_candidates import (
    hear_acts,
    next_turn,
    now_drawn,
    now_proposed,
    show_candidates,
    waiting,
)
from geo.session.desk_fields import (
    CHOSEN,
    ask_fields,
    ask_summary,
    place_names,
    written_drafts,
)
from geo.session.desk_keys import bring_into_sight
from geo.session.desk_named import NEEDS, note_waiting
from geo.session.desk_preview import show_doubles, show_effects
from geo.session.desk_source import ask_source, kept_copy, show_text
from geo.session.kept import keep_choices
from geo.session.markdown import plain, plain_lines
from geo.wording import DESK_WORDS, speak

FAULTS = "desk-faults"  # in the session: the error below a field, by its column


def propose_form(desk: Desk, dataset: Dataset, name: str) -> None:
    """Ask for statements: left the source, right the form, below what they repeat and change."""
    keep_choices("desk", CHOSEN)
    log = latest(desk.store)
    heard = heard_now(desk, log)
    note_waiting(heard, log)
    left, right = st.columns([2, 3], gap="large")
    with left:
        text, published = ask_source(desk)
        marked = show_candidates(desk, dataset, name, text, published)
        show_text(text, st.session_state.get("desk-quote", ""))
    with right:
        slots: dict[str, DeltaGenerator] = {}
        names = place_names(heard, dataset)
        ask_fields(heard, names, slots)
        enter = bool(waiting().left)
        with st.form("desk-form", border=False):
            ask_summary(heard, names)
            slots["summary"] = st.empty()
            st.form_submit_button(
                DESK_WORDS["propose"],
                key="desk-propose",
                shortcut="Enter" if enter else "Ctrl+Enter",
                on_click=_propose,
                args=(desk, dataset, name, text),
            )
        now_drawn()
        with marked:  # last of the fields, so that keys count again once all have come
            hear_acts(text, enter=enter)
        _show_faults(slots)
        _preview(heard, dataset, log, written_drafts(heard, names, log))


def _propose(desk: Desk, dataset: Dataset, name: str, text: str) -> None:
    """Propose; what is wrong is said below its field, and nothing is stored."""
    state = st.session_state
    speak(state.view.lang)
    next_turn()
    try:
        log = latest(desk.store)
        heard = heard_now(desk, log)
        drafts = written_drafts(heard, place_names(heard, dataset), log)
        if not drafts:
            state[FAULTS] = {"settlement_id": DESK_WORDS["no_place"]}
            return
        check(heard, drafts)
        copy = kept_copy(desk, text)
        rests = evidence_of(copy=copy, quote=state["desk-quote"], archive=state["desk-archive"])
        whole = [Draft(one.change, one.needs, evidence=rests) for one in drafts]
        numbers = propose_here(desk, whole, name)
        now_proposed(desk, whole, name)
    except ExceptionGroup as bad:
        below = defaultdict[str, list[str]](list)
        for fault in bad.exceptions:
            below[getattr(fault, "column", "")].append(plain(str(fault)))
        state[FAULTS] = {column: "  \n".join(told) for column, told in below.items()}
        return
    except REFUSALS as error:
        state[REFUSED] = plain_lines(error)
        return
    state.pop(NEEDS, None)
    state[SAID] = DESK_WORDS["made"].format(numbers=", ".join(map(str, numbers)))


def _show_faults(slots: Mapping[str, DeltaGenerator]) -> None:
    """Show below its field what was wrong when it was proposed."""
    faults: dict[str, str] = st.session_state.pop(FAULTS, {})
    for column, told in faults.items():
        slots.get(column, slots["summary"]).error(told)
    if faults:
        bring_into_sight()


def _preview(heard: Heard, dataset: Dataset, log: Log, drafts: list[Draft]) -> None:
    """Show what the statements may repeat, and what they would change; faults come at the end."""
    spoken = [one for one in drafts if (one.change.row or {}).get("claimant_id")]
    for draft in spoken:
        show_doubles(heard, draft.change.row or {}, log)
    bad = set[str]()  # their faults are shown below the fields when they are proposed
    try:
        check(heard, spoken)
    except ExceptionGroup as faults:
        bad = {getattr(fault, "file", "") for fault in faults.exceptions}
    whole = [one for one in spoken if one.file not in bad]
    show_effects(heard, dataset, [change for one in whole for change in (*one.needs, one.change)])
