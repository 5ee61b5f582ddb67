"""Places are found by every spelling a reader may know, mistyped too."""

import pytest

from geo.gazetteer import find_places, fold, name_index


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        *[(name, "pokrovsk") for name in ("Pokrovsk", "Покровськ", "Покровск", "Красноармейск")],
        *[(name, "pokrovsk") for name in ("Krasnoarmeysk", "krasnoarmiisk", "POKROVSK")],
        *[(name, "bakhmut") for name in ("Bakhmut", "Бахмут", "Artyomovsk", "Артёмовск")],
        *[(name, "bakhmut") for name in ("Артемовск", "Bahmut", "bakmut")],
        *[(name, "siversk") for name in ("Siversk", "Сіверськ", "Северск", "Seversk", "Sivresk")],
        *[(name, "kupiansk") for name in ("Kupiansk", "Kupyansk", "Купʼянськ", "Куп'янськ")],
    ],
)
def test_the_first_match_is_meant(dataset, typed, place):
    assert find_places(name_index(dataset.settlements), typed)[0].settlement_id == place


def test_places_of_one_name_are_all_offered(dataset):
    found = find_places(name_index(dataset.settlements), "Uspenivka")
    assert {match.settlement_id for match in found} >= {
        "uspenivka-kurakhove",
        "uspenivka-zaporizhzhia",
    }


@pytest.mark.parametrize(
    "typed", ["", "   ", "'-", "qqqqzzzz", "<script>alert(1)</script>", "\0" * 9]
)
def test_what_names_no_place_finds_none(dataset, typed):
    assert find_places(name_index(dataset.settlements), typed) == []


def test_a_very_long_text_is_cut(dataset):
    assert find_places(name_index(dataset.settlements), "x" * 1_000_000) == []


def test_letters_of_their_own_keep_their_mark():
    assert fold("Й ї Ё É") == "й ї е e"
