"""One place's story: a timeline, a sentence, both columns of statements, why it has its colour."""

import streamlit as st
from streamlit_folium import st_folium

from geo import session
from geo.ledger.story import tell_story
from geo.ledger.timeline_chart import story_chart
from geo.model import Side
from geo.page import names_of, neighbour_list, side_record
from geo.timeline import snapshot_of
from geo.wording import STORY_WORDS, place_name

MAP = "place-map"
words = STORY_WORDS
dataset, view = session.open_reading(words, place=True)
place = view.place
if place not in dataset.settlements.index:
    st.info(words["ask"])
    session.offer_stories(dataset)
    st.stop()
snapshot = snapshot_of(dataset, view)

st.subheader(place_name(dataset, place), anchor=False)
st.caption(names_of(snapshot, place))
st.markdown(f"**{session.plain(tell_story(snapshot, place))}**")
st.altair_chart(story_chart(snapshot, place), width="stretch")
st.caption(words["timeline"])

left, right = st.columns(2)
left.html(side_record(snapshot, place, Side.UKRAINE))
right.html(side_record(snapshot, place, Side.RUSSIA))
st.html(side_record(snapshot, place, Side.THIRD))
session.show_why(snapshot, place)

st.html(neighbour_list(snapshot, place, session.map_link(dataset, view)))
time_map, command = session.map_of(dataset)
st_folium(
    time_map,
    feature_group_to_add=command,
    returned_objects=[],
    on_change=session.hear_map(dataset, key=MAP),
    use_container_width=True,
    height=460,
    key=MAP,
)
