"""Finding a place by any of its names, in either script, with typing mistakes."""

from __future__ import annotations

import heapq
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import geopandas as gpd
import pandas as pd
from rapidfuzz import fuzz, process

LONGEST = 80  # characters of a question that are looked at
FLOOR = 72.0  # of 100: below, two names have little in common
SAME, BEGINS, WORD_BEGINS, MOST_ALIKE = 100.0, 99.5, 99.0, 98.0
LATER_WORD = 5.0  # a name whose second word is alike comes after one that is alike as a whole

# Letters in which Ukrainian and Russian spellings of one name differ, and the Latin letters that
# slip into Cyrillic words because they look the same. Soft and hard signs go.
CYRILLIC = str.maketrans("іыєэґaceiopxy", "ииеегасеиорху", "ьъ")
CYRILLIC_BEGINS = "\u0400"  # sorts after every Latin letter that is left once accents are gone


@dataclass(frozen=True)
class Match:
    """A place that a text may mean.

    Attributes
    ----------
    id
        Of the place.
    spelling
        The name that was found to be like the text.
    score
        100 for the same name, lower for less like ones.
    """

    id: str
    spelling: str
    score: float


class Entry(NamedTuple):
    """One folded name, or what is left of it from a later word on."""

    key: str
    whole: bool
    spelling: str
    row: int


@dataclass(frozen=True, eq=False)
class NameIndex:
    """Every spelling of every place, folded and sorted: Latin keys, then Cyrillic ones.

    `shelves` holds the keys of `entries` by script, for only names in the script of the question
    can be like it.
    """

    entries: list[Entry]
    shelves: tuple[list[str], list[str]]
    ids: list[str]
    population: list[float]


def fold(text: str) -> str:
    """Bring a name to what its spellings share: case, accents, apostrophes and hyphens go."""
    plain = unicodedata.normalize("NFD", text.casefold())
    for letter in "йї":  # letters of their own, which keep their mark
        plain = plain.replace(unicodedata.normalize("NFD", letter), letter)
    # Accents go with the signs. \w takes modifier letters for letters; one is the apostrophe of
    # Купʼянськ.
    plain = re.sub(r"[^\w\s]|[_ʰ-˿]", "", re.sub(r"[-‐-―(),]", " ", plain))
    return " ".join(
        word.translate(CYRILLIC) if re.search("[\u0400-\u052f]", word) else word
        for word in plain.split()
    )


def name_index(places: gpd.GeoDataFrame) -> NameIndex:
    """Fold all names once; keep the result for `find_places`.

    Parameters
    ----------
    places
        Settlements, or oblasts too, by id: name, name_uk, name_ru, aliases (split at semicolons),
        population.
    """
    columns = places[["name", "name_uk", "name_ru", "aliases"]]
    entries = sorted(
        Entry(key, whole, spelling.strip(), row)
        for row, (*names, aliases) in enumerate(columns.itertuples(index=False))
        for spelling in dict.fromkeys((*names, *aliases.split(";")))
        for key, whole in _keys(spelling)
    )
    # Joined and split: new strings that lie side by side in memory are searched many times faster.
    keys = "\n".join(entry.key for entry in entries).split("\n")
    cut = bisect_left(keys, CYRILLIC_BEGINS)
    return NameIndex(
        entries=entries,
        shelves=(keys[:cut], keys[cut:]),
        ids=list(places.index),
        population=list(pd.to_numeric(places["population"]).fillna(0)),
    )


def _keys(spelling: str) -> Iterator[tuple[str, bool]]:
    """Give the keys of a spelling, and whether each is the whole name.

    "Velyka Novosilka" is found by "novosilka" too; what stands in brackets is no name, it only
    tells places of one name apart.
    """
    name, bracket, _ = spelling.partition("(")
    words = fold(name).split()
    for first in range(len(words)):
        yield " ".join(words[first:]), first == 0
    if bracket:
        yield fold(spelling), True


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
    best: dict[int, tuple[float, str]] = {}
    for score, entry in _alike(index, asked, most=10 * limit):
        if entry.row not in best or score > best[entry.row][0]:
            best[entry.row] = (score, entry.spelling)
    ranked = heapq.nsmallest(
        limit,
        best.items(),
        key=lambda item: (-item[1][0], -index.population[item[0]], index.ids[item[0]]),
    )
    return [Match(index.ids[row], spelling, score) for row, (score, spelling) in ranked]


def _alike(index: NameIndex, asked: str, *, most: int) -> Iterator[tuple[float, Entry]]:
    """Score the names that begin with the text, then up to `most` that are only like it."""
    cyrillic = asked >= CYRILLIC_BEGINS
    shelf, first = index.shelves[cyrillic], len(index.shelves[0]) if cyrillic else 0
    at = bisect_left(shelf, asked)
    while at < len(shelf) and shelf[at].startswith(asked):
        entry = index.entries[first + at]
        whole = SAME if entry.key == asked else BEGINS
        yield whole if entry.whole else WORD_BEGINS, entry
        at += 1
    for _, like, at in process.extract(
        asked, shelf, scorer=fuzz.ratio, limit=most, score_cutoff=FLOOR
    ):
        entry = index.entries[first + at]
        yield min(like, MOST_ALIKE) - (0.0 if entry.whole else LATER_WORD), entry


def place_named(places: gpd.GeoDataFrame, text: str) -> str:
    """Give the id of the place that a text names: its id, or any of its names.

    Raises
    ------
    ValueError
        No place has that name; the sentence says which are like it.
    """
    if text in places.index:
        return text
    near = find_places(name_index(places), text)
    same = [match.id for match in near if match.score >= SAME]
    if len(same) == 1:
        return same[0]
    raise ValueError(unknown_place(places, text))


def unknown_place(places: gpd.GeoDataFrame, text: str) -> str:
    """Say that no place has a name, and which are like it."""
    near = find_places(name_index(places), text, limit=3)
    hint = f"; did you mean {', '.join(match.id for match in near)}?" if near else ""
    return f"unknown place {text!r}{hint}"
