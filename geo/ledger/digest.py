"""The digest of changes: lines in words, each with its links, before it becomes text or a feed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from geo.ledger.changes import Changes
from geo.ledger.tables import position_in_words
from geo.model import WEB_BEGINS, Controller, Dataset, Kind
from geo.wording import (
    CHANGES_WORDS,
    SIDE_NAMES,
    claimant_names,
    day_in_words,
    place_name,
    says,
)

SHOWN = ["stated_on", "place_id", "claimant_id", "kind", "controller", "outlets", "urls"]


@dataclass(frozen=True)
class Line:
    """One change.

    Attributes
    ----------
    id
        Stays the same however often the digest is made: section and claim.
    day
        Of the statement that made the change; on which a disagreement fell dormant.
    place
        Id of the settlement or oblast.
    text
        A sentence.
    links
        Outlet and address of each publication; "" where it has none on the web.
    """

    id: str
    day: date
    place: str
    text: str
    links: tuple[tuple[str, str], ...]


def digest(dataset: Dataset, changes: Changes) -> dict[str, list[Line]]:
    """Put changes in words: the name of a section, as `Changes` has them, to its lines."""
    return {
        "statements": list(_statements(dataset, changes.statements)),
        "positions": list(_positions(dataset, changes.positions)),
        "opened": list(_disagreements(dataset, changes.opened, "opened")),
        "closed": list(_disagreements(dataset, changes.closed, "closed")),
        "woke": list(_turns(dataset, changes.woke, "woke")),
        "dormant": list(_turns(dataset, changes.dormant, "dormant")),
    }


def _rows(table: pd.DataFrame) -> Iterator[Any]:
    """Give the rows of a table; pandas takes milliseconds to give none, as most of these have."""
    return table.itertuples() if len(table) else iter(())


def _statements(dataset: Dataset, statements: pd.DataFrame) -> Iterator[Line]:
    speakers = claimant_names(dataset)
    for row in _rows(statements[SHOWN]):
        stated = row.stated_on.date()
        text = CHANGES_WORDS["statement"].format(
            day=day_in_words(stated),
            place=place_name(dataset, row.place_id),
            speaker=speakers[row.claimant_id],
            says=says(Kind(row.kind), Controller(row.controller)),
        )
        links = zip(row.outlets, row.urls, strict=True)
        shown = tuple(dict.fromkeys((outlet, _web(url)) for outlet, url in links))
        yield Line(f"statement-{row.Index}", stated, row.place_id, text, shown)


def _positions(dataset: Dataset, positions: pd.DataFrame) -> Iterator[Line]:
    for row in _rows(positions):
        told = _told(dataset, row.claim)
        text = CHANGES_WORDS["position"].format(
            place=place_name(dataset, row.place_id),
            side=SIDE_NAMES[row.side],
            before=position_in_words(row.before),
            after=position_in_words(row.after),
            **told.words,
        )
        yield Line(f"position-{told.id}", told.day, row.place_id, text, told.links)


def _disagreements(dataset: Dataset, rows: pd.DataFrame, what: str) -> Iterator[Line]:
    for row in _rows(rows):
        told = _told(dataset, row.opened_by if what == "opened" else row.closed_by)
        gaps: dict[str, Any] = {"place": place_name(dataset, row.place_id), **told.words}
        if what == "opened":
            text = CHANGES_WORDS["opened_on" if row.live else "opened_dormant"].format(**gaps)
        else:
            text = CHANGES_WORDS.counted("closed_on", row.days, **gaps)
        yield Line(f"{what}-{told.id}", told.day, row.place_id, text, told.links)


def _turns(dataset: Dataset, rows: pd.DataFrame, what: str) -> Iterator[Line]:
    """Say of each disagreement that it fell dormant, or woke; both may happen to one again."""
    for row in _rows(rows):
        told, turned = _told(dataset, row.claim), row.since.date()
        text = CHANGES_WORDS[f"{what}_on"].format(
            place=place_name(dataset, row.place_id),
            turned=day_in_words(turned),
            side=SIDE_NAMES[told.side],
            **told.words,
        )
        key = f"{what}-{told.id}-{turned}"
        yield Line(key, turned, row.place_id, text, told.links)


@dataclass(frozen=True)
class _Told:
    """A statement as a line tells of it; `words` are its day, its speaker and what it says."""

    id: str
    day: date
    side: str
    words: dict[str, str]
    links: tuple[tuple[str, str], ...]


def _told(dataset: Dataset, row: int) -> _Told:
    claim = dataset.claims.iloc[row]
    day = claim["stated_on"].date()
    words = {
        "day": day_in_words(day),
        "speaker": claimant_names(dataset)[claim["claimant_id"]],
        "says": says(Kind(claim["kind"]), Controller(claim["controller"])),
    }
    links = ((claim["outlet"], _web(claim["url"])),)
    return _Told(str(claim.name), day, claim["side"], words, links)


def _web(url: str) -> str:
    return url if url.startswith(WEB_BEGINS) else ""
