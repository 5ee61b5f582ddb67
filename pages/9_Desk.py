"""The desk: statements are proposed, read by a second person, accepted or rejected."""

import streamlit as st

from geo import session
from geo.page import STYLE
from geo.wording import DESK_WORDS

dataset, view = session.open_page(DESK_WORDS, lately=True)
st.html(STYLE)
st.title(DESK_WORDS["title"], anchor=False)
st.caption(DESK_WORDS["subtitle"])
desk, name, mode = session.open_desk_page()
match mode:
    case "new":
        session.fill.proposal(desk, dataset, name)
    case "sheet":
        session.fill.sheet(desk, name)
    case "correct":
        session.fill.correction(desk, name)
    case _:
        session.show.inbox(desk, dataset, name)
