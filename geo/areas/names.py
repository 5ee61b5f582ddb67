"""What the name of an area says: who controls it, and whether that is the mapper's own word.

The names are those of layers that people have: DeepState's "UA /// EN /// key" in all its forms,
ISW's services, UAControlMap's placemarks; VIINA's status of a cell. A mapper that also draws what
a side claims keeps that apart, so we do: such areas make a series of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from geo.model import Controller


class Meaning(StrEnum):
    """What an area is: in a mapper's own view, claimed by a side, or nothing of control."""

    UKRAINE = "ukraine"
    RUSSIA = "russia"
    CONTESTED = "contested"
    CLAIMED_UKRAINE = "claimed-ukraine"
    CLAIMED_RUSSIA = "claimed-russia"
    NOTHING = "none"

    @property
    def layer(self) -> str:
        """The layer that it belongs to: ASSESSED, or the word itself for what a side claims."""
        return str(self) if self.startswith("claimed") else ASSESSED

    @property
    def controller(self) -> Controller | None:
        """Who is said to control it; None when nothing is said."""
        return None if self is Meaning.NOTHING else Controller(self.removeprefix("claimed-"))


ASSESSED = "assessed"
LAYERS = (ASSESSED, "claimed-ukraine", "claimed-russia")
KEY = re.compile(r"geoJSON\.[a-z_.-]+")
# DeepState's keys; any other is drawn abroad or is decoration.
KEYS = {
    "geoJSON.status.occupied": Meaning.RUSSIA,
    "geoJSON.status.dismissed": Meaning.UKRAINE,
    "geoJSON.status.dismissed_at": Meaning.UKRAINE,
    "geoJSON.status.unknown": Meaning.CONTESTED,
    "geoJSON.territories.crimea": Meaning.RUSSIA,
    "geoJSON.territories.ordlo": Meaning.RUSSIA,
    "geoJSON.territories.tuzla": Meaning.RUSSIA,
}
# Parts of names; the first that fits counts. Most of the Ukrainian ones are DeepState's of 2022;
# axes, incursions and advances are UAControlMap's folder "Important Areas", which it paints so.
PARTS = tuple(
    (re.compile(pattern, re.IGNORECASE), meaning)
    for pattern, meaning in (
        (r"partisan", Meaning.NOTHING),
        (r"ukrain(e|ian)?_?claim|claimed[_ -]?ukrain|counter_?offensive", Meaning.CLAIMED_UKRAINE),
        (r"russian?_?claim|claimed[_ -]?russia", Meaning.CLAIMED_RUSSIA),
        (r"^russian .*(advances|incursion|offensive)\b| axis( \[z\])?$", Meaning.RUSSIA),
        (r"^(pre-war )?crimea$|^dnipropetrovsk 2$|^sumy incursion", Meaning.RUSSIA),
        (r"^ukrainian .*incursion", Meaning.UKRAINE),
        (r"infiltrat|advance|contested|contensed|gr[ae]y|unknown", Meaning.CONTESTED),
        (r"під питанням|невідом|сіра зона|уточнен", Meaning.CONTESTED),
        (r"звільнен|відкинуто|відбит|під контролем зсу", Meaning.UKRAINE),
        (r"taken back|liberat|ukrain(e|ian)?[_ -]?(control|held)", Meaning.UKRAINE),
        (r"окуповано|окупований крим|окуповані циркуни|острів тузла|ордло", Meaning.RUSSIA),
        (r"захоплено|зайняті ворогом|^крим$|оккупирован", Meaning.RUSSIA),
        (r"russia(n|n?assessed)?[_ -]?(cot|control|gains|held|occupied)", Meaning.RUSSIA),
        (r"^occupied[\d .:-]*$|russian[_ -]occupied", Meaning.RUSSIA),
    )
)
VIINA = {"ru": Meaning.RUSSIA, "ua": Meaning.UKRAINE, "contested": Meaning.CONTESTED}
# What a name of no known layer may mean, by words in it; offered to the user, never taken.
HINTS = (
    (r"ukrain|укра[їи]н|ウクライナ|乌克兰", r"counter|claim|заяв|反撃|反攻", "claimed-ukraine"),
    (r"russia|росі|росс|ロシア|俄", r"claim|заяв|主張", "claimed-russia"),
    (r"russia|росі|росс|ロシア|俄", r"advance|attack|наступ|侵攻|进攻", "contested"),
    (r"russia|росі|росс|ロシア|俄|occup|окуп|оккуп", "", "russia"),
    (r"ukrain|укра[їи]н|ウクライナ|乌克兰", "", "ukraine"),
)


def plain(name: object) -> str:
    """Bring a name to one line without line breaks, no-break spaces and blanks at its ends."""
    return " ".join(str(name).split())


def meaning_of(name: str, known: Mapping[str, str]) -> Meaning | None:
    """Say what an area of this plain name is; None when the name is not known.

    Parameters
    ----------
    name
        As `plain` gives it.
    known
        What the user says of plain names; counts before what we know.
    """
    if name in known:
        return Meaning(known[name])
    if key := KEY.search(name):
        return KEYS.get(key[0].rstrip("."), Meaning.NOTHING)
    # Of two parts the first decides; in some files letters of it were lost.
    first, _, rest = name.partition("///")
    said = _of_part(first.strip())
    return said if said is not None or not rest else _of_part(rest.strip())


def _of_part(part: str) -> Meaning | None:
    return next((meaning for pattern, meaning in PARTS if pattern.search(part)), None)


def hint(name: str) -> str:
    """Guess what an unknown name means, to be offered to the user; "WHO" when nothing is known."""
    for side, more, meaning in HINTS:
        if re.search(side, name, re.IGNORECASE) and re.search(more, name, re.IGNORECASE):
            return meaning
    return "WHO"
