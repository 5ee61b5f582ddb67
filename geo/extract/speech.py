"""Who says it: speakers and the verbs by which they say, deny or are only spoken to.

Sentences are read clause by clause: what stands after "but" or "though" may be another's words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from geo.extract.lexicon import Hit, is_form, read_table, starred
from geo.extract.mentions import Mention
from geo.extract.tokens import Sentence, Token, word_key
from geo.model import Side

SAYING = frozenset(("say", "claim", "deny"))
DASHES = frozenset("-–—(")
SIDE_OF = {"ru": Side.RUSSIA, "ua": Side.UKRAINE}  # a cue that names a side, to the side
ADJECTIVES = tuple(map(word_key, ("russian", "ukrainian", "російськ", "українськ", "российск")))
BREAKS = frozenset(("that", "что", "що", ","))
NOUNS = frozenset(("russians", "ukrainians"))
ROLE_WORDS = 3  # words between a side's name and an office: "Russia's deputy defence minister"
AFTER, BEFORE = 6, 3  # tokens between a speaker and the verb that follows or goes before


@dataclass(frozen=True)
class Speaker:
    """Somebody named in a clause.

    Attributes
    ----------
    ids
        Claimants whose name it is; none where only a side is named ("Moscow").
    side
        None where the name is borne on several sides.
    at
        First token.
    verb
        The kind of the verb it goes with; empty when there is none.
    """

    ids: tuple[str, ...]
    side: Side | None
    at: int
    verb: str


@dataclass(frozen=True)
class Clause:
    """A stretch of a sentence with one train of thought: tokens `first` to `last` - 1."""

    sentence: Sentence
    first: int
    last: int
    cues: list[Hit]
    places: list[Mention]
    speakers: list[Speaker]
    named: list[Mention] = field(default_factory=list)

    @property
    def tokens(self) -> list[Token]:
        """The words of the clause."""
        return self.sentence.tokens[self.first : self.last]


def cut_clauses(
    sentence: Sentence,
    cues: list[Hit],
    places: list[Mention],
    mentions: list[Mention],
    sides: dict[str, str],
) -> list[Clause]:
    """Cut a sentence where a contrast begins, and find the speakers of each clause.

    Parameters
    ----------
    sentence, cues, places, mentions
        A sentence with what was found in it.
    sides
        Side of each claimant.
    """
    cuts = [hit.first for hit in cues if hit.kind == "but" and hit.first > 0]
    bounds = [0, *cuts, len(sentence.tokens)]
    clauses = []
    for first, last in pairwise(bounds):
        inside = [hit for hit in cues if first <= hit.first < last and hit.kind != "but"]
        named = [m for m in mentions if first <= m.first < last]
        speakers = _speakers(sentence.tokens, inside, named, sides, first, last)
        acting = {hit.first for hit in inside if hit.kind in SIDE_OF}
        speakers = [s for s in speakers if s.verb or s.at not in acting]
        heard = {speaker.at for speaker in speakers}
        clauses.append(
            Clause(
                sentence,
                first,
                last,
                inside,
                [m for m in places if first <= m.first < last],
                speakers,
                [mention for mention in named if mention.first in heard],
            )
        )
    return clauses


def _speakers(
    tokens: list[Token],
    cues: list[Hit],
    named: list[Mention],
    sides: dict[str, str],
    first: int,
    last: int,
) -> list[Speaker]:
    """Find who speaks in a clause, in the order of the text."""
    covered = {i for mention in named for i in range(mention.first, mention.last + 1)}
    verbs = [hit for hit in cues if hit.kind in SAYING and hit.first not in covered]
    speakers = []
    for mention in named:
        side = _side(mention, cues, sides)
        verb = "" if is_told(tokens, mention, first) else _verb(mention, verbs, named, tokens)
        if not verb and _is_signed(tokens, mention, first, last):
            verb = "say"
        speakers.append(Speaker(mention.ids, side, mention.first, verb))
    for hit in cues:
        if hit.kind in SIDE_OF and hit.first not in covered and _may_speak(tokens, hit):
            beside = [v for v in verbs if _is_beside(hit, v, cues)]
            if beside:
                speakers.append(Speaker((), SIDE_OF[hit.kind], hit.first, beside[0].kind))
    return sorted(speakers, key=lambda speaker: speaker.at)


def _is_beside(actor: Hit, verb: Hit, cues: list[Hit]) -> bool:
    """Say whether a verb follows a side's name, at most a few words that say nothing between."""
    between = [hit for hit in cues if actor.last < hit.first < verb.first]
    return 0 < verb.first - actor.last <= AFTER and not between


def _may_speak(tokens: list[Token], actor: Hit) -> bool:
    """Say whether a side is named as one who speaks: "Moscow says", not "Russian claims"."""
    last, after = tokens[actor.last], tokens[actor.last + 1 : actor.last + 2]
    if any(_is_role(token.key) for token in tokens[actor.last + 1 : actor.last + 1 + ROLE_WORDS]):
        return tokens[actor.first].capital
    owns = bool(after) and after[0].start - last.end > 2  # "Russia's claims"
    passive = bool(after) and after[0].key in ("is", "are", "was", "were", ",")
    return tokens[actor.first].capital and not (
        owns or passive or (last.key.startswith(ADJECTIVES) and last.key not in NOUNS)
    )


@cache
def _is_role(key: str) -> bool:
    """Say whether a word is an office or body by which a side speaks: "Russia's minister"."""
    return any(is_form(key, role) for role in _roles())


@cache
def _roles() -> tuple[str, ...]:
    return tuple(starred(row["lemma"]) for row in read_table("around") if row["kind"] == "role")


def _side(mention: Mention, cues: list[Hit], sides: dict[str, str]) -> Side | None:
    """Give the side of a name; one borne on both is told by the country beside it."""
    there = {sides[speaker] for speaker in mention.ids}
    if len(there) == 1:
        return Side(there.pop())
    for hit in cues:
        if hit.kind in SIDE_OF and (
            0 < mention.first - hit.last <= 2 or 0 < hit.first - mention.last <= 2
        ):
            return SIDE_OF[hit.kind]
    return None


def is_told(tokens: list[Token], mention: Mention, first: int) -> bool:
    """Say whether somebody is spoken to: "reported to President Putin", "доложил Путину"."""
    before = [token.key for token in tokens[max(first, mention.first - 4) : mention.first]]
    if "to" in before and "according" not in before:
        return True
    only = tokens[mention.last].key
    return mention.first == mention.last and len(only) > 4 and only.endswith("у")


def _is_signed(tokens: list[Token], mention: Mention, first: int, last: int) -> bool:
    """Say whether a name stands by itself beside what it says: "Name: …", "… - Name"."""
    after = tokens[mention.last + 1].key if mention.last + 1 < last else ""
    before = tokens[mention.first - 1].key if mention.first > first else ""
    return (after == ":" and mention.first <= first + 4) or (
        before in DASHES and mention.last >= last - 5 and mention.first > first + 2
    )


def _verb(mention: Mention, verbs: list[Hit], named: list[Mention], tokens: list[Token]) -> str:
    """Give the kind of the nearest verb that goes with a name, no other name between."""
    best, found = 99, ""
    for verb in verbs:
        ahead, behind = verb.first - mention.last, mention.first - verb.last
        away = ahead if ahead > 0 else behind
        if away > (AFTER if ahead > 0 else BEFORE) or away >= best:
            continue
        low, high = sorted((verb.first, mention.first))
        if any(low < other.first < high for other in named if other is not mention):
            continue
        if ahead < 0 and any(token.key in BREAKS for token in tokens[low + 1 : high]):
            continue  # "said that the army"
        best, found = away, verb.kind
    return found


def speaker_of(clause: Clause, place: Mention | None) -> Speaker | None:
    """Choose who speaks of a place in a clause: who denies, else the nearest who says."""
    strong = [speaker for speaker in clause.speakers if speaker.verb]
    at = clause.last if place is None else place.first
    ahead = [speaker for speaker in strong if speaker.at < at]
    for speaker in ahead:
        if speaker.verb == "deny":
            return speaker
    if strong:
        return min(strong, key=lambda speaker: (not speaker.ids, abs(speaker.at - at)))
    return None


def is_landmark(clause: Clause, mention: Mention) -> bool:
    """Say whether a place only tells where another lies: "a village near Kupiansk"."""
    beside = [h for h in clause.cues if h.kind == "near" and 0 < mention.first - h.last <= 2]
    if not beside:
        return False
    at = beside[-1].first
    return any(
        0 < at - last <= 4
        for last in (
            *(other.last for other in clause.places if other is not mention),
            *(hit.last for hit in clause.cues if hit.kind == "place"),
        )
    )
