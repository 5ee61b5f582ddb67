"""Open a page; keep view, address and map in step.

The view is held in the session. It changes in callbacks alone: those of the widgets, which then
tell the map, and that of the map, which is not told what it just said itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
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
    read_address,
    write_address,
)
from geo.cite import CITATIONS, cite_view
from geo.files.folders import ROOT, app_folder
from geo.layers import OFFLINE, background
from geo.model import DataError, Dataset, Lang, Snapshot, View
from geo.publish import (
    SERVED,
    open_dataset,
    publish,
    publish_series,
    series_files,
)
from geo.session.rights import Role, may, signs_in, start_as
from geo.timelayer import Command, command, time_map
from geo.wording import CITE_WORDS, PAGE_WORDS, Words, speak

MAP_KEY = "map"
PAGES = {"app.py": "map"} | {
    f"pages/{path.name}": path.stem.split("_")[1].lower()
    for path in sorted((ROOT / "pages").glob("*.py"))
}
LANGUAGES = {Lang.EN: "Eng", Lang.UK: "Укр", Lang.RU: "Рус"}


def open_page(words: Words) -> tuple[Dataset, View]:
    """Start a page: its title, the checked data, the view of the address or of the session.

    `words` has its title; from here on they are read in the reader's language.

    Faults of the data are all shown, and the page ends there.
    """
    speak(_asked_language())
    st.set_page_config(page_title=words["title"], layout="wide", initial_sidebar_state="collapsed")
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
    _navigate(view)
    return dataset, view


def _asked_language() -> Lang:
    """Give the language of the session, or of the address before there is a session."""
    if "view" in st.session_state:
        lang: Lang = st.session_state.view.lang
        return lang
    asked = st.query_params.get("lang", Lang.EN)
    return Lang(asked) if asked in set(Lang) else Lang.EN


def _navigate(view: View) -> None:
    """Offer the pages and the languages in one line; on a phone it scrolls."""
    st.session_state.lang = view.lang

    def switched() -> None:
        change_view(lang=Lang(st.session_state.lang or Lang.EN))

    with st.container(horizontal=True, key="navigation", vertical_alignment="center"):
        for path, word in PAGES.items():
            if word == "desk" and not (may(Role.WRITER) or signs_in()):
                continue
            st.page_link(path, label=PAGE_WORDS[f"page_{word}"])
        st.segmented_control(
            PAGE_WORDS["language"],
            list(Lang),
            format_func=LANGUAGES.__getitem__,
            key="lang",
            on_change=switched,
            label_visibility="collapsed",
        )


def serve(options: list[str], *, public: bool = False) -> None:
    """Start the app in this process, which has read the data: the first visitor does not wait.

    It listens on 127.0.0.1 unless told otherwise.

    Parameters
    ----------
    options
        Of `streamlit run`, such as "--server.port=8501".
    public
        Whether strangers read it, behind a proxy on this machine or directly; see `rights`.
    """
    os.environ.setdefault("STREAMLIT_SERVER_ADDRESS", "127.0.0.1")  # an option counts before it
    start_as(local=not public)
    with suppress(ExceptionGroup):  # the page shows the faults
        dataset = open_dataset()
        publish(dataset)
        for path in series_files().values():
            publish_series(dataset, path)
    cli.main(["run", str(app_folder() / "app.py"), *options])


def map_of(
    dataset: Dataset, *, difference: dict[str, Any] | None = None
) -> tuple[folium.Map, Command]:
    """Make the constant map and the command that changes what it shows.

    `difference` is what `encode_difference` gives.
    """
    names = publish(dataset)
    series = {}
    for key, path in series_files().items():
        try:
            series[key] = publish_series(dataset, path)
        except DataError as fault:
            st.warning(str(fault))
    told = st.session_state.told | {"heard": st.session_state.get("heard_of", 0)}
    if difference:
        told |= {"difference": difference}
    lang = st.session_state.view.lang
    return time_map(names, folder=SERVED, lang=lang, series=series), Command(told)


def tell_map(*, move: bool = True) -> None:
    """Have the map show the session's view; `move` takes it to the view's centre as well."""
    number = st.session_state.get("told", {}).get("number", 0) + 1
    tiles = background(st.session_state.get("background", OFFLINE))
    st.session_state.told = command(
        st.session_state.view, background=tiles, number=number, move=move
    )


def hear_map(dataset: Dataset, *, key: str = MAP_KEY) -> Callable[[], None]:
    """Make the callback that takes over what the reader did in the map."""

    def heard() -> None:
        said = st.session_state.get(key) or {}
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


def page_root() -> str:
    """Give the address of the app's first page, before the ?, as the browser tells it."""
    url = (st.context.url or "").partition("?")[0].rstrip("/")
    root, _, last = url.rpartition("/")
    own = {path.stem.split("_")[1] for path in (ROOT / "pages").glob("*.py")}
    return f"{root if last in own else url}/" if url else ""


def page_address(view: View) -> str:
    """Give the address that opens this view on the map, as complete as the browser tells it."""
    return full_address(view, base=page_root())


def show_citations(snapshot: Snapshot, view: View) -> None:
    """Show the view as a citation in every format; belongs into a closed popover (st.code)."""
    address = page_address(view)
    work = cite_view(snapshot, place=view.place, address=address, accessed=date.today())
    for name, write in CITATIONS.items():
        st.caption(CITE_WORDS[f"label_{name}"])
        st.code(write(work), language=None, wrap_lines=True)


def change_view(**changes: Any) -> None:
    """Change the view, and tell the map if it does change: a field may only repeat itself."""
    changed = replace(st.session_state.view, **changes)
    if changed != st.session_state.view:
        st.session_state.view = changed
        tell_map(move=False)
