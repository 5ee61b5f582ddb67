"""Words are neutral, whole, and the same in the map as on the page."""

import re
from datetime import date
from pathlib import Path

import pytest

from geo.model import Controller, Kind
from geo.wording import (
    FIGURE_WORDS,
    Lang,
    age,
    browser_words,
    day_in,
    day_in_words,
    known_in_words,
    says,
    says_in,
    view_in_words,
)

ROOT = Path(__file__).resolve().parent.parent


def test_every_kind_is_said_with_says_or_denies():
    for kind in Kind:
        for controller in Controller:
            assert re.match("(says|denies) ", says(kind, controller))
    assert says(Kind.CAPTURED, Controller.RUSSIA) == "says Russia has captured it"
    assert (
        says(Kind.WITHDREW, Controller.CONTESTED) == "says its side has withdrawn from a part of it"
    )


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


def test_the_map_has_every_word_it_asks_for():
    scripts = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "geo/timelayer").glob("*.js"))
    asked = set(re.findall(r"\bwords\.([a-z_]+)", scripts))
    assert asked - set(browser_words()) == {"speeds"} - set(browser_words())


def test_the_pictures_words_are_whole_in_every_language():
    keys = {lang: set(FIGURE_WORDS[lang]) for lang in Lang}
    assert keys[Lang.UK] == keys[Lang.EN] == keys[Lang.RU]
    for key, english in FIGURE_WORDS[Lang.EN].items():
        for lang in Lang:
            words = FIGURE_WORDS[lang][key]
            assert words.strip()
            assert sorted(re.findall(r"{\w*}", words)) == sorted(re.findall(r"{\w*}", english)), key
    for lang in Lang:
        assert len(FIGURE_WORDS[lang]["months"].split()) == 12
        for kind in Kind:
            for controller in Controller:
                assert "{" not in says_in(lang, kind, controller)


def test_days_have_their_month_in_the_genitive():
    assert day_in(Lang.EN, date(2025, 12, 11)) == day_in_words(date(2025, 12, 11))
    assert day_in(Lang.UK, date(2025, 12, 11)) == "11 грудня 2025 року"
    assert day_in(Lang.UK, date(2025, 11, 1)) == "1 листопада 2025 року"
    assert day_in(Lang.RU, date(2025, 5, 9)) == "9 мая 2025 года"
    assert day_in(Lang.RU, date(2025, 8, 31)) == "31 августа 2025 года"
