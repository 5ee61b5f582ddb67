"""How every cost grows with the number of places, and how fast the page opens.

    python -m benchmarks.scale

Writes benchmarks/results/scale.md. Every figure is of this machine; the exponent is the slope of
a straight line through the sizes in logarithms: 1 grows as the number of places, 0 not at all.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from playwright.sync_api import Browser, Frame, Page

from benchmarks.frames import frames_of
from benchmarks.load import processes, started
from benchmarks.make_ledger import write_ledger
from benchmarks.visit import EMPTY, visit
from tests.browser.app import ROOT, chromium, serve, time_frame

SIZES = (100, 1_000, 10_000, 33_000, 100_000)
CLAIMS_A_PLACE, DAYS, INTERACTIONS, LARGE = 9, 1_700, 500, 33_000
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 3}
SLOWED = 4
RESULTS = ROOT / "benchmarks" / "results" / "scale.md"
# Figure: its words, its unit, digits, and the goal at 33,000 places.
FIGURES = {
    "load": ("load and check", "s", 2, 3),
    "snapshot": ("snapshot of a day", "ms", 1, 10),
    "encode": ("encode for the browser, once", "s", 2, None),
    "payload": ("payload, gzipped", "MB", 3, 1.5),
    "peak": ("peak memory, load to payload", "MB", 0, 700),
    "opened": ("map, first visit, empty cache", "s", 2, None),
    "paint": ("first paint, second visit", "s", 2, 1),
    "again": ("map, second visit", "s", 2, None),
    "drag": ("frame while dragging all days in 10 s, p95", "ms", 1, 16.7),
    "script": ("script a frame while dragging, p95", "ms", 1, 8),
    "play": ("frame while playing, p95", "ms", 1, 16.7),
    "pan": ("frame while panning, p95", "ms", 1, 16.7),
    "pick": ("place under the pointer, p95", "ms", 2, 2),
    "record": ("click to record, p95", "s", 2, 0.3),
}
# Frames of a time, with what a step costs in script; the pointer's and the player's steps too.
DRAG = frames_of(
    """() => {
  const slider = document.querySelector("[data-testid=date-slider]");
  return (part) => {
    slider.value = Math.round(part * slider.max);
    slider.dispatchEvent(new Event("input"));
  };
}"""
)
RECORD_FRAMES = """async (ms) => {
  const frames = [];
  const began = await new Promise(requestAnimationFrame);
  for (let before = began; before - began < ms; ) {
    const now = await new Promise(requestAnimationFrame);
    frames.push(now - before);
    before = now;
  }
  return frames;
}"""
PICK = """() => {
  const map = document.querySelector(".fl-map");
  const { width, height } = map.getBoundingClientRect();
  return Array.from({ length: 500 }, (_, at) => {
    const clientX = (at * 97) % width, clientY = (at * 61) % (height - 100);
    const event = new MouseEvent("mousemove", { bubbles: true, clientX, clientY });
    const start = performance.now();
    map.dispatchEvent(event);
    return performance.now() - start;
  });
}"""
SELECT = """async (id) => {
  const { frontline } = document.querySelector("iframe[title*=st_folium]").contentWindow;
  const start = performance.now();
  frontline.select(id);
  const shown = () => document.querySelector("[data-testid=stHeading] h3")?.textContent ?? "";
  const open = () => new URL(location).searchParams.get("place") === id && shown();
  while (!open()) await new Promise((next) => setTimeout(next, 5));
  return (performance.now() - start) / 1000;
}"""


def measure_browser(browser: Browser, folder: Path) -> dict[str, Any]:
    """Measure a visitor's side of the app on a folder."""
    with serve(folder) as address:
        context = browser.new_context(viewport={"width": 1400, "height": 1000})
        context.set_default_timeout(120_000)
        page = context.new_page()
        start = perf_counter()
        page.goto(address, wait_until="commit")
        time_frame(page)
        figures: dict[str, Any] = {"opened": perf_counter() - start}
        page.wait_for_timeout(1000)
        start = perf_counter()
        page.goto(address, wait_until="commit")
        frame = time_frame(page)
        figures["again"] = perf_counter() - start
        paint = "performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"
        figures["paint"] = page.evaluate(paint)
        page.wait_for_timeout(1000)
        figures |= measure_frames(page, frame)
        places = load_places(folder)
        taken = [page.evaluate(SELECT, place) for place in places[:: max(1, len(places) // 20)]]
        figures["record"] = p95(taken)
        if len(places) == LARGE:
            figures |= interact(page, places)
        context.close()
    return figures


def measure_frames(page: Page, frame: Frame) -> dict[str, float]:
    """Measure frames while dragging, playing and panning, and picking."""
    dragged = frame.evaluate(DRAG)
    frame.evaluate("frontline.setDate('2023-06-01')")
    frame.evaluate("frontline.play()")
    played = frame.evaluate(RECORD_FRAMES, 5000)
    frame.evaluate("frontline.pause()")
    page.wait_for_timeout(1500)
    box = frame.locator(".fl-map").bounding_box() or {}
    x, y = box["x"] + 400, box["y"] + 300
    frame.evaluate(f"() => {{ window.__panned = ({RECORD_FRAMES})(3000); }}")
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(100):
        page.mouse.move(x + 2 * step % 160, y + step)
    page.mouse.up()
    panned = frame.evaluate("window.__panned")
    return {
        "drag": p95(dragged["frames"]),
        "script": p95(dragged["script"]),
        "play": p95(played),
        "pan": p95(panned),
        "pick": p95(frame.evaluate(PICK)),
    }


def interact(page: Page, places: list[str]) -> dict[str, list[float]]:
    """Open hundreds of places, one after the other; memory before and after, of both sides."""
    for place in places[1:60]:
        page.evaluate(SELECT, place)  # the first fill caches
    heap, server = [page_heap(page)], [server_memory(page)]
    for count, place in enumerate(places[100 : 100 + INTERACTIONS], 1):
        page.evaluate(SELECT, place)
        if count % 100 == 0:
            server.append(server_memory(page))
    return {"server": server, "heap": [*heap, page_heap(page)]}


def page_heap(page: Page) -> float:
    """Give the page's JavaScript heap in MB once rubbish is collected."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    megabytes: float = session.send("Runtime.getHeapUsage")["usedSize"] / 1e6
    session.detach()
    return megabytes


def server_memory(page: Page) -> float:
    """Give the resident memory of the page's server in MB."""
    (server,) = processes(urlsplit(page.url).netloc)
    megabytes: float = server.memory_info().rss / 2**20
    return megabytes


def load_places(folder: Path) -> list[str]:
    """Give the places that somebody spoke of."""
    lines = (folder / "claims.csv").read_text(encoding="utf-8").splitlines()[1:]
    return list(dict.fromkeys(line.split(",", 2)[1] for line in lines))


def p95(values: list[float]) -> float:
    """Give the 95th percentile."""
    return float(np.percentile(values, 95))


def measure_opening(browser: Browser, address: str, *, ours: bool) -> list[tuple[float, float]]:
    """Open a page in new browser contexts, each twice; seconds of the first and second visit."""
    found = [visit(browser, address, ours=ours)[:2] for _ in range(6)]
    return found[1:]  # the very first visit also warms the browser's own files


def measure_phone(browser: Browser, address: str) -> list[float]:
    """Measure what the main thread of a phone takes for a frame of a drag, its card open, in ms."""
    context = browser.new_context(**PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{address}/?place=siversk")
    frame = time_frame(page)
    frame.get_by_test_id("place-card").wait_for()
    page.wait_for_timeout(2000)  # widgets below the map come after it
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    busy: list[float] = frame.evaluate(DRAG)["busy"]
    context.close()
    return busy


def write_results(
    rows: dict[int, dict[str, Any]], opening: dict[str, Any], phone: list[float]
) -> None:
    """Write the tables."""
    sizes = sorted(rows)
    lines = [
        "# How the cost grows",
        "",
        f"{os.cpu_count()} cores, {platform.machine()}, headless Chromium with software rendering; "
        f"{CLAIMS_A_PLACE} statements a place, {DAYS} days (`python -m benchmarks.scale`).",
        "",
        f"| figure | {' | '.join(f'{size:,} places' for size in sizes)} | exponent | goal at "
        f"{LARGE:,} |",
        f"|---|{'---|' * (len(sizes) + 2)}",
    ]
    for key, (words, unit, digits, goal) in FIGURES.items():
        values = [rows[size][key] for size in sizes]
        slope = np.polyfit(np.log(sizes), np.log(np.maximum(values, 1e-3)), 1)[0]
        cells = " | ".join(f"{value:,.{digits}f} {unit}" for value in values)
        aim = f"{goal} {unit}" if goal else ""
        lines.append(f"| {words} | {cells} | {slope:.2f} | {aim} |")
    server, heap = ([f"{value:.0f}" for value in rows[LARGE][key]] for key in ("server", "heap"))
    lines += [
        "",
        f"{INTERACTIONS} places opened one after the other, {LARGE:,} places in the ledger: the "
        f"server holds {', '.join(server)} MB (before, and after each hundred), the page's heap "
        f"{' to '.join(heap)} MB.",
    ]
    lines += ["", "| opening | first visit, empty cache | second visit |", "|---|---|---|"]
    for name, visits in opening.items():
        first, second = np.array(visits).T
        spread = [f"{v.min():.1f} to {v.max():.1f} s" for v in (first, second)]
        lines.append(f"| {name} | {spread[0]} | {spread[1]} |")
    lines += [
        "",
        f"A phone (390x844, three device pixels, processor slowed {SLOWED} times), published "
        f"ledger, a place's card open, all days dragged by in 10 s: from input until it is drawn a "
        f"frame takes {np.median(phone):.1f} ms of the page's main thread, {p95(phone):.1f} ms at "
        "the 95th percentile (goal 17 and 20).",
    ]
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Measure and write."""
    rows: dict[int, dict[str, Any]] = {}
    opening = {}
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        folder = Path(name)
        with started(EMPTY) as address:
            opening["empty Streamlit page"] = measure_opening(browser, address, ours=False)
        with serve() as address:
            opening["published ledger, the map"] = measure_opening(browser, address, ours=True)
            phone = measure_phone(browser, address)
            print(json.dumps({"phone": [float(np.median(phone)), p95(phone)]}), flush=True)
        for size in SIZES:
            data = folder / str(size)
            write_ledger(data, places=size, claims=size * CLAIMS_A_PLACE, days=DAYS)
            command = [sys.executable, "-m", "benchmarks.load_to_payload", str(data)]
            done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
            rows[size] = json.loads(done.stdout) | measure_browser(browser, data)
            print(size, json.dumps(rows[size]), flush=True)
    write_results(rows, opening, phone)


if __name__ == "__main__":
    main()
