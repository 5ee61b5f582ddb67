"""One place's story: a timeline, a sentence, both columns of statements, why it has its colour."""

import streamlit as st

from geo import session
from geo.ledger.story import tell_story
from geo.ledger.timeline_chart import story_chart
from geo.page import neighbour_list
from geo.timeline import snapshot_of
from geo.wording import STORY_WORDS, place_name

words = STORY_WORDS
dataset, view = session.open_reading(words, place=True)
place = view.place
snapshot = snapshot_of(dataset, view)
if place in dataset.oblasts:
    st.subheader(session.plain(place_name(dataset, place)), anchor=False)
    session.show.record(snapshot, place)
    session.show.map(dataset, key="place-map", height=460)
    st.stop()
if place not in dataset.settlements.index:
    st.info(words["ask"])
    session.offer.stories(dataset)
    st.stop()

st.subheader(session.plain(place_name(dataset, place)), anchor=False)
st.markdown(f"**{session.plain(tell_story(snapshot, place))}**")
st.altair_chart(story_chart(snapshot, place), width="stretch")
st.caption(words["timeline"])

session.show.record(snapshot, place)

st.html(neighbour_list(snapshot, place, session.map_link(view)))
session.show.map(dataset, key="place-map", height=460)
