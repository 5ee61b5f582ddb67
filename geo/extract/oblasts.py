"""Whether a clause makes a statement on an oblast, or only says in which one something happens."""

from __future__ import annotations

import re

from geo.extract.features import is_statement
from geo.extract.mentions import Mention
from geo.extract.speech import Clause

# Of a whole oblast these say nothing, though they may of a settlement.
OTHERWISE = frozenset(
    "advance attack deny enter fight flag foothold grey list repel surround untrue withdraw".split()
)
LOCATIVE = frozenset("in at across near within inside у в на во по із".split())
OWNING = re.compile("(област[иі]|щин[иы]|чин[иы])$")  # genitive, and locative
SHORT = re.compile("^([лд]нр|[ld]pr)$")
BESIDE = 3  # words at most from an oblast to what is said of it


def is_on_oblast(clause: Clause, oblast: Mention) -> bool:
    """Say whether a clause is about an oblast as such: "the whole of Luhansk region is taken".

    Parameters
    ----------
    clause
        A clause that names the oblast.
    oblast
        Where it does so.
    """
    tokens = clause.sentence.tokens
    before = tokens[oblast.first - 1].key if oblast.first > clause.first else ""
    if clause.places or {before, tokens[oblast.first].key} & LOCATIVE:
        return False
    ahead = {h.kind for h in clause.cues if 0 < oblast.first - h.last <= BESIDE}
    after = {h.kind for h in clause.cues if 0 < h.first - oblast.last <= BESIDE}
    of_whole = any(map(_is_of_whole, ahead))
    name = tokens[oblast.last].key
    if before == "of" or OWNING.search(name):
        return of_whole or "part" in ahead
    return of_whole or (not SHORT.match(name) and any(map(_is_of_whole, after)))


def _is_of_whole(kind: str) -> bool:
    return kind == "full" or (is_statement(kind) and kind not in OTHERWISE)
