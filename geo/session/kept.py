"""What a reader chose stays: while another page is open, and in another language."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from geo.wording import spoken

KEPT: Literal["session"] = "session"  # a field keeps what was written while another page is open


def keep_choices(*keys: str) -> None:
    """Choose anew what is chosen when the language has changed: a browser sends its label.

    Comes before the fields, whose keys are given.
    """
    state, lang = st.session_state, f"lang-of-{keys[0]}"
    if state.get(lang) != spoken():
        state.update({key: state[key] for key in keys if key in state})
    state[lang] = spoken()
