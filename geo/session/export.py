"""What can be taken away: files of the view and of the ledger, the view's address and citation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import cycle

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.address import write_address
from geo.export import EXPORTS, WHOLE_LEDGER, as_file, export_name
from geo.model import Dataset, Snapshot, View
from geo.publish import series_of
from geo.session.page import page_address, show_citations
from geo.wording import CITE_WORDS, EXPORT_WORDS, PAGE_WORDS

File = tuple[str, str, Callable[[], bytes]]  # its ending, its name, what makes it


def offer_exports(snapshot: Snapshot, view: View) -> None:
    """Offer the view as a picture, the way to everything else, its address and its citation."""
    st.subheader(PAGE_WORDS["take_away"], anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        _offer(_files(snapshot, view, ["png"]), [st.container(width="content")])
        _offer_address(snapshot, view)
        st.page_link(
            "pages/8_Export.py",
            label=EXPORT_WORDS["more"],
            icon=":material/download:",
            query_params=write_address(view),
        )


def _offer_address(snapshot: Snapshot, view: View) -> None:
    """Offer the address that opens the view again, and its citation."""
    # Filled when it is opened, for a click in the map waits for all that is made.
    address = st.popover(PAGE_WORDS["share"], on_change="rerun", key="address")
    if address.open:
        address.caption(PAGE_WORDS["address"])
        address.code(page_address(view), language=None, wrap_lines=True)
    citation = st.popover(CITE_WORDS["box"], on_change="rerun", key="citation")
    if citation.open:
        with citation:
            show_citations(snapshot, view)


def offer_data(snapshot: Snapshot, view: View) -> None:
    """Offer the chosen day and the whole ledger in every format of data."""
    dataset = snapshot.dataset
    st.caption(EXPORT_WORDS["data_view"])
    endings = [ending for ending in EXPORTS if ending != "png"]
    _offer(_files(snapshot, view, endings), st.columns(4))
    st.caption(EXPORT_WORDS["data_ledger"])
    _offer(_ledger_files(dataset), st.columns(4))


def _files(snapshot: Snapshot, view: View, endings: Iterable[str]) -> list[File]:
    address = page_address(view)

    def maker(ending: str, name: str) -> Callable[[], bytes]:
        return lambda: as_file(EXPORTS[ending].encode(snapshot, view, address, series_of), name)

    named = [(ending, export_name(view, ending)) for ending in endings]
    return [(ending, name, maker(ending, name)) for ending, name in named]


def _ledger_files(dataset: Dataset) -> list[File]:
    def maker(ending: str, name: str) -> Callable[[], bytes]:
        return lambda: as_file(WHOLE_LEDGER[ending](dataset), name)

    stem = f"ledger_{dataset.last_day}_{dataset.version}"
    named = [(ending, f"{stem}.{ending}") for ending in WHOLE_LEDGER]
    return [(ending, name, maker(ending, name)) for ending, name in named]


def _offer(files: list[File], columns: Sequence[DeltaGenerator]) -> None:
    for (ending, name, make), column in zip(files, cycle(columns), strict=False):
        column.download_button(
            PAGE_WORDS[f"download_{ending}"],
            make,
            name,
            EXPORTS[ending].mime,
            on_click="ignore",
            width="stretch",
            key=name,
        )
