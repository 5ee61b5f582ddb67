"""What people build today: a Streamlit slider beside a map. Started by benchmarks/scrub.py."""

import os
from datetime import timedelta
from pathlib import Path

import folium
import pydeck
import streamlit as st
from streamlit_folium import st_folium

from geo.files.load import load_dataset
from geo.model import STATUSES, Status
from geo.style import COLOURS
from geo.timeline import take_snapshot

PEER = os.environ["PEER"]
HUES = {
    Status.AGREED: COLOURS["ukraine"],
    Status.DISPUTED: "#222222",
    Status.ONE_SIDED: COLOURS["russia"],
    Status.THIRD_ONLY: COLOURS["contested"],
    Status.SILENT: "#8a8a8a",
}
COLOUR_OF = [HUES[status] for status in STATUSES]


@st.cache_resource
def ledger():
    """Read the ledger once."""
    return load_dataset(Path(os.environ["FRONTLINE_DATA"]))


def coloured(step):
    """Give the settlements with the colour of the day."""
    dataset = ledger()
    snapshot = take_snapshot(dataset, as_of=dataset.first_day + timedelta(days=step))
    colours = [COLOUR_OF[code] for code in snapshot.statuses[dataset.is_settlement]]
    return dataset.settlements[["geometry"]].assign(colour=colours)


def points(step):
    """Draw all places in one GeoJson layer: the fastest way folium has for many points."""
    return folium.GeoJson(
        coloured(step),
        marker=folium.CircleMarker(radius=4, fill=True, fill_opacity=1, weight=0),
        style_function=lambda feature: {"fillColor": feature["properties"]["colour"]},
    )


step = st.slider("Day", 0, 1694, 798, step=7, key="day")  # a week a key, as in all candidates
bare = folium.Map((48.4, 36.3), zoom_start=7, tiles=None, prefer_canvas=True)
if PEER == "slider-group":
    group = folium.FeatureGroup("places")
    points(step).add_to(group)
    st_folium(
        bare, feature_group_to_add=group, returned_objects=[], height=600, width=1200, key="m"
    )
elif PEER == "slider-rebuild":
    points(step).add_to(bare)
    st_folium(bare, returned_objects=[], height=600, width=1200)
else:
    table = coloured(step)
    rgb = [[int(hue[i : i + 2], 16) for i in (1, 3, 5)] for hue in table["colour"]]
    frame = table.drop(columns=["geometry", "colour"]).assign(
        lon=table.geometry.x, lat=table.geometry.y, rgb=rgb
    )
    layer = pydeck.Layer(
        "ScatterplotLayer", frame, get_position="[lon, lat]", get_fill_color="rgb", get_radius=4,
        radius_units="'pixels'",
    )  # fmt: skip
    view = pydeck.ViewState(latitude=48.4, longitude=36.3, zoom=6)
    st.pydeck_chart(pydeck.Deck(layers=[layer], initial_view_state=view, map_style=None))
