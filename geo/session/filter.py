"""The widgets that ask which statements of the ledger are wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

import streamlit as st

from geo.ledger import Question
from geo.model import KINDS, SIDES, Clock, Dataset, View
from geo.session.markdown import plain
from geo.wording import (
    KIND_NAMES,
    LEDGER_WORDS,
    SIDE_NAMES,
    admin1_name,
    claimant_names,
    place_name,
)

Word = TypeVar("Word", bound=str)


def ask_question(dataset: Dataset, view: View) -> Question:
    """Ask which statements are wanted; up to the chosen day unless later ones are asked for."""
    words = LEDGER_WORDS
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
        text = st.text_input(words["text"], width=320, max_chars=100, key="text")
        place = None
        if view.place:
            name = words["place_only"].format(place=plain(place_name(dataset, view.place)))
            place = view.place if st.toggle(name, key="place-only") else None
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
    )
