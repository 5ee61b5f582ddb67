"""The only Streamlit inside geo: open a page, keep view, address, widgets and map in step.

The view is held in the session. It changes in callbacks alone: those of the widgets, which then
tell the map, and that of the map, which is not told what it just said itself.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

import folium
import streamlit as st
from streamlit.web import cli

from geo.address import (
    clamp_centre,
    clamp_day,
    clamp_zoom,
    full_address,
    is_place,
    is_view,
    look_at,
    read_address,
    write_address,
)
from geo.gazetteer import Match, NameIndex, find_places, name_index
from geo.layers import OFFLINE, background
from geo.model import OWN_AREAS, Clock, DataError, Dataset, View
from geo.publish import (
    ROOT,
    SERVED,
    open_dataset,
    publish,
    publish_series,
    series_files,
    series_name,
)
from geo.timelayer import Command, command, time_map
from geo.wording import PAGE_WORDS

MAP_KEY = "map"


def open_page(title: str) -> tuple[Dataset, View]:
    """Start a page: its title, the checked data, the view of the address or of the session.

    Faults of the data are all shown, and the page ends there.
    """
    st.set_page_config(page_title=title, layout="wide", initial_sidebar_state="collapsed")
    try:
        dataset = open_dataset()
    except ExceptionGroup as bad:  # not `except*`: st.stop() raises, and would leave it wrapped
        st.error(PAGE_WORDS["bad_data"].format(count=len(bad.exceptions)))
        st.code("\n".join(map(str, bad.exceptions)), language=None)
        st.stop()
    if "view" not in st.session_state:
        address = st.query_params.to_dict()
        st.session_state.view = read_address(address, dataset, series_files())
        tell_map()
    view: View = st.session_state.view
    st.query_params.from_dict(write_address(view))
    return dataset, view


def serve(options: list[str]) -> None:
    """Start the app in this process, which has read the data: the first visitor does not wait.

    Parameters
    ----------
    options
        Of `streamlit run`, such as "--server.port=8501".
    """
    with suppress(ExceptionGroup):  # the page shows the faults
        dataset = open_dataset()
        publish(dataset)
        for path in series_files().values():
            publish_series(dataset, path)
    cli.main(["run", str(ROOT / "app.py"), *options])


@lru_cache(maxsize=2)
def _index(dataset: Dataset) -> NameIndex:
    return name_index(dataset.settlements)


def map_of(dataset: Dataset) -> tuple[folium.Map, Command]:
    """Make the constant map and the command that changes what it shows."""
    names = publish(dataset)
    series = {}
    for key, path in series_files().items():
        try:
            series[key] = publish_series(dataset, path)
        except DataError as fault:
            st.warning(str(fault))
    return time_map(names, folder=SERVED, series=series), Command(
        st.session_state.told | {"heard": st.session_state.get("heard_of", 0)}
    )


def tell_map(*, move: bool = True) -> None:
    """Have the map show the session's view; `move` takes it to the view's centre as well."""
    number = st.session_state.get("told", {}).get("number", 0) + 1
    tiles = background(st.session_state.get("background", OFFLINE))
    st.session_state.told = command(
        st.session_state.view, background=tiles, number=number, move=move
    )


def hear_map(dataset: Dataset) -> Callable[[], None]:
    """Make the callback that takes over what the reader did in the map."""

    def heard() -> None:
        said = st.session_state.get(MAP_KEY) or {}
        view: View = st.session_state.view
        with suppress(KeyError, TypeError, ValueError):  # a message from outside may be anything
            as_of = clamp_day(date.fromisoformat(said["date"]), dataset)
            lat, lon = said["centre"]
            centre, zoom = clamp_centre(float(lat), float(lon)), clamp_zoom(float(said["zoom"]))
            place = said["place"] if is_place(said["place"], dataset) else None
            view = replace(view, as_of=as_of, place=place, centre=centre, zoom=zoom)
            st.session_state.heard_of = int(said["number"])
        st.session_state.view = view

    return heard


def ask_day(dataset: Dataset, view: View) -> None:
    """Offer the day as a typed date."""
    st.session_state.as_of = view.as_of

    def typed() -> None:
        if st.session_state.as_of:
            _change(as_of=clamp_day(st.session_state.as_of, dataset))

    st.date_input(
        PAGE_WORDS["as_of"],
        min_value=dataset.first_day,
        max_value=dataset.last_day,
        format="YYYY-MM-DD",
        width=145,
        key="as_of",
        on_change=typed,
        help=PAGE_WORDS["as_of_help"],
    )


def ask_clock(view: View) -> None:
    """Offer the switch between as known then and as known now."""
    st.session_state.clock = view.clock

    def switched() -> None:
        _change(clock=Clock(st.session_state.clock or Clock.THEN))

    st.segmented_control(
        PAGE_WORDS["clock"],
        list(Clock),
        format_func=lambda clock: PAGE_WORDS[f"clock_{clock}"],
        key="clock",
        on_change=switched,
        help=PAGE_WORDS["clock_help"],
    )


def ask_view(dataset: Dataset, view: View, names: dict[str, str]) -> None:
    """Offer who is heard; `names` says what each view is called, in order."""
    st.session_state.heard = view.view

    def switched() -> None:
        if is_view(st.session_state.heard or "", dataset):
            _change(view=st.session_state.heard)

    st.selectbox(
        PAGE_WORDS["view"],
        list(names),
        format_func=names.__getitem__,
        width=190,
        key="heard",
        on_change=switched,
        help=PAGE_WORDS["view_help"],
    )


def ask_areas(dataset: Dataset, view: View) -> None:
    """Offer the areas: reach, statements on oblasts, and the series that were imported."""
    st.session_state.areas = list(view.areas)

    def switched() -> None:
        _change(areas=tuple(st.session_state.areas or ()))

    named = {area: PAGE_WORDS[f"areas_{area}"] for area in OWN_AREAS}
    named |= {key: series_name(dataset, key) for key in series_files()}
    st.pills(
        PAGE_WORDS["areas"],
        list(named),
        format_func=named.__getitem__,
        selection_mode="multi",
        key="areas",
        on_change=switched,
        help=PAGE_WORDS["areas_help"],
    )


def ask_background(names: list[str]) -> None:
    """Offer tiles from the network; the offline background is what one starts with."""
    st.selectbox(
        PAGE_WORDS["background"],
        [OFFLINE, *names],
        width=175,
        key="background",
        on_change=tell_map,
        kwargs={"move": False},
        help=PAGE_WORDS["background_help"],
    )


def ask_place(dataset: Dataset) -> None:
    """Offer the search for a place by any of its names; the best match opens at once."""

    def found(match: Match) -> None:
        st.session_state.view = look_at(st.session_state.view, dataset, match.settlement_id)
        tell_map()

    def searched() -> None:
        matches = find_places(_index(dataset), st.session_state.search or "")
        st.session_state.matches = matches
        if matches:
            found(matches[0])

    st.text_input(
        PAGE_WORDS["search"],
        key="search",
        on_change=searched,
        placeholder=PAGE_WORDS["search_hint"],
        width=185,
        max_chars=80,
    )
    matches: list[Match] = st.session_state.get("matches", [])
    if not matches and (st.session_state.search or "").strip():
        st.caption(PAGE_WORDS["search_none"])
    if len(matches) > 1:
        with st.container(horizontal=True):
            st.caption(PAGE_WORDS["search_others"])
            for match in matches[1:5]:
                key = f"match-{match.settlement_id}"
                st.button(match.name, key=key, type="tertiary", on_click=found, args=(match,))


def _change(**changes: Any) -> None:
    st.session_state.view = replace(st.session_state.view, **changes)
    tell_map(move=False)


def page_address(view: View) -> str:
    """Give the address that opens this view again, as complete as the browser tells it."""
    return full_address(view, base=st.context.url or "")
