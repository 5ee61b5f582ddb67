"""The site as an address: which pages there are, where they lie, and the frame around each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

import pandas as pd
from markupsafe import Markup

from geo.desk.retractions import Retraction
from geo.model import Dataset, Lang, Snapshot
from geo.page import fill
from geo.timeline import take_snapshot
from geo.wording import SITE_WORDS, speak

# Nothing runs and nothing is loaded but the site's own files; no inline script, no inline style.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; "
    "form-action 'none'"
)
NAVIGATION = ("place", "oblast", "speaker", "day", "disagreements", "changes", "confirmation",
              "method", "data", "follow")  # fmt: skip
CARD = "card.png"
MISSING = "404.html"  # one page in all languages


RECENT = 90  # days up to the newest one


class Cards(StrEnum):
    """Which pages get a social card of their own.

    CHANGED are those whose newest statement was made in the RECENT days: what people talk of.
    By the ledger alone, and not by what was baked before, so that one ledger makes one site.
    """

    NONE = "none"
    CHANGED = "changed"
    ALL = "all"


@dataclass(frozen=True, eq=False)
class Site:
    """What is published, and where.

    Attributes
    ----------
    dataset
        Checked and joined data.
    base
        Address of its first page, with a slash at the end.
    langs
        Languages of its pages; the first one's stand at the root.
    cards
        Which pages get a card of their own.
    assets
        Where the style sheet and the map's files are: key to path from the root.
    codebook
        Of the ledger, as Markdown, in each language.
    release
        The ledger's own files: name to content.
    corrections
        Of `open_corrections`.
    retracted
        Of `retractions`.
    """

    dataset: Dataset
    base: str
    langs: tuple[Lang, ...]
    cards: Cards
    assets: Mapping[str, str]
    codebook: Mapping[Lang, str]
    release: Mapping[str, bytes]
    corrections: pd.DataFrame
    retracted: Mapping[str, Retraction]

    @cached_property
    def snapshot(self) -> Snapshot:
        """What stands on the newest day."""
        return take_snapshot(self.dataset, as_of=self.dataset.last_day)

    def has_card(self, newest: date | None) -> bool:
        """Tell whether a page has a card of its own, by the day of its newest statement."""
        if self.cards is Cards.CHANGED:
            return newest is not None and (self.dataset.last_day - newest).days < RECENT
        return self.cards is Cards.ALL

    def folder(self, lang: Lang) -> str:
        """Give the folder of a language, from the root: "" or "uk/"."""
        return "" if lang is self.langs[0] else f"{lang}/"

    def address(self, lang: Lang, path: str) -> str:
        """Give the whole address of a page by its path in the folder of a language."""
        return f"{self.base}{self.folder(lang)}{path}"


@dataclass(frozen=True)
class Page:
    """One page, before it is filled.

    Attributes
    ----------
    path
        Of its folder within that of its language, with a slash at the end; "" for the first page.
    template
        Which fills its main part.
    title, about
        Its title, and what it tells in a sentence.
    graph
        What it says for machines: nodes of JSON-LD (schema.org).
    card
        Path of its card within the folder of its language.
    feed
        Path of the folder of its feed, within that of its language.
    place
        Id of the place that its oEmbed frame shows.
    """

    path: str
    template: str
    title: str
    about: str
    graph: Sequence[dict[str, Any]] = ()
    card: str = CARD
    feed: str = ""
    place: str = ""


def write_page(
    site: Site, lang: Lang, page: Page, *, root: str = "", **values: Any
) -> tuple[str, bytes]:
    """Fill a page in a language; gives its path from the root, and its content.

    Its links to other pages are relative, so that the site works in any folder; `root` is what
    they begin with when that is not to be.
    """
    speak(lang)
    folder = site.folder(lang)
    path = f"{folder}{page.path}"
    root = root or "../" * path.count("/") or "./"
    here = f"{root}{folder}" if folder else root
    langs, other_path = (site.langs, page.path) if page.path != MISSING else ((lang,), "")
    html = fill(
        page.template,
        page=page,
        policy=POLICY,
        lang=lang,
        url=f"{site.base}{path}",
        card=f"{site.base}{folder}{page.card}",
        others=[(other, site.address(other, page.path)) for other in langs],
        switch=[
            (other, f"{root}{site.folder(other)}{other_path}", other is lang)
            for other in site.langs
        ],
        root=root,
        here=here,
        base=site.base,
        folder=folder,
        sheet=f"{root}{site.assets['site.css']}",
        navigation=NAVIGATION,
        graph=ld(page.graph) if page.graph else None,
        **values,
    )
    return f"{path}index.html", f"{html}\n".encode()


def ld(nodes: Sequence[Mapping[str, Any]]) -> Markup:
    """Write JSON-LD so that nothing in it ends its element."""
    text = json.dumps(
        {"@context": "https://schema.org", "@graph": list(nodes)},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - escaped above


def product_title(title: str) -> str:
    """End a title with the product's name."""
    return (
        title if title.startswith(SITE_WORDS["product"]) else f"{title} | {SITE_WORDS['product']}"
    )
