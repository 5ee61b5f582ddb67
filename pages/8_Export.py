"""A picture as it will be, with the options of the command line; films; data."""

import streamlit as st

from geo import session
from geo.timeline import snapshot_of
from geo.wording import EXPORT_WORDS, place_name

words = EXPORT_WORDS
dataset, view = session.open_reading(words, place=True)
with st.container(horizontal=True, vertical_alignment="bottom"):
    session.ask.only(view)
    session.ask.within(view)
    session.ask.areas(dataset, view)

place = session.plain(place_name(dataset, view.place)) if view.place else ""
st.subheader(": ".join(filter(None, (words["picture"], place))), anchor=False)
left, right = st.columns([2, 5], gap="large")
with left:
    asked = session.ask.picture(dataset, view)
if asked:
    with right:
        session.offer.picture(dataset, *asked)

st.subheader(words["data"], anchor=False)
snapshot = snapshot_of(dataset, view)
session.offer.data(snapshot, view)

if asked:
    st.subheader(words["film"], anchor=False)
    session.offer.film(dataset, view, asked[1])
