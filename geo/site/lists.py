"""Pages that lead to others: places, oblasts, speakers, days, disagreements, weeks, data, feeds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
from markdown_it import MarkdownIt
from markupsafe import Markup

from geo.export import WHOLE_LEDGER
from geo.ledger import count_sources, disagreements, disagreements_on, disagreements_shown
from geo.ledger.case_tables import cases_shown, sums_shown
from geo.ledger.confirmation import capture_cases
from geo.ledger.tables import sources_shown
from geo.model import WITHIN, Clock, Lang, Side
from geo.page import statements_on, table_list
from geo.site.corrected import taken_out_of
from geo.site.days import map_link, page_weeks, said_on, week_of
from geo.site.events import KINDS, events_by, feed_files, place_path
from geo.site.linked import ledger_node, page_node
from geo.site.places import page_oblasts, page_settlements
from geo.site.speakers import said_by, speaker_name
from geo.site.web import MISSING, RECENT, Page, Site, product_title, write_page
from geo.wording import (
    CONFIRMATION_WORDS,
    DISAGREEMENT_WORDS,
    LEDGER_WORDS,
    METHOD_WORDS,
    SIDE_NAMES,
    SITE_WORDS,
    STATUS_NAMES,
    alphabetical,
    day_in_words,
    oblast_of,
    place_name,
    speak,
)

# Markdown of the codebook: no HTML of its own, tables, links to the web alone.
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")

OF_NOW = ("place", "oblast", "disagreements", "confirmation")  # lists of what is so today
Item = tuple[str, str, str]  # text, address, note
Parts = dict[str, Any]


def list_inputs(site: Site, key: str) -> Iterator[object]:
    """Give all that a list is made of."""
    yield site.dataset.version
    if key == "method":
        yield sorted(site.codebook.items()), site.corrections.to_numpy().tolist()


def make_list(site: Site, key: str) -> dict[str, bytes]:
    """Make a list in every language."""
    made: dict[str, bytes] = {}
    for lang in site.langs:
        speak(lang)
        heading, about, parts = LISTS[key](site, lang)
        if key in OF_NOW:
            until = SITE_WORDS["up_to"].format(day=day_in_words(site.dataset.last_day))
            about = f"{about} {until}"
        path = f"{key}/"
        node = page_node(site, lang, path, heading, about, kind="CollectionPage")
        graph = [ledger_node(site, lang, heading, about)] if key == "data" else [node]
        page = Page(path, "list_page.html", product_title(heading), about, graph)
        values: Parts = {"heading": heading, "groups": [], "tables": [], "before": "", "after": ""}
        name, html = write_page(site, lang, page, **values | parts)
        made[name] = html
    return made


def _places(site: Site, lang: Lang) -> tuple[str, str, Parts]:
    dataset, words = site.dataset, SITE_WORDS
    status = site.snapshot.settlements["status"]
    groups: dict[str, list[Item]] = defaultdict(list)
    for place in page_settlements(site):
        note = STATUS_NAMES[status[place]]
        item = (place_name(dataset, place), f"../place/{place}/", note)
        admin1 = dataset.places["admin1"][place]
        oblast = oblast_of(dataset, admin1)
        groups[place_name(dataset, oblast) if oblast else admin1].append(item)
    sorted_groups = [
        (name, sorted(items, key=_in_order))
        for name, items in sorted(groups.items(), key=_in_order)
    ]
    return words["all_places"], words["all_places_about"], {"groups": sorted_groups}


def _oblasts(site: Site, lang: Lang) -> tuple[str, str, Parts]:
    dataset, words = site.dataset, SITE_WORDS
    items = [
        (place_name(dataset, area), f"../oblast/{area}/", _count(len(statements_on(dataset, area))))
        for area in page_oblasts(dataset)
    ]
    items.sort(key=_in_order)
    return words["all_oblasts"], words["all_oblasts_about"], {"groups": [("", items)]}


def _in_order(named: tuple[str, *tuple[Any, ...]]) -> list[int]:
    return alphabetical(named[0])


def _count(number: int) -> str:
    return LEDGER_WORDS.counted("found", number) if number else ""


def _speakers(site: Site, lang: Lang) -> tuple[str, str, Parts]:
    dataset, words = site.dataset, SITE_WORDS
    groups = []
    for side in Side:
        ids = dataset.claimants.index[dataset.claimants["side"] == side]
        items = [
            (speaker_name(dataset, key), f"../speaker/{key}/", _count(len(said_by(dataset)[key])))
            for key in ids
        ]
        groups.append((SIDE_NAMES[side], items))
    return words["all_speakers"], words["all_speakers_about"], {"groups": groups}


def _days(site: Site, lang: Lang) -> tuple[str, str, Parts]:
    groups: dict[str, list[Item]] = defaultdict(list)
    for day, said in reversed(said_on(site.dataset).items()):
        item = (day_in_words(day), f"../day/{day.isoformat()}/", _count(len(said)))
        groups[str(day.year)].append(item)
    words = SITE_WORDS
    return words["all_days"], words["all_days_about"], {"groups": list(groups.items())}


def _weeks(site: Site, lang: Lang) -> tuple[str, str, Parts]:
    groups: dict[str, list[Item]] = defaultdict(list)
    counts: dict[str, int] = defaultdict(int)
    for day, said in said_on(site.dataset).items():
        counts[week_of(day).isoformat()] += len(said)
    for key in reversed(page_weeks(site)):
        first = date.fromisoformat(key)
        last = first + timedelta(days=6)
        text = f"{day_in_words(first)} – {day_in_words(last)}"
        groups[key[:4]].append((text, f"../changes/{key}/", _count(counts[key])))
    words = SITE_WORDS
    return words["all_weeks"], words["all_weeks_about"], {"groups": list(groups.items())}


def _disagreements(site: Site, lang: Lang) -> tuple[str, str, Parts]:
    words, snapshot = SITE_WORDS, site.snapshot
    ever = disagreements(site.dataset, clock=Clock.NOW)
    rows = disagreements_on(snapshot, ever)
    live = snapshot.live[site.dataset.places.index.get_indexer(rows.index)]
    settled = rows.index.isin(site.dataset.settlements.index)
    link = map_link(site, lang, "disagreements/")
    tables = []
    for title, kept in (
        (words["live"].format(days=WITHIN), rows[live & settled]),
        (words["dormant"].format(days=WITHIN), rows[~live & settled]),
        (DISAGREEMENT_WORDS["oblasts"], rows[~settled]),
    ):
        shown = disagreements_shown(snapshot, kept, link)
        pages = [f"../{place_path(site, place)}" for place in kept.index]
        title = f"{title} ({len(kept)})"
        tables.append(_linked(shown, title, pages=pages, empty=words["none_live"]))
    return DISAGREEMENT_WORDS["title"], words["disagreements_about"], {"tables": tables}


def _linked(
    table: pd.DataFrame, heading: str, *, pages: Sequence[str] = (), empty: str = ""
) -> Markup:
    links = {
        LEDGER_WORDS["map"]: LEDGER_WORDS["open_map"],
        LEDGER_WORDS["source"]: LEDGER_WORDS["open_source"],
    }
    return table_list(
        table, caption=heading, heading=heading, links=links, pages=pages, empty=empty
    )


def _confirmation(site: Site, lang: Lang) -> tuple[str, str, Parts]:
    words, dataset = CONFIRMATION_WORDS, site.dataset
    cases = capture_cases(dataset, until=dataset.last_day)
    link = map_link(site, lang, "confirmation/")
    tables = []
    if len(cases):
        tables = [
            _linked(sums_shown(dataset, cases, until=dataset.last_day), words["sums"]),
            _linked(
                cases_shown(dataset, cases, link, until=dataset.last_day),
                words["list"],
                pages=[f"../{place_path(site, place)}" for place in cases["place_id"].iloc[::-1]],
            ),
        ]
    return words["title"], words["subtitle"], {"tables": tables}


def _method(site: Site, lang: Lang) -> tuple[str, str, Parts]:
    words, dataset = METHOD_WORDS, site.dataset
    counts = count_sources(dataset)
    about = words["subtitle"].format(version=dataset.version, day=day_in_words(dataset.last_day))
    text = site.codebook[lang].partition("\n")[2]
    codebook = Markup(MARKDOWN.render(text))  # noqa: S704 - Markdown without HTML of its own
    table = _linked(sources_shown(counts), words["sources"])
    tables = [table]
    if len(site.corrections):
        tables.append(_linked(site.corrections.iloc[::-1], SITE_WORDS["corrections"]))
    return words["title"], about, {"before": codebook, "tables": tables}


def _data(site: Site, lang: Lang) -> tuple[str, str, Parts]:
    words, root = SITE_WORDS, "../" if lang is site.langs[0] else "../../"
    at = f"{root}data/"
    formats = [(f"ledger.{e}", f"{at}ledger.{e}", "") for e in WHOLE_LEDGER]
    package = [(name, f"{at}package/{name}", "") for name in site.release]
    described = [
        ("RO-Crate", f"{at}ro-crate-metadata.json", ""),
        ("Croissant", f"{at}croissant.json", ""),
        (words["data_versions"], f"{at}versions.json", words["data_versions_help"]),
    ]
    days = [(day.isoformat(), f"{at}day/{day.isoformat()}.json", "") for day in json_days(site)]
    groups = [
        (words["data_formats"], [*formats, *package]),
        (words["data_described"], described),
        (words["data_days"], days[::-1]),
    ]
    licence = Markup("<p>{}</p>").format(words["licence_data"])
    return words["data_title"], words["data_about"], {"groups": groups, "before": licence}


def json_days(site: Site) -> list[date]:
    """Days whose standing statements are published: the RECENT, and each with statements."""
    last = site.dataset.last_day
    recent = {last - timedelta(days=back) for back in range(RECENT)}
    first = site.dataset.first_day
    recent = {day for day in recent if day >= first}
    return sorted({*said_on(site.dataset), *taken_out_of(site), *recent})


def _follow(site: Site, lang: Lang) -> tuple[str, str, Parts]:
    words = SITE_WORDS
    here = "../"
    groups = []
    for kind, stem in (("all", "feed"), *((kind, f"feeds/{kind}") for kind in KINDS)):
        items = [
            (words["feed_atom"], f"{here}{stem}.xml", ""),
            (words["feed_json"], f"{here}{stem}.json", ""),
        ]
        groups.append((words[f"feed_{kind}"], items))
    return words["follow_title"], words["follow_about"], {"groups": groups}


LISTS: dict[str, Callable[[Site, Lang], tuple[str, str, Parts]]] = {
    "place": _places,
    "oblast": _oblasts,
    "speaker": _speakers,
    "day": _days,
    "disagreements": _disagreements,
    "changes": _weeks,
    "confirmation": _confirmation,
    "method": _method,
    "data": _data,
    "follow": _follow,
}


def make_feeds(site: Site, key: str) -> dict[str, bytes]:
    """Make the feeds of everything and of each kind of change, in every language."""
    made: dict[str, bytes] = {}
    for lang in site.langs:
        speak(lang)
        events = [event for kind in KINDS for event in events_by(site, lang, "category")[kind]]
        events.sort(key=lambda event: (event.entry.day, event.entry.id), reverse=True)
        made |= feed_files(site, lang, key="all", title=SITE_WORDS["feed_all"], events=events)
        for kind in KINDS:
            made |= feed_files(
                site, lang, key=kind, title=SITE_WORDS[f"feed_{kind}"],
                events=events_by(site, lang, "category")[kind], stem=f"feeds/{kind}",
            )  # fmt: skip
    return made


def make_missing(site: Site, key: str) -> dict[str, bytes]:
    """Make the page for addresses that are none, in every language; its links hold at any depth."""
    root = urlsplit(site.base).path
    parts: list[tuple[Lang, str, str, dict[str, str]]] = []
    for lang in reversed(site.langs):  # the first is the page's own
        speak(lang)
        here = f"{root}{site.folder(lang)}"
        links = {SITE_WORDS["nav_map"]: here, SITE_WORDS["all_places"]: f"{here}place/"}
        parts.insert(0, (lang, SITE_WORDS["missing_title"], SITE_WORDS["missing_about"], links))
    title, about = parts[0][1:3]
    page = Page(MISSING, "missing_page.html", product_title(title), about)
    _, html = write_page(site, lang, page, root=root, parts=parts)
    return {MISSING: html}
