"""New places and speakers that come with a statement, on the desk's page."""

from __future__ import annotations

import re

import streamlit as st

from geo.desk.heard import Heard, row_now
from geo.desk.proposals import Action, Change, Log, State
from geo.files.checks import COLUMNS, MAY_BE_BLANK
from geo.model import ClaimantKind, Side
from geo.wording import DESK_WORDS

NEEDS = "desk-needs"  # in the session: new places and speakers of the proposal
WAITING = "desk-waiting"  # those of proposals that wait: another statement may be on them
CHOICES = {"side": tuple(Side), "kind": tuple(ClaimantKind), "country": ("UA", "RU")}


def note_waiting(heard: Heard, log: Log) -> None:
    """Note the new places and speakers of what waits, but for those that are there by now."""
    waits = (one for one in log.proposals.values() if one.state == State.PROPOSED)
    st.session_state[WAITING] = {
        need.key: need
        for one in waits
        for need in one.needs
        if row_now(heard, need.file, need.key) is None
    }


def new_rows() -> list[Change]:
    """Give the new places and speakers that may come with a statement: one's own, and others'."""
    own: list[Change] = st.session_state.get(NEEDS, [])
    others: dict[str, Change] = st.session_state.get(WAITING, {})
    return list((others | {need.key: need for need in own}).values())


def ask_new_place() -> None:
    """Ask for a place with its coordinates and where they come from."""
    with st.popover(DESK_WORDS["new_place"]):
        row = _ask_row("settlements.csv")
        if st.button(DESK_WORDS["add"], key="desk-add-settlements.csv"):
            _add(Change(Action.ADD, "settlements.csv", row))


def ask_new_speaker(speakers: dict[str, str]) -> None:
    """Ask for a speaker, and below whom they stand."""
    words = DESK_WORDS
    with st.popover(words["new_speaker"]):
        row = _ask_row("claimants.csv")
        ids = ["", *speakers]
        below = st.selectbox(
            words["below"],
            ids,
            index=len(ids) - 1,
            format_func=lambda key: speakers.get(key, words["top"]),
            key="desk-below",
        )
        if st.button(words["add"], key="desk-add-claimants.csv"):
            _add(Change(Action.ADD, "claimants.csv", row, below=below))


def _ask_row(file: str) -> dict[str, str]:
    """Ask for every column by its name in the file; the codebook explains them."""
    row = {}
    for column in COLUMNS[file]:
        key = f"desk-new-{file}-{column}"
        label = column if column in MAY_BE_BLANK else f"{column} *"
        if column in CHOICES:
            row[column] = str(st.selectbox(label, CHOICES[column], key=key))
        else:
            row[column] = st.text_input(label, key=key, max_chars=400).strip()
    row["id"] = row["id"] or re.sub(r"[^a-z0-9]+", "-", row["name"].lower()).strip("-")
    return row


def _add(change: Change) -> None:
    needs = [one for one in st.session_state.get(NEEDS, []) if one.key != change.key]
    st.session_state[NEEDS] = [*needs, change]
    st.rerun()
