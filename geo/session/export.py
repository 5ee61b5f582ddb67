"""What can be taken away: files of the view, its address, its citation."""

from __future__ import annotations

from itertools import cycle

import streamlit as st

from geo.export import EXPORTS, export_name
from geo.model import Snapshot, View
from geo.publish import series_of
from geo.session.page import page_address, show_citations
from geo.wording import CITE_WORDS, PAGE_WORDS


def offer_exports(snapshot: Snapshot, view: View) -> None:
    """Offer every format of the view, its address and its citation."""
    st.subheader(PAGE_WORDS["take_away"], anchor=False)
    address = page_address(view)
    columns = cycle(st.columns(4))
    for (ending, export), column in zip(EXPORTS.items(), columns, strict=False):
        column.download_button(
            PAGE_WORDS[f"download_{ending}"],
            lambda export=export: export.encode(snapshot, view, address, series_of),  # type: ignore[misc]
            export_name(view, ending),
            export.mime,
            on_click="ignore",
            use_container_width=True,
        )
    with st.container(horizontal=True):
        # What a closed popover holds is not loaded: st.code is heavy.
        with st.popover(PAGE_WORDS["share"]):
            st.caption(PAGE_WORDS["address"])
            st.code(address, language=None, wrap_lines=True)
        with st.popover(CITE_WORDS["box"]):
            show_citations(snapshot, view)
