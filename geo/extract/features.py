"""What speaks for a reading of a statement: the order of cues, the speaker, the headline.

Cues are the kinds of the lexicon's words, the same for all three languages, so what is learnt from
one helps in the others. `P` stands for the place asked about, `Q` for other places, `S+side` for
speakers.
"""

from __future__ import annotations

from collections.abc import Iterator

from geo.extract.mentions import Mention
from geo.extract.speech import Clause
from geo.extract.tokens import Token
from geo.model import Side

LISTING = frozenset((",", "and", "та", "и", "і", "й", "or", "або", "или", "также", "також", "а"))
# Cues that say nothing of where anybody stands, and those that do so only beside others.
BESIDE = frozenset(
    "say claim in place compass fire ru ua sector our map likely remain position situation "
    "full but silent".split()
)
WEAK = BESIDE | frozenset("near part small destroy not enemy militants try".split())
STEM = 6  # letters of a word that are kept
OWN, OTHER = "own", "other"  # whose troops, seen from who speaks
ACTORS = {
    "ru": "ru",
    "ua": "ua",
    "Sr": "ru",
    "Su": "ua",
    "our": OWN,
    "enemy": OTHER,
    "militants": "ua",
}
TROOPS = {
    (Side.RUSSIA, OWN): "ru",
    (Side.RUSSIA, OTHER): "ua",
    (Side.UKRAINE, OWN): "ua",
    (Side.UKRAINE, OTHER): "ru",
    (Side.THIRD, OTHER): "ru",
}


def is_position(kind: str) -> bool:
    """Say whether a kind of cue says anything of who is where."""
    return kind not in BESIDE


def is_statement(kind: str) -> bool:
    """Say whether a kind of cue may by itself make a statement on control."""
    return kind not in WEAK


def sequence(clause: Clause, place: Mention | None) -> list[str]:
    """Give the cues of a clause in order; places that are listed together are one."""
    marks: dict[int, tuple[str, int]] = {}
    for hit in clause.cues:
        marks[hit.first] = (hit.kind, hit.last)
    for mention in clause.named:
        speaker = next((s for s in clause.speakers if s.at == mention.first), None)
        side = speaker.side.value[0] if speaker and speaker.side else "?"
        marks[mention.first] = (f"S{side}", mention.last)
    for mention in clause.places:
        marks[mention.first] = ("Q", mention.last)
    if place is not None:
        marks[place.first] = ("P", place.last)
    found: list[str] = []
    at, listed = clause.first, False
    while at < clause.last:
        if at not in marks:
            key = clause.sentence.tokens[at].key
            listed = listed and key in LISTING
            at += 1
            continue
        kind, last = marks[at]
        if kind in "PQ" and listed:
            if kind == "P":
                found[-1] = "P"
        else:
            found.append(kind)
        listed = kind in "PQ"
        at = last + 1
    return found


def local(kinds: list[str]) -> list[str]:
    """Keep the cues that lie nearer to the place than to the other places of the clause."""
    if "P" not in kinds:
        return kinds
    at = kinds.index("P")
    first, last = 0, len(kinds)
    for i in range(at - 1, -1, -1):
        if kinds[i] == "Q" and any(map(is_position, kinds[i + 1 : at])):
            first = i + 1
            break
    for i in range(at + 1, len(kinds)):
        if kinds[i] == "Q" and first < at and any(map(is_position, kinds[first:at])):
            last = i
            break
    return kinds[first:last]


def grams(kinds: list[str], name: str) -> Iterator[str]:
    """Give runs of one to three cues."""
    for length in (1, 2, 3):
        for first in range(len(kinds) - length + 1):
            yield f"{name}:{'>'.join(kinds[first : first + length])}"


def around(kinds: list[str]) -> Iterator[str]:
    """Give the cues of position nearest to the place, on either side."""
    at = kinds.index("P") if "P" in kinds else len(kinds)
    left = next(
        (kind for kind in reversed(kinds[:at]) if is_position(kind) and kind not in "PQ"), "-"
    )
    right = next((kind for kind in kinds[at + 1 :] if is_position(kind) and kind not in "PQ"), "-")
    just = kinds[at - 1] if at else "-"
    yield from (f"l:{left}", f"r:{right}", f"lr:{left}|{right}", f"b:{just}|{left}")


def acts(kinds: list[str]) -> Iterator[str]:
    """Give who does what: each cue of position with the troops named last before it, and after."""
    before = "-"
    for at, kind in enumerate(kinds):
        if kind in ACTORS:
            before = ACTORS[kind]
        elif is_position(kind) and kind not in "PQ":
            yield f"a:{before}>{kind}"
            after = ACTORS.get(kinds[at + 1], "-") if at + 1 < len(kinds) else "-"
            if after != "-":
                yield f"z:{kind}<{after}"


def seen_by(feature: str, side: Side) -> str:
    """Read an act with the eyes of a side: "our" troops and "the enemy" get their names."""
    for own in (OWN, OTHER):
        if own in feature:
            return feature.replace(own, TROOPS.get((side, own), own)).upper()
    return feature.upper()


def language_of(tokens: list[Token]) -> str:
    """Tell a language by its letters."""
    letters = set("".join(token.key for token in tokens))
    if not letters & set("аеиоі"):
        return "en"
    return "uk" if letters & set("іїєґ") else "ru"


def words(clause: Clause) -> Iterator[str]:
    """Give the beginnings of the clause's words that are no names."""
    names = {i for m in (*clause.places, *clause.named) for i in range(m.first, m.last + 1)}
    for at in range(clause.first, clause.last):
        key = clause.sentence.tokens[at].key
        if at not in names and len(key) > 1:
            yield f"w:{key[:STEM]}"
