"""Words are neutral, whole, and the same in the map as on the page."""

import re
from datetime import date
from pathlib import Path

import pytest

from geo.files.load import read_codebook
from geo.model import Controller, Kind, Lang
from geo.wording import (
    CLAIM_WORDS,
    TABLES,
    Words,
    admin1_name,
    age,
    browser_words,
    catalogue,
    day_in_words,
    known_in_words,
    place_name,
    place_names,
    says,
    spoken,
    view_in_words,
)
from geo.wording.__main__ import brought_up
from geo.wording.language import PLURALS

ROOT = Path(__file__).resolve().parent.parent


def test_every_kind_is_said_with_says_or_denies():
    for kind in Kind:
        for controller in Controller:
            assert re.match("(says|denies) ", says(kind, controller))
    assert says(Kind.CAPTURED, Controller.RUSSIA) == "says Russia has captured it"
    assert (
        says(Kind.WITHDREW, Controller.CONTESTED) == "says its side has withdrawn from a part of it"
    )


def test_no_two_places_bear_one_name_in_any_language(dataset):
    for lang in Lang:
        names = place_names(dataset, lang)
        assert len(set(names.values())) == len(names)
    names = place_names(dataset, Lang.UK)
    assert names["zaporizhzhia"] == "Запоріжжя"
    assert names["zaporizhzhia-donetsk"] == "Запоріжжя (Донецька область)"
    assert names["uspenivka-zaporizhzhia"] == "Успенівка (Запорізька область)"
    assert names["uspenivka-pokrovsk"] == "Успенівка (Покровськ)"
    assert names["uspenivka-kurakhove"] == "Успенівка (Курахове)"
    assert place_names(dataset, Lang.RU)["andriivka-sumy"] == "Андреевка (Сумская область)"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "the same day"),
        (1, "1 day earlier"),
        (12, "12 days earlier"),
        (-1, "1 day later"),
        (-3, "3 days later"),
    ],
)
def test_age(days, words):
    assert age(days) == words


def test_days_and_views_in_words(dataset):
    assert day_in_words(date(2025, 12, 1)) == "1 December 2025"
    assert known_in_words(date(2025, 12, 1), date(2026, 7, 4)) == (
        "1 December 2025, judged by statements up to 4 July 2026"
    )
    assert view_in_words(dataset, "isw") == "according to Institute for the Study of War"


def test_nothing_of_ours_takes_sides():
    loaded = re.compile(
        r"\b(liberat\w+|regime|terrorist\w*|admitted|admits|fell to|occupier\w*)\b", re.I
    )
    for path in [*(ROOT / "geo").rglob("*.py"), *(ROOT / "geo").rglob("*.js"), ROOT / "app.py"]:
        assert not loaded.findall(path.read_text(encoding="utf-8")), path


OTHERS = [lang for lang in Lang if lang is not Lang.EN]


def test_the_map_has_every_word_it_asks_for():
    scripts = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "geo/timelayer").glob("*.js"))
    asked = set(re.findall(r"(?<!/)\bwords\.([a-z_]+)", scripts))
    for lang in Lang:
        # The speakers' names come with the ledger.
        assert asked - {"speakers"} <= set(browser_words(lang))


def gaps(word):
    forms = word if isinstance(word, tuple) else (word,)
    return {gap for form in forms for gap in re.findall(r"{(\w*)", form)}


@pytest.mark.parametrize("lang", OTHERS)
def test_every_word_is_translated_with_its_gaps(lang):
    """What is missing is brought into the catalogues by: python -m geo.wording."""
    known = catalogue(lang)
    for name, table in TABLES.items():
        for key, english in table.english.items():
            forms = english if isinstance(english, tuple) else (english,)
            entry = known.get(forms[0], f"{name}.{key}")
            assert entry, f"{lang}.po lacks {name}.{key}"
            said = entry.string if isinstance(entry.string, tuple) else (entry.string,)
            assert all(said), f"{lang}.po does not translate {name}.{key}"
            assert len(said) == (1 if len(forms) == 1 else 3)
            for form in said:
                assert gaps(form) <= gaps(english), f"{name}.{key}"
            assert gaps(tuple(said)) == gaps(english), f"{name}.{key}"


@pytest.mark.parametrize("lang", OTHERS)
def test_the_catalogues_hold_no_word_that_nobody_says(lang):
    assert {entry.context for entry in catalogue(lang)} == {
        entry.context for entry in brought_up(lang)
    }


def test_a_word_without_translation_stays_english(speaking):
    table = Words("test", {"new": "brand new", "days": ("{count} day", "{count} days")})
    try:
        speaking(Lang.UK)
        assert table["new"] == "brand new"
        assert [table.counted("days", n) for n in (1, 2, 5)] == ["1 day", "2 days", "5 days"]
    finally:
        del TABLES["test"]


def test_the_catalogue_of_a_new_language_is_made(monkeypatch):
    monkeypatch.setitem(PLURALS, "pl", PLURALS[Lang.UK])
    made = brought_up("pl")
    assert len(made) == sum(map(len, (table.english for table in TABLES.values())))
    assert {entry.string for entry in made if entry.id} == {"", ("", "", "")}


@pytest.mark.parametrize(
    ("lang", "count", "words"),
    [
        (Lang.UK, -1, "на 1 день пізніше"), (Lang.UK, 3, "на 3 дні раніше"), (Lang.UK, 12, "на 12 днів раніше"),
        (Lang.UK, 21, "на 21 день раніше"), (Lang.RU, 22, "на 22 дня раньше"), (Lang.RU, 0, "в тот же день"),
        (Lang.RU, 111, "на 111 дней раньше"),
    ],
)  # fmt: skip
def test_days_are_counted_as_the_language_does(speaking, lang, count, words):
    speaking(lang)
    assert spoken() is lang
    assert age(count) == words


@pytest.mark.parametrize("lang", Lang)
def test_every_claim_can_be_said(lang):
    assert len(CLAIM_WORDS.of(lang)["months"].split()) == 12
    for kind in Kind:
        for controller in Controller:
            assert "{" not in says(kind, controller, lang)


def test_places_are_named_in_the_language(dataset):
    assert place_name(dataset, "siversk", Lang.UK) == "Сіверськ"
    assert place_name(dataset, "siversk", Lang.RU) == "Северск"
    assert place_name(dataset, "luhansk-oblast", Lang.UK) == "Луганська область"
    assert admin1_name(dataset, "Luhansk", Lang.RU) == "Луганская область"
    assert admin1_name(dataset, "Luhansk", Lang.EN) == admin1_name(dataset, "Luhansk") == "Luhansk"
    assert admin1_name(dataset, "Elsewhere", Lang.UK) == "Elsewhere"


def test_days_have_their_month_in_the_genitive():
    assert day_in_words(date(2025, 12, 11), Lang.UK) == "11 грудня 2025 року"
    assert day_in_words(date(2025, 11, 1), Lang.UK) == "1 листопада 2025 року"
    assert day_in_words(date(2025, 5, 9), Lang.RU) == "9 мая 2025 года"
    assert day_in_words(date(2025, 8, 31), Lang.RU) == "31 августа 2025 года"


# One term a thing: what another word for it would begin with.
OTHER_WORDS = {
    Lang.UK: r"\bмов(?:ець|ц)|\bчинн[аиоу]|\bприспан|\bживі?\b|площ[аі] контрол|контрольован\w+ площ|\bдайджест|\bфільм|не згодн|чути\b",
    Lang.RU: r"\bговорящ|\bдействующ|\bуснувш|\bживы[ех]\b|площад\w+ контрол|контролируем\w+ площад|\bдайджест|\bфильм|не согласн|\bрасхождени|\bслышн",
}


@pytest.mark.parametrize("lang", OTHER_WORDS)
def test_one_thing_has_one_word(lang):
    said = [
        (message.context, form)
        for message in catalogue(lang)
        if message.id
        for form in ([message.string] if isinstance(message.string, str) else message.string)
    ]
    said += [("codebook", line) for line in read_codebook(ROOT / "data", lang).splitlines()]
    assert len(said) > 500
    other = re.compile(OTHER_WORDS[lang], re.IGNORECASE)
    assert [(where, text) for where, text in said if other.search(text)] == []
