"""Feeds watched for statements: what the program finds goes into the inbox, for people to decide.

Only the addresses that the file of feeds names are asked, with a pause between them; an article is
read once, from the feed itself. Nothing that the program proposes is accepted by it.
"""

from __future__ import annotations

import re
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from geo.desk import DeskError
from geo.desk.acts import propose
from geo.desk.desk import Desk, Draft, heard_now
from geo.desk.drafting import drafts_for, summary_of
from geo.desk.events import now
from geo.desk.evidence import evidence_of
from geo.desk.fetch import Answer, NotPublicError, fetch
from geo.desk.heard import table_now
from geo.desk.proposals import State
from geo.desk.review import PROGRAM
from geo.desk.store import latest, locked
from geo.desk.tables import articles, feeds
from geo.extract import Candidate, Extractor
from geo.files.checks import TRACKING, WEB

PAUSE = 5.0  # seconds between two feeds
LONGEST = 100_000  # characters of an article
SURE_ENOUGH = 0.5  # a candidate below is not worth a person's time
TABLES = ("settlements.csv", "claimants.csv")
PARAGRAPH = "\u2029"
BLOCK_ENDS = re.compile(r"<(?:/p|br|/li|/div|/h\d)\b[^>]*>", re.IGNORECASE)
IF_NEWER = ("If-None-Match", "If-Modified-Since")  # to be asked with its etag, and with its day


@dataclass(frozen=True)
class Feed:
    """A feed of the file: what the outlet is called, its address, whether it may be a local one."""

    name: str
    url: str
    local: bool = False


@dataclass(frozen=True)
class News:
    """What came of asking a feed once.

    Attributes
    ----------
    articles
        How many were new.
    proposed
        Numbers of the proposals made.
    open
        How many candidates were left out, for a field was open or they were not sure enough.
    nowhere
        How many entries have no address, and were not read.
    fault
        What went wrong; empty where nothing did.
    """

    articles: int = 0
    proposed: tuple[int, ...] = ()
    open: int = 0
    fault: str = ""
    nowhere: int = 0


@dataclass(frozen=True)
class Entry:
    """An article of a feed."""

    title: str
    url: str
    day: date | None
    text: str


def read_feeds(text: str) -> tuple[list[Feed], float]:
    """Read the file of feeds: a table [[feed]] each with name and url; `pause` in seconds.

    Raises
    ------
    DeskError
        When it is not such a file.
    """
    try:
        told = tomllib.loads(text)
        pause = float(told.get("pause", PAUSE))
        found = [Feed(str(f["name"]), str(f["url"]), f.get("local", False)) for f in told["feed"]]
        if not all(isinstance(feed.local, bool) for feed in found):
            raise TypeError("local is true or false")
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        wanted = "each [[feed]] needs name and url, pause is a number"
        raise DeskError(f"the file of feeds cannot be read ({error}); {wanted}") from None
    if not 0 <= pause <= 3600:
        raise DeskError("pause is a number of seconds from 0 to 3600")
    return found, pause


def watch(
    desk: Desk, found: list[Feed], extractor: Extractor, *, pause: float
) -> Iterator[tuple[Feed, News]]:
    """Ask each feed once; one that is dead is told of, and the next one asked."""
    for number, feed in enumerate(found):
        if number:
            time.sleep(pause)  # other people's servers are not to be pressed
        try:
            yield feed, _ask(desk, feed, extractor)
        except DeskError as error:
            yield feed, News(fault=str(error))


def _ask(desk: Desk, feed: Feed, extractor: Extractor) -> News:
    with locked(desk.store) as connection:
        asked = sa.select(feeds.c.etag, feeds.c.modified).where(feeds.c.url == feed.url)
        known = connection.execute(asked).first() or ("", "")
    headers = {name: value for name, value in zip(IF_NEWER, known, strict=True) if value}
    try:
        answer = fetch(feed.url, headers, local=feed.local)
    except NotPublicError as error:
        raise DeskError(f"{error}; say `local = true` for one of your own") from None
    if answer.status == 304:  # nothing new
        return News()
    if answer.status != 200:
        raise DeskError(f"the page answers {answer.status}")
    news = _read(desk, feed, _entries(answer.content), extractor)
    _note_answer(desk, feed, answer)
    return news


def _note_answer(desk: Desk, feed: Feed, answer: Answer) -> None:
    """Keep what to ask with next time; a worker may add and change that, and take nothing out."""
    row = {
        "url": feed.url,
        "etag": answer.headers.get("etag", ""),
        "modified": answer.headers.get("last-modified", ""),
    }
    known = feeds.update().where(feeds.c.url == feed.url)
    with locked(desk.store) as connection:
        if not connection.execute(known.values(row)).rowcount:
            connection.execute(feeds.insert().values(row))


def _entries(content: bytes) -> list[Entry]:
    """Read RSS or Atom; raises DeskError when it is neither."""
    import feedparser  # only this needs it

    told = feedparser.parse(content, response_headers={"content-type": "application/xml"})
    if not told.version:
        raise DeskError("the page is neither RSS nor Atom")
    return [_entry(one) for one in told.entries]


def _entry(one: Any) -> Entry:
    parts = [part.get("value", "") for part in one.get("content", [])] or [one.get("summary", "")]
    title = _plain(one.get("title", ""))
    text = "\n".join(map(_plain, parts))[:LONGEST]
    url = _untracked(str(one.get("link", "")).strip())
    return Entry(title, url, _day(one), f"{title}\n\n{text}")


def _untracked(url: str) -> str:
    """Leave out what follows a reader: with and without it an address is of one article."""
    whole, sign, part = url.partition("#")
    address, question, asked = whole.partition("?")
    kept = [one for one in asked.split("&") if not re.fullmatch(TRACKING, one.partition("=")[0])]
    return f"{address}{question if any(kept) else ''}{'&'.join(kept)}{sign}{part}"


def _day(one: Any) -> date | None:
    """Give the day of an article; none where it has none, or one that no calendar has."""
    when = one.get("published_parsed") or one.get("updated_parsed")
    try:
        return date(*when[:3]) if when else None
    except ValueError:
        return None


def _plain(markup: str) -> str:
    """Give the text of a piece of HTML, a line a paragraph."""
    from lxml import etree, html

    marked = BLOCK_ENDS.sub(f"{PARAGRAPH}\\g<0>", markup.replace(PARAGRAPH, " "))
    try:
        text = str(html.fromstring(f"<div>{marked}</div>").text_content())
    except (etree.ParserError, ValueError):
        return ""
    return re.sub(r"[ \t\r\n]+", " ", text).replace(PARAGRAPH, "\n").strip()


def _read(desk: Desk, feed: Feed, entries: list[Entry], extractor: Extractor) -> News:
    """Read what was not read before, and propose what is whole."""
    new, proposed, left, nowhere = 0, list[int](), 0, 0
    for entry in entries:
        if not re.fullmatch(WEB, entry.url):
            nowhere += 1
            continue
        if _was_read(desk, entry.url):
            continue
        new += 1
        for one in extractor.candidates(entry.text, published=entry.day):
            numbers = _proposed(desk, feed, entry, one)
            proposed += numbers
            left += not numbers
        _note_read(desk, entry.url)
    return News(new, tuple(proposed), left, nowhere=nowhere)


def _was_read(desk: Desk, url: str) -> bool:
    with locked(desk.store) as connection:
        asked = sa.select(articles.c.url).where(articles.c.url == url)
        return connection.scalar(asked) is not None


def _note_read(desk: Desk, url: str) -> None:
    with locked(desk.store) as connection:
        connection.execute(articles.insert().values(url=url, at=now()))


def _proposed(desk: Desk, feed: Feed, entry: Entry, one: Candidate) -> list[int]:
    """Propose a candidate that has every field; gives its number, or none where one is open."""
    drafts = _drafts(desk, feed, entry, one) if one.sure >= SURE_ENOUGH else []
    try:
        return propose(desk, drafts, by=PROGRAM) if drafts else []
    except ExceptionGroup:  # the codebook objects, or it waits already: a person sees to it
        return []


def _drafts(desk: Desk, feed: Feed, entry: Entry, one: Candidate) -> list[Draft]:
    log = latest(desk.store)
    heard = heard_now(desk, log)
    place = one.settlement_id or one.area_id
    if not (place and one.claimant_id and one.kind and one.controller and one.stated_on):
        return []
    names = {file: table_now(heard, file).set_index("id")["name"] for file in TABLES}
    if one.claimant_id not in names["claimants.csv"]:  # taken out at the desk, not yet of the files
        return []
    who = str(names["claimants.csv"][one.claimant_id])
    cells = {
        "claimant_id": str(one.claimant_id),
        "kind": str(one.kind),
        "controller": str(one.controller),
        "stated_on": str(one.stated_on),
        "effective_on": "",
        "summary": summary_of(one.kind, one.controller, who),
        "outlet": feed.name,
        "title": entry.title,
        "url": entry.url,
    }
    taken = {p.id for p in log.proposals.values() if p.state == State.PROPOSED}
    rests = evidence_of(copy=None, quote=one.sentence, archive="")
    named = {place: str(names["settlements.csv"].get(place, place)).partition(" (")[0]}
    return drafts_for(heard, cells, named, taken=taken, evidence=rests)


def in_words(feed: Feed, news: News) -> str:
    """Tell in one line what came of asking a feed."""
    if news.fault:
        return f"{feed.name}: {news.fault}"
    told = (
        f"{feed.name}: {news.articles} new articles, {len(news.proposed)} statements proposed, "
        f"{news.open} candidates left open"
    )
    return f"{told}, {news.nowhere} entries without an address" if news.nowhere else told
