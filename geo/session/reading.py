"""What the pages that read the ledger share: their head, links back to the map, their tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import pandas as pd
import streamlit as st

from geo.address import full_address, write_address
from geo.areas import Series, delays, derived_claims, series_name
from geo.export import csv_of, export_name
from geo.ledger import Question, view_shown
from geo.ledger.confirmation import Survival
from geo.model import ALL_SIDES, DataError, Dataset, Side, Snapshot, View
from geo.page import STYLE, names_of, side_record, why_list
from geo.publish import series_files, series_of
from geo.session.markdown import plain, plain_lines
from geo.session.page import open_page, show_age
from geo.session.switches import ask_clock, ask_day, ask_place, ask_view
from geo.wording import (
    AREAS_WORDS,
    CONFIRMATION_WORDS,
    CONTROLLER_NAMES,
    DISAGREEMENT_WORDS,
    LEDGER_WORDS,
    PAGE_WORDS,
    SIDE_NAMES,
    WHY_WORDS,
    Words,
    place_name,
    view_names,
)

LAZY = 5000  # rows; below, the browser gets all and can search them


def open_reading(words: Words, *, place: bool = False) -> tuple[Dataset, View]:
    """Start a page that reads the ledger: title, what it tells, day, clock, view, way to the map.

    Parameters
    ----------
    words
        Of the page; its title and subtitle.
    place
        Whether the page is about one place, and offers the search for another.
    """
    dataset, view = open_page(words)
    st.html(STYLE)
    st.title(words["title"], anchor=False)
    st.caption(words["subtitle"])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if place:
            ask_place(dataset)
        ask_day(dataset, view)
        with st.container(width="content", key="age"):
            show_age(dataset)
        ask_clock(view)
        ask_view(dataset, view, view_names(dataset))
        st.page_link(
            "app.py",
            label=PAGE_WORDS["to_map"],
            icon=":material/map:",
            query_params=write_address(view),
        )
    return dataset, view


def map_link(view: View) -> Callable[[str, str], str]:
    """Make what gives the address of the map at a day and a place, both as they stand in it."""
    base = full_address(replace(view, place=None, centre=None, areas=()), base="./")

    def address(day: str, place: str) -> str:
        return f"{base.replace(view.as_of.isoformat(), day, 1)}&place={place}"

    return address


LETTER, MIN_LETTERS = 8, 15  # px, of a cell's text; as many as a header has


def show_table(table: pd.DataFrame, title: str, *, height: int | Literal["content"]) -> None:
    """Show a table; long ones come from the server row by row while the reader scrolls.

    Columns called as the source and the map of `LEDGER_WORDS` are links; `title` is told to
    screen readers.
    """
    open_source, open_map = LEDGER_WORDS["open_source"], LEDGER_WORDS["open_map"]
    named = {words["place"] for words in (LEDGER_WORDS, DISAGREEMENT_WORDS, CONFIRMATION_WORDS)}
    places = [name for name in table if name in named]
    st.dataframe(
        table,
        hide_index=True,
        height=height,
        lazy=True if len(table) > LAZY else None,
        alt=title,
        placeholder="",
        column_config={
            # Else what tells namesakes apart is cut off.
            **{name: st.column_config.TextColumn(width=_width(table[name])) for name in places},
            LEDGER_WORDS["source"]: st.column_config.LinkColumn(display_text=open_source),
            LEDGER_WORDS["map"]: st.column_config.LinkColumn(display_text=open_map),
        },
    )


def _width(cells: pd.Series) -> int:
    """Give the width in pixels of a column that shows its cells whole."""
    return LETTER * max(MIN_LETTERS, *map(len, cells.astype(str)))


def show_view(snapshot: Snapshot, view: View) -> None:
    """Offer what the map shows as a table, made when it is opened."""
    box = st.expander(LEDGER_WORDS["view"], on_change="rerun", key="view-table")
    if box.open:
        with box:
            table = view_shown(snapshot, map_link(view))
            show_table(table, LEDGER_WORDS["view"], height=400)


def show_record(snapshot: Snapshot, place: str) -> None:
    """Show all that was said of a place, the two sides beside each other, and why it stands so."""
    st.caption(plain(names_of(snapshot, place)))
    left, right = st.columns(2)
    left.html(side_record(snapshot, place, Side.UKRAINE))
    right.html(side_record(snapshot, place, Side.RUSSIA))
    st.html(side_record(snapshot, place, Side.THIRD))
    show_why(snapshot, place)


def show_why(snapshot: Snapshot, place: str) -> None:
    """Offer the rule that gave a place its colour, made when it is opened."""
    box = st.expander(WHY_WORDS["title"], on_change="rerun", key="why")
    if box.open:
        box.html(why_list(snapshot, place))


def show_derived(dataset: Dataset, question: Question) -> None:
    """Show what the imported maps show of the places asked for, apart from the statements."""
    words = AREAS_WORDS
    for series_id in series_files():
        try:
            series = series_of(series_id)
            claims = derived_claims(series, dataset.settlements)
        except DataError as fault:
            st.warning(plain_lines(fault))
            continue
        if question.place:
            claims = claims[claims["settlement_id"] == question.place]
        last = pd.Timestamp(question.last or dataset.last_day)
        claims = claims[claims["stated_on"] <= last].sort_values("stated_on", ascending=False)
        name = words["derived"].format(name=series_name(dataset, series))
        with st.expander(plain(name)):
            shown = {
                LEDGER_WORDS["day"]: claims["stated_on"].dt.strftime("%Y-%m-%d"),
                LEDGER_WORDS["place"]: [
                    place_name(dataset, key) for key in claims["settlement_id"]
                ],
                LEDGER_WORDS["says"]: [CONTROLLER_NAMES[word] for word in claims["controller"]],
                LEDGER_WORDS["summary"]: claims["summary"],
            }
            show_table(pd.DataFrame(shown), name, height=280)


def show_delays(dataset: Dataset, series: Series, view: View) -> None:
    """Show when each side first said that it took a place, and when a map first showed it there."""
    words, late = AREAS_WORDS, delays(dataset, series)
    said, link = late["stated_on"].dt.strftime("%Y-%m-%d"), map_link(view)
    places = late["settlement_id"]
    shown = {
        LEDGER_WORDS["place"]: [place_name(dataset, place) for place in places],
        LEDGER_WORDS["map"]: [link(day, place) for day, place in zip(said, places, strict=True)],
        LEDGER_WORDS["side"]: [SIDE_NAMES[side] for side in late["side"]],
        CONFIRMATION_WORDS["first"]: said,
        words["shown_on"]: late["shown_on"].dt.strftime("%Y-%m-%d"),
        words["days"]: late["days"].astype("Int64"),
    }
    table = pd.DataFrame(shown)
    show_table(table, words["delays"], height=400)
    offer_table(table, view, f"{series.id}_delays")


def show_median(found: Survival) -> None:
    """Say within how many days half of the cases were no longer open."""
    words = CONFIRMATION_WORDS
    if found.median is None:
        st.markdown(words["no_median"])
        return
    ends = [words["unknown"] if end is None else f"{end:.0f}" for end in (found.low, found.high)]
    st.markdown(words["median"].format(median=f"{found.median:.0f}", low=ends[0], high=ends[1]))


def heard_cases(cases: pd.DataFrame, view: View) -> pd.DataFrame:
    """Keep the cases whose first statement the view hears."""
    if view.view == ALL_SIDES:
        return cases
    return cases[(cases["side"] == view.view) | (cases["claimant_id"] == view.view)]


def offer_table(table: pd.DataFrame, view: View, name: str) -> None:
    """Offer a table as CSV, with the file's name saying what it shows."""
    st.download_button(
        PAGE_WORDS["download_table"],
        lambda: csv_of(table),
        f"{name}_{export_name(view, 'csv')}",
        "text/csv",
        on_click="ignore",
        key=f"table-{name}",
    )
