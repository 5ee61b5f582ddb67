"""Of one place: its names, why it has its colour, where near it the sides differ."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from geo.ledger.neighbours import NEAR_KM, disputed_neighbours
from geo.ledger.why import Reason, explain
from geo.model import Controller, Kind, Snapshot, Status
from geo.page.template import fill
from geo.wording import (
    RECORD_WORDS,
    STORY_WORDS,
    WHY_WORDS,
    admin1_name,
    claimant_names,
    day_in_words,
    place_name,
    says,
)


def names_of(snapshot: Snapshot, place: str) -> str:
    """Name a place in its other spellings and its oblast, as plain text; an oblast has none."""
    if place not in snapshot.dataset.settlements.index:
        return RECORD_WORDS["oblast"]
    row = snapshot.dataset.settlements.loc[place]
    names = (
        row["name_uk"],
        row["name_ru"],
        *str(row["aliases"]).split(";"),
        admin1_name(snapshot.dataset, row["admin1"]),
    )
    return " · ".join(dict.fromkeys(name for name in names if name))


def why_list(snapshot: Snapshot, place: str) -> Markup:
    """List every statement on a place with the rule that applied to it."""
    dataset = snapshot.dataset
    status = "oblast"
    if place in dataset.settlements.index:
        status = snapshot.settlements["status"][place]
        live = snapshot.live[dataset.places.index.get_loc(place)]
        status = "dormant" if status == Status.DISPUTED and not live else status
    lanes = []
    for side, claims in explain(snapshot, place).groupby("side", observed=True, sort=False):
        lines = []
        row: Any
        for row in claims.itertuples():
            line = WHY_WORDS["line"].format(
                day=day_in_words(row.stated_on.date()),
                speaker=claimant_names(dataset)[row.claimant_id],
                says=says(Kind(row.kind), Controller(row.controller)),
                reason=WHY_WORDS[row.reason],
            )
            lines.append((line, row.reason == Reason.STANDS))
        lanes.append((str(side), lines))
    return fill("why.html", rule=WHY_WORDS[f"status_{status}"], lanes=lanes)


def neighbour_list(snapshot: Snapshot, place: str, link: Callable[[str, str], str]) -> Markup:
    """List the places near one on which the sides differ; `link` leads to a day and place."""
    day = snapshot.as_of.isoformat()
    lists: dict[bool, list[tuple[str, str]]] = {True: [], False: []}
    row: Any
    for row in disputed_neighbours(snapshot, place).itertuples():
        name = place_name(snapshot.dataset, row.Index)
        text = STORY_WORDS["neighbour"].format(place=name, km=f"{row.km:.0f}")
        lists[row.live].append((text, link(day, row.Index)))
    return fill("neighbours.html", live=lists[True], dormant=lists[False], km=f"{NEAR_KM:.0f}")
