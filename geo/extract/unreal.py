"""What is to come, wished, ordered or left open is no statement that it is so."""

from __future__ import annotations

from itertools import pairwise

from geo.extract.classifier import Verdict
from geo.extract.features import is_statement
from geo.extract.lexicon import Phrasebook, phrase_of, read_table
from geo.extract.speech import Clause
from geo.model import Kind, Side


def unreal_book() -> Phrasebook:
    """Make the book of words by which something is not said to be so."""
    return Phrasebook.of(phrase_of(row["lemma"], row["kind"]) for row in read_table("unreal"))


def is_unreal(clause: Clause, verdict: Verdict, unreal: Phrasebook) -> bool:
    """Say whether a verdict rests on what is not said to be so; the program abstains then.

    That is a place taken after such a word in its clause, one that a third party says was not, one
    that somebody will never leave, and one that is held in a clause on losing control.
    """
    kinds = [hit.kind for hit in clause.cues]
    pairs = list(pairwise(kinds))
    if verdict.kind == Kind.HOLDS:
        return ("lose", "control") in pairs
    words = {hit.first for hit in unreal.find(clause.sentence.tokens) if hit.first >= clause.first}
    told = [hit.first for hit in clause.cues if is_statement(hit.kind) and hit.first not in words]
    to_come = any(word < min(told, default=0) for word in words)
    if verdict.kind == Kind.WITHDREW:
        return to_come and "not" in kinds
    if verdict.kind not in (Kind.CAPTURED, Kind.RECAPTURED):
        return False
    third = verdict.side == Side.THIRD
    return to_come or (third and any(one == "not" and is_statement(other) for one, other in pairs))
