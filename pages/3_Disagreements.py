"""On the chosen day, every place where the sides differ; how many over time; the longest ever."""

import streamlit as st

from geo import session
from geo.ledger import (
    count_open,
    disagreements,
    disagreements_on,
    disagreements_shown,
    dormant_shown,
    longest_shown,
    of_kind,
    phases,
)
from geo.ledger.chart import open_chart
from geo.model import Clock, PlaceKind
from geo.timeline import snapshot_of
from geo.wording import DISAGREEMENT_WORDS

FEW = 12  # rows that a table shows without scrolling
words = DISAGREEMENT_WORDS
dataset, view = session.open_reading(words)
snapshot = snapshot_of(dataset, view)
whole = disagreements(dataset, clock=view.clock, view=view.view)
ever = of_kind(dataset, whole, PlaceKind.SETTLEMENT)
rows = disagreements_on(snapshot, ever)
live, dormant = rows[rows["live"]], rows[~rows["live"]]
link = session.map_link(view)

with st.container(horizontal=True, vertical_alignment="bottom"):
    session.ask.within(view)
    session.ask.only(view)
st.markdown(
    f"**{words.counted('count', len(live))}**: "
    f"{words.counted('hard_count', int(live['hard'].sum()))}, "
    f"{words.counted('soft_count', int((~live['hard']).sum()))}; "
    f"{words.counted('dormant_count', len(dormant))}",
    help=f"{words['dormant_help']} {words['hard_help']}",
)
if live.empty:
    st.info(words["none" if rows.empty else "none_live"])
else:
    shown = disagreements_shown(snapshot, live, link)
    session.show.table(shown, words["table"], height="content" if len(live) < FEW else 460)
    session.offer.table(shown, view, "disagreements")
if not dormant.empty:
    st.caption(words["dormant_table"])
    shown = dormant_shown(snapshot, dormant, link)
    session.show.table(shown, words["dormant_table"], height=460)
    session.offer.table(shown, view, "dormant")

differ = disagreements_on(snapshot, of_kind(dataset, whole, PlaceKind.OBLAST))
if not differ.empty:
    st.caption(words["oblasts"])
    shown = disagreements_shown(snapshot, differ, link)
    session.show.table(shown, words["oblasts"], height="content")
    session.offer.table(shown, view, "oblasts")

st.caption(words["chart"])
last = view.as_of if view.clock is Clock.THEN else dataset.last_day
turns = phases(dataset, clock=view.clock, view=view.view, within=view.within)
turns = of_kind(dataset, turns, PlaceKind.SETTLEMENT)
counts = count_open(turns, first=dataset.first_day, last=last)
st.altair_chart(open_chart(counts, day=view.as_of), width="stretch")

st.subheader(words["longest"], anchor=False)
st.caption(words["longest_help"])
longest = ever.sort_values("days", ascending=False, kind="stable").head(20)
session.show.table(longest_shown(dataset, longest, link), words["longest"], height=460)
