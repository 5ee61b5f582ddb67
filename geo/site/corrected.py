"""What was corrected in the ledger, place by place; statements taken out keep their address."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from geo.desk.retractions import Retraction
from geo.ledger import all_statements
from geo.model import Controller, Kind
from geo.site.web import Site
from geo.wording import SITE_WORDS, claimant_names, day_in_words, says


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


@lru_cache(maxsize=2)
def corrections_of(site: Site) -> tuple[Correction, ...]:
    """List all corrections, the newest first."""
    now = dict(all_statements(site.dataset)["place_id"].astype(str))
    places = now | {place: place for place in site.dataset.places.index}
    places |= {claim: gone.row["place_id"] for claim, gone in site.retracted.items()}
    found = []
    row: Any
    for row in site.corrections.itertuples(index=False, name=None):
        text, key, column, old, new, reason = row
        day, gone = date.fromisoformat(text), site.retracted.get(key)
        if column != "claim_id" or key in now or (gone and gone.day != day):
            gone = None  # another cell, or the statement has come back
        found.append(Correction(day, key, column, old, new, reason, places.get(key, ""), gone))
    return tuple(sorted(found, key=lambda one: (one.day, one.key), reverse=True))


@lru_cache(maxsize=2)
def corrections_by_place(site: Site) -> dict[str, list[Correction]]:
    """Put the corrections of places and of what was said of them in order of places."""
    found: dict[str, list[Correction]] = defaultdict(list)
    for one in corrections_of(site):
        if one.place:
            found[one.place].append(one)
    return found


def correction_in_words(one: Correction) -> str:
    """Tell what was corrected, in the language spoken."""
    if not one.new and one.old == one.id:
        return SITE_WORDS["taken_out"].format(id=one.id, reason=one.reason)
    gaps = {"id": one.id, "column": one.column, "old": one.old, "new": one.new}
    return SITE_WORDS["corrected"].format(**gaps, reason=one.reason)


def what_it_said(site: Site, one: Correction) -> str:
    """Tell what a statement that was taken out had said; "" for all other corrections."""
    if one.said is None:
        return ""
    row = one.said.row
    names = claimant_names(site.dataset)
    speaker = names[row["claimant_id"]] if row["claimant_id"] in names else row["claimant_id"]
    told = f"{speaker} {says(Kind(row['kind']), Controller(row['controller']))}"
    day = day_in_words(date.fromisoformat(row["stated_on"]))
    return SITE_WORDS["taken_out_said"].format(day=day, said=told, summary=row["summary"])
