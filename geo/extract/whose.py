"""Who may be saying what a clause says: in the sentence, beside it, or in the headline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.extract.mentions import Mention
from geo.extract.speech import SAYING, Clause, Speaker, speaker_of
from geo.extract.tokens import Sentence, word_key

PRONOUN = "said by whom a pronoun means"
PRONOUNS = frozenset(map(word_key, "he she it they він вона вони он она они".split()))
SHORT_TEXT = 4  # sentences; in a longer text a clause without a name needs a word like "there"


@dataclass(frozen=True)
class Line:
    """A sentence with its clauses, the places that its names were told to be, and oblasts."""

    sentence: Sentence
    clauses: list[Clause]
    resolved: dict[Mention, str]
    areas: list[Mention]
    headline: bool


def rank_speakers(
    lines: list[Line], at: int, clause: Clause, mention: Mention | None
) -> Iterator[tuple[str, Speaker]]:
    """Give who may be saying it, the likeliest first, each with the rule that found them."""
    line = lines[at]
    here = speaker_of(clause, mention)
    if at and _is_pronouns(clause) and not (here and here.ids):
        yield from _by(PRONOUN, _named_in(lines[at - 1]))
    yield from _by("said here", [here])
    if at and any(token.key in PRONOUNS for token in clause.tokens[:2]):
        yield from _by(PRONOUN, _named_in(lines[at - 1]))
    others = [speaker_of(other, None) for other in line.clauses if other is not clause]
    yield from _by("said in the sentence", others)
    if at + 1 < len(lines) and not lines[at + 1].resolved:
        yield from _by("said after", [_strongest(lines[at + 1])])
    if at and not lines[at - 1].headline:
        yield from _by("said before", [_strongest(lines[at - 1])])
    if at and lines[0].headline and len(lines) <= SHORT_TEXT:
        yield from _by(*_in_headline(lines[0]))
    for there in (line, lines[0]) if len(lines) <= SHORT_TEXT else (line,):
        weak = [s for other in there.clauses for s in other.speakers if not s.verb]
        yield from _by("only named", weak)


def _in_headline(title: Line) -> tuple[str, list[Speaker]]:
    """Give who speaks in the headline; where both sides do, the sentence must tell which it is."""
    said = [s for clause in title.clauses for s in clause.speakers if s.verb]
    if len({speaker.side for speaker in said}) > 1:
        return "two sides in the headline", said
    found = _strongest(title)
    return "said in the headline", [found] if found else []


def _by(rule: str, found: Sequence[Speaker | None]) -> Iterator[tuple[str, Speaker]]:
    yield from ((rule, speaker) for speaker in found if speaker)


def _is_pronouns(clause: Clause) -> bool:
    """Say whether a pronoun speaks: "he said", "it added"; "сказав він", but not "said it had"."""
    tokens = clause.sentence.tokens
    for hit in clause.cues:
        if hit.kind in SAYING:
            ahead = tokens[hit.first - 1].key if hit.first > clause.first else ""
            after = tokens[hit.last + 1].key if hit.last + 1 < clause.last else ""
            if ahead in PRONOUNS or (after in PRONOUNS and not after.isascii()):
                return True
    return False


def _named_in(line: Line) -> list[Speaker]:
    """Give the first one named in a sentence."""
    return [s for clause in line.clauses for s in clause.speakers if s.ids][:1]


def _strongest(line: Line) -> Speaker | None:
    """Give the speaker of a sentence."""
    found = [speaker for clause in line.clauses if (speaker := speaker_of(clause, None))]
    return min(found, key=lambda speaker: not speaker.ids) if found else None
