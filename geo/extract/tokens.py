"""A text cut into sentences and words, each word with its place in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from geo.gazetteer import fold

WORD = re.compile(
    r"(?P<initials>\b(?:[A-Z]\.){2,})"
    r"|(?P<word>[^\W\d_]+(?:['’ʼ`ʹ′](?!s\b)[^\W\d_]+)*)(?:['’]s\b)?"
    r"|(?P<number>\d+(?:[.,:]\d+)*)"
    r"|(?P<mark>[^\w\s\-‐‑\x22“”„«»]|(?<=\s)[-‐‑](?=\s))"
)
# A full stop after these ends no sentence.
SHORT = frozenset(
    "gen col lt maj capt brig adm sgt mr mrs ms dr st no u s k n p e g feb jan mar apr jun jul aug "
    "sep sept oct nov dec т зв обл р р-н м с н п см пгт г д ул ст тис млн".split()
)
LONGEST_SHORT = max(map(len, SHORT)) + 1  # letters to look at before a full stop
LAST = re.compile(r"([^\W\d_]+)\.\Z")
END = re.compile(r"[.!?…]+[\"'”»’)\]]*\s+|\n+")
LONGEST_SENTENCE = 2_000  # characters; reading one takes the cube of its length
LOOSE = str.maketrans("yjwge", "iivhi")
HYPHENS = "-‐‑"


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark.

    Attributes
    ----------
    start, end
        Offsets in the text.
    key
        The word folded as the gazetteer folds names; a mark or a number stands for itself.
    loose
        For Latin words: folded further, for names are spelled in many ways.
    capital
        It begins with a capital letter.
    bound
        A hyphen binds it to the word before.
    """

    start: int
    end: int
    key: str
    loose: str
    capital: bool
    bound: bool = False


@dataclass(frozen=True)
class Sentence:
    """One sentence: its offsets in the text, and its tokens."""

    start: int
    end: int
    tokens: list[Token]


@lru_cache(maxsize=50_000)
def word_key(word: str) -> str:
    """Fold one word; empty when nothing is left of it."""
    return fold(word).replace(" ", "")


@lru_cache(maxsize=50_000)
def loosen(key: str) -> str:
    """Bring the romanisations of one name together: Izyum and Izium, Luhansk and Lugansk."""
    if not key.isascii():
        return key
    plain = key.replace("kh", "h").translate(LOOSE)
    return re.sub(r"(.)\1+", r"\1", plain)


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Cut a stretch of a text into words, numbers and marks; hyphens only part words."""
    tokens = []
    for found in WORD.finditer(text, start, len(text) if end is None else end):
        word = found["word"] or found["initials"]
        if word is None:
            tokens.append(Token(found.start(), found.end(), found[0], found[0], capital=False))
            continue
        key = word_key(word.replace(".", ""))
        if key:
            at = found.start()
            bound = bool(tokens) and tokens[-1].end == at - 1 and text[at - 1] in HYPHENS
            tokens.append(Token(at, at + len(word), key, loosen(key), word[0].isupper(), bound))
    return tokens


def sentences(text: str) -> list[Sentence]:
    """Cut a text into sentences; a line break ends one, but before a lower-case letter."""
    cuts, start = [], 0
    for found in END.finditer(text):
        before = LAST.search(text, max(start, found.start() - LONGEST_SHORT), found.start() + 1)
        after = text[found.end() : found.end() + 1]
        short = before is not None and (before[1].lower() in SHORT or len(before[1]) == 1)
        if found[0].count("\n") > 1 or not (short or after.islower()):
            cuts.append((start, found.end()))
            start = found.end()
    cuts.append((start, len(text)))
    whole = []
    for first, last in (piece for cut in cuts for piece in _pieces(text, *cut)):
        stretch = text[first:last]
        lead = len(stretch) - len(stretch.lstrip())
        length = len(stretch.strip())
        if length:
            begin = first + lead
            tokens = tokenise(text, begin, begin + length)
            if tokens:
                whole.append(Sentence(begin, begin + length, tokens))
    return whole


def _pieces(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Cut what is too long for a sentence where words part."""
    while last - first > LONGEST_SENTENCE:
        parting = text.rfind(" ", first + 1, first + LONGEST_SENTENCE)
        at = first + LONGEST_SENTENCE if parting < 0 else parting
        yield first, at
        first = at
    yield first, last


def is_text(text: str) -> bool:
    """Say whether this is writing at all: mostly letters and spaces, no control characters."""
    sample = text[:20_000]
    odd = sum(
        unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") and c not in "\n\r\t\f" for c in sample
    )
    return odd * 100 <= len(sample)
