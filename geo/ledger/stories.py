"""Places and days worth opening first, found by rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd

from geo.ledger.browse import all_statements
from geo.ledger.disagreements import disagreements, of_kind
from geo.ledger.groups import first_of_groups
from geo.ledger.phases import phases
from geo.model import NO_CLAIM, Dataset, Kind, PlaceKind


@dataclass(frozen=True)
class Story:
    """A place and a day, and why.

    Attributes
    ----------
    reason
        "settled": a disagreement that ended when one side announced its withdrawal, the newest;
        "longest": the longest one that is live; "newest": the live one opened last; "dormant": the
        one that fell dormant last; "most": the place with the most groups of statements.
    place, day
        What to open.
    number
        Days of the disagreement, or statements.
    """

    reason: str
    place: str
    day: date
    number: int


@lru_cache(maxsize=2)
def find_stories(dataset: Dataset) -> tuple[Story, ...]:
    """Find a story for each reason; a place appears once."""
    turns = phases(dataset).set_index("disagreement")
    turns = turns[turns["since"] <= pd.Timestamp(dataset.last_day)]
    latest = turns[~turns.index.duplicated(keep="last")]
    ever = disagreements(dataset).assign(live=latest["live"], turned=latest["since"])
    ever = of_kind(dataset, ever, PlaceKind.SETTLEMENT)
    kinds = dataset.claims["kind"].astype("str").to_numpy()
    closed = ever[ever["closed_by"] != NO_CLAIM]
    settled = closed[(kinds[closed["closed_by"]] == Kind.WITHDREW) & (closed["hard_days"] > 0)]
    # On the second day of it both sides have spoken of each other, if it had one.
    second = (settled["since"] + pd.Timedelta(days=1)).clip(upper=settled["until"])
    settled = settled.assign(second=second)
    still = ever[ever["closed_by"] == NO_CLAIM]
    live, dormant = still[still["live"]], still[~still["live"]]
    stories = [
        *_first("settled", settled.sort_values("until", ascending=False), day="second"),
        *_first("longest", live.sort_values("days", ascending=False)),
        *_first("newest", live.sort_values("since", ascending=False)),
        *_first("dormant", dormant.sort_values("turned", ascending=False), day="turned"),
    ]
    groups = first_of_groups(dataset, all_statements(dataset))
    spoken = groups.groupby("place_id", observed=True)["stated_on"]
    counts = spoken.agg(["size", "max"]).sort_values("size", ascending=False, kind="stable")
    most: Any = counts.head(5).itertuples()
    stories += [Story("most", str(place), newest.date(), int(size)) for place, size, newest in most]
    once: dict[str, Story] = {}
    reasons: set[str] = set()
    for story in stories:
        if story.place not in once and story.reason not in reasons:
            once[story.place] = story
            reasons.add(story.reason)
    return tuple(once.values())


def _first(reason: str, rows: pd.DataFrame, *, day: str = "since") -> list[Story]:
    found: Any = rows[["place_id", day, "days"]].head(5).itertuples(index=False)
    return [Story(reason, place, opens.date(), days) for place, opens, days in found]
