"""How long until the map stands, beside an empty page of Streamlit in the same minutes.

    python -m benchmarks.visit

Each visitor has a browser with nothing in it and comes twice; visitors of the two servers take
turns, so that both see the same machine. Writes benchmarks/results/visit.md.
"""

from __future__ import annotations

import os
import platform
import sys
from contextlib import ExitStack
from time import perf_counter

import numpy as np
from playwright.sync_api import Browser

from benchmarks.load import started
from tests.browser.app import ROOT, chromium, time_frame

RESULTS = ROOT / "benchmarks" / "results" / "visit.md"
EMPTY = ["streamlit", "run", "benchmarks/empty_app.py"]
CANDIDATES = {
    "an empty page": EMPTY,
    "Frontline Claims": ["geo", "serve", "--public"],
}
VISITORS = 9
WINDOW = {"width": 1366, "height": 650}  # a laptop's
REST = 1000  # milliseconds after a visit, until what came late is there too


def visit(browser: Browser, address: str, *, ours: bool) -> tuple[float, float, int]:
    """Visit twice with a new browser's memory; seconds of both visits, requests of the first."""
    context = browser.new_context(viewport=WINDOW)  # type: ignore[arg-type]
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    took: list[float] = []
    for _ in range(2):
        start = perf_counter()
        page.goto(address, wait_until="commit")
        time_frame(page) if ours else page.wait_for_selector("text=Nothing.")
        took.append(perf_counter() - start)
        page.wait_for_timeout(REST)
        if len(took) == 1:
            requests = len(asked)
    context.close()
    return took[0], took[1], requests


def main() -> None:
    """Measure, and write the results."""
    visitors = int(sys.argv[1]) if len(sys.argv) > 1 else VISITORS
    seen: dict[str, list[tuple[float, float, int]]] = {name: [] for name in CANDIDATES}
    with ExitStack() as running:
        browser = running.enter_context(chromium())
        servers = {
            name: running.enter_context(started(command)) for name, command in CANDIDATES.items()
        }
        for number in range(visitors + 1):
            for name, address in servers.items():
                one = visit(browser, address, ours=name == "Frontline Claims")
                if number:  # the very first visitor warms the servers and the browser's program
                    seen[name].append(one)
    middles = {name: np.median(np.array(found), axis=0) for name, found in seen.items()}
    empty = middles["an empty page"]
    lines = [
        "# How long until the map stands",
        "",
        f"`python -m benchmarks.visit` on {os.cpu_count()} cores, browser and servers included; "
        f"Python {platform.python_version()}, headless Chromium with software rendering, "
        f"{WINDOW['width']}x{WINDOW['height']}. {visitors} visitors of each, taking turns; "
        "median, least and most. Each has a new window, without the pages that Chromium's address "
        "bar would begin there (tests/browser/app.py).",
        "",
        "| page | first visit, nothing kept, s | times an empty page | second visit, s "
        "| requests of a first visit |",
        "|---|---|---|---|---|",
    ]
    for name, found in seen.items():
        spread = [
            f"{np.median(took):.2f} ({min(took):.2f} to {max(took):.2f})"
            for took in list(zip(*found, strict=True))[:2]
        ]
        times = middles[name][0] / empty[0]
        lines.append(
            f"| {name} | {spread[0]} | {times:.2f} | {spread[1]} | {middles[name][2]:.0f} |"
        )
    print("\n".join(lines))
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
