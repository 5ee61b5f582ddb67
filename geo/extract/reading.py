"""A text read: which place each clause is about, and who may be saying it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from geo.extract.classifier import FIRM
from geo.extract.features import (
    acts,
    around,
    grams,
    is_position,
    is_statement,
    language_of,
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
from geo.extract.oblasts import is_on_oblast
from geo.extract.speech import Clause, Speaker, cut_clauses, is_landmark
from geo.extract.tokens import Sentence, sentences, word_key
from geo.extract.whose import PRONOUN, SHORT_TEXT, Line, rank_speakers

RELATED = frozenset(map(word_key, "related read читайте також также".split()))
BOUND = ("said here", "said in the sentence", "said after", PRONOUN)


@dataclass(frozen=True)
class Unit:
    """One place in one clause.

    Attributes
    ----------
    place
        Id of the settlement or oblast.
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
    before
        Where its speaker is named, when that is the sentence before.
    """

    place: str
    clause: Clause
    speakers: tuple[Speaker, ...]
    rule: str
    features: tuple[str, ...]
    headline: bool
    before: Sentence | None


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
    title = lines[0] if lines and lines[0].headline else None
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
            for unit in (*_area_units(lines, 0, clause), *_named_units(lines, 0, clause))
            if unit.place not in told
        ]
    return units


def _lines(text: str, names: Names, cues: Phrasebook, sides: dict[str, str]) -> list[Line]:
    """Find all names and cues of all sentences, then tell namesakes apart."""
    whole = sentences(text)
    speakers = [find_speakers(names, sentence) for sentence in whole]
    regions = [find_oblasts(names, sentence) for sentence in whole]
    oblasts = [[mention.ids[0] for mention in found] for found in regions]
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
        headline = at == 0 and "\n" in gap and text[sentence.end - 1] != "."
        said = {i for m in speakers[at] for i in range(m.first, m.last + 1)}
        areas = [m for m in regions[at] if m.first not in said]
        lines.append(Line(sentence, clauses, resolved, areas, headline))
    return lines


def _body_units(lines: list[Line], at: int, spoken: list[str], *, short: bool) -> Iterator[Unit]:
    """Give the units of a sentence; a clause without a name is about the place spoken of."""
    line = lines[at]
    if any(token.key in RELATED for token in line.sentence.tokens[:3] if token.capital):
        return  # a link to another article
    before: Clause | None = None
    for clause in line.clauses:
        yield from _area_units(lines, at, clause)
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


def _area_units(lines: list[Line], at: int, clause: Clause) -> Iterator[Unit]:
    """Give a unit for each oblast that a clause makes a statement on."""
    for mention in lines[at].areas:
        if clause.first <= mention.first < clause.last and is_on_oblast(clause, mention):
            yield _unit(lines, at, clause, mention, mention.ids[0])


def _unit(lines: list[Line], at: int, clause: Clause, mention: Mention | None, place: str) -> Unit:
    ranked = list(rank_speakers(lines, at, clause, mention))
    rule, speaker = ranked[0] if ranked else ("voice", None)
    features = {"bias", *_features(lines, at, clause, mention)}
    side = speaker.side if speaker and not rule.startswith("two") else None
    verb = speaker.verb if speaker else ""
    features |= {f"s:{side}", f"s:{rule}:{side}", f"s:{rule}:{side}:{verb}"}
    if speaker and len(speaker.ids) == 1:
        features.add(f"who:{speaker.ids[0]}")
    if side and verb and rule in BOUND:
        features.add(f"{FIRM}:{side}")
    features |= {f"near:{other.side}" for _, other in ranked}
    return Unit(
        place=place,
        clause=clause,
        speakers=tuple(speaker for _, speaker in ranked),
        rule=rule,
        features=tuple(sorted(features)),
        headline=lines[at].headline,
        before=lines[at - 1].sentence if rule == PRONOUN else None,
    )


def _features(lines: list[Line], at: int, clause: Clause, mention: Mention | None) -> Iterator[str]:
    kinds = sequence(clause, mention)
    yield from grams(local(kinds), "c")
    yield from acts(local(kinds))
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
        about = (
            "h"
            if _is_about_it(lines[0], lines[at].resolved.get(mention) if mention else None)
            else "x"
        )
        for other in lines[0].clauses:
            kinds = sequence(other, None)
            yield from (gram for gram in grams(kinds, about) if gram.count(">") < 2)
    yield f"lang:{language_of(lines[at].sentence.tokens)}"


def _is_about_it(title: Line, place: str | None) -> bool:
    """Say whether a headline may be about a place: it names it, or none."""
    there = set(title.resolved.values())
    return not there or place is None or place in there
