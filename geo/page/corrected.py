"""What was corrected in the ledger, place by place; statements taken out keep their address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from geo.desk.retractions import Retraction
from geo.ledger import all_statements
from geo.model import Controller, Dataset, Kind
from geo.page.digest import Link
from geo.page.feed import Entry, Feed
from geo.wording import SITE_WORDS, claimant_names, day_in_words, place_name, says, spoken


@dataclass(frozen=True)
class Correction:
    """One cell that was corrected, or a row that was taken out.

    Attributes
    ----------
    day
        On which it was decided.
    id, column, old, new, reason
        As in corrections.csv; a row taken out has nothing in `new`.
    place
        Id of the place that it concerns; "" for a speaker's row, or one of which nothing is known.
    said
        The row as it was, where it was a statement that was taken out.
    """

    day: date
    id: str
    column: str
    old: str
    new: str
    reason: str
    place: str
    said: Retraction | None = None

    @property
    def key(self) -> str:
        """Tells it from all others, for ever."""
        return "-".join(["correction", self.day.isoformat(), self.id, self.column, self.new])


def list_corrections(
    dataset: Dataset, corrections: pd.DataFrame, retracted: Mapping[str, Retraction]
) -> tuple[Correction, ...]:
    """List all corrections, the newest first.

    Parameters
    ----------
    dataset
        The ledger as it is now.
    corrections
        Of `open_corrections`.
    retracted
        Of `retractions`.
    """
    now = dict(all_statements(dataset)["place_id"].astype(str))
    places = now | {place: place for place in dataset.places.index}
    places |= {claim: gone.row["place_id"] for claim, gone in retracted.items()}
    found = []
    for text, key, column, old, new, reason in corrections.itertuples(index=False, name=None):
        day, gone = date.fromisoformat(text), retracted.get(key)
        if column != "claim_id" or key in now or (gone and gone.day != day):
            gone = None  # another cell, or the statement has come back
        found.append(Correction(day, key, column, old, new, reason, places.get(key, ""), gone))
    return tuple(sorted(found, key=lambda one: (one.day, one.key), reverse=True))


def correction_in_words(one: Correction) -> str:
    """Tell what was corrected, in the language spoken."""
    reason = one.reason if one.reason.endswith((".", "!", "?", "…")) else f"{one.reason}."
    if not one.new and one.old == one.id:
        return SITE_WORDS["taken_out"].format(id=one.id, reason=reason)
    gaps = {"id": one.id, "column": one.column, "old": one.old, "new": one.new}
    return SITE_WORDS["corrected"].format(**gaps, reason=reason)


def what_it_said(dataset: Dataset, gone: Retraction) -> str:
    """Tell what a statement that was taken out had said."""
    row = gone.row
    speaker = claimant_names(dataset).get(row["claimant_id"], row["claimant_id"])
    told = f"{speaker} {says(Kind(row['kind']), Controller(row['controller']))}"
    day, at = day_in_words(date.fromisoformat(row["stated_on"])), row["place_id"]
    gaps = {"place": place_name(dataset, at) if at in dataset.places.index else at, "day": day}
    return SITE_WORDS["taken_out_said"].format(**gaps, said=told, summary=row["summary"])


def corrections_feed(dataset: Dataset, found: Sequence[Correction], link: Link) -> Feed:
    """Make the feed of corrections, each with the map at its place; all of them."""
    entries = []
    for one in found:
        text = correction_in_words(one)
        if one.said:
            text = f"{text} {what_it_said(dataset, one.said)}"
        known = one.place in dataset.places.index
        url = link(dataset.last_day, one.place) if known else ""
        entries.append(Entry(one.key, one.day, "corrections", text, url))
    title = SITE_WORDS["feed_of"].format(what=SITE_WORDS["corrections"])
    updated = entries[0].day if entries else dataset.first_day
    return Feed(f"corrections-{spoken()}", title, spoken(), entries, updated)
