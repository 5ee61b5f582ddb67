"""Corrections on the desk's page: amend a row of the ledger, or take it out, with a reason."""

from __future__ import annotations

import streamlit as st

from geo.desk import DeskError
from geo.desk.acts import amendment, retraction
from geo.desk.desk import Desk, heard_now
from geo.desk.events import canonical
from geo.desk.heard import file_of, row_now
from geo.desk.retractions import retractions
from geo.desk.store import latest, sha256_of
from geo.files.checks import COLUMNS
from geo.model import DataError, Dataset, View
from geo.page.corrected import corrections_feed, list_corrections
from geo.page.digest import map_links
from geo.page.feed import atom
from geo.publish import corrections, data_folder
from geo.session.desk import REFUSALS, propose_here
from geo.session.markdown import plain_lines
from geo.session.page import page_root
from geo.session.reading import offer_table, show_table
from geo.wording import CHANGES_WORDS, DESK_WORDS


def correct_form(desk: Desk, name: str) -> None:
    """Ask for a row, what is to change and why."""
    words = DESK_WORDS
    heard = heard_now(desk, latest(desk.store))
    key = st.text_input(words["row_id"], key="desk-row", max_chars=200).strip()
    file = file_of(heard, key) if key else None
    row = row_now(heard, file, key) if file else None
    if file is None or row is None:
        if key:
            st.error(words["unknown_row"])
        return
    with st.form("desk-correct", border=False):
        columns = COLUMNS[file][1:]
        # By what stands there: a row that another person corrects meanwhile is not put back.
        state = sha256_of(canonical(row).encode())
        cells = {
            column: st.text_input(column, row[column], key=f"desk-cell-{state}-{column}")
            for column in columns
        }
        reason = st.text_input(words["reason"], key=f"desk-why-{key}", max_chars=400)
        amend = st.form_submit_button(words["amend"])
        retract = st.form_submit_button(words["retract"])
    if not amend and not retract:
        return
    try:
        draft = (
            retraction(heard, key, reason=reason)
            if retract
            else amendment(heard, key, cells, reason=reason)
        )
        numbers = propose_here(desk, [draft], name)
    except REFUSALS as error:
        st.error(plain_lines(error))
        return
    st.success(words["made"].format(numbers=", ".join(map(str, numbers))))


def show_corrections(dataset: Dataset, view: View) -> None:
    """Show what was corrected in the ledger, the newest first."""
    words = DESK_WORDS
    st.subheader(words["corrections"], anchor=False)
    try:
        found = corrections()
    except (DataError, DeskError) as fault:
        st.error(plain_lines(fault))
        return
    if found.empty:
        st.caption(words["corrections_none"])
        return
    show_table(found, words["corrections"], height=240)
    offer_table(found, view, "corrections")
    listed = list_corrections(dataset, found, retractions(data_folder()))
    st.download_button(
        CHANGES_WORDS["download_xml"],
        atom(corrections_feed(dataset, listed, map_links(dataset, page_root()))),
        "corrections.xml",
        "application/atom+xml",
        on_click="ignore",
        key="corrections-feed",
    )
