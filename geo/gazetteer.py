"""Finding a place by any of its names, in either script, with typing mistakes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
from rapidfuzz import fuzz, process

LONGEST = 80  # characters of a question that are looked at
FLOOR = 72.0  # of 100: below, two names have little in common


@dataclass(frozen=True)
class Match:
    """A place that a text may mean.

    Attributes
    ----------
    settlement_id, name
        The place, and its name on the map.
    spelling
        The name that was found to be like the text.
    score
        100 for the same name, lower for less like ones.
    """

    settlement_id: str
    name: str
    spelling: str
    score: float


@dataclass(frozen=True, eq=False)
class NameIndex:
    """Every spelling of every place, folded, with the row of its place."""

    folded: list[str]
    spellings: list[str]
    rows: list[int]
    ids: list[str]
    names: list[str]
    population: list[float]


def fold(text: str) -> str:
    """Bring a name to what its spellings share: case, accents, apostrophes and hyphens go."""
    text = text.casefold().replace("ё", "е").replace("ґ", "г")
    # NFC first: й and ї are letters of their own, and must not lose their mark.
    kept = "".join(
        letter if letter in "йї" else unicodedata.normalize("NFD", letter)[0]
        for letter in unicodedata.normalize("NFC", text)
    )
    return " ".join(re.sub(r"[^\w\s]|_", "", re.sub(r"[-–—(),]", " ", kept)).split())


def name_index(settlements: gpd.GeoDataFrame) -> NameIndex:
    """Fold all names once; keep the result for `find_places`.

    Parameters
    ----------
    settlements
        The gazetteer: name, name_uk, name_ru, aliases (split at semicolons), population.
    """
    columns = settlements[["name", "name_uk", "name_ru", "aliases"]]
    folded, spellings, rows = [], [], []
    for row, (name, name_uk, name_ru, aliases) in enumerate(columns.itertuples(index=False)):
        for spelling in dict.fromkeys((name, name_uk, name_ru, *aliases.split(";"))):
            if key := fold(spelling):
                folded.append(key)
                spellings.append(spelling.strip())
                rows.append(row)
    people = pd.to_numeric(settlements["population"]).fillna(0)
    return NameIndex(
        folded=folded,
        spellings=spellings,
        rows=rows,
        ids=list(settlements.index),
        names=list(settlements["name"]),
        population=list(people),
    )


def find_places(index: NameIndex, text: str, *, limit: int = 8) -> list[Match]:
    """Find the places that a text may mean, the most like first, larger ones before smaller.

    Parameters
    ----------
    index
        From `name_index`.
    text
        What a reader typed; anything beyond 80 characters is not looked at.
    limit
        How many places at most.
    """
    asked = fold(text[:LONGEST])
    if not asked:
        return []
    best: dict[int, tuple[float, int]] = {}
    for key, like, at in process.extract(
        asked, index.folded, scorer=fuzz.ratio, limit=10 * limit, score_cutoff=FLOOR
    ):
        _keep(best, index.rows[at], 100.0 if key == asked else min(like, 99.0), at)
    for at, key in enumerate(index.folded):
        if key.startswith(asked):  # what was typed so far is right
            _keep(best, index.rows[at], 100.0 if key == asked else 99.5, at)
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], -index.population[item[0]]))
    return [
        Match(index.ids[row], index.names[row], index.spellings[at], score)
        for row, (score, at) in ranked[:limit]
    ]


def _keep(best: dict[int, tuple[float, int]], row: int, score: float, at: int) -> None:
    if score > best.get(row, (0.0, 0))[0]:
        best[row] = (score, at)
