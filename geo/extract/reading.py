"""A text read: which place each clause is about, and who may be saying it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.extract.features import (
    around,
    grams,
    is_position,
    is_statement,
    local,
    sequence,
    words,
)
from geo.extract.lexicon import Phrasebook
from geo.extract.mentions import (
    VILLAGE,
    Mention,
    Names,
    find_oblasts,
    find_places,
    find_speakers,
    tell_apart,
)
from geo.extract.speech import Clause, Speaker, cut_clauses, is_landmark, speaker_of
from geo.extract.tokens import Sentence, sentences, word_key

RELATED = frozenset(map(word_key, "related read читайте також также".split()))
PRONOUNS = frozenset(map(word_key, "he she it they він вона вони он она они".split()))
SHORT_TEXT = 4  # sentences; in a longer text a clause without a name needs a word like "there"


@dataclass(frozen=True)
class Unit:
    """One place in one clause.

    Attributes
    ----------
    place
        Id of the settlement.
    clause
        Where it is spoken of.
    speakers
        Who may be saying it, the likeliest first.
    rule
        How the first of them was found.
    features
        What the classifier weighs.
    headline
        It stands in the headline.
    """

    place: str
    clause: Clause
    speakers: tuple[Speaker, ...]
    rule: str
    features: tuple[str, ...]
    headline: bool


@dataclass(frozen=True)
class Line:
    """A sentence with its clauses and the places that its names were told to be."""

    sentence: Sentence
    clauses: list[Clause]
    resolved: dict[Mention, str]
    headline: bool


def read(text: str, names: Names, cues: Phrasebook, sides: dict[str, str]) -> list[Unit]:
    """Find every place and clause of a text that may hold a statement.

    Parameters
    ----------
    text
        Plain text.
    names, cues
        What to look for.
    sides
        Side of each claimant.
    """
    lines = _lines(text, names, cues, sides)
    units: list[Unit] = []
    spoken: list[str] = []  # places spoken of, the latest last
    title = next((line for line in lines if line.headline), None)
    if title:
        spoken += dict.fromkeys(title.resolved.values())
    short = len(lines) <= SHORT_TEXT
    for at, line in enumerate(lines):
        if not line.headline:
            units += _body_units(lines, at, spoken, short=short)
    units = [unit for unit in units if short or unit.speakers]  # nobody says it in a whole article
    told = {unit.place for unit in units}
    if title:
        units += [
            unit
            for clause in title.clauses
            for unit in _named_units(lines, lines.index(title), clause)
            if unit.place not in told
        ]
    return units


def _lines(text: str, names: Names, cues: Phrasebook, sides: dict[str, str]) -> list[Line]:
    """Find all names and cues of all sentences, then tell namesakes apart."""
    whole = sentences(text)
    speakers = [find_speakers(names, sentence) for sentence in whole]
    oblasts = [[m.ids[0] for m in find_oblasts(names, sentence)] for sentence in whole]
    places = [
        find_places(names, sentence, taken) for sentence, taken in zip(whole, speakers, strict=True)
    ]
    company = [m.ids[0] for found, _ in places for m in found if len(m.ids) == 1]
    company += [place for _, hints in places for place in hints]
    far = [oblast for found in oblasts for oblast in found]
    lines = []
    for at, sentence in enumerate(whole):
        resolved = {}
        for mention in places[at][0]:
            before = sentence.tokens[mention.first - 1].key if mention.first else ""
            place = tell_apart(
                names,
                mention,
                near=oblasts[at],
                far=far,
                company=company,
                text=text,
                village=before in VILLAGE,
            )
            if place:
                resolved[mention] = place
        clauses = cut_clauses(
            sentence, cues.find(sentence.tokens), list(resolved), speakers[at], sides
        )
        gap = text[sentence.end : whole[at + 1].start] if at + 1 < len(whole) else ""
        headline = at == 0 and "\n" in gap and not text[: sentence.end].endswith(".")
        lines.append(Line(sentence, clauses, resolved, headline))
    return lines


def _body_units(lines: list[Line], at: int, spoken: list[str], *, short: bool) -> Iterator[Unit]:
    """Give the units of a sentence; a clause without a name is about the place spoken of."""
    line = lines[at]
    if any(token.key in RELATED for token in line.sentence.tokens[:3] if token.capital):
        return  # a link to another article
    before: Clause | None = None
    for clause in line.clauses:
        if clause.places:
            yield from _named_units(lines, at, clause)
            spoken += [line.resolved[mention] for mention in clause.places]
        elif spoken and _is_about(clause, before, short=short):
            yield _unit(lines, at, clause, None, spoken[-1])
        before = clause


def _is_about(clause: Clause, before: Clause | None, *, short: bool) -> bool:
    """Say whether a clause without a name goes on about the place spoken of."""
    kinds = {hit.kind for hit in clause.cues}
    if not _is_on_control(kinds):
        return False
    continues = (
        before is not None
        and bool(before.places)
        and bool(kinds & {"deny", "untrue", "fight", "control", "hold"})
    )
    return continues or "place" in kinds or short


def _is_on_control(kinds: set[str]) -> bool:
    """Say whether the cues may make a statement; beside shelling it takes a strong one."""
    if any(map(is_statement, kinds)):
        return True
    weak = any(map(is_position, kinds)) or {"our", "remain"} <= kinds or "position" in kinds
    return "fire" not in kinds and weak


def _named_units(lines: list[Line], at: int, clause: Clause) -> Iterator[Unit]:
    """Give a unit for each place of a clause, where anything is said of who is where."""
    around_it = (*lines[at].clauses, *(lines[0].clauses if lines[0].headline else ()))
    if not _is_on_control({hit.kind for other in around_it for hit in other.cues}):
        return
    seen = set()
    for mention in clause.places:
        if is_landmark(clause, mention):
            continue
        place = lines[at].resolved[mention]
        if place not in seen:
            seen.add(place)
            yield _unit(lines, at, clause, mention, place)


def _unit(lines: list[Line], at: int, clause: Clause, mention: Mention | None, place: str) -> Unit:
    ranked = list(_ranked(lines, at, clause, mention))
    rule, speaker = ranked[0] if ranked else ("voice", None)
    features = {"bias", *_features(lines, at, clause, mention)}
    side = speaker.side if speaker and not rule.startswith("two") else None
    verb = speaker.verb if speaker else ""
    features |= {f"s:{side}", f"s:{rule}:{side}", f"s:{rule}:{side}:{verb}"}
    if speaker and len(speaker.ids) == 1:
        features.add(f"who:{speaker.ids[0]}")
    features |= {f"near:{other.side}" for _, other in ranked}
    return Unit(
        place=place,
        clause=clause,
        speakers=tuple(speaker for _, speaker in ranked),
        rule=rule,
        features=tuple(sorted(features)),
        headline=lines[at].headline,
    )


def _ranked(
    lines: list[Line], at: int, clause: Clause, mention: Mention | None
) -> Iterator[tuple[str, Speaker]]:
    """Give who may be saying it, the likeliest first, each with the rule that found them."""
    line = lines[at]
    yield from _by("said here", [speaker_of(clause, mention)])
    if _begins_with_pronoun(clause) and at:
        named = [s for other in lines[at - 1].clauses for s in other.speakers if s.ids]
        yield from _by("said by whom a pronoun means", named[:1])
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


def _begins_with_pronoun(clause: Clause) -> bool:
    return any(token.key in PRONOUNS for token in clause.tokens[:2])


def _strongest(line: Line) -> Speaker | None:
    """Give the speaker of a sentence."""
    found = [speaker for clause in line.clauses if (speaker := speaker_of(clause, None))]
    return min(found, key=lambda speaker: not speaker.ids) if found else None


def _features(lines: list[Line], at: int, clause: Clause, mention: Mention | None) -> Iterator[str]:
    kinds = sequence(clause, mention)
    yield from grams(local(kinds), "c")
    yield from (f"o:{kind}" for kind in kinds)
    yield from around(kinds)
    yield from words(clause)
    yield "named" if mention else "spoken of"
    for other in lines[at].clauses:
        if other is not clause:
            yield from (f"e:{hit.kind}" for hit in other.cues)
    for near in (at - 1, at + 1):
        if 0 <= near < len(lines) and not lines[near].headline:
            for other in lines[near].clauses:
                yield from (f"n:{hit.kind}" for hit in other.cues)
    if lines[0].headline and at:
        for other in lines[0].clauses:
            kinds = sequence(other, None)
            yield from (gram for gram in grams(kinds, "h") if gram.count(">") < 2)
