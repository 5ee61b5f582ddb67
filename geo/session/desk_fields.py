"""The fields of the desk's form, and what was written in them.

That is read from the session, where it stays while somebody looks at another page; only a changed
summary does not, for the browser sends it with the proposal.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.desk.desk import EARLIEST, Draft, latest_day
from geo.desk.drafting import drafts_for, outlet_of, summary_of
from geo.desk.heard import Heard, Row, table_now
from geo.desk.proposals import Change, Log, State
from geo.model import CONTROLLERS, KINDS, Controller, Dataset, Kind, Side, allowed_controllers
from geo.session.desk_candidates import waiting
from geo.session.desk_named import ask_new_place, ask_new_speaker, new_rows
from geo.session.kept import KEPT
from geo.session.markdown import plain
from geo.wording import CONTROLLER_NAMES, DESK_WORDS, KIND_NAMES

# Their choices have names in each language.
CHOSEN = ("desk-speaker", "desk-kind", "desk-controller", "desk-places")
SPELLINGS = ["name", "name_uk", "name_ru", "aliases"]


def ask_fields(heard: Heard, names: Mapping[str, str], slots: dict[str, DeltaGenerator]) -> None:
    """Ask for what the statements share; below each field is a slot for what is wrong with it."""
    words, needs = DESK_WORDS, new_rows()
    speakers = _speakers(heard, needs)
    _ask_publication(heard, slots)
    _ask_saying(heard, needs, speakers, slots)
    st.multiselect(
        words["places"],
        list(names),
        format_func=names.__getitem__,
        key="desk-places",
        filter_mode="contains",
        placeholder=words["places_hint"],
        persist_state=KEPT,
    )
    slots["settlement_id"] = slots["area_id"] = st.empty()
    ask_new_place()
    ask_new_speaker(speakers)
    st.text_input(words["quote"], key="desk-quote", max_chars=2000, persist_state=KEPT)


def _ask_publication(heard: Heard, slots: dict[str, DeltaGenerator]) -> None:
    """Ask where the statements were published, and for an archived copy."""
    words, top, bottom = DESK_WORDS, st.columns(2), st.columns(2)
    top[0].text_input(
        words["url"],
        key="desk-url",
        max_chars=2000,
        on_change=_recall_outlet,
        args=(heard,),
        persist_state=KEPT,
    )
    top[1].text_input(words["outlet"], key="desk-outlet", max_chars=200, persist_state=KEPT)
    bottom[0].text_input(words["headline"], key="desk-title", max_chars=400, persist_state=KEPT)
    archive = bottom[1].text_input(
        words["archive"], key="desk-archive", max_chars=2000, persist_state=KEPT
    )
    if not archive:
        bottom[1].caption(words["not_archived"])
    for column, place in zip(("url", "outlet", "title"), (*top, bottom[0]), strict=True):
        slots[column] = place.empty()


def _ask_saying(
    heard: Heard, needs: list[Change], speakers: dict[str, str], slots: dict[str, DeltaGenerator]
) -> None:
    """Ask who said what, and on which day."""
    words = DESK_WORDS
    days, says = st.columns(2), st.columns([2, 1, 1])
    st.session_state.setdefault("desk-day", date.today())  # None where a candidate leaves it open
    for half, word, key in zip(
        days, ("stated_on", "effective_on"), ("desk-day", "desk-since"), strict=True
    ):
        half.date_input(
            words[word],
            None,
            EARLIEST,
            latest_day(),
            key=key,
            format="YYYY-MM-DD",
            persist_state=KEPT,
        )
    speaker = says[0].selectbox(
        words["speaker"],
        list(speakers),
        None,
        format_func=speakers.__getitem__,
        key="desk-speaker",
        on_change=_begin_with_own_side,
        args=(heard, needs),
        filter_mode="contains",
        placeholder=words["choose"],
        persist_state=KEPT,
    )
    kind = says[1].selectbox(
        words["kind"],
        KINDS,
        format_func=KIND_NAMES.__getitem__,
        key="desk-kind",
        persist_state=KEPT,
    )
    says[2].selectbox(
        words["controller"],
        _allowed(kind, _side_of(heard, needs, speaker)),
        format_func=CONTROLLER_NAMES.__getitem__,
        key="desk-controller",
        persist_state=KEPT,
    )
    columns = ("stated_on", "effective_on", "claimant_id", "kind", "controller")
    for column, place in zip(columns, (*days, *says), strict=True):
        slots[column] = place.empty()


def ask_summary(heard: Heard, names: Mapping[str, str]) -> None:
    """Ask for the summary; the one to begin with follows from who says what."""
    words = DESK_WORDS
    cells, places = _written(names)
    key, first = _summary(heard, cells, places)
    help_text = plain(words["summary_help"]) if len(places) > 1 else None
    st.text_input(words["summary"], first, key=key, max_chars=600, help=help_text)


def place_names(heard: Heard, dataset: Dataset) -> dict[str, str]:
    """Name settlements, with those that are accepted, and oblasts."""
    settlements = table_now(heard, "settlements.csv").set_index("id")
    oblasts = pd.DataFrame(dataset.places[~dataset.is_settlement])
    return _spelled(pd.concat([settlements, oblasts]), new_rows(), "settlements.csv")


def written_drafts(heard: Heard, names: Mapping[str, str], log: Log) -> list[Draft]:
    """Draft the statements as they are written in the form."""
    cells, places = _written(names)
    key, first = _summary(heard, cells, places)
    cells["summary"] = st.session_state.get(key, first)
    taken = {one.id for one in log.proposals.values() if one.state == State.PROPOSED}
    return drafts_for(heard, cells, places, taken=taken, needs=new_rows())


def _written(names: Mapping[str, str]) -> tuple[Row, dict[str, str]]:
    """Give what was written of what the statements share, by column, and the places' names."""
    state = st.session_state
    day, since = state["desk-day"], state["desk-since"]
    cells = {
        "url": state["desk-url"].strip(),
        "outlet": state["desk-outlet"].strip(),
        "title": state["desk-title"],
        "stated_on": day.isoformat() if day else "",
        "effective_on": since.isoformat() if since else "",
        "claimant_id": state["desk-speaker"] or "",
        "kind": state["desk-kind"] or "",
        "controller": state["desk-controller"] or "",
    }
    return cells, {one: names.get(one, one).partition(" · ")[0] for one in state["desk-places"]}


def _summary(heard: Heard, cells: Row, places: Mapping[str, str]) -> tuple[str, str]:
    """Give the key of the summary's field, for each who, what and where its own, and the first."""
    speaker, kind, controller = (cells[one] for one in ("claimant_id", "kind", "controller"))
    first = ""
    if speaker and controller:
        name = _speakers(heard, new_rows()).get(speaker, "").partition(" · ")[0]
        first = summary_of(Kind(kind), Controller(controller), name)
    if len(places) == 1:
        first = first.replace("{place}", next(iter(places.values())))
    key = f"desk-summary-{speaker}-{kind}-{controller}-{len(places) == 1 and next(iter(places))}"
    return key, first


def _speakers(heard: Heard, needs: list[Change]) -> dict[str, str]:
    return _spelled(table_now(heard, "claimants.csv").set_index("id"), needs, "claimants.csv")


def _spelled(table: pd.DataFrame, needs: list[Change], file: str) -> dict[str, str]:
    """Name rows by id in every spelling, so that any of them finds one; and the new ones."""
    found = {
        str(key): " · ".join(dict.fromkeys(filter(None, names)))
        for key, *names in table[SPELLINGS].itertuples()
    }
    new = [need.row for need in needs if need.file == file and need.row]
    return found | {row["id"]: row["name"] for row in new}


def _side_of(heard: Heard, needs: list[Change], speaker: str | None) -> str:
    """Give the side of a speaker; "" where nobody speaks yet."""
    table = table_now(heard, "claimants.csv")
    sides = dict(zip(table["id"], table["side"], strict=True))
    sides |= {one.key: one.row["side"] for one in needs if one.row and "side" in one.row}
    return str(sides.get(speaker, ""))


def _allowed(kind: Kind, side: str) -> list[Controller]:
    """List the controllers that the codebook allows, or all where nobody speaks yet."""
    allowed = allowed_controllers(kind, Side(side)) if side in set(Side) else set(CONTROLLERS)
    own = [one for one in CONTROLLERS if one in allowed]
    return sorted(own, key=lambda one: one != side)  # one's own side first


def _recall_outlet(heard: Heard) -> None:
    """Put in the outlet that the ledger knows by the address."""
    if outlet := outlet_of(heard, st.session_state.get("desk-url", "").strip()):
        st.session_state["desk-outlet"] = outlet


def _begin_with_own_side(heard: Heard, needs: list[Change]) -> None:
    """Have a speaker who was chosen name their own side, where the program found nothing else."""
    found, kind = waiting(), st.session_state["desk-kind"]
    side = _side_of(heard, needs, st.session_state["desk-speaker"])
    if (found.missed or not found.left) and side in _allowed(kind, side):
        st.session_state["desk-controller"] = Controller(side)
