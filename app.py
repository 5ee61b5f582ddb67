"""The first page: who says what on the chosen day, on a map; the record of the chosen place."""

import streamlit as st

from geo import session
from geo.page import STYLE
from geo.timeline import snapshot_of
from geo.wording import PAGE_WORDS, day_in_words, place_name, view_names


@st.fragment
def read() -> None:
    """Show the map and whatever follows it; a click in the map runs this alone."""
    dataset, view = session.follow_view()
    with st.container(key="screen"):
        line = st.container(key="controls", horizontal=True, vertical_alignment="center")
        with st.container(key="ground"):
            cut = session.cut_of(view)
            # The style gives the map the height that is left.
            session.show.map(dataset, key="map", height=520, difference=cut)
    with line:  # after the map, which takes longest to appear
        session.ask.place(dataset)
        session.ask.day(dataset, view)
        session.show.age(dataset)
        session.ask.clock(view)
        session.ask.view(dataset, view, view_names(dataset))
        session.ask.layers(dataset, view)

    st.caption(PAGE_WORDS["subtitle"].format(day=day_in_words(dataset.last_day)))
    session.show.cut(dataset, view)
    snapshot = snapshot_of(dataset, view)
    if view.place:
        st.subheader(session.plain(place_name(dataset, view.place)), anchor=False)
        session.show.record(snapshot, view.place)
    else:
        st.info(PAGE_WORDS["choose"])
        session.offer.stories(dataset)
    session.show.view(snapshot, view)
    session.offer.exports(snapshot, view)


st.html(STYLE)
session.open_page(PAGE_WORDS, first=read)
