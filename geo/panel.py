"""The full record of a place as HTML: every string of the data is escaped, links are http(s)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import escape
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.areas import settlements_inside
from geo.ledger.changes import Changes
from geo.ledger.digest import digest
from geo.ledger.groups import first_of_groups
from geo.ledger.neighbours import REACH_KM as NEAR_KM
from geo.ledger.neighbours import disputed_neighbours
from geo.ledger.why import Reason, explain
from geo.model import NO_CLAIM, SIDES, STATUSES, Controller, Dataset, Kind, Side, Snapshot
from geo.style import COLOURS, INK
from geo.timeline import codes, record_of, standing_on
from geo.wording import (
    AREAS_WORDS,
    CHANGES_WORDS,
    CLAIM_WORDS,
    CONTROLLER_NAMES,
    RECORD_WORDS,
    SIDE_NAMES,
    STORY_WORDS,
    WHY_WORDS,
    age,
    day_in_words,
    place_name,
    says,
)

STYLE = f"""<style>
.stMainBlockContainer {{ padding-top: 1.2rem; }}
.stMainBlockContainer h1 {{ font-size: 1.9rem; padding: 0; }}
.stMainBlockContainer [data-testid="stCaptionContainer"] {{ color: inherit; opacity: .82; }}
.stMainBlockContainer [role="spinbutton"] {{ min-width: 24px; line-height: 24px; }}
.st-key-navigation {{ flex-wrap: nowrap; overflow-x: auto; padding-right: 4rem; }}
.st-key-navigation > * {{ flex: none; }}
.stMainBlockContainer a:focus-visible {{ outline: 2px solid !important; outline-offset: 1px; }}
.record {{ line-height: 1.4; overflow-wrap: anywhere; }}
.record h3 {{ font-size: 1.1rem; margin: 0 0 .3rem; padding: 0; }}
.record ol {{ list-style: none; margin: 0; padding: 0; }}
.record li {{ margin: 0 0 .6rem; padding: .35rem .6rem; border-left: 4px solid; }}
.record li p {{ margin: .15rem 0 0; }}
.record .stands {{ font-size: .8rem; font-weight: 600; border: 1px solid; border-radius: 3px;
  padding: 0 .3rem; margin-left: .3rem; white-space: nowrap; }}
.record .ukraine {{ border-left-color: {COLOURS[Controller.UKRAINE]}; }}
.record .russia {{ border-left-color: {COLOURS[Controller.RUSSIA]}; border-left-style: double;
  border-left-width: 6px; }}
.record .contested {{ border-left-color: {COLOURS[Controller.CONTESTED]};
  box-shadow: -1px 0 {INK}, inset 1px 0 {INK}; }}
.record summary {{ cursor: pointer; font-weight: 600; margin-bottom: .4rem; }}
</style>"""


def names_of(snapshot: Snapshot, place: str) -> str:
    """Name a place in its other spellings and its oblast, as plain text; an oblast has none."""
    if place not in snapshot.dataset.settlements.index:
        return RECORD_WORDS["oblast"]
    row = snapshot.dataset.settlements.loc[place]
    names = (row["name_uk"], row["name_ru"], *str(row["aliases"]).split(";"), row["admin1"])
    return " · ".join(dict.fromkeys(name for name in names if name))


def side_record(snapshot: Snapshot, place: str, side: Side) -> str:
    """List what one side said of a place: up to the day, newest first; later ones folded.

    Parameters
    ----------
    snapshot
        Gives the day, who is heard, and which statement stands.
    place
        Settlement or oblast id.
    side
        Whose statements.

    Returns
    -------
    HTML in which nothing from the data can run.
    """
    dataset = snapshot.dataset
    claims = record_of(dataset, place, view=snapshot.view)
    claims = claims[codes(claims["side"]) == SIDES.index(side)]
    speakers = dataset.claimants["name"].reindex(claims["claimant_id"].astype(str))
    claims = claims.assign(speaker=speakers.to_numpy())
    stands = _standing_id(snapshot, place, side)
    spoken: list[str] = []
    folded: list[str] = []
    for claim in claims.itertuples():
        later = claim.stated_on.date() > snapshot.as_of
        item = _statement(claim, snapshot.as_of, stands=claim.Index == stands)
        (folded if later else spoken).append(item)
    body = (
        f"<ol>{''.join(spoken)}</ol>"
        if spoken
        else f"<p><em>{CLAIM_WORDS['no_statement']}</em></p>"
    )
    if folded:
        later_ones = claims[claims["stated_on"] > pd.Timestamp(snapshot.as_of)]
        count = RECORD_WORDS.counted("said_later", len(first_of_groups(dataset, later_ones)))
        body += f"<details><summary>{count}</summary><ol>{''.join(folded)}</ol></details>"
    return f'<div class="record"><h3>{SIDE_NAMES[side]}</h3>{body}</div>'


def _standing_id(snapshot: Snapshot, place: str, side: Side) -> str | None:
    standing, claims = standing_on(snapshot, place)
    row = standing[SIDES.index(side)]
    return None if row == NO_CLAIM else str(claims.index[row])


def difference_list(cut: gpd.GeoDataFrame, settlements: gpd.GeoDataFrame) -> str:
    """List the parts of a difference of control areas, their km² and the places inside, as HTML."""
    inside = settlements_inside(cut, settlements).groupby("row")["settlement_id"]
    items = []
    for number, row in enumerate(cut.itertuples()):
        ids = list(inside.get_group(number)) if number in inside.groups else []
        places = ", ".join(escape(str(settlements["name"][key])) for key in ids)
        told = AREAS_WORDS["cut"].format(
            controller=CONTROLLER_NAMES[Controller(row.controller)],
            change=AREAS_WORDS[row.change],
            km2=row.km2,
            places=places or AREAS_WORDS["no_places"],
        )
        if row.change != "kept":
            items.append(f'<li class="{row.controller}">{told}</li>')
    return f'<div class="record"><ol>{"".join(items)}</ol></div>'


def why_list(snapshot: Snapshot, place: str) -> str:
    """List every statement on a place with the rule that applied to it, as HTML."""
    dataset = snapshot.dataset
    status = "oblast"
    if place in dataset.settlements.index:
        status = STATUSES[snapshot.statuses[dataset.settlements.index.get_loc(place)]]
    parts = [f"<p>{WHY_WORDS[f'status_{status}']}</p>"]
    for side, claims in explain(snapshot, place).groupby("side", observed=True, sort=False):
        items = []
        row: Any
        for row in claims.itertuples():
            line = WHY_WORDS["line"].format(
                day=day_in_words(row.stated_on.date()),
                speaker=dataset.claimants["name"][row.claimant_id],
                says=says(Kind(row.kind), Controller(row.controller)),
                reason=WHY_WORDS[row.reason],
            )
            text = escape(line)
            items.append(f"<li>{f'<b>{text}</b>' if row.reason == Reason.STANDS else text}</li>")
        parts.append(f"<h3>{SIDE_NAMES[str(side)]}</h3><ul>{''.join(items)}</ul>")
    return f'<div class="record">{"".join(parts)}</div>'


def neighbour_list(snapshot: Snapshot, place: str, link: Callable[[str, str], str]) -> str:
    """List the places near one on which the sides differ, as HTML."""
    near = disputed_neighbours(snapshot, place)
    words, day = STORY_WORDS, snapshot.as_of.isoformat()
    if near.empty:
        return f"<p>{words['no_neighbours'].format(km=f'{NEAR_KM:.0f}')}</p>"
    items = []
    for key, km in near.items():
        text = words["neighbour"].format(
            place=place_name(snapshot.dataset, str(key)), km=f"{km:.0f}"
        )
        where = escape(link(day, str(key)))
        items.append(f'<a href="{where}" target="_self">{escape(text)}</a>')
    return f'<div class="record"><h3>{words["neighbours"]}</h3><p>{" · ".join(items)}</p></div>'


def digest_list(dataset: Dataset, changes: Changes, link: Callable[[str, str], str]) -> str:
    """List what changed, section by section, as HTML; `link` gives the map at a day and place."""
    parts = []
    for section, lines in digest(dataset, changes).items():
        items = []
        for line in lines:
            links = ", ".join(_link(url, outlet, "") for outlet, url in line.links)
            where = escape(link(line.day.isoformat(), line.place))
            shown = f'<a href="{where}" target="_self">{CHANGES_WORDS["map"]}</a>'
            items.append(f"<li>{escape(line.text)} {links}, {shown}</li>")
        body = f"<ul>{''.join(items)}</ul>" if items else f"<p>{CHANGES_WORDS['nothing']}</p>"
        parts.append(f"<h3>{CHANGES_WORDS[section]} ({len(lines)})</h3>{body}")
    return f'<div class="record">{"".join(parts)}</div>'


def _statement(row: Any, as_of: date, *, stands: bool) -> str:
    stated = row.stated_on.date()
    when = f"{day_in_words(stated)} ({age((as_of - stated).days)})"
    if row.effective_on != row.stated_on:
        when += RECORD_WORDS["effective"].format(day=day_in_words(row.effective_on.date()))
    mark = RECORD_WORDS["stands"] if stands else ""
    mark = f'<span class="stands">{mark}</span>' if mark else ""
    said = says(Kind(row.kind), Controller(row.controller))
    return (
        f'<li class="{row.controller}" data-claim="{escape(row.Index)}">'
        f"<strong>{when}</strong>{mark}<br>{escape(row.speaker)} <strong>{said}</strong>"
        f"<p>{escape(row.summary)}</p><p>{_link(row.url, row.outlet, row.title)}</p></li>"
    )


def _link(url: str, outlet: str, title: str) -> str:
    text = f"{escape(outlet)}: {escape(title)}" if title else escape(outlet)
    if not url.startswith(("https://", "http://")):
        return text
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{text}</a>'
