"""What is looked at in every page before it is published, and the limits of common hosts."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

MOST_FILES = 20_000
LARGEST = 25 * 1024 * 1024  # bytes
_TITLE = re.compile(r"<title>[^<]+</title>")
_LANG = re.compile(r'<html lang="\w+">')
_CARD = re.compile(r'<meta property="og:image" content="([^"]*)">')
_ADDRESS = re.compile(r'<(\w+)\b[^>]*?\s(?:href|src)="([^"]*)"')
# The head names other pages and feeds by their whole address.
_HEAD = {"link", "meta"}


@dataclass(frozen=True)
class Seen:
    """What one page holds.

    Attributes
    ----------
    lacks
        What it should have and has not: "title", "lang", "card".
    card
        The whole address of its card.
    inside
        Paths of the site that it links to or loads.
    loads
        Addresses outside that it would load by itself; there must be none.
    """

    lacks: tuple[str, ...]
    card: str
    inside: tuple[str, ...]
    loads: tuple[str, ...]


def look(path: str, content: bytes) -> Seen:
    """Look at a page of ours; `path` is its file, from the root."""
    html = content.decode()
    card = _CARD.search(html)
    has = {"title": _TITLE.search(html), "lang": _LANG.search(html), "card": card}
    inside, loads = set(), set()
    for tag, raw in _ADDRESS.findall(html):
        address = unescape(raw)
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            if tag not in {"a", "link"}:
                loads.add(address)
        elif parts.path:
            inside.add(resolve(path, parts.path))
    lacks = tuple(name for name, found in has.items() if not found)
    address = unescape(card.group(1)) if card else ""
    return Seen(lacks, address, tuple(sorted(inside)), tuple(sorted(loads)))


def resolve(page: str, link: str) -> str:
    """Give the file that a link in a page leads to; both are paths from the root."""
    if link.startswith("/"):
        return link  # of the page for addresses that are none, under the path of the base
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(page), link))
    if link.endswith("/") or joined == ".":
        joined = posixpath.join(joined, "index.html")
    return posixpath.normpath(joined)


def faults(base: str, files: Collection[str], seen: Mapping[str, Seen]) -> Iterator[str]:
    """Tell what is wrong with a site: links that lead nowhere, pages that lack something."""
    there = set(files)
    root = urlsplit(base).path
    for page, held in seen.items():
        for name in held.lacks:
            yield f"{page}: has no {name}"
        if held.card and held.card.removeprefix(base) not in there:
            yield f"{page}: its card {held.card} is no file of the site"
        for address in held.loads:
            yield f"{page}: would load {address}"
        for target in held.inside:
            if target.startswith("/"):
                target = resolve("index.html", f"./{target.removeprefix(root)}")
            if target not in there:
                yield f"{page}: links to {target}, which is not there"


def over_limits(sizes: Mapping[str, int]) -> Iterator[str]:
    """Tell what common hosts would refuse; a server of one's own has no such limits."""
    if len(sizes) > MOST_FILES:
        yield f"{len(sizes)} files; common hosts take {MOST_FILES}"
    for path, size in sizes.items():
        if size > LARGEST:
            yield f"{path}: {size / 2**20:.0f} MB; common hosts take {LARGEST // 2**20} MB"
