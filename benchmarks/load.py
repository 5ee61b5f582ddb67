"""How many readers one server holds, and how many two do behind nginx.

    python -m benchmarks.load

Readers speak Streamlit's websocket protocol as its own client does. Each opens the first page,
then clicks another place and day every five seconds. The same in one run: the app, the app as it
was before it was made for many readers (a revision of git), an empty page of Streamlit, and the
same ledger as a plain st.slider beside st_folium. Writes benchmarks/results/load.md.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import socket
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import psutil

from benchmarks.proxy import missing_nginx, proxy
from benchmarks.reader import Reader
from geo.files.load import load_dataset
from tests.browser.app import ROOT, wait_for

RESULTS = ROOT / "benchmarks" / "results" / "load.md"
BEFORE = "5b9e33c"  # the last revision that was not made for many readers
PAUSE, CLICKS = 5.0, 4  # seconds between the clicks of a reader; how many each makes
OPENING = 0.2  # seconds from one reader's coming to the next one's
WARM_UP = 20  # clicks before anything is measured: a server that has stood for a while
PATIENCE = 90.0  # seconds for all readers of a crowd, three times what they need; errors then
SLOW = 20  # readers at most for what 20 already overload
LONG = 2_000  # clicks of one reader without a pause, for the memory
PLACES = sorted(load_dataset(ROOT / "data").settlements.index)

Click = Callable[[Reader, int], Awaitable[None]]


@dataclass
class Seen:
    """What the readers of one server saw; seconds, and megabytes of all its processes."""

    first: list[float] = field(default_factory=list)
    click: list[float] = field(default_factory=list)
    errors: int = 0
    cpu: float = 0.0
    memory: float = 0.0


async def click_map(reader: Reader, number: int) -> None:
    """Choose another place and day in the map, as its frame would say it."""
    await reader.change(
        component_instance={
            "number": number,
            "after": 1,  # the command that opened it
            "date": f"2025-{1 + number % 12:02}-{1 + number * 7 % 28:02}",
            "place": PLACES[number * 37 % len(PLACES)],
            "centre": [48.4, 37.5],
            "zoom": 9,
        }
    )


async def move_slider(reader: Reader, number: int) -> None:
    """Move the slider of the peer to another week."""
    await reader.change(day=float(7 * (number * 37 % 240)))


async def run_again(reader: Reader, number: int) -> None:
    """Run a page that has nothing to click."""
    await reader.change()


@contextmanager
def started(command: list[str], folder: Path = ROOT, **environment: str) -> Iterator[str]:
    """Run a server on a free port of loopback; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--server.headless=true", f"--server.port={port}", "--server.address=127.0.0.1"]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(
        [sys.executable, "-m", *command, *options],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), **environment},
        stdout=quiet,
        stderr=quiet,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


@contextmanager
def revision(name: str) -> Iterator[Path]:
    """Check out a revision of git beside this one."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--detach", "--force", str(tree), name], check=True)
        try:
            yield tree
        finally:
            subprocess.run([*git, "remove", "--force", str(tree)], check=True)


def processes(*addresses: str) -> list[psutil.Process]:
    """Find the servers that listen at addresses of loopback."""
    ports = {int(address.rpartition(":")[2]) for address in addresses}
    return [
        psutil.Process(each.pid)
        for each in psutil.net_connections("tcp")
        if each.pid and each.status == psutil.CONN_LISTEN and each.laddr.port in ports
    ]


def spent(servers: list[psutil.Process]) -> float:
    """Add up the processor's seconds of servers."""
    return sum(sum(server.cpu_times()[:2]) for server in servers)


async def read(address: str, click: Click, number: int, seen: Seen) -> None:
    """Be one reader; whatever goes wrong is counted."""
    await asyncio.sleep(number * OPENING)
    try:
        async with asyncio.timeout(PATIENCE), Reader(address) as reader:
            began = perf_counter()
            await reader.open()
            seen.first.append(perf_counter() - began)
            await asyncio.sleep(PAUSE * (number * 0.618 % 1))  # they do not click in step
            for step in range(CLICKS):
                began = perf_counter()
                await click(reader, number + step + 1)
                seen.click.append(perf_counter() - began)
                await asyncio.sleep(max(0.0, PAUSE - seen.click[-1]))
    except (OSError, EOFError, LookupError, RuntimeError, TimeoutError) as fault:
        print(f"reader {number}: {type(fault).__name__}: {fault}", file=sys.stderr)
        seen.errors += 1


async def crowd(address: str, click: Click, count: int, workers: list[str]) -> Seen:
    """Have readers read, all at once; `workers` are the addresses of the server's processes."""
    async with Reader(address) as first:
        await first.open()
        until = perf_counter() + PAUSE * 2
        for number in range(WARM_UP):
            if perf_counter() < until:
                await click(first, number + 1)
    seen, servers = Seen(), processes(*workers)
    before = spent(servers)
    await asyncio.gather(*(read(address, click, number, seen) for number in range(count)))
    seen.cpu = spent(servers) - before
    seen.memory = sum(server.memory_info().rss for server in servers) / 1e6
    return seen


async def stay(address: str) -> list[float]:
    """Click on and on as one reader; gives megabytes after each tenth, and the cost of a click."""
    (server,) = processes(address)
    async with Reader(address) as reader:
        await reader.open()
        memory = []
        for number in range(LONG):
            if number == LONG // 10:
                before = spent([server])
            await click_map(reader, number + 1)
            if (number + 1) % (LONG // 10) == 0:
                memory.append(server.memory_info().rss / 1e6)
    return [*memory, (spent([server]) - before) / (0.9 * LONG)]


def row(name: str, count: int, seen: Seen) -> str:
    """Write what was seen as a line of the table."""

    def times(values: list[float]) -> str:
        if not values:
            return "– | –"
        return " | ".join(f"{np.percentile(values, at):.2f}" for at in (50, 95))

    cost = 1000 * seen.cpu / max(1, len(seen.click))
    return (
        f"| {name} | {count} | {times(seen.first)} | {times(seen.click)} | {seen.errors} "
        f"| {cost:.0f} | {seen.memory:.0f} |"
    )


HEAD = """\
| server | readers | first page, median s | p95 | click, median s | p95 | errors \
| CPU of a click, ms | memory, MB |
|---|---|---|---|---|---|---|---|---|"""


def measure(counts: list[int]) -> Iterator[str]:
    """Start every candidate in turn and give the lines of the table."""
    geo = ["geo", "serve", "--public"]
    peer = {"PEER": "slider-group", "FRONTLINE_DATA": str(ROOT / "data")}
    with revision(BEFORE) as tree:
        most = max(counts)
        candidates: list[tuple[str, Any, Click, int]] = [
            ("Frontline Claims", lambda: started(geo), click_map, most),
            ("an empty page", lambda: started(_streamlit("empty_app")), run_again, most),
            (
                "st.slider + st_folium",
                lambda: started(_streamlit("peer_app"), **peer),
                move_slider,
                SLOW,
            ),
            (f"before ({BEFORE})", lambda: started(["geo", "serve"], tree), click_map, SLOW),
        ]
        for name, start, click, most in candidates:
            for count in filter(most.__ge__, counts):
                with start() as address:
                    yield row(name, count, asyncio.run(crowd(address, click, count, [address])))
    if missing := missing_nginx():
        yield f"| two workers | – | {missing} |"
        return
    for count in (50, 100):
        with started(geo) as one, started(geo) as two, proxy([one, two]) as address:
            seen = asyncio.run(crowd(address, click_map, count, [one, two]))
            yield row("two workers behind nginx", count, seen)


def _streamlit(app: str) -> list[str]:
    return ["streamlit", "run", f"benchmarks/{app}.py"]


def main() -> None:
    """Measure, and write the results."""
    parser = argparse.ArgumentParser(description="How many readers a server holds.")
    parser.add_argument("--readers", default="1,20,50", help="numbers of readers, with commas")
    counts = [int(count) for count in parser.parse_args().readers.split(",")]
    lines = [HEAD]
    for line in measure(counts):
        print(line, flush=True)
        lines.append(line)
    with started(["geo", "serve", "--public"]) as address:
        *memory, cost = asyncio.run(stay(address))
    steps = ", ".join(f"{size:.0f}" for size in memory)
    text = [
        "# How many readers a server holds",
        f"`python -m benchmarks.load` on {os.cpu_count()} cores, clients included; "
        f"Python {platform.python_version()}. {CLICKS} clicks a reader, one every {PAUSE:.0f} s; "
        "CPU of a click holds a share of the first pages. The empty page and the slider run with "
        f"Streamlit's defaults; a reader not done after {PATIENCE:.0f} s is an error.",
        "\n".join(lines),
        f"Memory of the server in MB after each tenth of {LONG:,} clicks of one reader without a "
        f"pause: {steps}; CPU of such a click {1000 * cost:.0f} ms.",
    ]
    RESULTS.write_text("\n\n".join(text) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
