"""What changed between two days, as a digest; the chosen day by two clocks."""

import streamlit as st

from geo import session
from geo.ledger.changes import find_changes, find_hindsight
from geo.ledger.tables import hindsight_shown
from geo.page import digest_list
from geo.wording import CHANGES_WORDS, day_in_words

words = CHANGES_WORDS
dataset, view = session.open_reading(words)
since = session.ask.since(dataset, view)
if since >= view.as_of:
    st.info(words["nothing"])
else:
    changes = find_changes(
        dataset,
        since=since,
        until=view.as_of,
        clock=view.clock,
        view=view.view,
        within=view.within,
    )
    session.offer.digest(dataset, changes, view)
    st.html(digest_list(dataset, changes, session.map_link(view)))

st.subheader(words["hindsight"], anchor=False)
st.caption(words["hindsight_help"].format(day=day_in_words(view.as_of)))
later = find_hindsight(dataset, as_of=view.as_of, view=view.view)
if later.empty:
    st.info(words["hindsight_none"])
else:
    table = hindsight_shown(dataset, later, session.map_link(view), view.as_of)
    session.show.table(table, words["hindsight"], height=300)
    session.offer.table(table, view, "hindsight")
