"""The digest as text, Markdown, JSON and Atom (RFC 4287); what comes from data stays text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from html import escape

from geo.address import full_address, look_at
from geo.ledger.changes import Changes
from geo.ledger.digest import digest
from geo.model import Dataset, View
from geo.page.feed import Entry, Feed, atom
from geo.wording import CHANGES_WORDS, day_in_words, spoken

# Characters that mean something in Markdown.
MARKS = re.compile(r"([\\`*_{}\[\]()#+!|~])")

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
    """Write the digest as an Atom feed; see `geo.page.feed`."""
    entries = [
        Entry(line.id, line.day, section, line.text, link(line.day, line.place), line.links)
        for section, lines in digest(dataset, changes).items()
        for line in lines
    ]
    return atom(
        Feed(
            id="changes",
            title=_heading(changes),
            lang=spoken(),
            entries=sorted(entries, key=lambda entry: entry.day, reverse=True),
            updated=max((entry.day for entry in entries), default=changes.until),
        )
    )


def _heading(changes: Changes) -> str:
    return CHANGES_WORDS["heading"].format(
        since=day_in_words(changes.since), until=day_in_words(changes.until)
    )


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
