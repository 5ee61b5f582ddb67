"""What pages of days are made of, as hashes: of what had been said by then, and no more than that.

A statement on one place leaves the pages of days on which only others were spoken of as they are.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import accumulate
from typing import Any

import pandas as pd
from numpy.typing import NDArray

from geo.ledger import disagreements, of_kind, position_spans
from geo.ledger.phases import phases
from geo.model import Dataset, Lang, PlaceKind
from geo.page import Statement, statements_on
from geo.wording import place_name

Steps = tuple[list[date], list[str]]  # days in order, and what is so from each of them on


def place_names_in(dataset: Dataset, place: str) -> list[str]:
    """Name a place in every language, and say where it lies."""
    names = (place_name(dataset, place, lang) for lang in Lang)
    return [place, _where(dataset)[place], *names]


@lru_cache(maxsize=2)
def _where(dataset: Dataset) -> dict[str, str]:
    places = dataset.places
    at = zip(places["lat"].tolist(), places["lon"].tolist(), strict=True)
    return dict(zip(places.index.astype(str), map(str, at), strict=True))


def speakers_of(dataset: Dataset, said: Iterable[Statement]) -> list[bytes]:
    """Give all that is known of those who made statements."""
    speakers = _speakers(dataset)
    return [speakers[key] for key in sorted({each.claimant for each in said})]


@lru_cache(maxsize=2)
def all_of(dataset: Dataset) -> dict[str, str]:
    """Give all that the gazetteer says of each place, but for its outline."""
    places = dataset.places.drop(columns="geometry")
    return {key: repr(row) for key, *row in places.itertuples(name=None)}


@lru_cache(maxsize=2)
def settled_at(dataset: Dataset) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Give latitudes, longitudes and populations of the settlements, in their order."""
    lat, lon, people = (dataset.settlements[key] for key in ("lat", "lon", "population"))
    return lat.to_numpy(), lon.to_numpy(), people.to_numpy()


def changed_between(dataset: Dataset, first: date, last: date) -> list[tuple[str, str]]:
    """Give the places of which a digest of these days can tell, each with all said of it by then.

    They are those that were spoken of, and those whose disagreement fell dormant.
    """
    steps = _said_of(dataset)
    places = {
        place
        for days in (_spoken_on(dataset), _dormant_on(dataset))
        for day, places in days.items()
        if first <= day <= last
        for place in places
    }
    return [(place, _at(steps[place], last)) for place in sorted(places)]


def differing_on(dataset: Dataset, day: date) -> int:
    """Count the settlements on which the sides differed, as known then."""
    days, counts = _differing(dataset)
    before = bisect_right(days, day)
    return counts[before - 1] if before else 0


def standing_hash(dataset: Dataset, day: date) -> str:
    """Give a hash of all that stood on a day, as known then."""
    return _at(_standing(dataset), day)


@lru_cache(maxsize=2)
def _differing(dataset: Dataset) -> tuple[list[date], list[int]]:
    """Count the settlements on which the sides differ, from each day on which that changed."""
    changes: dict[date, int] = defaultdict(int)
    row: Any
    for row in of_kind(dataset, disagreements(dataset), PlaceKind.SETTLEMENT).itertuples():
        changes[row.since.date()] += 1
        if not pd.isna(row.until):
            changes[(row.until + pd.Timedelta(days=1)).date()] -= 1
    days = sorted(changes)
    return days, list(accumulate(changes[day] for day in days))


def _at(steps: Steps, day: date) -> str:
    days, hashes = steps
    before = bisect_right(days, day)
    return hashes[before - 1] if before else ""


@lru_cache(maxsize=2)
def _said_of(dataset: Dataset) -> dict[str, Steps]:
    """Hash what had been said of each place, by the end of each day on which something was."""
    found: dict[str, Steps] = {}
    for place in dataset.claims["place_id"].unique():
        running = hashlib.sha256(repr(place_names_in(dataset, place)).encode())
        days: list[date] = []
        hashes: list[str] = []
        voices: set[str] = set()
        for said in reversed(statements_on(dataset, place)):
            running.update(_content(dataset, said))
            voices.add(said.claimant)
            if not days or days[-1] != said.stated_on:
                days.append(said.stated_on)
                hashes.append("")
            ranks = [key for key in _speakers(dataset) if key in voices]
            hashes[-1] = f"{running.hexdigest()} {ranks}"
        found[str(place)] = days, hashes
    return found


@lru_cache(maxsize=2)
def _speakers(dataset: Dataset) -> dict[str, bytes]:
    """Give all that is known of each claimant, in order of authority."""
    table = dataset.claimants.astype(str)
    return {key: repr(row).encode() for key, *row in table.itertuples(name=None)}


def _content(dataset: Dataset, said: Statement) -> bytes:
    return repr(said).encode("utf-8", "surrogatepass") + _speakers(dataset)[said.claimant]


@lru_cache(maxsize=2)
def _spoken_on(dataset: Dataset) -> dict[date, set[str]]:
    found: dict[date, set[str]] = defaultdict(set)
    row: Any
    for row in dataset.claims[["place_id", "stated_on"]].itertuples():
        found[row.stated_on.date()].add(str(row.place_id))
    return found


@lru_cache(maxsize=2)
def _dormant_on(dataset: Dataset) -> dict[date, set[str]]:
    found: dict[date, set[str]] = defaultdict(set)
    turns = phases(dataset)
    row: Any
    for row in turns[~turns["live"]].itertuples():
        found[row.since.date()].add(str(row.place_id))
    return found


@lru_cache(maxsize=2)
def _standing(dataset: Dataset) -> Steps:
    """Hash what stood, from each day on which that changed: the sum of what each claim is."""
    changes: dict[date, int] = defaultdict(int)
    for day, change in _comings_and_goings(dataset):
        changes[day] += change
    days = sorted(changes)
    return days, [f"{total:x}" for total in accumulate(changes[day] for day in days)]


def _comings_and_goings(dataset: Dataset) -> Iterator[tuple[date, int]]:
    # A group is counted from a place's first statement on, and stands in no file of a day.
    by_id = {
        said.id: _content(dataset, replace(said, group=0))
        for place in dataset.claims["place_id"].unique()
        for said in statements_on(dataset, place)
    }
    claims, about = dataset.claims, all_of(dataset)
    row: Any
    for row in position_spans(dataset).itertuples():
        claim, place = claims.index[row.Index], claims["place_id"].iloc[row.Index]
        content = by_id[claim] + about[place].encode()
        number = int.from_bytes(hashlib.sha256(content).digest()[:16])
        yield row.since.date(), number
        if not pd.isna(row.until):
            yield (row.until + pd.Timedelta(days=1)).date(), -number
