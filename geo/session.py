"""The only Streamlit inside geo: open a page, keep view, address, widgets and map in step.

The view is held in the session. It changes in callbacks alone: those of the widgets, which then
tell the map, and that of the map, which is not told what it just said itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from time import time
from typing import Any

import folium
import streamlit as st
from streamlit.web import cli

from geo.address import (
    clamp_centre,
    clamp_day,
    clamp_zoom,
    full_address,
    is_view,
    look_at,
    read_address,
    write_address,
)
from geo.cite import CITATIONS, cite_view
from geo.export import write_file
from geo.gazetteer import Match, NameIndex, find_places, name_index
from geo.layers import OFFLINE, background
from geo.load import load_dataset
from geo.model import Clock, Dataset, Snapshot, View
from geo.timelayer import Command, browser_files, command, time_map
from geo.wording import CITE_WORDS, PAGE_WORDS

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"  # the folder that Streamlit serves; filled here, not kept in git
SERVED = "../../app/static/"  # seen from the map's frame
KEEP = 24 * 3600  # seconds that files of an earlier ledger stay
MAP_KEY = "map"


def data_folder() -> Path:
    """Give the folder of the ledger: the published one, or FRONTLINE_DATA of the environment."""
    return Path(os.environ.get("FRONTLINE_DATA") or ROOT / "data")


def open_page(title: str) -> tuple[Dataset, View]:
    """Start a page: its title, the checked data, the view of the address or of the session.

    Faults of the data are all shown, and the page ends there.
    """
    st.set_page_config(page_title=title, layout="wide", initial_sidebar_state="collapsed")
    folder = data_folder()
    try:
        dataset = _open_dataset(folder, _fingerprint(folder))
    except ExceptionGroup as bad:  # not `except*`: st.stop() raises, and would leave it wrapped
        st.error(PAGE_WORDS["bad_data"].format(count=len(bad.exceptions)))
        st.code("\n".join(map(str, bad.exceptions)), language=None)
        st.stop()
    if "view" not in st.session_state:
        st.session_state.view = read_address(st.query_params.to_dict(), dataset)
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
        folder = data_folder()
        _publish(_open_dataset(folder, _fingerprint(folder)))
    cli.main(["run", str(ROOT / "app.py"), *options])


def _fingerprint(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Tell one state of the data folder from the next, so that an edit shows on reload."""
    with suppress(OSError):
        files = [(path.name, path.stat()) for path in sorted(folder.iterdir())]
        return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in files)
    return ()


@lru_cache(maxsize=2)
def _open_dataset(folder: Path, fingerprint: tuple[Any, ...]) -> Dataset:
    return load_dataset(folder)


@lru_cache(maxsize=2)
def _publish(dataset: Dataset) -> list[str]:
    """Write the browser's files where Streamlit serves them; drop those of an earlier ledger."""
    files = browser_files(dataset)
    STATIC.mkdir(exist_ok=True)
    for old in STATIC.glob("*-*.*"):  # pages that are still open have long read theirs
        if old.name not in files and time() - old.stat().st_mtime > KEEP:
            old.unlink()
    for name, content in files.items():
        if not (STATIC / name).exists():
            write_file(STATIC / name, content)
    return list(files)


@lru_cache(maxsize=2)
def _index(dataset: Dataset) -> NameIndex:
    return name_index(dataset.settlements)


def map_of(dataset: Dataset) -> tuple[folium.Map, Command]:
    """Make the constant map and the command that changes what it shows."""
    names = _publish(dataset)
    return time_map(names, folder=SERVED), Command(
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
            place = said["place"] if said["place"] in dataset.settlements.index else None
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
        key="heard",
        on_change=switched,
        help=PAGE_WORDS["view_help"],
    )


def ask_background(names: list[str]) -> None:
    """Offer tiles from the network; the offline background is what one starts with."""
    st.selectbox(
        PAGE_WORDS["background"],
        [OFFLINE, *names],
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


def show_citations(snapshot: Snapshot, view: View) -> None:
    """Show the view as a citation in every format; belongs into a closed popover (st.code)."""
    address = page_address(view)
    work = cite_view(snapshot, place=view.place, address=address, accessed=date.today())
    for name, write in CITATIONS.items():
        st.caption(CITE_WORDS[f"label_{name}"])
        st.code(write(work), language=None, wrap_lines=True)
