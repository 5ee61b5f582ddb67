"""Widgets around the digest of changes and the stories."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from geo.address import look_at
from geo.export import export_name
from geo.ledger.changes import Changes
from geo.ledger.stories import Story, find_stories
from geo.model import Dataset, View
from geo.page.digest import DIGESTS, map_links
from geo.session.kept import KEPT
from geo.session.map import tell_map
from geo.session.markdown import plain
from geo.session.page import page_root
from geo.wording import CHANGES_WORDS, day_in_words, place_name

WEEK = timedelta(days=7)
FILES = {  # the digests that are offered: ending and type of the file
    "md": ("md", "text/markdown"),
    "text": ("txt", "text/plain"),
    "atom": ("xml", "application/atom+xml"),
}


def ask_since(dataset: Dataset, view: View) -> date:
    """Ask after which day; a week before the chosen day at first, else before all statements."""
    before_all = dataset.first_day - timedelta(days=1)
    return st.date_input(
        CHANGES_WORDS["since"],
        max(before_all, view.as_of - WEEK),
        min_value=before_all,
        max_value=dataset.last_day,
        format="YYYY-MM-DD",
        width=160,
        key=f"since-{view.as_of}",
        persist_state=KEPT,
    )


def offer_digest(dataset: Dataset, changes: Changes, view: View) -> None:
    """Offer the digest to copy, and as files."""
    links = map_links(dataset, page_root())
    # Made now: where a file is fetched, nobody's language is spoken.
    made = {key: DIGESTS[key](dataset, changes, links) for key in FILES}
    with st.container(horizontal=True):
        for key, (ending, mime) in FILES.items():
            st.download_button(
                CHANGES_WORDS[f"download_{ending}"],
                made[key],
                f"changes_{export_name(view, ending)}",
                mime,
                on_click="ignore",
                key=f"digest-{key}",
            )
        with st.popover(CHANGES_WORDS["copy"]):
            st.code(made["md"], language=None, wrap_lines=True)


def offer_stories(dataset: Dataset) -> None:
    """Offer places and days worth opening; one click opens the view."""

    def opened(story: Story) -> None:
        view: View = replace(st.session_state.view, as_of=story.day)
        st.session_state.view = look_at(view, dataset, story.place)
        tell_map()

    st.caption(CHANGES_WORDS["stories"])
    with st.container(horizontal=True):
        for story in find_stories(dataset):
            label = CHANGES_WORDS[f"story_{story.reason}"].format(
                place=plain(place_name(dataset, story.place)),
                day=day_in_words(story.day),
                days=story.number,
                count=story.number,
            )
            st.button(label, on_click=opened, args=(story,), key=f"story-{story.reason}")
