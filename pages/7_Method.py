"""What a statement is, the rules of time, sources by count, corrections, licence, limits."""

import streamlit as st

from geo import session
from geo.ledger import count_sources, sources_shown
from geo.model import PlaceKind
from geo.page import STYLE
from geo.wording import METHOD_WORDS, day_in_words

words = METHOD_WORDS
dataset, view = session.open_page(words)
counts = count_sources(dataset)
st.html(STYLE)
st.title(words["title"], anchor=False)
day = day_in_words(dataset.last_day)
session.show.age(dataset)
st.caption(words["subtitle"].format(version=dataset.version, day=day))
st.markdown(
    words["size"].format(
        settlements=len(dataset.settlements),
        claimants=len(dataset.claimants),
        claims=len(dataset.claims_on(PlaceKind.SETTLEMENT)),
        area_claims=len(dataset.claims_on(PlaceKind.OBLAST)),
        outlets=len(counts),
    )
)
st.subheader(words["sources"], anchor=False)
shown = sources_shown(counts)
session.show.table(shown, words["sources"], height=320)
session.offer.table(shown, view, "sources")
session.show.corrections(dataset, view)
session.show.measured()
st.divider()
st.subheader(words["codebook"], anchor=False)
with st.container(key="codebook"):
    st.markdown(session.codebook())
