"""The figures of the program that finds statements in texts, on the page Method."""

from __future__ import annotations

import streamlit as st

from geo.extract.figures import measured
from geo.session.reading import show_table
from geo.wording import MEASURED_WORDS


def show_measured() -> None:
    """Show how often what the program finds in a text is right."""
    words = MEASURED_WORDS
    lines, table = measured()
    st.subheader(words["title"], anchor=False)
    st.markdown(words["note"].format(lines=lines))
    shown = table.assign(name=table["name"].map(words.__getitem__))
    shown = shown.rename(columns={key: words[key] for key in table.columns})
    show_table(shown, words["title"], height="content")
