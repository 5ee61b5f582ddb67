"""The sweep finds what looks odd, and what it finds in the published ledger was looked at."""

from dataclasses import replace

import pytest

from geo.files.load import load_dataset
from tools.sweep import close_places, dirty_links, said_twice, slug_titles, strayed_places


@pytest.fixture
def tiny(tiny_folder):
    return load_dataset(tiny_folder)


def saying(tiny, **columns):
    return replace(tiny, claims=tiny.claims.assign(**columns))


def test_two_places_almost_on_one_point(tiny):
    assert list(close_places(tiny)) == []
    near = tiny.places.copy()
    # 0.01 degrees of latitude are 1.11 km.
    near.loc["sudzha", "geometry"] = near.geometry["siversk"].__class__(38.0968, 48.8749)
    assert list(close_places(replace(tiny, places=near))) == ["siversk and sudzha are 1.1 km apart"]


def test_a_place_in_another_oblast(tiny):
    # Siversk lies inside the one oblast that the tiny borders draw, and says Donetsk.
    assert next(strayed_places(tiny)) == ("siversk is in 'Donetsk', which no border is drawn of")
    home = tiny.places.assign(admin1="Luhansk")
    (line,) = strayed_places(replace(tiny, places=home))
    assert line == "sudzha is said to be in Luhansk, and lies in none"


def test_one_speaker_of_two_minds(tiny):
    assert list(said_twice(tiny)) == []
    day = tiny.claims["stated_on"].min()
    (line,) = said_twice(saying(tiny, stated_on=day))
    assert line.startswith("ua-staff names two controllers of siversk on 2025-07-01")


def test_a_title_that_is_the_end_of_its_link(tiny):
    assert list(slug_titles(tiny)) == []
    url = "https://example.org/news/siversk-is-taken.html?a=1"
    assert len(list(slug_titles(saying(tiny, url=url, title="siversk-is-taken")))) == 4
    assert len(list(slug_titles(saying(tiny, url=url, title="siversk is taken")))) == 4
    assert list(slug_titles(saying(tiny, url=url, title="Siversk is taken"))) == []


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://example.org:443/a", "names its usual port"),
        ("https://example.org/a?id=1&utm_source=x", "carries utm_source"),
        ("https://example.org/a?fbclid=", "carries fbclid"),
        ("https://example.org:8443/a?id=1&page=2", None),
    ],
)
def test_links_that_carry_more_than_an_address(tiny, url, found):
    lines = list(dirty_links(saying(tiny, url=url)))
    assert all(found in line for line in lines) if found else not lines
    assert bool(lines) is bool(found)


def test_the_published_ledger(dataset):
    # Villages that really lie side by side, each a place of its own in GeoNames.
    assert [line.split(" are ")[0] for line in close_places(dataset)] == [
        "ivanivka-pokrovsk and nove-shakhove",
        "krynychne and tsvitkove",
        "lysivka-pokrovsk and sukhyi-yar",
        "novobakhmutivka and soloviove",
        "pavlivka-zaporizhzhia and uspenivka-zaporizhzhia",
    ]
    # An islet that the background leaves out.
    assert [line.split()[0] for line in strayed_places(dataset)] == ["snake-island"]
    # Each changed what he said in the course of the day; the ids of the later rows end in -2.
    assert [line.split(" on ")[0] for line in said_twice(dataset)] == [
        "ua-kim names two controllers of mykolaiv",
        "ru-rogov names two controllers of piatykhatky",
    ]
    assert [*slug_titles(dataset), *dirty_links(dataset)] == []
