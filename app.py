"""The first page: who says what on the chosen day, on a map; the record of the chosen place."""

import streamlit as st
from streamlit_folium import st_folium

from geo import session
from geo.layers import BACKGROUNDS
from geo.model import Side
from geo.page import STYLE, names_of, side_record
from geo.timeline import snapshot_of
from geo.wording import PAGE_WORDS, day_in_words, place_name, view_names

dataset, view = session.open_page(PAGE_WORDS)
snapshot = snapshot_of(dataset, view)

st.html(STYLE)
st.title(PAGE_WORDS["title"], anchor=False)
st.caption(PAGE_WORDS["subtitle"].format(day=day_in_words(dataset.last_day)))

controls = st.container(horizontal=True)  # filled after the map, which takes longest to appear

time_map, command = session.map_of(dataset)
st_folium(
    time_map,
    feature_group_to_add=command,
    returned_objects=[],  # the time layer speaks for itself
    on_change=session.hear_map(dataset),
    use_container_width=True,
    height=660,
    key=session.MAP_KEY,
)

with controls:
    session.ask_place(dataset)
    session.ask_day(dataset, view)
    session.ask_clock(view)
    session.ask_view(dataset, view, view_names(dataset))

with st.container(horizontal=True, vertical_alignment="bottom"):
    session.ask_only(view)
    session.ask_within(view)
    session.ask_areas(dataset, view)
    session.ask_background(list(BACKGROUNDS))

if not view.place:
    session.offer_stories(dataset)
session.show_view(snapshot, view)

if view.place:
    st.subheader(place_name(dataset, view.place), anchor=False)
    st.caption(names_of(snapshot, view.place))
    left, right = st.columns(2)
    left.html(side_record(snapshot, view.place, Side.UKRAINE))
    right.html(side_record(snapshot, view.place, Side.RUSSIA))
    st.html(side_record(snapshot, view.place, Side.THIRD))
    session.show_why(snapshot, view.place)
else:
    st.info(PAGE_WORDS["choose"])

session.offer_exports(snapshot, view)
