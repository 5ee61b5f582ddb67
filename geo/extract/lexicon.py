"""The tables of the lexicon, and finding their words in a text.

A lemma is one or more words; a star stands for any ending (`liberat*`). The tables are in
`lexicon/`, for a linguist to read and extend; lemmas are folded as names are, so Ukrainian and
Russian spellings may be written as they are.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from geo.extract.tokens import Token, word_key

FOLDER = Path(__file__).parent / "lexicon"
SHORTEST_STEM = 3  # letters of a name in Cyrillic that stay when its ending goes
VOWELS = "аеиоуюяїй"


def read_table(name: str) -> list[dict[str, str]]:
    """Read one table of the lexicon."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def starred(lemma: str) -> str:
    """Fold a word of a table as texts are folded; its star stays."""
    return word_key(lemma.rstrip("*")) + "*" * lemma.endswith("*")


def is_form(key: str, word: str) -> bool:
    """Say whether a folded word is another one, which a star lets end in any way."""
    return key.startswith(word[:-1]) if word.endswith("*") else key == word


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to look for, a star for any ending, and what they stand for."""

    words: tuple[str, ...]
    kind: str
    capital: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: tokens `first` to `last`, the last one included."""

    kind: str
    first: int
    last: int


def phrase_of(lemma: str, kind: str) -> Phrase:
    """Make a phrase of a lemma."""
    parts = re.findall(r"\d+|%|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*\*?", lemma.replace("'s ", " "))
    words = (part if part == "%" else starred(part) for part in parts)
    return Phrase(tuple(word for word in words if word.strip("*")), kind)


def name_phrase(name: str, kind: str) -> Phrase:
    """Make a phrase of a speaker's name: words in Cyrillic are found in all their cases."""
    phrase = phrase_of(name.replace(",", " "), kind)
    return Phrase(
        tuple(map(_stem, phrase.words)), kind, capital=name[:1].isupper() and len(phrase.words) == 1
    )


def _stem(word: str) -> str:
    if word.isascii() or len(word) <= SHORTEST_STEM:
        return word
    stem = word.rstrip(VOWELS)
    return (stem if len(stem) >= SHORTEST_STEM else word) + "*"


@dataclass
class Phrasebook:
    """Phrases by their first word; finds the longest ones, left to right."""

    exact: dict[str, list[Phrase]] = field(default_factory=lambda: defaultdict(list))
    stems: dict[str, list[Phrase]] = field(default_factory=lambda: defaultdict(list))
    seen: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, phrases: Iterable[Phrase]) -> Phrasebook:
        """Make a book of phrases."""
        book = cls()
        for phrase in phrases:
            if phrase.words:
                shelf = book.stems if phrase.words[0].endswith("*") else book.exact
                shelf[phrase.words[0].rstrip("*")].append(phrase)
        return book

    def find(self, tokens: list[Token]) -> list[Hit]:
        """Find the phrases in a sentence; where several begin, the longest counts."""
        hits, at = [], 0
        while at < len(tokens):
            phrase = next(
                (p for p in self._beginning(tokens[at].key) if _fits(p, tokens, at)), None
            )
            if phrase is None:
                at += 1
                continue
            hits.append(Hit(phrase.kind, at, at + len(phrase.words) - 1))
            at += len(phrase.words)
        return hits

    def _beginning(self, key: str) -> tuple[Phrase, ...]:
        """Give the phrases whose first word fits, the longest and most exact first."""
        known = self.seen.get(key)
        if known is None:
            there = list(self.exact.get(key, ()))
            for cut in range(1, len(key) + 1):
                there += self.stems.get(key[:cut], ())
            there.sort(
                key=lambda p: (-len(p.words), -len(p.words[0].rstrip("*")), "*" in p.words[0])
            )
            known = self.seen[key] = tuple(there)
        return known


def _fits(phrase: Phrase, tokens: list[Token], at: int) -> bool:
    if at + len(phrase.words) > len(tokens) or (phrase.capital and not tokens[at].capital):
        return False
    rest = tokens[at + 1 : at + len(phrase.words)]
    return all(is_form(token.key, word) for word, token in zip(phrase.words[1:], rest, strict=True))


def cue_book() -> Phrasebook:
    """Make the book of cues: the words by which control is spoken of."""
    return Phrasebook.of(phrase_of(row["lemma"], row["kind"]) for row in read_table("cues"))


def area_book() -> Phrasebook:
    """Make the book of oblasts."""
    return Phrasebook.of(phrase_of(row["lemma"], row["kind"]) for row in read_table("areas"))
