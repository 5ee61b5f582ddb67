"""How fast the site is: baked, opened, served to many; beside Streamlit in the same run.

    python -m benchmarks.site OUT [bake large opened readers]

Writes benchmarks/results/site.md, a section for each part that was run; OUT is a baked site of
data/, or where one is to be baked. Needs Chromium, and Debian's nginx and wrk.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile
from bisect import bisect
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from playwright.sync_api import Browser

from benchmarks.load import click_map, started
from benchmarks.make_ledger import write_ledger
from benchmarks.proxy import files
from benchmarks.reader import Reader
from benchmarks.scale import DAYS, DRAG, LARGE
from benchmarks.visit import EMPTY
from tests.browser.app import ROOT, chromium

RESULTS = ROOT / "benchmarks" / "results" / "site.md"
READY = "() => !!(window.frontline && window.frontline.standing)"
# Looks at each frame whether what is waited for is there, and keeps when that frame was made.
WATCH = """(() => {{
  const look = () => {{
    if (!({there})()) return requestAnimationFrame(look);
    const {{ port1, port2 }} = new MessageChannel(); // its turn comes once the frame was made
    port1.onmessage = () => {{ window.painted = performance.now(); }};
    port2.postMessage(0);
  }};
  requestAnimationFrame(look);
}})()"""
NOTHING = "() => document.body?.innerText.includes('Nothing.')"
PLACES = ("siversk", "pokrovsk", "kupiansk", "sudzha")  # that a reader looks at
VISITS = 16
AT_ONCE, SECONDS = 8, 15  # readers of Streamlit at the same time; how long each crowd reads
WRK = """\
local paths = {{ {paths} }}
local at = 0
request = function()
  at = at % #paths + 1
  return wrk.format("GET", paths[at], {{ ["Accept-Encoding"] = "gzip" }})
end
"""


def baked(out: Path, data: Path, *options: str) -> tuple[float, str]:
    """Bake as a newcomer would; gives seconds, and what was made."""
    command = [sys.executable, "-m", "geo", "site", str(out), "--data", str(data), *options]
    began = perf_counter()
    told = subprocess.run(
        [*command, "--base", "https://example.org/"], cwd=ROOT, check=True, capture_output=True
    )
    return perf_counter() - began, told.stdout.decode().splitlines()[-1]


def one_more(data: Path, day: str) -> None:
    """Add a statement of a day to a ledger, at its sorted place."""
    path = data / "claims.csv"
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    row = f"siversk-{day}-ru-mod-x,siversk,{day},,ru-mod,holds,russia,It said so.,TASS,Held,"
    lines.insert(bisect([line.split(",")[0] for line in lines], row.split(",")[0]), row + SOURCE)
    path.write_text("\n".join([header, *lines, ""]), encoding="utf-8")


SOURCE = "https://example.org/1"


def bake(out: Path) -> Iterator[str]:
    """Bake the whole, nothing, and one statement more on two days."""
    yield "| bake | s | files | goal, s |\n|---|---|---|---|"
    shutil.rmtree(out, ignore_errors=True)
    for name, goal in (("everything", "360"), ("nothing has changed", "2")):
        seconds, told = baked(out, ROOT / "data")
        yield f"| {name} | {seconds:.1f} | {told} | {goal} |"
    with (ROOT / "data" / "claims.csv").open(encoding="utf-8", newline="") as file:
        days = sorted(row["stated_on"] for row in csv.DictReader(file))
    with tempfile.TemporaryDirectory() as folder:
        for name, day in (("of the newest day", days[-1]), ("of the middle", days[len(days) // 2])):
            data, grown = Path(folder) / f"data-{day}", Path(folder) / "site"
            shutil.copytree(ROOT / "data", data)
            shutil.copytree(out, grown)
            one_more(data, day)
            seconds, told = baked(grown, data)
            yield f"| a statement more, {name} ({day}) | {seconds:.1f} | {told} | 10 |"
            shutil.rmtree(grown)


def large(out: Path) -> Iterator[str]:
    """Bake the ledger with a gazetteer of a whole country, and drag the slider of its map."""
    with tempfile.TemporaryDirectory() as folder:
        data, grown, silent = (Path(folder) / name for name in ("data", "site", "silent"))
        shutil.copytree(ROOT / "data", data)
        write_ledger(silent, places=LARGE, claims=LARGE, days=DAYS)
        path = data / "settlements.csv"
        known = path.read_text(encoding="utf-8").splitlines()
        _, *more = (silent / path.name).read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join([*known, *more[: LARGE + 1 - len(known)], ""]), encoding="utf-8")
        seconds, told = baked(grown, data, "--cards", "none")
        with chromium() as browser, files(grown) as (address, _):
            page = browser.new_page(viewport={"width": 1366, "height": 650})
            page.goto(f"{address}/")
            page.wait_for_function(READY)
            found = page.evaluate(DRAG)
    frame, script = (np.percentile(found[key], 95) for key in ("frames", "script"))
    yield (
        f"{LARGE:,} settlements, those with statements as published, without cards: "
        f"{seconds:.0f} s, {told}. Dragging all days in 10 s: a frame {frame:.1f} ms at the 95th "
        f"percentile, {script:.1f} ms of it script."
    )


def visit(browser: Browser, address: str, there: str) -> dict[str, float]:
    """Visit a page with an empty cache; seconds, requests and bytes until it is painted."""
    context = browser.new_context(viewport={"width": 1366, "height": 650})
    page = context.new_page()
    page.add_init_script(WATCH.format(there=there))
    done: list[Any] = []
    page.on("requestfinished", lambda request: done.append(request))
    page.goto(address, wait_until="commit")
    seconds = page.wait_for_function("() => window.painted").json_value() / 1000
    sizes = [request.sizes() for request in list(done)]
    context.close()
    taken = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    return {"s": seconds, "requests": len(sizes), "kB": taken / 1000}


def opened(out: Path) -> Iterator[str]:
    """Open the map of the site and an empty page of Streamlit in turn, each with a cold cache."""
    found: dict[str, list[dict[str, float]]] = {"site": [], "empty": []}
    with chromium() as browser, started(EMPTY) as empty, files(out) as (site, _):
        for _ in range(VISITS):
            found["site"].append(visit(browser, f"{site}/", READY))
            found["empty"].append(visit(browser, empty, NOTHING))
    yield "| first visit, cold cache | median s | from, to | requests | kB |\n|---|---|---|---|---|"
    names = {"site": "map of the site, painted", "empty": "empty page of Streamlit"}
    middle = {}
    for key, visits in found.items():
        seconds = np.array([one["s"] for one in visits[1:]])  # the first warms the browser's files
        middle[key] = float(np.median(seconds))
        last = visits[-1]
        yield (
            f"| {names[key]} | {middle[key]:.2f} | {seconds.min():.2f} to {seconds.max():.2f} "
            f"| {last['requests']} | {last['kB']:.0f} |"
        )
    yield (
        f"\nRatio {middle['site'] / middle['empty']:.2f}; goal 0.35, 12 requests, 200 kB. Each has "
        "a new window, without the pages that Chromium's address bar would begin there "
        "(tests/browser/app.py)."
    )


def asked_by_a_reader(out: Path) -> list[str]:
    """Give the paths that a reader asks for who opens the map and looks at places."""
    with files(out, logged=True) as (address, log), chromium() as browser:
        page = browser.new_page()
        page.goto(f"{address}/")
        page.wait_for_function(READY)
        page.wait_for_function("() => !!navigator.serviceWorker.controller")
        for place in PLACES:
            page.evaluate("(place) => frontline.visit(place)", place)
            page.get_by_test_id("place-card").get_by_role("link").first.wait_for()
        lines = log.read_text().splitlines()
    assert all(line.startswith("200 ") for line in lines[1:]), lines
    return [line.partition(" ")[2] for line in lines[1:]]  # the first was ours


async def streamlit_readers(address: str) -> tuple[float, list[float]]:
    """Have readers open the app and look at places, without a pause; readers a second, waits."""
    waits: list[float] = []
    ended = 0
    until = perf_counter() + SECONDS

    async def read(number: int) -> None:
        nonlocal ended
        while perf_counter() < until:
            began = perf_counter()
            async with Reader(address) as reader:
                await reader.open()
                waits.append(perf_counter() - began)
                for step in range(len(PLACES)):
                    began = perf_counter()
                    await click_map(reader, number + step)
                    waits.append(perf_counter() - began)
                ended += 1

    began = perf_counter()
    await asyncio.gather(*(read(number) for number in range(AT_ONCE)))
    return ended / (perf_counter() - began), waits


def readers(out: Path) -> Iterator[str]:
    """Serve the same reader by nginx and by one Streamlit process, each as fast as it can."""
    paths = asked_by_a_reader(out)
    yield (
        f"A reader opens the map with an empty cache and looks at {len(PLACES)} places: of the "
        f"site {len(paths)} requests, those of its service worker included; of Streamlit a page "
        f"and {len(PLACES)} runs, its own files of JavaScript not counted.\n"
    )
    yield "| server | readers/s | answers/s | p99 of an answer, ms |\n|---|---|---|---|"
    with started(["geo", "serve", "--public"]) as address:
        asyncio.run(streamlit_readers(address))  # a server that has stood for a while
        theirs, waits = asyncio.run(streamlit_readers(address))
        p99 = 1000 * np.percentile(waits, 99)
        answers = theirs * (len(PLACES) + 1)
        yield f"| one Streamlit process | {theirs:.1f} | {answers:.0f} | {p99:.0f} |"
    with files(out) as (address, _), tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(WRK.format(paths=", ".join(f'"{path}"' for path in paths)))
        script.flush()
        wrk = ["wrk", "-t1", "-c64", f"-d{SECONDS}s", "--latency", "-s", script.name, address]
        told = subprocess.run(wrk, check=True, capture_output=True, text=True).stdout
    print(told, file=sys.stderr)
    a_second, p99 = rate_of(told)
    ours = a_second / len(paths)
    yield f"| nginx, one worker | {ours:.0f} | {a_second:,.0f} | {p99:.1f} |"
    wrong = re.findall("Non-2xx.*|Socket errors.*", told) or ["No errors"]
    yield f"\n{ours / theirs:.0f} times the readers; goal 300. {wrong[0]}."


def rate_of(told: str) -> tuple[float, float]:
    """Read what wrk found: requests a second, and the 99th percentile in ms."""
    (rate,) = re.findall(r"Requests/sec:\s+([\d.]+)", told)
    ((number, unit),) = re.findall(r"99%\s+([\d.]+)(us|ms|s)", told)
    return float(rate), float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


PARTS: dict[str, tuple[str, Callable[[Path], Iterator[str]]]] = {
    "bake": ("Baking the second edition", bake),
    "large": ("A gazetteer of a country", large),
    "opened": ("First visit", opened),
    "readers": ("Many readers", readers),
}


def main() -> None:
    """Measure, and write the results."""
    parser = argparse.ArgumentParser(description="How fast the site is.")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("parts", nargs="*", default=list(PARTS), metavar="PART")
    options = parser.parse_args()
    sections: dict[str, str] = {}
    with suppress(FileNotFoundError):
        _, *old = re.split("^## ", RESULTS.read_text(encoding="utf-8"), flags=re.MULTILINE)
        sections = {title: text.strip() for title, _, text in (one.partition("\n") for one in old)}
    for part in options.parts:
        title, measure = PARTS[part]
        lines = []
        for line in measure(options.out):
            print(line, flush=True)
            lines.append(line)
        sections[title] = "\n".join(lines).strip()
    text = [
        f"# The site\n\n`python -m benchmarks.site` on {os.cpu_count()} cores, clients included."
    ]
    text += [f"## {title}\n\n{told}" for title, told in sections.items()]
    RESULTS.write_text("\n\n".join(text) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
