"""The widgets that ask for the view; each changes it in its callback alone."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

import streamlit as st

from geo.address import (
    AGAINST,
    AGES,
    clamp_day,
    is_view,
    look_at,
)
from geo.gazetteer import WORD_BEGINS, Match, NameIndex, find_places, name_index
from geo.layers import BACKGROUNDS, OFFLINE
from geo.model import OWN_AREAS, WITHIN, Clock, Dataset, Status, View
from geo.publish import series_names
from geo.session.map import change_view, tell_map
from geo.session.markdown import plain
from geo.wording import DISAGREEMENT_WORDS, PAGE_WORDS, place_name


@lru_cache(maxsize=2)
def _index(dataset: Dataset) -> NameIndex:
    places = dataset.places
    return name_index(places[dataset.is_settlement | places.index.isin(dataset.oblasts)])


def ask_day(dataset: Dataset, view: View) -> None:
    """Offer the day as a typed date.

    Each day that the map tells gets a field of its own: the browser sends all fields with each
    message, and one that has not heard of the map's day yet would count as typed.
    """
    key = f"as_of-{st.session_state.get('heard_of', 0)}"
    st.session_state[key] = view.as_of

    def typed() -> None:
        if st.session_state.get(key) not in (None, view.as_of):
            change_view(as_of=clamp_day(st.session_state[key], dataset))

    st.date_input(
        PAGE_WORDS["as_of"],
        min_value=dataset.first_day,
        max_value=dataset.last_day,
        format="YYYY-MM-DD",
        width=175,
        key=key,
        on_change=typed,
        help=PAGE_WORDS["as_of_help"],
    )


def ask_clock(view: View) -> None:
    """Offer the switch between as known then and as known now."""
    st.session_state.clock = view.clock

    def switched() -> None:
        change_view(clock=Clock(st.session_state.clock))

    st.segmented_control(
        PAGE_WORDS["clock"],
        list(Clock),
        format_func=lambda clock: PAGE_WORDS[f"clock_{clock}"],
        key="clock",
        on_change=switched,
        help=PAGE_WORDS["clock_help"],
        required=True,
    )


def ask_view(dataset: Dataset, view: View, names: dict[str, str]) -> None:
    """Offer who is heard; `names` says what each view is called, in order."""
    st.session_state.heard = view.view

    def switched() -> None:
        if is_view(st.session_state.heard or "", dataset):
            change_view(view=st.session_state.heard)

    st.selectbox(
        PAGE_WORDS["view"],
        list(names),
        format_func=names.__getitem__,
        width=215,
        key="heard",
        on_change=switched,
        help=PAGE_WORDS["view_help"],
    )


def ask_areas(dataset: Dataset, view: View) -> None:
    """Offer the areas: reach, statements on oblasts, and the series that were imported."""
    st.session_state.areas = list(view.areas)

    def switched() -> None:
        change_view(areas=tuple(st.session_state.areas or ()))

    named = {area: PAGE_WORDS[f"areas_{area}"] for area in OWN_AREAS}
    series = {key: plain(name) for key, name in series_names(dataset).items()}
    named |= series
    for first, second in combinations(series, 2):
        named[f"{first}{AGAINST}{second}"] = PAGE_WORDS["areas_between"].format(
            first=series[first], second=series[second]
        )
    st.pills(
        PAGE_WORDS["areas"],
        list(named),
        format_func=named.__getitem__,
        selection_mode="multi",
        key="areas",
        on_change=switched,
        help=PAGE_WORDS["areas_help"],
    )


def ask_only(view: View) -> None:
    """Offer to show only the places on which the sides disagree, and lately said so."""
    st.session_state.only = view.only is Status.DISPUTED

    def switched() -> None:
        change_view(only=Status.DISPUTED if st.session_state.only else None)

    st.toggle(PAGE_WORDS["only"], key="only", on_change=switched)


def ask_within(view: View) -> None:
    """Offer how lately both sides must have spoken for a disagreement to be live."""
    words = DISAGREEMENT_WORDS
    ages = sorted({*AGES, WITHIN if view.within is None else view.within})
    names: dict[int | None, str] = {days: words.counted("within_days", days) for days in ages}
    names[None] = words["within_any"]
    st.session_state.within = view.within

    def switched() -> None:
        if st.session_state.within in names:  # else the label of another language
            change_view(within=st.session_state.within)

    st.selectbox(
        words["within"],
        list(names),
        format_func=names.__getitem__,
        width=190,
        key="within",
        on_change=switched,
        help=words["dormant_help"],
    )


def ask_layers(dataset: Dataset, view: View) -> None:
    """Offer what lies in the map beside the places, and which of them, in one control."""
    with st.popover(PAGE_WORDS["layers"], key="layers"):
        ask_only(view)
        ask_within(view)
        ask_areas(dataset, view)
        _ask_background()


def _ask_background() -> None:
    """Offer tiles from the network; the offline background is what one starts with."""
    names = {OFFLINE: PAGE_WORDS["offline"]} | {name: name for name in BACKGROUNDS}
    st.selectbox(
        PAGE_WORDS["background"],
        list(names),
        format_func=names.__getitem__,
        width=175,
        key="background",
        on_change=tell_map,
        kwargs={"move": False},
        help=PAGE_WORDS["background_help"],
    )


def ask_place(dataset: Dataset) -> None:
    """Offer the search for a place by any of its names; the best match opens at once."""

    def found(match: Match) -> None:
        st.session_state.view = look_at(st.session_state.view, dataset, match.id)
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
    unlike = bool(matches) and matches[0].score < WORD_BEGINS
    if unlike or len(matches) > 1:
        with st.container(horizontal=True, vertical_alignment="center"):
            if unlike:
                place = plain(place_name(dataset, matches[0].id))
                text = plain(st.session_state.search or "")
                told = PAGE_WORDS["search_near"].format(text=text, place=place)
                st.caption(told, width="content")
            if len(matches) > 1:
                st.caption(PAGE_WORDS["search_others"], width="content")
            for match in matches[1:5]:
                name = plain(place_name(dataset, match.id))
                key = f"match-{match.id}"
                st.button(name, key=key, type="tertiary", on_click=found, args=(match,))
