"""Everything that ever happened in the ledger, as entries of feeds; an entry keeps its id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from typing import Any

import pandas as pd

from geo.ledger import all_statements
from geo.ledger.changes import Changes, find_changes
from geo.ledger.confirmation import capture_cases
from geo.ledger.digest import Line, digest
from geo.model import WEB_BEGINS, Controller, Dataset, Kind, Lang
from geo.page.corrected import correction_in_words
from geo.page.feed import Entry, Feed, atom, json_feed
from geo.site.corrected import corrections_of
from geo.site.web import Site
from geo.wording import SITE_WORDS, claimant_names, place_name, says, speak

KINDS = ("statements", "opened", "dormant", "woke", "closed", "withdrawals", "confirmations",
         "corrections")  # fmt: skip
MOST = 60  # entries of a feed; the pages hold the rest


@dataclass(frozen=True)
class Event:
    """An entry, the place it is of, and the claimant whose statement made it."""

    entry: Entry
    place: str
    claimant: str


@lru_cache(maxsize=12)
def all_events(site: Site, lang: Lang) -> tuple[Event, ...]:
    """List every event in a language, the newest first."""
    speak(lang)
    dataset = site.dataset
    table = all_statements(dataset)
    speakers = table["claimant_id"].astype(str).to_dict()
    kinds = table["kind"].astype(str).to_dict()
    events = []
    for section, lines in digest(dataset, _all_changes(dataset)).items():
        for line in lines:
            claim = _claim_of(line, speakers)
            events.append(_event(site, lang, section, line, speakers[claim]))
            if section == "statements" and kinds[claim] == Kind.WITHDREW:
                again = Line(f"withdrawals-{claim}", line.day, line.place, line.text, line.links)
                events.append(_event(site, lang, "withdrawals", again, speakers[claim]))
    events += _confirmations(site, lang)
    events += _corrections(site, lang)
    return tuple(sorted(events, key=lambda event: (event.entry.day, event.entry.id), reverse=True))


@lru_cache(maxsize=2)
def _all_changes(dataset: Dataset) -> Changes:
    day_before = dataset.first_day - timedelta(days=1)
    whole = find_changes(dataset, since=day_before, until=dataset.last_day)
    # Changed positions compare two days, and there are only the ends: none is put in words.
    return replace(whole, positions=whole.positions.head(0))


def _claim_of(line: Line, known: Container[object]) -> str:
    """Give the claim that made a change; the day of a turn may stand after it."""
    claim = line.id.partition("-")[2]
    return claim if claim in known else claim.removesuffix(f"-{line.day}")


def _event(site: Site, lang: Lang, section: str, line: Line, claimant: str) -> Event:
    url = site.address(lang, place_path(site, line.place))
    entry = Entry(line.id, line.day, section, line.text, url, line.links)
    return Event(entry, line.place, claimant)


def place_path(site: Site, place: str) -> str:
    """Give the folder of the page of a settlement or an oblast."""
    return f"{'place' if place in site.dataset.settlements.index else 'oblast'}/{place}/"


def _confirmations(site: Site, lang: Lang) -> Iterator[Event]:
    """Tell of each first confirmation of a capture, by a third party or by the other side."""
    dataset = site.dataset
    cases = capture_cases(dataset, until=dataset.last_day)
    table = all_statements(dataset)
    row: Any
    for row in cases.itertuples():
        for step in ("third", "accepted"):
            claim, day = getattr(row, f"{step}_id"), getattr(row, f"{step}_on")
            if pd.isna(day) or day < row.stated_on:
                continue
            said = table.loc[claim]
            text = SITE_WORDS["confirmed"].format(
                place=place_name(dataset, row.place_id),
                speaker=claimant_names(dataset)[said["claimant_id"]],
                says=says(Kind(said["kind"]), Controller(said["controller"])),
                days=(day - row.stated_on).days,
            )
            url = said["url"] if said["url"].startswith(WEB_BEGINS) else ""
            line = Line(
                f"confirmation-{row.Index}-{step}",
                day.date(),
                row.place_id,
                text,
                ((said["outlet"], url),),
            )
            yield _event(site, lang, "confirmations", line, str(said["claimant_id"]))


def _corrections(site: Site, lang: Lang) -> Iterator[Event]:
    """Tell of each correction; those of no place lead to the list of all."""
    for one in corrections_of(site):
        path = f"{place_path(site, one.place)}#{one.id}" if one.place else "method/"
        text = correction_in_words(one)
        entry = Entry(one.key, one.day, "corrections", text, site.address(lang, path))
        yield Event(entry, one.place, one.said.row["claimant_id"] if one.said else "")


@lru_cache(maxsize=12)
def events_by(site: Site, lang: Lang, what: str) -> dict[str, list[Event]]:
    """Put the events in order of what they are of: "place", "claimant" or "category"."""
    found: dict[str, list[Event]] = defaultdict(list)
    for event in all_events(site, lang):
        found[event.entry.category if what == "category" else getattr(event, what)].append(event)
    return found


def feed_files(
    site: Site,
    lang: Lang,
    *,
    key: str,
    title: str,
    events: list[Event],
    page: str = "",
    stem: str = "feed",
) -> dict[str, bytes]:
    """Write a feed as Atom and as JSON beside its page; gives path to content."""
    entries = [event.entry for event in events[:MOST]]
    folder = f"{site.folder(lang)}{page}"
    feed = Feed(
        id=f"{key}-{lang}",
        title=SITE_WORDS["feed_of"].format(what=title),
        lang=lang,
        entries=entries,
        updated=entries[0].day if entries else site.dataset.first_day,
        home=site.address(lang, page),
        atom_url=f"{site.base}{folder}{stem}.xml",
        json_url=f"{site.base}{folder}{stem}.json",
    )
    return {
        f"{folder}{stem}.xml": atom(feed).encode(),
        f"{folder}{stem}.json": json_feed(feed).encode(),
    }
