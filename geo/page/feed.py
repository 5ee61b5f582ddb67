"""Feeds: Atom (RFC 4287) and JSON Feed 1.1. What comes from data stays text; days are midnight UTC.

Same entries, same bytes, and an entry keeps its id for ever, whoever serves it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_OID, uuid5
from xml.etree import ElementTree

ATOM = "http://www.w3.org/2005/Atom"
AUTHOR = "Frontline Claims"
# Characters that XML 1.0 has no place for.
NOT_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 65534, 65535))


@dataclass(frozen=True)
class Entry:
    """One thing that happened in the ledger.

    Attributes
    ----------
    id
        Stays the same however often a feed is made: what happened, and the claim that did it.
    day
        On which it happened.
    category
        Word for what happened: "statements", "opened", "closed", …
    title
        A sentence.
    url
        Where it can be read; "" where there is no address.
    sources
        Outlet and address of each publication; "" where it has none on the web.
    """

    id: str
    day: date
    category: str
    title: str
    url: str
    sources: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The sentence, and each source in a line of its own."""
        told = (f"{outlet}: {url}" if url else outlet for outlet, url in self.sources)
        return "\n".join([self.title, *told])


@dataclass(frozen=True)
class Feed:
    """A list of entries, the newest first.

    Attributes
    ----------
    id
        Tells it from our other feeds, for ever.
    title, lang
        In words, and the language they are of.
    entries
        What is in it.
    updated
        The day of the newest entry, or one that stands for it in an empty feed.
    home, atom_url, json_url
        Addresses of the page it goes with and of the feed itself; "" where there is none.
    """

    id: str
    title: str
    lang: str
    entries: Sequence[Entry]
    updated: date
    home: str = ""
    atom_url: str = ""
    json_url: str = ""


def atom(feed: Feed) -> str:
    """Write a feed as Atom."""
    root = ElementTree.Element(f"{{{ATOM}}}feed", {"xml:lang": feed.lang})
    _add(root, "title", feed.title)
    _add(root, "id", lasting_id(feed.id))
    _add(root, "updated", midnight(feed.updated))
    author = ElementTree.SubElement(root, f"{{{ATOM}}}author")
    _add(author, "name", AUTHOR)
    if feed.home:
        _add(root, "link", "", rel="alternate", href=feed.home)
    if feed.atom_url:
        _add(root, "link", "", rel="self", href=feed.atom_url)
    for entry in feed.entries:
        root.append(_atom_entry(entry))
    ElementTree.register_namespace("", ATOM)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _atom_entry(entry: Entry) -> ElementTree.Element:
    element = ElementTree.Element(f"{{{ATOM}}}entry")
    _add(element, "title", entry.title)
    _add(element, "id", lasting_id(entry.id))
    _add(element, "updated", midnight(entry.day))
    _add(element, "category", "", term=entry.category)
    _add(element, "content", entry.text, type="text")
    if entry.url:
        _add(element, "link", "", rel="alternate", href=entry.url)
    for _, url in entry.sources:
        if url:
            _add(element, "link", "", rel="related", href=url)
    return element


def json_feed(feed: Feed) -> str:
    """Write a feed as JSON Feed 1.1 (https://jsonfeed.org/version/1.1)."""
    about = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "language": feed.lang,
        "authors": [{"name": AUTHOR}],
        "home_page_url": feed.home,
        "feed_url": feed.json_url,
    }
    items = [
        {
            "id": lasting_id(entry.id),
            "title": entry.title,
            "content_text": entry.text,
            "date_published": midnight(entry.day),
            "tags": [entry.category],
            **({"url": entry.url} if entry.url else {}),
            **({"external_url": first} if (first := _first_url(entry)) else {}),
        }
        for entry in feed.entries
    ]
    content = {key: value for key, value in about.items() if value} | {"items": items}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _first_url(entry: Entry) -> str:
    return next((url for _, url in entry.sources if url), "")


def _add(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    clean = {key: value.translate(NOT_XML) for key, value in attributes.items()}
    child = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", clean)
    child.text = text.translate(NOT_XML) or None


def lasting_id(name: str) -> str:
    """Make an id that needs no address of ours and stays the same (RFC 4122, version 5)."""
    return uuid5(NAMESPACE_OID, f"frontline-claims:{name}").urn


def midnight(day: date) -> str:
    """Write a day as feeds want it (RFC 3339)."""
    return f"{day.isoformat()}T00:00:00Z"
