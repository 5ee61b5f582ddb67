"""On the chosen day, every place where the sides differ; how many over time; the longest ever."""

import streamlit as st

from geo import session
from geo.ledger import (
    disagreements,
    disagreements_on,
    disagreements_shown,
    longest_shown,
    of_kind,
    open_disagreements,
)
from geo.ledger.chart import open_chart
from geo.model import Clock, PlaceKind
from geo.timeline import snapshot_of
from geo.wording import DISAGREEMENT_WORDS

words = DISAGREEMENT_WORDS
dataset, view = session.open_reading(words)
snapshot = snapshot_of(dataset, view)
whole = disagreements(dataset, clock=view.clock, view=view.view)
ever = of_kind(dataset, whole, PlaceKind.SETTLEMENT)
rows = disagreements_on(snapshot, ever)
link = session.map_link(dataset, view)

st.markdown(
    f"**{words.counted('count', len(rows))}**: "
    f"{words.counted('hard_count', int(rows['hard'].sum()))}, "
    f"{words.counted('soft_count', int((~rows['hard']).sum()))}",
    help=words["hard_help"],
)
session.ask_only(view)
if rows.empty:
    st.info(words["none"])
else:
    shown = disagreements_shown(snapshot, rows, link)
    session.show_table(shown, words["table"], height=460)
    session.offer_table(shown, view, "disagreements")

differ = disagreements_on(snapshot, of_kind(dataset, whole, PlaceKind.OBLAST))
if not differ.empty:
    st.caption(words["oblasts"])
    shown = disagreements_shown(snapshot, differ, link)
    session.show_table(shown, words["oblasts"], height="content")
    session.offer_table(shown, view, "oblasts")

st.caption(words["chart"])
last = view.as_of if view.clock is Clock.THEN else dataset.last_day
counts = open_disagreements(ever, first=dataset.first_day, last=last)
st.altair_chart(open_chart(counts, day=view.as_of), width="stretch")

st.subheader(words["longest"], anchor=False)
st.caption(words["longest_help"])
longest = ever.sort_values("days", ascending=False, kind="stable").head(20)
session.show_table(longest_shown(dataset, longest, link), words["longest"], height=460)
