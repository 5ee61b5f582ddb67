"""Pages of places: of each settlement, and of each oblast that is spoken of or has places."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

import pandas as pd

from geo.cite import report_template
from geo.ledger import position_spans
from geo.ledger.neighbours import disputed_neighbours
from geo.ledger.story import tell_story
from geo.model import CONTROLLERS, SIDES, Clock, Controller, Dataset, Lang
from geo.page import (
    Span,
    names_of,
    neighbour_list,
    side_record,
    standing_id,
    statements_on,
    timeline,
    why_list,
)
from geo.site.corrected import corrections_by_place, told
from geo.site.days import map_view
from geo.site.events import events_by, feed_files, place_path
from geo.site.known import all_of, place_names_in, speakers_of
from geo.site.linked import claim_nodes, page_node, place_node
from geo.site.web import CARD, Page, Site, product_title, write_page
from geo.wording import (
    SITE_WORDS,
    alphabetical,
    day_in_words,
    oblast_of,
    place_name,
    speak,
)

EVERY_PLACE = 2000  # settlements; with more, only those of which anybody spoke get a page
FRAME = '<iframe src="{src}" title="{title}" width="100%" height="600" loading="lazy"></iframe>'


def page_places(site: Site) -> list[str]:
    """Ids of the settlements, then the oblasts, that have a page."""
    return [*page_settlements(site), *page_oblasts(site.dataset)]


@lru_cache(maxsize=2)
def page_settlements(site: Site) -> tuple[str, ...]:
    """Ids of the settlements that have a page."""
    everyone = site.dataset.settlements.index
    if len(everyone) <= EVERY_PLACE:
        return tuple(everyone)
    spoken = {*site.dataset.claims["place_id"], *corrections_by_place(site)}
    return tuple(place for place in everyone if place in spoken)


@lru_cache(maxsize=2)
def page_oblasts(dataset: Dataset) -> tuple[str, ...]:
    """Ids of the oblasts that have a page."""
    held = {oblast_of(dataset, admin1) for admin1 in dataset.settlements["admin1"].unique()}
    oblasts = dataset.places.index[~dataset.is_settlement]
    return tuple(area for area in oblasts if area in held or area in dataset.oblasts)


def newest_on(dataset: Dataset, place: str) -> date | None:
    """Give the day of the newest statement on a place."""
    said = statements_on(dataset, place)
    return said[0].stated_on if said else None


def place_inputs(site: Site, place: str) -> Iterator[object]:
    """Give all that the pages and feeds of a place are made of."""
    dataset, snapshot = site.dataset, site.snapshot
    said = statements_on(dataset, place)
    yield said, speakers_of(dataset, said)
    yield [standing_id(snapshot, place, side) for side in SIDES]
    yield dataset.first_day.year, dataset.last_day.year, dataset.last_day.month
    yield [event.entry for event in events_by(site, site.langs[0], "place")[place]]
    yield corrections_by_place(site).get(place)
    yield report_template(), site.has_card(newest_on(dataset, place))
    yield place_names_in(dataset, place)
    yield None if said else dataset.last_day  # of which the page speaks then
    if place in dataset.settlements.index:
        speak(Lang.EN)
        yield all_of(dataset)[place]
        yield tell_story(snapshot, place)
        row = dataset.places.index.get_loc(place)
        yield int(snapshot.statuses[row]), bool(snapshot.live[row])
        near = disputed_neighbours(snapshot, place)
        yield [
            (place_names_in(dataset, key), f"{km:.0f}", live)
            for key, km, live in zip(
                near.index.tolist(), near["km"].tolist(), near["live"].tolist(), strict=True
            )
        ]
    else:
        yield [place_names_in(dataset, other) for other in places_in(site, place)]


def places_in(site: Site, oblast: str) -> list[str]:
    """Ids of the settlements of an oblast that have a page."""
    dataset, paged = site.dataset, set(page_settlements(site))
    admin1s = [a for a in dataset.settlements["admin1"].unique() if oblast_of(dataset, a) == oblast]
    own = dataset.settlements.index[dataset.settlements["admin1"].isin(admin1s)]
    found = [place for place in own if place in paged]
    return sorted(found, key=lambda place: alphabetical(place_name(dataset, place)))


def make_place(site: Site, place: str) -> dict[str, bytes]:
    """Make the pages, feeds and oEmbed answers of a place, in every language."""
    made: dict[str, bytes] = {}
    for lang in site.langs:
        speak(lang)
        path = place_path(site, place)
        page = _page(site, lang, place, path)
        name, html = write_page(site, lang, page, **_parts(site, lang, place, page))
        made[name] = html
        made[f"{site.folder(lang)}{path}oembed.json"] = _oembed(site, lang, place, page)
        made |= feed_files(
            site, lang, key=f"place-{place}", title=place_name(site.dataset, place),
            events=events_by(site, lang, "place")[place], page=path,
        )  # fmt: skip
    return made


def _page(site: Site, lang: Lang, place: str, path: str) -> Page:
    dataset, words = site.dataset, SITE_WORDS
    settled, name = place in dataset.settlements.index, place_name(dataset, place)
    said = statements_on(dataset, place)
    if settled and said:
        first, last = (day_in_words(each.stated_on) for each in (said[-1], said[0]))
        about = words.counted("place_about", len(said), place=name, first=first, last=last)
    else:
        about = words["place_silent" if settled else "oblast_about"].format(place=name, oblast=name)
    title = words["place_title" if settled else "oblast_title"].format(place=name, oblast=name)
    return Page(
        path=path,
        template="place_page.html",
        title=product_title(title),
        about=about,
        graph=[
            {**page_node(site, lang, path, title, about), "about": place_node(site, lang, place)},
            *claim_nodes(site, lang, ((place, each) for each in said)),
        ],
        card=f"{path}{CARD}" if site.has_card(newest_on(dataset, place)) else CARD,
        feed=path,
        place=place,
    )


def _parts(site: Site, lang: Lang, place: str, page: Page) -> dict[str, Any]:
    dataset, snapshot = site.dataset, site.snapshot
    settled, said = place in dataset.settlements.index, statements_on(dataset, place)
    here = "../../" if lang is site.langs[0] else "../../../" + site.folder(lang)

    def link(day: str, other: str) -> str:
        return f"{here}{place_path(site, other)}"

    spans = spans_of(dataset).get(place, [])
    oblast = oblast_of(dataset, dataset.places["admin1"][place]) if settled else None
    last = said[0].stated_on if said else dataset.last_day
    return {
        "name": place_name(dataset, place),
        "names": names_of(snapshot, place),
        "oblast_name": place_name(dataset, oblast) if oblast else "",
        "oblast": oblast,
        "story": tell_story(snapshot, place) if settled and said else "",
        "map_address": f"{here}?{map_view(dataset, last, place)}",
        "own_card": page.card != CARD,
        "card_file": CARD,
        "timeline": timeline(spans, said, first=dataset.first_day, last=dataset.last_day)
        if said
        else "",
        "records": [side_record(snapshot, place, side, aged=False) for side in SIDES],
        "why": why_list(snapshot, place) if said else "",
        "neighbours": neighbour_list(snapshot, place, link) if settled else "",
        "inside": [(place_name(dataset, key), f"{here}place/{key}/")
                   for key in ([] if settled else places_in(site, place))],
        "corrections": told(site, corrections_by_place(site).get(place, ())),
        "frame": _frame(site, lang, place, page.title),
        "cited": SITE_WORDS["cited"].format(
            title=page.title, day=day_in_words(last), url=site.address(lang, page.path)
        ),
    }  # fmt: skip


def _frame(site: Site, lang: Lang, place: str, title: str) -> str:
    """Write what shows the map of a place inside another page."""
    src = f"{site.address(lang, 'embed/')}#place={place}"
    return FRAME.format(src=escape(src), title=escape(title))


def _oembed(site: Site, lang: Lang, place: str, page: Page) -> bytes:
    """Answer in the manner of oEmbed 1.0 (https://oembed.com), as a file."""
    answer = {
        "type": "rich",
        "version": "1.0",
        "title": page.title,
        "provider_name": SITE_WORDS["product"],
        "provider_url": site.base,
        "width": 800,
        "height": 600,
        "html": _frame(site, lang, place, page.title),
    }
    return f"{json.dumps(answer, ensure_ascii=False, indent=1)}\n".encode()


@lru_cache(maxsize=2)
def spans_of(dataset: Dataset) -> dict[str, list[Span]]:
    """Give what stood on each place, as known now."""
    found: dict[str, list[Span]] = defaultdict(list)
    row: Any
    for row in position_spans(dataset, clock=Clock.NOW).itertuples():
        until = None if pd.isna(row.until) else row.until.date()
        span = Span(
            SIDES[row.side], Controller(CONTROLLERS[row.controller]), row.since.date(), until
        )
        found[str(dataset.places.index[row.place])].append(span)
    return found
