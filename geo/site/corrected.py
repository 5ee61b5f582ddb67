"""What was corrected in the ledger, for the pages of the site, place by place."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from geo.page.corrected import Correction, list_corrections
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
