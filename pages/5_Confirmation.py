"""From each first statement of capture to denial, confirmation, withdrawal: days between them."""

import streamlit as st

from geo import session
from geo.ledger.case_tables import cases_shown, sums_shown, tell_confirmed
from geo.ledger.confirmation import FEWEST, capture_cases, days_to, is_withdrawal, survival
from geo.ledger.survival_chart import survival_chart
from geo.model import SIDES, Side
from geo.timeline import known_by
from geo.wording import CONFIRMATION_WORDS, SIDE_NAMES

words = CONFIRMATION_WORDS
dataset, view = session.open_reading(words)
until = known_by(dataset, as_of=view.as_of, clock=view.clock)
cases = session.heard_cases(capture_cases(dataset, until=until), view)
if cases.empty:
    st.info(words["none"])
    st.stop()

sides = [side for side in SIDES if side is not Side.THIRD]
steps, side = session.ask.step(sides)
chosen = cases[cases["side"] == side] if side else cases
st.markdown(f"**{session.plain(tell_confirmed(cases, side, until=until))}**")
days = days_to(chosen, steps, until=until)
found = survival(days)
counts = words.counted("cases", len(days)), words.counted("open", int(days["open"].sum()))
st.markdown(f"**{', '.join(counts)}**")
if found is None:
    st.info(words["few"].format(count=len(days), fewest=FEWEST))
else:
    session.show.median(found)
    st.caption(words["curve_help"])
    st.altair_chart(survival_chart(found), width="stretch")

st.subheader(words["sums"], anchor=False)
session.show.table(sums_shown(dataset, cases, until=until), words["sums"], height=320)

st.subheader(words["withdrawals"], anchor=False)
st.caption(words["withdrawals_help"])
left = cases[is_withdrawal(dataset, cases)]
for taker, own in left.groupby("side"):
    other = next(side for side in sides if side != taker)
    told = words.counted("cases", len(own))
    st.markdown(words["withdrew"].format(side=SIDE_NAMES[other], cases=told))
    middle = survival(days_to(own, ("accepted",), until=until))
    if middle is None:
        st.caption(words["few"].format(count=len(own), fewest=FEWEST))
    else:
        session.show.median(middle)

st.subheader(words["list"], anchor=False)
table = cases_shown(dataset, cases, session.map_link(view), until=until)
session.show.table(table, words["list"], height=460)
session.offer.table(table, view, "cases")
