"""Scrubbing, ours beside what people use today, in one run, in one browser, on the same data.

    make bench

Writes benchmarks/results/scrub.md and scrub.png. Latency is the time from input (a key on the
slider, or its input event; a week each) to the last drawing call that follows; every canvas and
WebGL drawing call is timed in the page. The peers draw one small disc a place; ours both halves.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep, time
from typing import Any

import numpy as np
from playwright.sync_api import Browser, BrowserContext, Error, Page

from benchmarks.drawing import PATIENCE, fetch_packages, last_draw, open_context
from benchmarks.frames import frames_of
from benchmarks.make_ledger import write_ledger
from benchmarks.peer_pages import timeline, timestamped
from benchmarks.scrub_results import FRAME, write_results
from geo.files.load import load_dataset
from tests.browser.app import ROOT, chromium, serve, time_frame

SIZES = ((300, 2_700), (2_000, 18_000), (33_000, 300_000))
DAYS, STEPS = 1_700, 10
# One step for each kind of page, and the frames of five seconds of steps.
ACT = {
    "ours": "() => { const s = document.querySelector('[data-testid=date-slider]');"
    " s.value = Number(s.value) + 7; s.dispatchEvent(new Event('input')); }",
    "timestamped": "() => document.querySelector('.timecontrol-forward').click()",
    "timeline": "() => { const s = document.querySelector('.time-slider');"
    " s.value = Number(s.value) + 7 * 86400000; s.dispatchEvent(new Event('input')); }",
}
FRAMES = frames_of("(act) => eval(act)", ms=5_000)
START = {
    "ours": "() => frontline.setDate('2023-06-01')",
    "timestamped": "() => undefined",
    "timeline": "() => { const s = document.querySelector('.time-slider');"
    " s.value = (Number(s.min) + Number(s.max)) / 2; s.dispatchEvent(new Event('input')); }",
}


@contextmanager
def peer_server(peer: str, data: Path) -> Iterator[str]:
    """Run benchmarks/peer_app.py on loopback."""
    port = 18_700 + os.getpid() % 1000
    command = [sys.executable, "-m", "streamlit", "run", "benchmarks/peer_app.py"]
    options = ["--server.headless=true", f"--server.port={port}", "--server.address=127.0.0.1"]
    environment = os.environ | {"PEER": peer, "FRONTLINE_DATA": str(data), "PYTHONPATH": str(ROOT)}
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(
        command + options, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def latencies(
    page: Page, act: Callable[[], float], *, until: float, again: float = PATIENCE
) -> list[float]:
    """Act and wait for the drawing, several times; ends early when patience does.

    A page that moves by itself draws nothing in a week without statements: it acts `again` after
    so many seconds.
    """
    found: list[float] = []
    while len(found) < STEPS:
        since, began = act(), monotonic()
        drawn = None
        while drawn is None and monotonic() < began + again:
            if monotonic() > until:
                return found
            sleep(0.03)  # timing is by the page's own clock; this only paces the questions
            drawn = last_draw(page, since)
        if drawn is not None:
            found.append(drawn - since)
    return found


class Bytes:
    """Counts what reaches a page, by HTTP and by web socket."""

    def __init__(self, page: Page) -> None:
        self.total = 0
        page.on("websocket", lambda socket: socket.on("framereceived", self._frame))
        page.on("requestfinished", self._request)

    def _frame(self, payload: str | bytes) -> None:
        self.total += len(payload)

    def _request(self, request: Any) -> None:
        if "/static/js/" not in request.url and "/static/css/" not in request.url:
            with suppress(Error):
                self.total += request.sizes()["responseBodySize"]  # as sent: compressed


def heap(page: Page) -> float:
    """Give the largest JavaScript heap of the page's frames, in MB."""
    sizes = [0.0]
    for frame in page.frames:
        with suppress(Error):
            sizes.append(frame.evaluate("performance.memory.usedJSHeapSize / 1e6"))
    return max(sizes)


def measure_page(context: BrowserContext, kind: str, address: str, *, until: float) -> dict:
    """Measure a page that moves in the browser: ours, or a folium plugin."""
    page = context.new_page()
    counted = Bytes(page)
    began = monotonic()
    page.goto(address)
    frame = time_frame(page) if kind == "ours" else page.main_frame
    if kind != "ours":
        frame.wait_for_selector(".time-slider, .timecontrol-forward")
    opened = monotonic() - began
    frame.evaluate(START[kind])
    sleep(1)

    def act() -> float:
        return frame.evaluate(
            "(act) => { const t = performance.timeOrigin + performance.now(); eval(act)();"
            " return t; }",
            ACT[kind],
        )

    found = latencies(page, act, until=until, again=1.0)
    if not found:
        return {"failed": "no step within 5 minutes"}
    moved = frame.evaluate(FRAMES, ACT[kind])
    late = np.mean([duration > 1.5 * FRAME for duration in moved["frames"]])
    result = summary(found, opened, counted.total, heap(page))
    page.close()
    return result | {
        "dropped": float(late),
        "frame_p95": float(np.percentile(moved["frames"], 95)),
        "script_p95": float(np.percentile(moved["script"], 95)),
    }


def measure_server(context: BrowserContext, address: str, *, until: float) -> dict:
    """Measure a Streamlit slider: a key on it, a rerun, a new drawing."""
    page = context.new_page()
    counted = Bytes(page)
    began = monotonic()
    while True:
        with suppress(Error):
            page.goto(address)
            break
        sleep(0.2)
    thumb = page.get_by_role("slider")
    thumb.wait_for()
    while last_draw(page, 0) is None:
        if monotonic() > until:
            return {"failed": "drew nothing within 5 minutes"}
        sleep(0.05)
    opened = monotonic() - began
    before = counted.total

    def act() -> float:
        thumb.focus()
        since = time() * 1000
        page.keyboard.press("ArrowRight")
        return since

    found = latencies(page, act, until=until)
    if not found:
        return {"failed": "no step within 5 minutes"}
    result = summary(found, opened, before, heap(page))
    result["step_bytes"] = (counted.total - before) / len(found)
    page.close()
    return result


def summary(found: list[float], opened: float, total: int, megabytes: float) -> dict:
    """Name the figures of one candidate."""
    return {
        "p50": float(np.median(found)),
        "p95": float(np.percentile(found, 95)),
        "steps": len(found),
        "opened": opened,
        "bytes": total,
        "heap": megabytes,
    }


def measure_all(browser: Browser, files: dict[str, bytes], folder: Path) -> None:
    """Measure every candidate at every size; what is measured is written at once."""
    rows = []
    for places, claims in SIZES:
        data = folder / f"ledger-{places}"
        write_ledger(data, places=places, claims=claims, days=DAYS)
        dataset = load_dataset(data)
        candidates: dict[str, Callable[[BrowserContext, float], dict]] = {
            "ours": lambda context, until, data=data: ours(context, data, until),
            **{
                peer: lambda context, until, peer=peer, data=data: server_peer(
                    context, peer, data, until
                )
                for peer in ("slider-group", "slider-rebuild", "pydeck")
            },
            "timestamped": lambda context, until, d=dataset: page_peer(
                context, "timestamped", timestamped, d, folder, until
            ),
            "timeline": lambda context, until, d=dataset: page_peer(
                context, "timeline", timeline, d, folder, until
            ),
        }
        for name, measure in candidates.items():
            context = open_context(browser, files)
            try:
                figures = measure(context, monotonic() + PATIENCE)
            except Error as error:
                figures = {"failed": str(error).splitlines()[0][:80]}
            with suppress(Error):
                context.close()
            rows.append({"places": places, "candidate": name} | figures)
            print(json.dumps(rows[-1]), flush=True)
            write_results(rows, days=DAYS, steps=STEPS)


def ours(context: BrowserContext, data: Path, until: float) -> dict:
    """Measure this project."""
    with serve(data) as address:
        return measure_page(context, "ours", address, until=until)


def server_peer(context: BrowserContext, peer: str, data: Path, until: float) -> dict:
    """Measure a Streamlit peer."""
    with peer_server(peer, data) as address:
        return measure_server(context, address, until=until)


def page_peer(
    context: BrowserContext, kind: str, write: Any, dataset: Any, folder: Path, until: float
) -> dict:
    """Measure a folium plugin in a page of its own."""
    page = folder / f"{kind}.html"
    if reason := write(dataset, page):
        return {"failed": reason}
    figures = measure_page(context, kind, page.as_uri(), until=until)
    return figures | {"bytes": page.stat().st_size}


def main() -> None:
    """Measure and write."""
    with (
        tempfile.TemporaryDirectory() as folder,
        chromium("--enable-precise-memory-info") as browser,
    ):
        scripts = Path(folder) / "npm"
        scripts.mkdir()
        measure_all(browser, fetch_packages(scripts), Path(folder))


if __name__ == "__main__":
    main()
