"""The address of one statement, `?claim=<id>`: its place on its day, also once it was taken out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from geo.cite import CITATIONS, cite_retracted
from geo.desk import DeskError
from geo.desk.retractions import retractions
from geo.model import DataError, Dataset, View
from geo.page.corrected import what_it_said
from geo.publish import data_folder
from geo.wording import RECORD_WORDS, day_in_words

GONE = "claim-gone"  # in the session: the statement that was asked for and taken out


def resolved(address: Mapping[str, str], dataset: Dataset) -> dict[str, str]:
    """Put place and day of the statement that an address asks for into it.

    One that was taken out is remembered, for `show_gone`; an unknown id changes nothing.
    """
    found, claim = dict(address), address.get("claim", "")
    if claim in dataset.claims.index:
        said = dataset.claims.loc[claim]
        day = said["stated_on"].date().isoformat()
        return {"place": str(said["place_id"]), "date": day} | found
    if claim:
        try:
            gone = retractions(data_folder()).get(claim)
        except (DataError, DeskError):
            return found  # the ledger's faults are shown by who opens it
        if gone:
            st.session_state[GONE] = (claim, gone)
            return {"place": gone.row["place_id"], "date": gone.row["stated_on"]} | found
    return found


def show_gone(dataset: Dataset, view: View) -> None:
    """Say of a statement that was asked for that it was taken out, and how to cite it.

    It is said for as long as the reader stays with its place.
    """
    claim, gone = st.session_state.get(GONE, ("", None))
    if gone is None or (view.place or gone.row["place_id"]) != gone.row["place_id"]:
        return
    told = RECORD_WORDS["retracted"].format(
        id=claim, by=gone.by, day=day_in_words(gone.day), reason=gone.reason
    )
    with st.container(border=True, key="retracted"):
        st.text(told)
        st.text(what_it_said(dataset, gone))
        work = cite_retracted(dataset, claim, gone, accessed=date.today())
        st.code(CITATIONS["text"](work), language=None)
