"""The map on a page: the constant part, the command that changes it, what it says back."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any
from zlib import crc32

import geopandas as gpd
import streamlit as st

from geo.address import clamp_centre, clamp_day, clamp_zoom, is_place
from geo.areas import encode_difference
from geo.layers import BACKGROUNDS, OFFLINE, background
from geo.model import DataError, Dataset, View
from geo.publish import SERVED, publish, publish_series, series_files
from geo.session.markdown import plain_lines
from geo.timelayer import Command, command, dump, time_map

FRAME = (900, 420)  # pixels that a difference is fitted into; the map is seldom smaller
FINEST = 0.01  # degrees; nothing is shown closer than that
NOTHING_CUT: dict[str, Any] = {"difference": None}
TILE = 256  # pixels of the whole world at zoom 0


def show_map(
    dataset: Dataset, *, key: str, height: int, difference: gpd.GeoDataFrame | None = None
) -> None:
    """Show the map with bar and card; it speaks for itself, and the view follows it.

    Parameters
    ----------
    dataset
        Checked and joined data.
    key
        One for each page, so that pages do not take each other's messages for theirs.
    height
        In pixels; a style sheet may say more.
    difference
        What `geo.areas.difference` gives, to be drawn; the map opens where it is.
    """
    # Registers its frame with the server that runs, so it is not imported before one does.
    from streamlit_folium import st_folium

    names = publish(dataset)
    series = {}
    for series_id, path in series_files().items():
        try:
            series[series_id] = publish_series(dataset, path)
        except DataError as fault:
            st.warning(plain_lines(fault))
    _follow_frame(names)
    told = st.session_state.told | {"heard": st.session_state.get("heard_of", 0)}
    told |= _tell_difference(difference, told["number"]) if difference is not None else NOTHING_CUT
    st_folium(
        time_map(names, folder=SERVED, lang=st.session_state.view.lang, series=series),
        feature_group_to_add=Command(told),
        returned_objects=[],
        on_change=_hear(dataset, key),
        use_container_width=True,
        height=height,
        key=key,
    )


def _follow_frame(names: list[str]) -> None:
    """Have a frame that is made anew, for another ledger or language, open as the old one was."""
    frame = (*names, st.session_state.view.lang)
    if st.session_state.get("frame", frame) != frame:
        tell_map()
    st.session_state.frame = frame


def _tell_difference(cut: gpd.GeoDataFrame, number: int) -> dict[str, Any]:
    coded = encode_difference(cut)
    view: View = st.session_state.view
    told: dict[str, Any] = {"difference": coded, "number": f"{number}-{crc32(dump(coded))}"}
    # Another cut is told anew, after the reader moved the map's day: so with what it shows now.
    told |= {"date": view.as_of.isoformat(), "place": view.place}
    if st.session_state.get("cut_of") == number and view.centre:
        told |= {"centre": view.centre, "zoom": view.zoom}
    st.session_state.cut_of = number
    changed = cut[cut["change"] != "kept"]
    if len(changed) and not st.session_state.get("fitted"):
        st.session_state.fitted = True
        told["centre"], told["zoom"] = fit(changed.total_bounds)
    return told


def fit(bounds: Sequence[float]) -> tuple[tuple[float, float], float]:
    """Give centre and zoom at which bounds fill a map; degrees, west, south, east, north.

    Web Mercator: at zoom z the world is 256 * 2^z pixels wide, and a degree of latitude is
    1 / cos(latitude) times as long as one of longitude.
    """
    west, south, east, north = map(float, bounds)
    centre = clamp_centre((south + north) / 2, (west + east) / 2)
    wide, tall = east - west, (north - south) / math.cos(math.radians(centre[0]))
    room = min(FRAME[0] / max(wide, FINEST), FRAME[1] / max(tall, FINEST))  # pixels a degree
    return centre, clamp_zoom(math.floor(2 * math.log2(360 * room / TILE)) / 2)


def tell_map(*, move: bool = True) -> None:
    """Have the map show the session's view; `move` takes it to the view's centre as well."""
    number = st.session_state.get("told", {}).get("number", 0) + 1
    named = st.session_state.get("background", OFFLINE)
    tiles = background(named if named in BACKGROUNDS else OFFLINE)
    st.session_state.told = command(
        st.session_state.view, background=tiles, number=number, move=move
    )


def change_view(**changes: Any) -> None:
    """Change the view, and tell the map if it does change: a field may only repeat itself."""
    changed = replace(st.session_state.view, **changes)
    if changed != st.session_state.view:
        st.session_state.view = changed
        tell_map(move=False)


def _hear(dataset: Dataset, key: str) -> Callable[[], None]:
    """Make the callback that takes over what the reader did in the map."""

    def heard() -> None:
        said = st.session_state.get(key) or {}
        view: View = st.session_state.view
        with suppress(KeyError, TypeError, ValueError):  # a message from outside may be anything
            as_of = clamp_day(date.fromisoformat(said["date"]), dataset)
            lat, lon = said["centre"]
            centre, zoom = clamp_centre(float(lat), float(lon)), clamp_zoom(float(said["zoom"]))
            place = said["place"] if is_place(said["place"], dataset) else None
            told, _, _ = str(said["after"]).partition("-")
            if told != str(st.session_state.told["number"]):
                return  # made before the map heard of the newest command: it will speak again
            view = replace(view, as_of=as_of, place=place, centre=centre, zoom=zoom)
            st.session_state.heard_of = int(said["number"])
        st.session_state.view = view

    return heard
