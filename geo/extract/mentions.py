"""Places, oblasts and speakers named in a sentence; namesakes told apart by what is around."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.extract.lexicon import (
    Phrase,
    Phrasebook,
    area_book,
    is_form,
    name_phrase,
    read_table,
    starred,
)
from geo.extract.names import Gazetteer, read_gazetteer
from geo.extract.tokens import Sentence, word_key

NEAR_KM = 120.0  # how far the neighbours of a place in one text may lie to speak for it
KM_A_DEGREE = 111.0
STEM = 5  # letters by which the adjective of a place is known
TOWN = 3_000  # inhabitants: directions are named after towns
SPELLINGS = ("name_uk", "name_ru", "aliases")
VILLAGE = frozenset(map(word_key, ("село", "села", "селі", "селе", "village", "деревня", "селище")))


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found: tokens `first` to `last` of a sentence, and the ids it may stand for."""

    ids: tuple[str, ...]
    first: int
    last: int


@dataclass(frozen=True)
class Names:
    """All names to look for, and what tells namesakes apart; made once a ledger.

    Attributes
    ----------
    places, speakers, areas
        The forms of names of settlements; names of claimants; names of oblasts.
    stop_before, stop_after
        Words that make another name of a settlement's: "Mala", "direction".
    oblast, hints, points, population
        Of each settlement: id of its oblast; what its English name says of where it is, in
        brackets; (lat, lon) in degrees; inhabitants, 0 where unknown.
    stems
        The first letters of a town's name to its id, for the adjectives that directions have.
    spoken
        How many statements there are on a settlement.
    """

    places: Gazetteer
    speakers: Phrasebook
    areas: Phrasebook
    stop_before: frozenset[str]
    stop_after: tuple[str, ...]
    oblast: dict[str, str]
    hints: dict[str, str]
    points: dict[str, tuple[float, float]]
    population: dict[str, float]
    stems: dict[str, tuple[str, ...]]
    spoken: dict[str, int]


def read_names(settlements: pd.DataFrame, claimants: pd.DataFrame, spoken: dict[str, int]) -> Names:
    """Gather the names of a ledger.

    Parameters
    ----------
    settlements
        The gazetteer. Index: id; the columns of settlements.csv.
    claimants
        Index: id; name_uk, name_ru, aliases (split at semicolons).
    spoken
        How many statements there are on a place: of namesakes, the one more spoken of is likelier.
    """
    around = {row["lemma"]: row["kind"] for row in read_table("around")}
    population = pd.to_numeric(settlements["population"]).fillna(0)
    ids = list(map(str, settlements.index))
    admin1s = settlements["admin1"].astype(str)
    return Names(
        places=read_gazetteer(settlements),
        speakers=_speaker_book(claimants),
        areas=area_book(),
        stop_before=frozenset(word_key(w) for w, kind in around.items() if kind == "before"),
        stop_after=tuple(starred(w) for w, kind in around.items() if kind == "after"),
        oblast={
            place: f"{admin1.lower()}-oblast" for place, admin1 in zip(ids, admin1s, strict=True)
        },
        hints={
            place: name.partition("(")[2].rstrip(")")
            for place, name in zip(ids, settlements["name"].astype(str), strict=True)
        },
        points=dict(
            zip(ids, zip(settlements["lat"], settlements["lon"], strict=True), strict=True)
        ),
        population=dict(zip(ids, population, strict=True)),
        stems=_stems(settlements[population >= TOWN]),
        spoken=spoken,
    )


def _stems(towns: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Give the first letters of the names of towns, where they are one town's only."""
    stems: dict[str, set[str]] = {}
    for town, row in towns.iterrows():
        for name in (row["name_uk"], row["name_ru"]):
            stems.setdefault(word_key(name)[:STEM], set()).add(str(town))
    return {stem: tuple(there) for stem, there in stems.items() if len(there) == 1}


def _speaker_book(claimants: pd.DataFrame) -> Phrasebook:
    """Find speakers by their names and aliases; one that several share has all their ids."""
    whose: dict[Phrase, list[str]] = {}
    table = claimants.reindex(columns=["name", *SPELLINGS], fill_value="")
    for speaker, row in table.iterrows():
        # What follows a name is an office.
        names = (re.split(r"[,(/]", row[c])[0] for c in ("name", "name_uk", "name_ru"))
        for name in (*names, *row["aliases"].split(";")):
            phrase = name_phrase(name.strip(), "")
            if phrase.words and str(speaker) not in whose.setdefault(phrase, []):
                whose[phrase].append(str(speaker))
    return Phrasebook.of(
        Phrase(phrase.words, ";".join(ids), phrase.capital) for phrase, ids in whose.items()
    )


def find_speakers(names: Names, sentence: Sentence) -> list[Mention]:
    """Find the speakers named in a sentence."""
    hits = names.speakers.find(sentence.tokens)
    return [Mention(tuple(hit.kind.split(";")), hit.first, hit.last) for hit in hits]


def find_places(
    names: Names, sentence: Sentence, taken: list[Mention]
) -> tuple[list[Mention], list[str]]:
    """Find the settlements named in a sentence, all namesakes of each.

    A name that is part of a speaker's (`taken`), of an oblast's, or of a direction's is none; the
    places that directions are named after come second, for they tell namesakes apart.
    """
    tokens, at = sentence.tokens, 0
    found: list[Mention] = []
    hints: list[str] = []
    busy = {i for mention in taken for i in range(mention.first, mention.last + 1)}
    for hit in names.areas.find(tokens):
        busy.update(range(hit.first, hit.last + 1))
    while at < len(tokens):
        name = None if at in busy else names.places.find(tokens, at)
        if name is None:
            hints += _direction(names, sentence, at)
            at += 1
            continue
        length, ids = name
        if _is_other(names, sentence, at, length, busy):
            hints += ids[: len(ids) == 1]
        else:
            found.append(Mention(ids, at, at + length - 1))
        at += length
    return found, hints


def _direction(names: Names, sentence: Sentence, at: int) -> tuple[str, ...]:
    """Give the place that a direction is named after: "на ореховском направлении"."""
    tokens = sentence.tokens
    if at + 1 >= len(tokens) or not tokens[at + 1].key.startswith(("напрям", "направлен")):
        return ()
    return names.stems.get(tokens[at].key[:STEM], ())


def _is_other(names: Names, sentence: Sentence, at: int, length: int, busy: set[int]) -> bool:
    """Say whether the words around make another name of it: Mala Tokmachka, Lyman direction."""
    tokens = sentence.tokens
    if at and tokens[at - 1].capital and tokens[at - 1].key in names.stop_before:
        return True
    if at + length >= len(tokens):
        return False
    after = tokens[at + length]
    longer = tokens[at].key in names.stop_before and length == 1
    return (after.capital and (after.bound or (longer and at + length not in busy))) or any(
        is_form(after.key, stop) for stop in names.stop_after
    )


def find_oblasts(names: Names, sentence: Sentence) -> list[Mention]:
    """Find the oblasts named in a sentence."""
    return [Mention((hit.kind,), hit.first, hit.last) for hit in names.areas.find(sentence.tokens)]


def tell_apart(
    names: Names,
    mention: Mention,
    *,
    near: list[str],
    far: list[str],
    company: list[str],
    text: str,
    village: bool,
) -> str | None:
    """Choose among namesakes; None where nothing speaks for one of them.

    Parameters
    ----------
    mention
        A name and the places that bear it.
    near, far
        Oblasts named in the sentence, and in the text.
    company
        The other places of the text that have no namesakes.
    text
        The text, where the name of a neighbour may stand that no statement is about.
    village
        The text calls it a village.
    """
    if len(mention.ids) == 1:
        place = mention.ids[0]
        elsewhere = bool(near) and names.oblast[place] not in {*near, *far}
        return None if elsewhere and names.hints[place] else place
    counted, all_far = Counter(near), Counter(far)
    scores = {}
    for place in mention.ids:
        oblast = names.oblast[place]
        score = 4.0 * (counted[oblast] > 0) + 2.0 * (all_far[oblast] > 0)
        hint = names.hints[place].split(" ")[-1]
        score += 3.0 * (bool(hint) and hint[:5].lower() in text.lower())
        score += (
            sum(_closeness(names, place, other) for other in company) / max(len(company), 1) * 3
        )
        score -= 3.0 * (village and names.population[place] > TOWN)
        scores[place] = (
            score + min(names.population[place], 50_000) / 50_000 + names.spoken.get(place, 0) / 100
        )
    best = max(scores, key=lambda place: scores[place])
    rest = max(score for place, score in scores.items() if place != best)
    return best if scores[best] > rest + 0.05 else None


def _closeness(names: Names, place: str, other: str) -> float:
    """Give 1 for the same spot, 0 beyond NEAR_KM; degrees are brought to kilometres."""
    (lat, lon), (lat2, lon2) = names.points[place], names.points[other]
    across = (lon - lon2) * np.cos(np.radians(lat))
    away = KM_A_DEGREE * float(np.hypot(lat - lat2, across))
    return max(0.0, 1 - away / NEAR_KM)
