"""One server: what it hands out and how, and that open pages hear of what is new, untouched."""

import asyncio
import re
import urllib.error
import urllib.request

import pytest

from benchmarks.reader import Reader
from geo.session import news
from tests.awaited import awaited
from tests.browser.app import serve
from tests.conftest import write_tiny

STATEMENT = (
    "sudzha-2025-12-24-ru-mod,sudzha,2025-12-24,,ru-mod,holds,russia,It said so.,TASS,"
    "Holds,https://example.org/9\n"
)
VIEW = "?date=2025-12-12&place=siversk&lat=48.5&lon=37.5&zoom=9.5"
PATIENCE = 60  # seconds; it takes one


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_tiny(tmp_path_factory.mktemp("ledger"))


@pytest.fixture(scope="module")
def address(folder):
    with serve(folder, "--public") as started:
        yield started


def ask(address, **headers):
    request = urllib.request.Request(address, headers=headers)
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        return answer.headers, answer.read()


def test_the_first_page_names_its_parts_and_each_is_there(address):
    headers, _ = ask(f"{address}/")
    hints = re.findall(r"<\./([^>]+)>; rel=(\w+)", headers["Link"])
    assert {"modulepreload", "preload"} == {kind for _, kind in hints}
    assert any("ComponentInstance" in name for name, _ in hints)
    for name, _ in hints:
        found, content = ask(f"{address}/{name}", **{"Accept-Encoding": "gzip"})
        assert "javascript" in found["Content-Type"]
        assert "immutable" in found["Cache-Control"]
        assert len(content) == int(found["Content-Length"])
    assert "Link" not in ask(f"{address}/Ledger")[0]


def test_no_other_file_is_handed_out(address):
    with pytest.raises(urllib.error.HTTPError, match="400"):
        ask(f"{address}/app/static/%2e%2e/app.py", **{"Accept-Encoding": "gzip"})
    headers, _ = ask(f"{address}/static/js/none.js", **{"Accept-Encoding": "gzip"})
    assert headers["Content-Type"].startswith("text/html")  # as Streamlit answers for any page
    assert headers["Cache-Control"] == "no-cache"


def test_a_look_that_fails_is_not_the_last(monkeypatch):
    looks = iter([OSError("the disk is full"), ExceptionGroup("faults", [ValueError()]), "v2"])
    told = []

    def look():
        found = next(looks, "v2")
        if isinstance(found, Exception):
            raise found
        return found

    async def watch():
        watching = asyncio.create_task(news.tell_news())
        async with asyncio.timeout(PATIENCE):
            while not told and not watching.done():
                await asyncio.sleep(0.01)
        watching.cancel()

    monkeypatch.setattr(news, "EVERY", 0)
    monkeypatch.setattr(news, "_prepare", look)
    monkeypatch.setattr(news, "_tell", told.append)
    awaited(watch())
    assert told[0] == "v2"


async def wait_for_news(address, folder):
    async with Reader(address) as first, Reader(address) as second:
        await first.open("", VIEW.removeprefix("?"))
        await second.open("Ledger")
        before = first.query
        claims = folder / "claims.csv"
        claims.write_text(claims.read_text(encoding="utf-8") + STATEMENT, encoding="utf-8")
        for reader in (first, second):
            async with asyncio.timeout(PATIENCE):
                while not await reader.hear():
                    pass
        told = [next(each for each in first.elements.values() if "9.5" in str(each))]
        return before, first.query, [list(each.texts()) for each in (first, second)], str(told)


def test_an_open_page_hears_of_a_new_statement_and_keeps_its_view(address, folder):
    before, after, (first, second), told = awaited(wait_for_news(address, folder))
    assert after == before
    assert "place=siversk" in after
    assert any("24 December 2025" in text for text in first)
    assert any("24 December 2025" in text for text in second)
    assert re.search(r"48\.5.*37\.5", told)  # where the map's new frame opens
