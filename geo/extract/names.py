"""Every form of every name of a gazetteer: cases, romanisations, old names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from geo.extract.lexicon import read_table
from geo.extract.tokens import Token, loosen, word_key

# Romanisation of Ukrainian (resolution 55 of 2010, by which places are named abroad) and of
# Russian (BGN/PCGN, simplified): papers write names by either.
UKRAINIAN = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch  iu ia".split(" "),
        strict=True,
    )
)
RUSSIAN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya".split(" "),
        strict=True,
    )
)


@dataclass(frozen=True)
class Gazetteer:
    """Forms of words, and the places whose names are made of them.

    Attributes
    ----------
    words
        A form of a word to the words it may be a form of.
    names
        The first word of a name to (all its words, ids of the places), the longest first.
    """

    words: dict[str, frozenset[str]]
    names: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]

    def find(self, tokens: list[Token], at: int) -> tuple[int, tuple[str, ...]] | None:
        """Find the longest name that begins at a token: how many words, and whose it is."""
        if not tokens[at].capital:
            return None
        longest = 0
        found: set[str] = set()
        for first in self.words.get(tokens[at].loose, ()):
            for words, places in self.names.get(first, ()):
                if len(words) >= longest and self._fits(words, tokens[at : at + len(words)]):
                    found = set(places) | (found if len(words) == longest else set())
                    longest = len(words)
        return (longest, tuple(sorted(found))) if found else None

    def _fits(self, words: tuple[str, ...], tokens: list[Token]) -> bool:
        return len(words) == len(tokens) and all(
            token.capital and word in self.words.get(token.loose, ())
            for word, token in zip(words, tokens, strict=True)
        )


def read_gazetteer(settlements: pd.DataFrame) -> Gazetteer:
    """Make all forms of all names.

    Parameters
    ----------
    settlements
        Index: id; name, name_uk, name_ru, aliases (split at semicolons).
    """
    endings = _endings()
    forms: dict[str, set[str]] = defaultdict(set)
    whose: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for place, spelling, language in _spellings(settlements):
        words = tuple(re.findall(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*", spelling))
        keys = tuple(loosen(word_key(word)) for word in words)
        for word, key in zip(words, keys, strict=True):
            forms[key].add(key)
            for form in _forms(word, language, endings):
                forms[loosen(word_key(form))].add(key)
        if keys and place not in whose[keys]:
            whose[keys].append(place)
    names = defaultdict(list)
    for keys, places in whose.items():
        names[keys[0]].append((keys, tuple(places)))
    for shelf in names.values():
        shelf.sort(key=lambda name: -len(name[0]))
    return Gazetteer({form: frozenset(words) for form, words in forms.items()}, dict(names))


def _spellings(settlements: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Give the id, a spelling and its language; romanisations of both names are made."""
    columns = (settlements[name].astype(str) for name in ("name", "name_uk", "name_ru", "aliases"))
    ids = map(str, settlements.index)
    for place, english, ukrainian, russian, aliases in zip(ids, *columns, strict=True):
        yield place, ukrainian, "uk"
        yield place, russian, "ru"
        yield place, _romanised(ukrainian, UKRAINIAN), "en"
        yield place, _romanised(russian, RUSSIAN), "en"
        for spelling in (english.partition("(")[0], *aliases.split(";")):
            name = spelling.strip()
            if name.isascii():
                yield place, name, "en"
            elif name:
                yield place, name, "uk"
                yield place, name, "ru"


def _romanised(name: str, letters: dict[str, str]) -> str:
    return "".join(letters.get(letter, letter) for letter in name.lower().replace("'", ""))


def _endings() -> dict[str, list[tuple[str, list[str]]]]:
    """Read the table of endings; the longest come first."""
    table: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for row in read_table("endings"):
        table[row["language"]].append((row["ending"], row["forms"].split()))
    for shelf in table.values():
        shelf.sort(key=lambda ending: -len(ending[0]))
    return table


def _forms(
    word: str, language: str, endings: dict[str, list[tuple[str, list[str]]]]
) -> Iterator[str]:
    """Give the cases of a word, by the longest endings that it has and all shorter ones."""
    lower = word.lower()
    for ending, forms in endings[language]:
        if lower.endswith(ending) and (ending or lower[-1] not in "аеєиіїоуюяйь"):
            stem = lower[: len(lower) - len(ending)]
            yield from (stem + form for form in forms)
