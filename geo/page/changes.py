"""What changed, section by section, as a list."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from geo.ledger.changes import Changes
from geo.ledger.digest import digest
from geo.model import Dataset
from geo.page.template import fill


def digest_list(dataset: Dataset, changes: Changes, link: Callable[[str, str], str]) -> Markup:
    """List what changed; `link` gives the address of the map at a day and a place."""
    return fill("digest.html", sections=digest(dataset, changes), link=link)
