"""Pages of days with statements, and of weeks: what was said, and what it changed.

Both are judged by what had been said by then, so that a later statement leaves them as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from geo.ledger.changes import find_changes
from geo.model import Dataset, Lang
from geo.page import digest_list
from geo.page.corrected import Correction
from geo.page.template import fill
from geo.site.corrected import taken_out_of, told
from geo.site.events import all_events
from geo.site.known import changed_between, differing_on
from geo.site.linked import claim_nodes, page_node
from geo.site.speakers import Said, names_for, said_by
from geo.site.web import CARD, Page, Site, product_title, write_page
from geo.style import HOME_ZOOM
from geo.wording import SITE_WORDS, day_in_words, speak, spoken


def said_on(dataset: Dataset) -> dict[date, list[Said]]:
    """Give the statements of each day that has any, in order of days, in the language spoken."""
    return _said_on(dataset, spoken())


@lru_cache(maxsize=len(Lang))
def _said_on(dataset: Dataset, lang: Lang) -> dict[date, list[Said]]:
    found: dict[date, list[Said]] = defaultdict(list)
    for said in said_by(dataset).values():
        for place, each in said:
            found[each.stated_on].append((place, each))
    return {day: sorted(found[day], key=lambda pair: pair[1].id) for day in sorted(found)}


def page_days(site: Site) -> list[str]:
    """Days with statements, also with such as were taken out: each has a page, and keeps it."""
    return [day.isoformat() for day in sorted({*said_on(site.dataset), *taken_out_of(site)})]


def card_days(site: Site) -> list[str]:
    """Days whose pages have a card of their own; it shows statements."""
    return [day.isoformat() for day in said_on(site.dataset) if site.has_card(day)]


def day_inputs(site: Site, key: str) -> Iterator[object]:
    """Give all that the pages of a day are made of."""
    dataset, day = site.dataset, date.fromisoformat(key)
    yield taken_out_of(site).get(day), _beside(site, key), site.has_card(day)
    if day in said_on(dataset):
        yield changed_between(dataset, day, day), differing_on(dataset, day)


def _beside(site: Site, key: str) -> list[date | None]:
    days = [None, *map(date.fromisoformat, page_days(site)), None]
    at = days.index(date.fromisoformat(key))
    return days[at - 1 : at + 2 : 2]


def make_day(site: Site, key: str) -> dict[str, bytes]:
    """Make the pages of a day, in every language."""
    dataset, day = site.dataset, date.fromisoformat(key)
    before, after = _beside(site, key)
    said_then = day in said_on(dataset)
    changes = find_changes(dataset, since=day - timedelta(days=1), until=day) if said_then else None
    made: dict[str, bytes] = {}
    for lang in site.langs:
        speak(lang)
        said = said_on(dataset).get(day, [])
        path = f"day/{key}/"
        title = SITE_WORDS["day_title"].format(day=day_in_words(day))
        about = (
            SITE_WORDS.counted("day_about", len(said), day=day_in_words(day))
            if said
            else SITE_WORDS["day_empty"].format(day=day_in_words(day))
        )
        page = Page(
            path=path,
            template="day_page.html",
            title=product_title(title),
            about=about,
            graph=[page_node(site, lang, path, title, about), *claim_nodes(site, lang, said)],
            card=f"{path}{CARD}" if said and site.has_card(day) else CARD,
        )
        changed = {} if changes is None else {
            "differ": SITE_WORDS.counted("differ", differing_on(dataset, day)),
            "digest": digest_list(dataset, changes, map_link(site, lang, path)),
        }  # fmt: skip
        file, html = write_page(
            site, lang, page, day=day, rows=said, names=names_for(site, said),
            before=before, after=after, **changed,
            corrections=told(site, taken_out_of(site).get(day, ())),
        )  # fmt: skip
        made[file] = html
    return made


def map_view(dataset: Dataset, day: date, place: str) -> str:
    """Write what opens the map at a day and a place; for an oblast with the oblasts, from afar."""
    view = f"date={day.isoformat()}&place={place}"
    if place in dataset.settlements.index:
        return view
    lat, lon = (dataset.places[key][place] for key in ("lat", "lon"))
    return f"{view}&areas=oblasts&lat={lat:.4f}&lon={lon:.4f}&zoom={HOME_ZOOM}"


def map_link(site: Site, lang: Lang, path: str) -> Callable[[str, str], str]:
    """Make what gives the address of the map at a day and a place, from a page."""
    folder = site.folder(lang)
    root = "../" * f"{folder}{path}".count("/") or "./"

    def link(day: str, place: str) -> str:
        return f"{root}{folder}?{map_view(site.dataset, date.fromisoformat(day), place)}"

    return link


def week_of(day: date) -> date:
    """Give the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def page_weeks(site: Site) -> list[str]:
    """Mondays of the weeks in which something changed: each week has a page."""
    changes = (event.entry for event in all_events(site, site.langs[0]))
    days = {entry.day for entry in changes if entry.category != "corrections"}
    days |= {*said_on(site.dataset), *taken_out_of(site)}
    return sorted({week_of(day).isoformat() for day in days})


def week_inputs(site: Site, key: str) -> Iterator[object]:
    """Give all that the pages of a week are made of."""
    first, last = date.fromisoformat(key), _end_of_week(site, key)
    yield last, changed_between(site.dataset, first, last), _taken_out_in(site, first)


def _taken_out_in(site: Site, first: date) -> list[Correction]:
    """List the statements of a week that were taken out."""
    days = (first + timedelta(days=number) for number in range(7))
    return [one for day in days for one in taken_out_of(site).get(day, ())]


def _end_of_week(site: Site, key: str) -> date:
    """Give its Sunday, or the newest day: what comes after it is not known."""
    return min(date.fromisoformat(key) + timedelta(days=6), site.dataset.last_day)


def make_week(site: Site, key: str) -> dict[str, bytes]:
    """Make the pages of what changed in a week, in every language."""
    first = date.fromisoformat(key)
    last = first + timedelta(days=6)
    until = _end_of_week(site, key)
    changes = (  # a week of which nothing is left may lie after the newest day
        find_changes(site.dataset, since=first - timedelta(days=1), until=until)
        if until >= first
        else None
    )
    made: dict[str, bytes] = {}
    for lang in site.langs:
        speak(lang)
        path = f"changes/{key}/"
        gaps = {"first": day_in_words(first), "last": day_in_words(last)}
        title = SITE_WORDS["week_title"].format(**gaps)
        about = SITE_WORDS["week_about"].format(**gaps)
        page = Page(
            path=path,
            template="list_page.html",
            title=product_title(title),
            about=about,
            graph=[page_node(site, lang, path, title, about)],
        )
        file, html = write_page(
            site, lang, page, heading=title, groups=[], tables=[],
            before=digest_list(site.dataset, changes, map_link(site, lang, path))
            if changes
            else "",
            after=fill("corrections.html", corrections=told(site, _taken_out_in(site, first))),
        )  # fmt: skip
        made[file] = html
    return made
