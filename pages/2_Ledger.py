"""All statements: filter, sort, count over time, follow the link, open the map at that day."""

from dataclasses import replace

import streamlit as st

from geo import session
from geo.ledger import find_statements, statements_shown
from geo.ledger.chart import weekly_chart
from geo.ledger.groups import first_of_groups
from geo.model import ALL_SIDES
from geo.wording import LEDGER_WORDS

dataset, view = session.open_reading(LEDGER_WORDS)
question = session.ask.question(dataset, view)
found = find_statements(dataset, question)
groups = first_of_groups(dataset, found)
counts = [
    LEDGER_WORDS.counted("found", len(found)),
    LEDGER_WORDS.counted("groups", len(groups)),
    LEDGER_WORDS.counted("places", found["place_id"].nunique()),
]
st.markdown(f"**{', '.join(counts)}**", help=LEDGER_WORDS["groups_help"])
if found.empty:
    st.info(LEDGER_WORDS["nothing"])
    st.stop()

st.altair_chart(weekly_chart(groups), width="stretch")
shown = statements_shown(dataset, found, session.map_link(view))
session.show.table(shown, LEDGER_WORDS["table"], height=560)
# Of all places and speakers, but for what is asked above.
session.offer.table(shown, replace(view, place=None, view=ALL_SIDES), "statements")
session.show.derived(dataset, question)
