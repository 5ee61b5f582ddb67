"""View and address are one: round trips hold, nonsense is as if left out."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.address import full_address, is_series, read_address, read_within, write_address
from geo.model import THEATRE, Clock, View
from tests.conftest import day


def test_a_full_address_is_read_as_written(dataset):
    view = View(
        as_of=day("2025-12-11"),
        clock=Clock.NOW,
        view="ru-mod",
        place="siversk",
        centre=(48.8, 38.1),
        zoom=9.5,
        within=30,
    )
    assert read_address(write_address(view), dataset) == view
    assert full_address(view, base="http://x/") == (
        "http://x/?date=2025-12-11&place=siversk&clock=now&view=ru-mod&within=30&lat=48.8000&lon=38.1000&zoom=9.5"
    )


@settings(max_examples=50)
@given(data=st.data())
def test_every_view_survives_its_address(dataset, data):
    days = (dataset.last_day - dataset.first_day).days
    west, south, east, north = THEATRE
    centre = st.tuples(st.floats(south, north), st.floats(west, east)).map(
        lambda point: (round(point[0], 4), round(point[1], 4))
    )
    view = View(
        as_of=dataset.first_day + timedelta(days=data.draw(st.integers(0, days))),
        clock=data.draw(st.sampled_from(Clock)),
        view=data.draw(st.sampled_from(["all", "third", *dataset.claimants.index])),
        place=data.draw(st.sampled_from([None, *dataset.settlements.index])),
        centre=data.draw(centre),
        zoom=data.draw(st.sampled_from([5.0, 7.5, 14.0])),
        within=data.draw(st.none() | st.integers(0, 99_999)),
    )
    assert read_address(write_address(view), dataset) == view


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ({}, {}),
        ({"date": "banana", "clock": "x", "view": "moon", "place": "../etc", "utm": "1"}, {}),
        ({"date": "2025-W50-4"}, {}),
        ({"date": "2099-01-01"}, {}),
        ({"date": "1999-01-01"}, {"as_of": day("2022-02-25")}),
        ({"lat": "nan", "lon": "37"}, {}),
        ({"lat": "90", "lon": "-200", "zoom": "99"}, {"centre": (55, 20), "zoom": 14}),
        ({"lat": "48", "lon": "37", "zoom": "inf"}, {"centre": (48, 37), "zoom": 14}),
        ({"zoom": "9"}, {}),
        ({"within": "any"}, {"within": None}),
        ({"within": "0"}, {"within": 0}),
        ({"within": "-1"}, {}),
        ({"within": "9e9"}, {}),
        ({"within": "٣٠"}, {}),
    ],
)
def test_nonsense_is_ignored_and_values_are_clamped(dataset, address, expected):
    assert read_address(address, dataset) == View(**{"as_of": dataset.last_day, **expected})


def test_what_is_no_age_is_told_the_usual_ones():
    with pytest.raises(
        ValueError, match="'soon' is no number of days; expected 30, 90, 365 or any"
    ):
        read_within("soon")


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("reach", ("reach",)),
        ("isw,oblasts,isw", ("isw", "oblasts")),
        ("deepstate~isw", ("deepstate~isw",)),
        ("isw~isw", ()),
        ("isw~nowhere", ()),
        ("nowhere~isw", ()),
        ("reach~isw", ()),
        ("isw~", ()),
        ("nowhere", ()),
    ],
)
def test_areas_that_there_are_and_differences_of_two_series_are_kept(dataset, asked, kept):
    assert read_address({"areas": asked}, dataset, ("deepstate", "isw")).areas == kept


@pytest.mark.parametrize(
    ("area", "series"), [("isw", True), ("reach", False), ("oblasts", False), ("isw~x", False)]
)
def test_a_series_is_neither_ours_nor_a_difference(area, series):
    assert is_series(area) is series


def test_a_place_alone_is_brought_into_the_middle(dataset):
    view = read_address({"place": "siversk"}, dataset)
    assert (view.place, view.centre, view.zoom) == ("siversk", (48.86476, 38.09683), 9)
