"""The widgets that ask which statements, or captures, of the ledger are wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

import streamlit as st

from geo.ledger import Question
from geo.model import KINDS, SIDES, Clock, Dataset, Side, View
from geo.session.kept import KEPT, keep_choices
from geo.session.markdown import plain
from geo.wording import (
    CONFIRMATION_WORDS,
    KIND_NAMES,
    LEDGER_WORDS,
    SIDE_NAMES,
    admin1_name,
    claimant_names,
    place_name,
)

Word = TypeVar("Word", bound=str)
STEPS = {  # what may follow a first statement of capture, and the columns that tell of it
    "any": ("third", "accepted"),
    "third": ("third",),
    "accepted": ("accepted",),
    "denied": ("denied",),
}


def ask_question(dataset: Dataset, view: View) -> Question:
    """Ask which statements are wanted; up to the chosen day unless later ones are asked for."""
    words = LEDGER_WORDS
    keep_choices("ledger", ("sides", "claimants", "kinds", "admin1s"))
    until = view.as_of if view.clock is Clock.THEN else dataset.last_day
    with st.container(horizontal=True, vertical_alignment="bottom"):
        period: tuple[date, ...] = st.date_input(
            words["period"],
            (dataset.first_day, until),
            min_value=dataset.first_day,
            max_value=dataset.last_day,
            format="YYYY-MM-DD",
            width=260,
            key=f"period-{until}",
            persist_state=KEPT,
        )
        speakers = {str(key): str(name) for key, name in claimant_names(dataset).items()}
        sides = _choose("sides", SIDES, SIDE_NAMES.__getitem__)
        claimants = _choose("claimants", list(speakers), speakers.__getitem__, width=260)
        kinds = _choose("kinds", KINDS, KIND_NAMES.__getitem__)
        admin1s = _choose(
            "admin1s",
            sorted({str(name) for name in dataset.settlements["admin1"]}),
            lambda name: admin1_name(dataset, name),
        )
        text = st.text_input(
            words["text"], width=320, max_chars=100, key="text", persist_state=KEPT
        )
        place = None
        if view.place:
            name = words["place_only"].format(place=plain(place_name(dataset, view.place)))
            only = st.toggle(name, key="place-only", persist_state=KEPT)
            place = view.place if only else None
    first, last = (*period, until)[:2] if period else (dataset.first_day, until)
    return Question(
        first=first,
        last=last,
        sides=tuple(sides),
        claimants=tuple(claimants),
        kinds=tuple(kinds),
        admin1s=tuple(admin1s),
        place=place,
        text=text,
    )


def _choose(
    key: str, words: Sequence[Word], name_of: Callable[[Word], str], *, width: int = 220
) -> list[Word]:
    """Let some of a list be chosen; none stands for all."""
    return st.multiselect(
        LEDGER_WORDS[key],
        words,
        format_func=name_of,
        placeholder=LEDGER_WORDS["any"],
        width=width,
        key=key,
        persist_state=KEPT,
    )


def ask_step(sides: Sequence[Side]) -> tuple[tuple[str, ...], Side | None]:
    """Ask for the steps to which days are counted, whichever comes first, and whose captures."""
    words = CONFIRMATION_WORDS
    keep_choices("cases", ("case-step", "case-side"))
    with st.container(horizontal=True):
        step = st.selectbox(
            words["step"],
            list(STEPS),
            format_func=lambda key: words[f"step_{key}"],
            width=280,
            key="case-step",
            persist_state=KEPT,
        )
        side = st.segmented_control(
            words["side"],
            sides,
            format_func=SIDE_NAMES.__getitem__,
            default=None,
            key="case-side",
            persist_state=KEPT,
        )
    return STEPS[step], side
