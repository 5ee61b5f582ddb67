"""Two workers behind the real nginx, with the site of deploy/: who comes stays, who loses moves."""

import errno
import os
import re
import socket
import subprocess
import sys
from contextlib import ExitStack

import pytest
from websockets.exceptions import ConnectionClosed

from benchmarks.load import PLACES, click_map, processes
from benchmarks.proxy import proxy
from benchmarks.reader import Reader
from geo.__main__ import main
from geo.commands.options import BAD_USE
from tests.awaited import awaited
from tests.browser.app import ROOT, serve
from tests.programs import needs

pytestmark = needs("nginx")
READERS = 12


@pytest.fixture(scope="module")
def workers():
    with ExitStack() as stack:
        yield [stack.enter_context(serve(None, "--public")) for _ in range(2)]


@pytest.fixture(scope="module")
def address(workers):
    with proxy(workers) as started:
        yield started


async def come(address):
    reader = Reader(address)
    await reader.visit()
    await reader.connect()
    await reader.open()
    return reader


def test_a_reader_comes_back_to_the_worker_that_has_the_session(address):
    async def leave_and_return():
        found = []
        for _ in range(6):
            reader = await come(address)
            await click_map(reader, 3)
            session = reader.session_id
            await reader.leave()
            await reader.connect()
            await reader.open("", reader.query)
            found.append((session, reader.session_id))
            await reader.leave()
        return found

    for before, after in awaited(leave_and_return()):
        assert before == after


def test_nobody_uploads_and_everybody_is_told_of_as_forwarded(address):
    async def try_to():
        async with Reader(address) as reader:
            await reader.open("Areas")
            with pytest.raises(OSError, match="403"):
                await reader.upload("map_20251211.geojson", b"{}")
            return list(reader.texts())

    assert any(text.startswith("python -m geo areas import") for text in awaited(try_to()))


async def click(reader, number):
    """Click, and where the worker is gone connect once and click there; tells whether it was."""
    try:
        await click_map(reader, number)
    except ConnectionClosed:
        await reader.connect()
        await reader.open("", reader.query)
        await click_map(reader, number)
        return True
    return False


async def lose_one(address, workers):
    readers = [await come(address) for _ in range(READERS)]
    for number, reader in enumerate(readers):
        await click_map(reader, number)
    seen = [dict(part.split("=") for part in reader.query.split("&")) for reader in readers]
    (lost,) = processes(workers[0])
    lost.kill()
    lost.wait(timeout=10)
    moved = [await click(reader, number + 1) for number, reader in enumerate(readers)]
    again = [await click(reader, number + 2) for number, reader in enumerate(readers)]
    shown = [list(reader.texts()) for reader in readers]
    for reader in readers:
        await reader.leave()
    return seen, moved, again, shown


def test_a_worker_that_is_killed_costs_its_readers_one_connection(address, workers):
    """The last one that needs the two workers: it kills the first."""
    seen, moved, again, shown = awaited(lose_one(address, workers))
    assert [view["place"] for view in seen] == [
        PLACES[n * 37 % len(PLACES)] for n in range(READERS)
    ]
    assert 0 < sum(moved) < READERS  # both had readers, and the other worker's noticed nothing
    assert not any(again)
    assert all(any('class="record"' in text for text in texts) for texts in shown)


def test_the_text_names_every_file_and_the_unit_starts_a_public_server():
    folder = ROOT / "deploy"
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert all(path.name in text for path in folder.iterdir() if path.name != "README.md")
    unit = (folder / "frontline@.service").read_text(encoding="utf-8")
    assert re.search(r"ExecStart=\S+/python -m geo serve --public ", unit)


def test_a_port_that_is_taken_is_one_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "geo", "serve", f"--server.port={port}"]
        ended = subprocess.run(
            [*command, "--server.headless=true"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
        )
    told = (ended.stdout + ended.stderr).strip().splitlines()
    assert ended.returncode == BAD_USE
    assert told == [
        f"the app cannot start: port {port} of 127.0.0.1: {os.strerror(errno.EADDRINUSE)}"
    ]


@pytest.mark.parametrize(
    ("option", "why"),
    [
        ("--server.port=abc", "'abc' is not a valid integer"),
        ("--workers=2", "No such option '--workers'"),
        ("other.py", "'other.py' is no option"),
        ("--server.cookieSecret=x", "'server.cookieSecret' option using the CLI flag is not"),
    ],
)
def test_a_wrong_option_is_one_sentence(option, why, capsys, monkeypatch):
    monkeypatch.setattr(os, "environ", dict(os.environ))
    with pytest.raises(SystemExit) as ended:
        main(["serve", option])
    (told,) = capsys.readouterr().err.splitlines()
    assert ended.value.code == BAD_USE
    assert told.startswith("the app cannot start: ")
    assert why in told
