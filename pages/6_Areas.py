"""Control areas: import, km² a day, differences on the map, statements against maps."""

import streamlit as st

from geo import session
from geo.areas import as_of, change, difference, km2_by_day
from geo.areas.chart import km2_chart
from geo.areas.export import ENDINGS, difference_files
from geo.page import STYLE
from geo.wording import AREAS_WORDS, CONTROLLER_NAMES, age, day_in_words

dataset, view = session.open_page(AREAS_WORDS)
st.html(STYLE)
st.title(AREAS_WORDS["title"], anchor=False)
st.caption(AREAS_WORDS["subtitle"])
# As it was at first: closed by the first import, it would hide what the next one tells.
expanded = st.session_state.setdefault("import", not session.series_files())
with st.expander(AREAS_WORDS["import"], expanded=expanded):
    session.fill.import_areas()
if not session.series_files():
    st.info(AREAS_WORDS["none"])
    st.stop()

before, after = session.ask.comparison(dataset, view)
series = before[0]
states = [as_of(*side) for side in (before, after)]
cut = None if any(rows.empty for rows in states) else difference(*states)

# It stays where there is nothing to compare: its slider is the way back to where there is.
session.show.map(dataset, key="areas-map", height=600, difference=cut)
for (asked, day), rows in zip((before, after), states, strict=True):
    if rows.empty:
        st.warning(AREAS_WORDS["outside"].format(series=asked.id, day=day_in_words(day)))
        st.stop()
seen = as_of(series, view.as_of)["observed_on"].iloc[0].date()
old = age((view.as_of - seen).days)
st.caption(AREAS_WORDS["observed"].format(day=day_in_words(seen), age=old))
session.show.source(series)

table = km2_by_day(series)
today = table[table["observed_on"].dt.date == seen].set_index("controller")["km2"]
if after[0] is series:
    earlier = before[1]
    changes = change(series, earlier, view.as_of)
    for row, column in zip(changes, st.columns(len(changes)), strict=True):
        name = AREAS_WORDS["km2"].format(controller=CONTROLLER_NAMES[row.controller])
        column.metric(name, f"{today.get(row.controller, 0.0):,.0f}")
        told = AREAS_WORDS["share"].format(
            km2=round(row.km2, 1) + 0.0, share=round(row.share, 3) + 0.0, day=day_in_words(earlier)
        )  # + 0.0: no change is not less than none
        column.caption(told)
session.show.difference(dataset, cut, (series.id, after[0].id), view.as_of)
st.caption(AREAS_WORDS["chart"])
st.altair_chart(km2_chart(table, day=view.as_of), width="stretch")

sides = [(asked.id, day) for asked, day in (before, after)]
files = difference_files(cut, dataset.settlements, *sides)
labels = [AREAS_WORDS["download_cut"].format(ending=ending.upper()) for ending in ENDINGS]
labels.append(AREAS_WORDS["download_km2"])
files[f"{series.id}_km2.csv"] = table.to_csv(index=False)
columns = st.columns(len(files))
for label, (name, content), column in zip(labels, files.items(), columns, strict=True):
    column.download_button(label, content, name, on_click="ignore", width="stretch")

st.subheader(AREAS_WORDS["delays"], anchor=False)
st.caption(AREAS_WORDS["delays_help"])
session.show.delays(dataset, series, view)
