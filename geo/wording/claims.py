"""Words for claims, sides, days and views, used wherever a claim is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from math import cos, radians

import pandas as pd
from numpy import hypot

from geo.model import (
    ALL_SIDES,
    SIDES,
    Controller,
    Dataset,
    Kind,
    Lang,
    Side,
    Status,
)
from geo.wording.language import Words, spoken

ALPHABETS = {
    Lang.UK: "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    Lang.RU: "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
}
BEHIND = 0x500  # what is not of the alphabet comes before
TOWN = 5000  # inhabitants; the nearest says where a village lies

SIDE_NAMES = Words(
    "side",
    {
        Side.UKRAINE: "Ukraine's side",
        Side.RUSSIA: "Russia's side",
        Side.THIRD: "Third parties",
    },
)
CONTROLLER_NAMES = Words(
    "controller",
    {
        Controller.UKRAINE: "Ukraine",
        Controller.RUSSIA: "Russia",
        Controller.CONTESTED: "Contested",
    },
)
STATUS_NAMES = Words(
    "status",
    {
        Status.AGREED: "both sides say the same",
        Status.DISPUTED: "the sides disagree",
        Status.ONE_SIDED: "only one side has spoken",
        Status.THIRD_ONLY: "only third parties have spoken",
        Status.SILENT: "no statement found",
    },
)
KIND_NAMES = Words(
    "kind",
    {
        "captured": "captured",
        "recaptured": "retaken",
        "holds": "holds",
        "denies": "denies",
        "withdrew": "withdrew",
        "foothold": "foothold",
        "contested": "contested",
        "approaching": "fighting near",
    },
)
AGES = Words(
    "age",
    {
        "same": ("the same day", "the same day"),
        "ago": ("{count} day earlier", "{count} days earlier"),
        "later": ("{count} day later", "{count} days later"),
    },
)
LICENCE = "Data: Frontline Claims, CC BY 4.0."
BACKGROUND_CREDIT = "Borders: Natural Earth. Places: GeoNames (CC BY 4.0)."
CAVEAT = "Colours show who is said to hold a place. They are statements, not verified control."
CLAIM_WORDS = Words(
    "claim",
    {
        "no_statement": "no statement found",
        "not_heard": "not heard in this view",
        "months": "January February March April May June July August September October November "
        "December",
        "day": "{day} {month} {year}",
        "known": "as known on {day}",
        "known_later": "{day}, judged by statements up to {until}",
        "view_all": "all sides",
        "view_ukraine": "Ukraine's side only",
        "view_russia": "Russia's side only",
        "view_third": "third parties only",
        "view_claimant": "according to {name}",
        "licence": LICENCE,
        "credit": BACKGROUND_CREDIT,
        "caveat": CAVEAT,
    },
)
# What a claim says, after the speaker's name; another sentence where it names no holder.
SAYS = Words(
    "says",
    {
        "captured": "says {name} has captured it",
        "recaptured": "says {name} has retaken it",
        "holds": "says {name} holds it",
        "holds_contested": "says it is contested",
        "denies": "denies the opposing statement, says {name} holds it",
        "denies_contested": "denies the opposing statement, says it is contested",
        "withdrew": "says its side has withdrawn from it",
        "withdrew_contested": "says its side has withdrawn from a part of it",
        "foothold": "says attacking troops are in a small part of it",
        "contested": "says it is contested",
        "approaching": "says there is fighting near it, {name} holds it",
        "approaching_contested": "says there is fighting near it, it is contested",
    },
)


def day_in_words(day: date, lang: Lang | None = None) -> str:
    """Write a day out: 11 December 2025."""
    words = CLAIM_WORDS.of(lang or spoken())
    month = words["months"].split()[day.month - 1]
    return words["day"].format(day=day.day, month=month, year=day.year)


def says(kind: Kind, controller: Controller, lang: Lang | None = None) -> str:
    """Put a claim in words that follow the speaker's name: "says Russia has captured it"."""
    lang = lang or spoken()
    words, contested = SAYS.of(lang), f"{kind}_contested"
    if controller == Controller.CONTESTED and contested in words:
        return words[contested]
    return words[kind].format(name=CONTROLLER_NAMES.of(lang)[controller])


def age(days: int) -> str:
    """Say how old a statement is on the day asked about; negative: it came later."""
    key = "same" if days == 0 else "ago" if days > 0 else "later"
    return AGES.counted(key, abs(days))


def view_in_words(dataset: Dataset, view: str, lang: Lang | None = None) -> str:
    """Name who is heard: all sides, a side alone, or "according to" one claimant."""
    words = CLAIM_WORDS.of(lang or spoken())
    if view == ALL_SIDES or view in SIDES:
        return words[f"view_{view}"]
    return words["view_claimant"].format(name=claimant_names(dataset, lang)[view])


def known_in_words(as_of: date, known_by: date, lang: Lang | None = None) -> str:
    """Say by which statements the day is judged."""
    words, day = CLAIM_WORDS.of(lang or spoken()), day_in_words(as_of, lang)
    if known_by == as_of:
        return words["known"].format(day=day)
    return words["known_later"].format(day=day, until=day_in_words(known_by, lang))


def view_names(dataset: Dataset) -> dict[str, str]:
    """Name every view that can be chosen: all sides, each side, then each claimant."""
    sides = {view: capital(CLAIM_WORDS[f"view_{view}"]) for view in (ALL_SIDES, *SIDES)}
    return {**sides, **{str(key): name for key, name in claimant_names(dataset).items()}}


def place_name(dataset: Dataset, place: str, lang: Lang | None = None) -> str:
    """Name a settlement in a language, or an oblast; in English where no other name is known."""
    return place_names(dataset, lang or spoken())[place]


@lru_cache(maxsize=2 * len(Lang))
def place_names(dataset: Dataset, lang: Lang) -> dict[str, str]:
    """Name every settlement and every oblast in a language, namesakes told apart; by id."""
    names = _in_language(dataset.places, lang)
    named = dict(zip(names.index.astype(str), names, strict=True))
    return named | {key: f"{named[key]} ({where})" for key, where in _where(dataset, named)}


def _where(dataset: Dataset, named: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Say where namesakes lie that the English name tells apart by what stands in brackets.

    It is their oblast; of two that lie in one, the nearest town.
    """
    places = dataset.settlements.assign(own=list(named.values())[: len(dataset.settlements)])
    bracketed = places["name"].str.contains("(", regex=False)
    alike = places[places["own"].duplicated(keep=False) & bracketed]
    together = alike.duplicated(["own", "admin1"], keep=False)
    towns = places[pd.to_numeric(places["population"]) >= TOWN]
    for key, row in alike.iterrows():
        oblast = oblast_of(dataset, row["admin1"])
        if together[key] and len(towns):
            east = (towns["lon"] - row["lon"]) * cos(radians(row["lat"]))
            oblast = str(hypot(east, towns["lat"] - row["lat"]).idxmin())
        yield str(key), named[oblast] if oblast else row["admin1"]


def admin1_name(dataset: Dataset, admin1: str, lang: Lang | None = None) -> str:
    """Name the oblast that the gazetteer names; as it has it where the borders do not hold it."""
    oblast = oblast_of(dataset, admin1)
    lang = lang or spoken()
    return admin1 if oblast is None or lang == Lang.EN else place_name(dataset, oblast, lang)


@lru_cache(maxsize=64)
def oblast_of(dataset: Dataset, admin1: str) -> str | None:
    """Find the oblast that the gazetteer names; None where the borders do not hold it."""
    names = dataset.places["name"][~dataset.is_settlement]
    for name in (f"{admin1} Oblast", admin1):
        if (names == name).any():
            return str(names.index[names == name][0])
    return None


def claimant_names(dataset: Dataset, lang: Lang | None = None) -> pd.Series:
    """Name every claimant in a language, the reader's when left out; index: id, by authority."""
    return _claimant_names(dataset, lang or spoken())


@lru_cache(maxsize=2 * len(Lang))
def _claimant_names(dataset: Dataset, lang: Lang) -> pd.Series:
    return _in_language(dataset.claimants, lang)


def _in_language(table: pd.DataFrame, lang: Lang) -> pd.Series:
    """Give the names of a table in a language; in English where no other name is known."""
    own = table[{Lang.EN: "name", Lang.UK: "name_uk", Lang.RU: "name_ru"}[lang]].fillna("")
    return own.where(own != "", table["name"]).astype(str)


def alphabetical(name: str, lang: Lang | None = None) -> list[int]:
    """Give what puts names in the order of a language: by code point І comes before А."""
    letters = ALPHABETS.get(lang or spoken(), "")
    return [
        BEHIND + letters.index(sign) if sign in letters else ord(sign)
        for sign in name.casefold()
        if sign.isalnum() or sign.isspace()
    ]


def capital(text: str) -> str:
    """Begin a text with a capital letter."""
    return text[:1].upper() + text[1:]
