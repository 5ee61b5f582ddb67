"""What was chosen and written stays while another page is open, and in another language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import streamlit as st

from geo.wording import spoken

KEPT: Literal["session"] = "session"  # a field keeps its value while another page is open


def keep_choices(form: str, chosen: Iterable[str]) -> None:
    """Choose anew what is chosen when the language has changed: a browser sends its label.

    Parameters
    ----------
    form
        Names what the fields belong to.
    chosen
        The keys of its fields whose choices have a name in each language.
    """
    state, lang = st.session_state, f"{form}-lang"
    if state.get(lang) != spoken():
        state.update({key: state[key] for key in chosen if key in state})
    state[lang] = spoken()
