"""The digest as text, Markdown, JSON and Atom (RFC 4287); what comes from data stays text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from html import escape
from uuid import NAMESPACE_OID, uuid5
from xml.etree import ElementTree

from geo.address import full_address, look_at
from geo.ledger.changes import Changes
from geo.ledger.digest import Line, digest
from geo.model import Dataset, View
from geo.wording import CHANGES_WORDS, day_in_words

ATOM = "http://www.w3.org/2005/Atom"
# Characters that mean something in Markdown, and those that XML 1.0 has no place for.
MARKS = re.compile(r"([\\`*_{}\[\]()#+!|~])")
NOT_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))

# Makes the address of the map at a day and a place.
Link = Callable[[date, str], str]


def map_links(dataset: Dataset, base: str) -> Link:
    """Make what gives the address of the map; `base` is the app's address, before the ?."""

    def link(day: date, place: str) -> str:
        return full_address(look_at(View(as_of=day), dataset, place), base=base)

    return link


def digest_text(dataset: Dataset, changes: Changes, link: Link) -> str:
    """Write the digest as plain text."""
    lines = [_heading(changes), ""]
    for section, found in digest(dataset, changes).items():
        lines += [CHANGES_WORDS[section].upper(), ""]
        for line in found:
            lines += [f"- {_one_line(line.text)}"]
            lines += [
                f"  {_one_line(f'{outlet}: {url}' if url else outlet)}"
                for outlet, url in line.links
            ]
        lines += [] if found else [CHANGES_WORDS["nothing"]]
        lines += [""]
    return "\n".join(lines)


def digest_markdown(dataset: Dataset, changes: Changes, link: Link) -> str:
    """Write the digest as Markdown: each line with its publications and its place on the map."""
    lines = [f"# {_plain(_heading(changes))}", ""]
    for section, found in digest(dataset, changes).items():
        lines += [f"## {CHANGES_WORDS[section]}", ""]
        for line in found:
            links = [
                f"[{_plain(outlet)}]({_url(url)})" if url else _plain(outlet)
                for outlet, url in line.links
            ]
            where = f"[{CHANGES_WORDS['map']}]({_url(link(line.day, line.place))})"
            lines += [f"- {_plain(line.text)} {', '.join([*links, where])}"]
        lines += [] if found else [CHANGES_WORDS["nothing"]]
        lines += [""]
    return "\n".join(lines)


def digest_json(dataset: Dataset, changes: Changes, link: Link) -> str:
    """Write the digest as JSON."""
    content = {
        "since": changes.since.isoformat(),
        "until": changes.until.isoformat(),
        "ledger_version": dataset.version,
        **{
            section: [
                {
                    "id": line.id,
                    "day": line.day.isoformat(),
                    "place": line.place,
                    "text": line.text,
                    "sources": [{"outlet": outlet, "url": url} for outlet, url in line.links],
                    "map": link(line.day, line.place),
                }
                for line in found
            ]
            for section, found in digest(dataset, changes).items()
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def digest_atom(dataset: Dataset, changes: Changes, link: Link) -> str:
    """Write the digest as an Atom feed; days are midnight UTC, so the same ledger, same bytes."""
    found = digest(dataset, changes)
    entries = [(section, line) for section, lines in found.items() for line in lines]
    newest = max((line.day for _, line in entries), default=changes.until)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    _add(feed, "title", _heading(changes))
    _add(feed, "id", _lasting_id("changes"))
    _add(feed, "updated", _midnight(newest))
    author = ElementTree.SubElement(feed, f"{{{ATOM}}}author")
    _add(author, "name", "Frontline Claims")
    for section, line in sorted(entries, key=lambda entry: entry[1].day, reverse=True):
        feed.append(_entry(section, line, link))
    ElementTree.register_namespace("", ATOM)
    ElementTree.indent(feed)
    return ElementTree.tostring(feed, encoding="unicode", xml_declaration=True) + "\n"


def _entry(section: str, line: Line, link: Link) -> ElementTree.Element:
    entry = ElementTree.Element(f"{{{ATOM}}}entry")
    _add(entry, "title", line.text)
    _add(entry, "id", _lasting_id(line.id))
    _add(entry, "updated", _midnight(line.day))
    _add(entry, "category", "", term=section)
    _add(entry, "content", "\n".join([line.text, *_sources(line)]), type="text")
    _add(entry, "link", "", rel="alternate", href=link(line.day, line.place))
    for _, url in line.links:
        if url:
            _add(entry, "link", "", rel="related", href=url)
    return entry


def _sources(line: Line) -> list[str]:
    return [f"{outlet}: {url}" if url else outlet for outlet, url in line.links]


def _add(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    clean = {key: value.translate(NOT_XML) for key, value in attributes.items()}
    child = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", clean)
    child.text = text.translate(NOT_XML) or None


def _lasting_id(name: str) -> str:
    """Make an id that needs no address of ours and stays the same (RFC 4122, version 5)."""
    return uuid5(NAMESPACE_OID, f"frontline-claims:{name}").urn


def _heading(changes: Changes) -> str:
    return CHANGES_WORDS["heading"].format(
        since=day_in_words(changes.since), until=day_in_words(changes.until)
    )


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> str:
    """Keep text from meaning anything in Markdown or HTML."""
    return MARKS.sub(r"\\\1", escape(_one_line(text), quote=False))


def _url(url: str) -> str:
    """Keep an address from ending its own link."""
    return url.replace(" ", "%20").replace("(", "%28").replace(")", "%29").replace("<", "%3C")


DIGESTS = {
    "text": digest_text,
    "md": digest_markdown,
    "json": digest_json,
    "atom": digest_atom,
}
