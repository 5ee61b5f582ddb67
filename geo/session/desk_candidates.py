"""What the program found in the text on the desk: the surest first, the form filled with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.desk.desk import Desk, Draft
from geo.desk.readings import FIELDS, Reading
from geo.desk.store import sha256_of
from geo.extract import Candidate, Extractor
from geo.extract.tokens import sentences
from geo.model import CONTROLLERS, KINDS, Dataset
from geo.session.desk import keep_reading_here
from geo.session.desk_keys import hear
from geo.session.desk_source import note_source
from geo.wording import (
    CONTROLLER_NAMES,
    DESK_WORDS,
    FOUND_BY_WORDS,
    KIND_NAMES,
    claimant_names,
    place_name,
    spoken,
)

STATE = "desk-read"
TURN = "desk-turn"  # in the session: how many acts were answered
LONGEST = 200  # characters of a sentence in the list of those to choose from


@dataclass
class Found:
    """The candidates of one text that wait.

    Attributes
    ----------
    sha256, published
        Of which text and day.
    count
        How many there were.
    left
        Those that wait; the first is in the form.
    missed
        The form is open for a statement that is none of them.
    drawn
        The browser has been sent the form with the first of them.
    """

    sha256: str = ""
    published: date | None = None
    count: int = 0
    left: list[Candidate] = field(default_factory=list)
    missed: bool = False
    drawn: bool = True


@st.cache_resource(max_entries=2, show_spinner=False)
def _extractor(version: str, _dataset: Dataset) -> Extractor:
    """Make the names of a ledger once for all readers."""
    return Extractor(_dataset)


def waiting() -> Found:
    """Give what waits in this session."""
    found: Found = st.session_state.setdefault(STATE, Found())
    return found


def show_candidates(
    desk: Desk, dataset: Dataset, name: str, text: str, published: date | None
) -> DeltaGenerator:
    """Read the text when it is new, and show the candidate that is in the form.

    Gives the place of `hear_acts`.
    """
    words, found = DESK_WORDS, waiting()
    if not text.strip():
        st.session_state[STATE] = Found()
        return st.container()
    sha256 = sha256_of(text.encode())
    if (sha256, published) != (found.sha256, found.published):
        extractor = _extractor(dataset.version, dataset)
        left = sorted(extractor.candidates(text, published=published), key=lambda one: -one.sure)
        found = st.session_state[STATE] = Found(sha256, published, len(left), left)
        if left and not st.session_state.get("desk-places"):  # what somebody filled in stays
            _fill(found)
    elif found.left and not found.missed and not found.drawn:
        _fill(found)  # the browser said something before it had heard of it, and took it back
    st.caption(words["found"].format(count=found.count) if found.count else words["found_none"])
    if found.left and not found.missed:
        _show(desk, dataset, found, name)
    place = st.container()
    _offer_missed(text)
    return place


def hear_acts(text: str, *, enter: bool) -> None:
    """Hear keys and what is marked in the text; an act counts once for what was shown.

    Parameters
    ----------
    enter
        Enter alone proposes.
    """
    found = waiting()
    hear(
        shown=f"{found.sha256}-{found.published}-{len(found.left)}-{found.missed}",
        missed=DESK_WORDS["missed_marked"] if text.strip() else "",
        turn=st.session_state.get(TURN, 0),
        enter=enter,
        take=lambda first, last: _take_marked(text, first, last),
    )


def now_drawn() -> None:
    """Note that the fields with the candidate are drawn."""
    waiting().drawn = True


def next_turn() -> None:
    """Count an act; the page that comes next answers it."""
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1


def _show(desk: Desk, dataset: Dataset, found: Found, name: str) -> None:
    """Show the candidate that is in the form, and why it is one."""
    words, one = DESK_WORDS, found.left[0]
    said = [
        place_name(dataset, one.place_id),
        str(claimant_names(dataset)[one.claimant_id]) if one.claimant_id else "?",
        KIND_NAMES[one.kind] if one.kind else "?",
        CONTROLLER_NAMES[one.controller] if one.controller else "?",
    ]
    st.text(" · ".join(said))
    st.text(one.sentence)
    st.caption(
        f"{words['sure'].format(percent=round(100 * one.sure))} · "
        f"{words['found_left'].format(count=len(found.left))}"
    )
    st.text(words["why"].format(words="; ".join(_why(one))))
    st.button(
        words["throw_away"],
        key="desk-throw",
        on_click=_throw_away,
        args=(desk, name),
    )
    st.caption(words["keys"])


def _why(one: Candidate) -> list[str]:
    """Say in the reader's language by which rule a candidate came, then the words of the text."""
    rules = FOUND_BY_WORDS.of(spoken())
    return [rules.get(part) or part.rpartition(" (")[0] for part in one.why]


def _throw_away(desk: Desk, name: str) -> None:
    found = waiting()
    next_turn()
    if found.left:
        note_source()
        thrown = Reading(found=_fields(found.left[0]), made=None)
        keep_reading_here(desk, found.sha256, thrown, name)
        found.left.pop(0)
        _fill(found)


def _offer_missed(text: str) -> None:
    """Let a sentence be chosen in which the program saw nothing: the form opens with it."""
    told = [text[one.start : one.end] for one in sentences(text)]
    st.selectbox(
        DESK_WORDS["missed"],
        range(len(told)),
        index=None,
        format_func=lambda at: told[at][:LONGEST],
        placeholder=DESK_WORDS["choose"],
        key="desk-missed",
        on_change=_take_missed,
        args=(told,),
    )


def _take_missed(told: list[str]) -> None:
    at = st.session_state.get("desk-missed")
    if at is not None:
        _open_with(told[at])


def _take_marked(text: str, first: int, last: int) -> None:
    """Take the sentences that the marked stretch of the text lies in."""
    there = [one for one in sentences(text) if one.start < last and one.end > first]
    if there:
        _open_with(text[there[0].start : there[-1].end])


def _open_with(quote: str) -> None:
    """Open the form for a statement that the program missed."""
    _empty()
    st.session_state["desk-quote"] = quote
    waiting().missed = True


def now_proposed(desk: Desk, drafts: Sequence[Draft], name: str) -> None:
    """Keep what was made of the candidate in the form, and fill in the next one.

    After the last one, what is not of one statement alone stays for what a person adds.
    """
    found = waiting()
    note_source()
    st.session_state.update({"desk-places": [], "desk-quote": ""})
    if not found.sha256:
        return
    one = found.left.pop(0) if found.left and not found.missed else None
    for number, draft in enumerate(drafts):
        row = draft.change.row or {}
        made = {key: row.get(key) or None for key in FIELDS}
        known = _fields(one) if one and number == 0 else None
        keep_reading_here(desk, found.sha256, Reading(known, made), name)
    found.missed = False
    if found.left:
        _fill(found)


def _fields(one: Candidate) -> dict[str, str | None]:
    values = {key: getattr(one, key) for key in FIELDS}
    return {key: None if value is None else str(value) for key, value in values.items()}


def _empty() -> None:
    """Empty what a candidate fills in, so that nothing of it stays in the next statement.

    A value is set: the browser goes on showing what was in a field whose key is only dropped.
    """
    st.session_state.update(
        {
            "desk-places": [],
            "desk-speaker": None,
            "desk-kind": KINDS[0],
            "desk-controller": CONTROLLERS[0],
            "desk-quote": "",
        }
    )


def _fill(found: Found) -> None:
    """Put the first candidate into the form's fields; what it leaves open stays open."""
    found.drawn = False
    _empty()
    if not found.left:
        return
    one = found.left[0]
    filled = {
        "desk-places": [one.settlement_id or one.area_id],
        "desk-speaker": one.claimant_id,
        "desk-kind": one.kind,
        "desk-controller": one.controller,
        "desk-day": one.stated_on,
        "desk-quote": one.sentence,
    }
    st.session_state.update(
        {key: value for key, value in filled.items() if value is not None or key == "desk-day"}
    )
