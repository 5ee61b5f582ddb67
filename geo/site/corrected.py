"""What was corrected in the ledger, for the pages of the site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from geo.page.corrected import Correction, correction_in_words, list_corrections, what_it_said
from geo.site.web import Site


@lru_cache(maxsize=2)
def corrections_of(site: Site) -> tuple[Correction, ...]:
    """List all corrections, the newest first."""
    return list_corrections(site.dataset, site.corrections, site.retracted)


@lru_cache(maxsize=2)
def corrections_by_place(site: Site) -> dict[str, list[Correction]]:
    """Put the corrections of places and of what was said of them in order of places."""
    found: dict[str, list[Correction]] = defaultdict(list)
    for one in corrections_of(site):
        if one.place:
            found[one.place].append(one)
    return found


@lru_cache(maxsize=2)
def taken_out_of(site: Site) -> dict[date, list[Correction]]:
    """Put the statements that were taken out in order of the days on which they were made."""
    found: dict[date, list[Correction]] = defaultdict(list)
    for one in corrections_of(site):
        if one.said:
            found[date.fromisoformat(one.said.row["stated_on"])].append(one)
    return found


@lru_cache(maxsize=2)
def taken_out_by(site: Site) -> dict[str, list[Correction]]:
    """Put the statements that were taken out in order of who had made them."""
    found: dict[str, list[Correction]] = defaultdict(list)
    for one in corrections_of(site):
        if one.said:
            found[one.said.row["claimant_id"]].append(one)
    return found


def told(site: Site, corrections: Iterable[Correction]) -> list[tuple[Correction, str, str]]:
    """Tell each correction in the language spoken, and what a statement taken out had said."""
    return [
        (one, correction_in_words(one), what_it_said(site.dataset, one.said) if one.said else "")
        for one in corrections
    ]
