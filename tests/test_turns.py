"""Films of many readers: one at a time, with a sentence; whoever leaves makes room."""

import asyncio

import pytest

from benchmarks.reader import Reader
from geo.session import film
from tests.awaited import awaited
from tests.browser.app import serve

GO = "Make the film"


@pytest.fixture(scope="module")
def address():
    with serve() as started:
        yield started


async def texts_until(reader, wanted):
    """Read on until something on the page has a text; gives it."""
    while True:
        for text in reader.texts():
            if wanted in text:
                return text
        await reader.hear()


async def leave_and_follow(address):
    async with Reader(address) as first, Reader(address) as second:
        for reader in (first, second):
            await reader.open("Export", "date=2025-12-11")
        await first.begin(**{"film-go": True})
        await texts_until(first, "Frame 1 of")
        await second.begin(**{"film-go": True})
        waiting = await texts_until(second, "one film is made at a time")
        await first.leave()
        return waiting, await texts_until(second, "Frame 1 of")


def test_a_film_waits_for_its_turn_and_one_whose_reader_left_stops(address):
    waiting, going = awaited(asyncio.wait_for(leave_and_follow(address), timeout=60))
    assert waiting == "Waiting: one film is made at a time, and 1 is before yours."
    assert going.startswith("Frame 1 of ")


def test_films_that_are_kept_have_a_bound_over_all_readers(monkeypatch):
    monkeypatch.setattr(film, "LARGEST", 250)
    film._films.clear()
    keys = [film._keep(b"x" * 100) for _ in range(3)]
    assert list(film._films) == keys[1:]
    large = film._keep(b"x" * 1000)  # the newest can always be downloaded
    assert list(film._films) == [large]
    monkeypatch.setattr(film, "LARGEST", 10_000)
    keys = [film._keep(b"x") for _ in range(film.MOST + 3)]
    assert list(film._films) == keys[-film.MOST :]
    film._films.clear()
