"""What was corrected in the ledger, for the pages of the site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import TypeVar

from geo.page.corrected import Correction, correction_in_words, list_corrections, what_it_said
from geo.site.web import Site

Key = TypeVar("Key", str, date)


@lru_cache(maxsize=2)
def corrections_of(site: Site) -> tuple[Correction, ...]:
    """List all corrections, the newest first."""
    return list_corrections(site.dataset, site.corrections, site.retracted)


@lru_cache(maxsize=2)
def corrections_by_place(site: Site) -> dict[str, list[Correction]]:
    """Put the corrections of places and of what was said of them in order of places."""
    return _grouped((one.place, one) for one in corrections_of(site) if one.place)


@lru_cache(maxsize=2)
def taken_out_of(site: Site) -> dict[date, list[Correction]]:
    """Put the statements that were taken out in order of the days on which they were made."""
    return _grouped(
        (date.fromisoformat(one.said.row["stated_on"]), one)
        for one in corrections_of(site)
        if one.said
    )


@lru_cache(maxsize=2)
def taken_out_by(site: Site) -> dict[str, list[Correction]]:
    """Put the statements that were taken out in order of who had made them."""
    return _grouped((one.said.row["claimant_id"], one) for one in corrections_of(site) if one.said)


def _grouped(pairs: Iterable[tuple[Key, Correction]]) -> dict[Key, list[Correction]]:
    found: dict[Key, list[Correction]] = defaultdict(list)
    for key, one in pairs:
        found[key].append(one)
    return found


def told(site: Site, corrections: Iterable[Correction]) -> list[tuple[Correction, str, str]]:
    """Tell each correction in the language spoken, and what a statement taken out had said."""
    return [
        (one, correction_in_words(one), what_it_said(site.dataset, one.said) if one.said else "")
        for one in corrections
    ]
