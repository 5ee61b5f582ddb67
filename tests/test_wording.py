"""Words are neutral, whole, and the same in the map as on the page."""

import re
from datetime import date
from pathlib import Path

import pytest

from geo.model import Controller, Kind
from geo.wording import age, browser_words, day_in_words, known_in_words, says, view_in_words

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
