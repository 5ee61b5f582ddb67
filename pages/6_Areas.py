"""Control areas: import, km² a day, differences on the map, statements against maps."""

import streamlit as st

from geo import session
from geo.areas import as_of, change, difference, km2_by_day
from geo.areas.chart import km2_chart
from geo.areas.export import difference_files
from geo.page import STYLE, difference_list
from geo.wording import AREAS_WORDS, CONTROLLER_NAMES, age, day_in_words

dataset, view = session.open_page(AREAS_WORDS)
st.html(STYLE)
st.title(AREAS_WORDS["title"], anchor=False)
st.caption(AREAS_WORDS["subtitle"])
with st.expander(AREAS_WORDS["import"], expanded=not session.series_files()):
    session.fill.import_areas()
if not session.series_files():
    st.info(AREAS_WORDS["none"])
    st.stop()

series, other, earlier = session.ask.comparison(dataset, view)
now, then = as_of(series, view.as_of), as_of(other, earlier)
for asked, rows, day in ((series, now, view.as_of), (other, then, earlier)):
    if rows.empty:
        st.warning(AREAS_WORDS["outside"].format(series=asked.id, day=day_in_words(day)))
        st.stop()
cut = difference(then, now)

session.show.map(dataset, key="areas-map", height=600, difference=cut)
seen = now["observed_on"].iloc[0].date()
old = age((view.as_of - seen).days)
st.caption(AREAS_WORDS["observed"].format(day=day_in_words(seen), age=old))
session.show.source(series)

table = km2_by_day(series)
today = table[table["observed_on"].dt.date == seen].set_index("controller")["km2"]
if other is series:
    changes = change(series, earlier, view.as_of)
    for row, column in zip(changes, st.columns(len(changes)), strict=True):
        name = AREAS_WORDS["km2"].format(controller=CONTROLLER_NAMES[row.controller])
        column.metric(name, f"{today.get(row.controller, 0.0):,.0f}")
        told = AREAS_WORDS["share"].format(**vars(row), day=day_in_words(earlier))
        column.caption(told)
st.html(difference_list(cut, dataset))
st.caption(AREAS_WORDS["chart"])
st.altair_chart(km2_chart(table, day=view.as_of), width="stretch")

files = difference_files(cut, dataset.settlements, (other.id, earlier), (series.id, view.as_of))
files[f"{series.id}_km2.csv"] = table.to_csv(index=False)
for (name, content), column in zip(files.items(), st.columns(len(files)), strict=True):
    column.download_button(name, content, name, on_click="ignore", width="stretch")

st.subheader(AREAS_WORDS["delays"], anchor=False)
st.caption(AREAS_WORDS["delays_help"])
session.show.delays(dataset, series, view)
