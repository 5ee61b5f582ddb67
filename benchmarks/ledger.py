"""How long the page Ledger takes to answer, beside a plain table of the same file.

    python -m benchmarks.ledger

Writes benchmarks/results/ledger.md: from the key that asks to the answer on the screen, and what
the browser was sent for it.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

from playwright.sync_api import Browser, Page

from benchmarks.make_ledger import write_ledger
from tests.browser.app import ROOT, chromium, free_port, serve, wait_for

RESULTS = ROOT / "benchmarks" / "results" / "ledger.md"
PLACES, CLAIMS, DAYS, TIMES = 33_000, 300_000, 1_700, 3
NARROW = "Daily"  # an outlet of a fifth of the statements
WAIT = 300_000  # ms
ANSWERED = """(before) => {
    const counts = [...document.querySelectorAll("strong")].map((count) => count.innerText);
    const running = document.querySelector("[data-testid=stStatusWidget]");
    return !running && counts.some((count) => /statements/.test(count)) && !counts.includes(before);
}"""


@contextmanager
def peer(data: Path) -> Iterator[str]:
    """Start the plain table; gives its address on loopback."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "benchmarks/peer_table.py"]
    command += [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
    environment = os.environ | {"FRONTLINE_DATA": str(data)}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=10)


def measure(browser: Browser, address: str) -> dict[str, tuple[float, float]]:
    """Ask for a word and for everything again; gives seconds and megabytes of each."""
    page = browser.new_page(viewport={"width": 1400, "height": 1200})
    page.set_default_timeout(WAIT)
    received: list[int] = []
    page.on(
        "websocket", lambda socket: socket.on("framereceived", lambda f: received.append(len(f)))
    )
    page.goto(address)
    page.wait_for_function(ANSWERED, arg="")
    found: dict[str, list[tuple[float, float]]] = {"a word": [], "everything": []}
    for _ in range(TIMES):
        for name, text in (("a word", NARROW), ("everything", "")):
            found[name].append(_ask(page, text, received))
    page.close()
    return {
        name: (median(seconds for seconds, _ in asked), median(size for _, size in asked))
        for name, asked in found.items()
    }


def _ask(page: Page, text: str, received: list[int]) -> tuple[float, float]:
    before = page.locator("strong", has_text="statements").first.inner_text()
    field = page.get_by_role("textbox").last
    received.clear()
    start = perf_counter()
    field.fill(text)
    field.press("Enter")
    page.wait_for_function(ANSWERED, arg=before)
    return perf_counter() - start, sum(received) / 1e6


def main() -> None:
    """Measure, and write the table."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        data = Path(folder)
        write_ledger(data, places=PLACES, claims=CLAIMS, days=DAYS)
        with serve(data) as address:
            ours = measure(browser, f"{address}/Ledger")
        with peer(data) as address:
            theirs = measure(browser, address)
    lines = [
        "# The page Ledger at country scale",
        "",
        f"{PLACES:,} places, about {CLAIMS:,} statements; {os.cpu_count()} cores, Python "
        f"{platform.python_version()}. From the key to the answer on the screen, median of "
        f"{TIMES}; `python -m benchmarks.ledger`. The plain table is `st.dataframe` of the "
        "same file, sent whole, with a text field over it.",
        "",
        "| asked for | Ledger, s | plain table, s | ratio | Ledger, MB | plain table, MB |",
        "|---|---|---|---|---|---|",
        *(
            f"| {name} | {ours[name][0]:.2f} | {theirs[name][0]:.2f} | "
            f"{theirs[name][0] / ours[name][0]:.1f} | {ours[name][1]:.2f} | {theirs[name][1]:.1f} |"
            for name in ours
        ),
    ]
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(RESULTS.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
