"""Sheets on the desk's page: other people's columns and dates, seen before they are proposed."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geo.desk.desk import Desk, check, heard_now
from geo.desk.heard import table_now
from geo.desk.sheets import FIELDS, FORMS, LARGEST, Sheet, drafts_of, forms_of_days, read_sheet
from geo.desk.store import latest
from geo.session.desk import REFUSALS, propose_here
from geo.session.markdown import plain, told
from geo.session.uploads import word_upload
from geo.wording import DESK_WORDS

PREVIEW = 50  # rows
MOST_MB = LARGEST // 2**20  # of a sheet


def sheet_form(desk: Desk, name: str) -> None:
    """Ask for a sheet; show its rows as they would stand in the ledger, or every fault."""
    words = DESK_WORDS
    file = st.file_uploader(
        words["file"], ["csv", "xlsx", "json"], key="desk-file", max_upload_size=MOST_MB
    )
    word_upload("desk-file", size=MOST_MB)
    if file is None:
        return
    try:
        sheet = read_sheet(file.name, file.getvalue())
        mapping = _ask_columns(sheet)
        form = _ask_form(sheet, mapping)
        heard = heard_now(desk, latest(desk.store))
        places = table_now(heard, "settlements.csv")["id"].tolist()
        drafts = drafts_of(sheet, mapping=mapping, places=places, form=form)
        rows = pd.DataFrame([draft.change.row for draft in drafts])
        st.dataframe(rows.head(PREVIEW), hide_index=True)
        if len(rows) > PREVIEW:
            st.caption(words["and_more"].format(count=len(rows) - PREVIEW))
        check(heard, drafts)
        if st.button(f"{words['propose']} ({len(drafts)})", type="primary"):
            numbers = propose_here(desk, drafts, name)
            st.success(words["made"].format(numbers=f"{numbers[0]}–{numbers[-1]}"))
    except REFUSALS as error:
        sentences = told(error)
        st.error(words.counted("faults", len(sentences)))
        st.code("\n".join(sentences), language=None)


def _ask_columns(sheet: Sheet) -> dict[str, str]:
    """Ask what the columns are that are not called as ours; unused ones map to nothing."""
    words = DESK_WORDS
    strange = [header for header in sheet.headers if header not in FIELDS]
    fields = ["", *FIELDS]
    with st.container(horizontal=True):
        return {
            header: st.selectbox(
                words["column"].format(column=plain(header)),
                fields,
                format_func=lambda field: field or words["skip"],
                key=f"desk-column-{header}",
                width=220,
            )
            for header in strange
        }


def _ask_form(sheet: Sheet, mapping: dict[str, str]) -> str | None:
    words = DESK_WORDS
    forms = forms_of_days(sheet, mapping)
    if len(forms) == 1:
        st.caption(words["dates_seen"].format(form=forms[0]))
        return None
    form: str = st.selectbox(words["dates"], forms or list(FORMS), key="desk-dates", width=220)
    return form
