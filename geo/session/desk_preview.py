"""What a proposal repeats and what it would change, on the desk's page."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from geo.desk.doubles import doubles
from geo.desk.effect import effects
from geo.desk.heard import CLAIMS, Heard, Row
from geo.desk.proposals import Change, Log
from geo.model import Dataset
from geo.session.markdown import plain
from geo.wording import DESK_WORDS, STATUS_NAMES, day_in_words, place_name


def show_doubles(heard: Heard, row: Row, log: Log, *, own: int | None = None) -> None:
    """Show what a statement may repeat."""
    found, count = doubles(heard, row, log.proposals.values(), own=own)
    if not found:
        return
    words = DESK_WORDS
    lines = [
        f"- {f'{one.proposal}: ' if one.proposal else ''}{plain(one.claim_id)} "
        f"({words[f'double_{one.why}']}): {plain(one.row['summary'])}"
        for one in found
    ]
    if count > len(found):
        lines.append(f"- {words['and_more'].format(count=count - len(found))}")
    st.warning("\n".join([f"**{words['doubles']}**", "", *lines]))


def show_effects(heard: Heard, dataset: Dataset, changes: Sequence[Change]) -> None:
    """Show what changes would do to their places; nothing where they are not about statements."""
    words = DESK_WORDS
    if not any(change.file in CLAIMS for change in changes):
        return
    lines = []
    for one in effects(heard, changes, dataset, newest=dataset.last_day):
        known = one.place in dataset.places.index
        name = place_name(dataset, one.place) if known else one.place
        live = f", {words['live']}" if one.live else ""
        word = words["effect" if one.before != one.after else "no_effect"]
        told = word.format(
            place=plain(name),
            day=day_in_words(one.day),
            before=STATUS_NAMES[one.before],
            after=STATUS_NAMES[one.after],
        )
        lines.append(f"- {told}{live}")
    st.info("\n".join([f"**{words['effects']}**", "", *lines]))
