"""What the desk's page does in the browser: it hears keys and marked text, and shows an error."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import streamlit as st

KEY = "desk-heard"
CODE = (Path(__file__).parent / "desk_keys.js").read_text(encoding="utf-8")
FAULT = (Path(__file__).parent / "desk_fault.js").read_text(encoding="utf-8")
STYLE = """
button { font: inherit; color: var(--st-text-color); background: transparent; cursor: pointer;
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius);
  padding: 0.25rem 0.75rem; }
button:disabled { opacity: 0.65; cursor: default; }
"""


def hear(
    *,
    shown: str,
    missed: str = "",
    turn: int = 0,
    enter: bool = False,
    take: Callable[[int, int], None] | None = None,
) -> None:
    """Listen for the keys of a candidate or proposal, and offer to take what is marked in the text.

    Parameters
    ----------
    shown
        Which one is shown.
    missed
        What the button says that takes what is marked; "" for no button.
    turn
        How many acts were answered: until the next number comes, a second act is not heard, for
        nobody has seen yet what it would be for.
    enter
        Enter alone proposes; else with Ctrl.
    take
        Is called with the first character of what was marked and the one after its last.
    """

    def taken() -> None:
        at = getattr(st.session_state.get(KEY), "missed", None)
        if (
            take
            and isinstance(at, list)
            and len(at) == 2
            and all(isinstance(one, int) for one in at)
        ):
            take(*at)

    listener = st.components.v2.component(
        "desk_keys", html="<button type='button'></button>", css=STYLE, js=CODE
    )
    data = {"missed": missed, "shown": shown, "turn": turn, "enter": enter}
    listener(key=KEY, data=data, on_missed_change=taken)


def bring_into_sight() -> None:
    """Scroll to the first error on the page, which stands already."""
    component = st.components.v2.component("desk_fault", html="<span></span>", js=FAULT)
    component(key="desk-fault", data={"refusal": uuid4().hex})
