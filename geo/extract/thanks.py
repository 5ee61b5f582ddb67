"""A capture is reported to somebody, who thanks for it: he says so too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from geo.extract.lexicon import Phrasebook, phrase_of, read_table
from geo.extract.mentions import Mention, Names, find_speakers
from geo.extract.speech import is_told
from geo.extract.tokens import Sentence, sentences


def thanks_book() -> Phrasebook:
    """Make the book of words by which somebody thanks for a report."""
    return Phrasebook.of(phrase_of(row["lemma"], row["kind"]) for row in read_table("thanks"))


def thanks_for(
    text: str, reports: Iterable[int], names: Names, thanks: Phrasebook
) -> Iterator[tuple[int, str, Sentence, Sentence]]:
    """Find who thanks for what he was told.

    Parameters
    ----------
    text
        Plain text.
    reports
        Where sentences begin that say a capture.
    names, thanks
        What to look for.

    Yields
    ------
    tuple
        Of a report, the claimant whom it names as told, the sentence that names him again, and the
        one in which he thanks: the same, or one after it that names nobody.
    """
    whole = sentences(text)
    named = [find_speakers(names, sentence) for sentence in whole]
    at = {sentence.start: number for number, sentence in enumerate(whole)}
    for start in reports:
        told = {mention.ids[0] for mention in _told(whole[at[start]], named[at[start]])}
        for number in range(at[start], len(whole)):
            if not thanks.find(whole[number].tokens):
                continue
            who_at = number if named[number] or number == at[start] else number - 1
            thankful = told & {mention.ids[0] for mention in named[who_at]}
            yield from ((start, who, whole[who_at], whole[number]) for who in sorted(thankful))
            told -= thankful


def _told(sentence: Sentence, named: list[Mention]) -> Iterator[Mention]:
    return (mention for mention in named if is_told(sentence.tokens, mention, 0))
