"""Scrubbing, ours beside what people use today, in one run, in one browser, on the same data.

    make bench

Writes benchmarks/results/scrub.md and scrub.png. Latency is the time from input (a key on the
slider, or its input event; a week each) to the last drawing call that follows; every canvas and
WebGL drawing call is timed in the page. The peers draw one small disc a place; ours both halves.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from time import monotonic, sleep, time
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from playwright.sync_api import Browser, BrowserContext, Error, Page

from benchmarks.frames import frames_of
from benchmarks.make_ledger import write_ledger
from benchmarks.peer_pages import timeline, timestamped
from geo.files.load import load_dataset
from tests.browser.app import ROOT, chromium, serve, time_frame

SIZES = ((300, 2_700), (2_000, 18_000), (33_000, 300_000))
DAYS, STEPS, PATIENCE, FRAME = 1_700, 10, 300.0, 1000 / 60
RESULTS = ROOT / "benchmarks" / "results"
PACKAGES = (
    *("jquery@3.7.1", "jquery-ui-dist@1.12.1", "iso8601-js-period@0.2.1", "moment@2.18.1"),
    *("leaflet-timedimension@1.1.1", "leaflet@1.9.3", "leaflet.timeline@1.6.0"),
)
# Notes the time of every drawing call, in every frame of a page.
WATCH_DRAWING = """
window.__draws = [];
for (const [kind, calls] of [
  [CanvasRenderingContext2D, ["fill", "clearRect", "putImageData", "drawImage"]],
  [WebGL2RenderingContext, ["drawArrays", "drawElements", "drawArraysInstanced",
                            "drawElementsInstanced"]],
]) for (const name of calls) {
  const draw = kind.prototype[name];
  kind.prototype[name] = function (...given) {
    const result = draw.apply(this, given);
    const now = performance.timeOrigin + performance.now();
    if (this.canvas.isConnected) window.__draws.push(now);
    if (window.__draws.length > 5000) window.__draws.splice(0, 2500);
    return result;
  };
}
"""
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


def fetch_packages(folder: Path) -> dict[str, bytes]:
    """Get the peers' scripts from npm; gives file name to content."""
    subprocess.run(["npm", "pack", "--silent", *PACKAGES], cwd=folder, check=True, stdout=-3)
    files = {}
    for archive in sorted(folder.glob("*.tgz")):
        with tarfile.open(archive) as packed:
            for member in packed.getmembers():
                if member.name.endswith((".js", ".css")) and (file := packed.extractfile(member)):
                    files.setdefault(Path(member.name).name, file.read())
    files["jquery-3.7.1.min.js"] = files["jquery.min.js"]
    return files


def open_context(browser: Browser, files: dict[str, bytes]) -> BrowserContext:
    """Open a browser context in which the addresses of CDNs give the packages' files."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    context.set_default_timeout(PATIENCE * 1000)
    context.add_init_script(WATCH_DRAWING)

    def local(route: Any) -> None:
        url = route.request.url
        if url.startswith(("http://127.0.0.1", "file:", "data:", "blob:")):
            route.continue_()
        else:
            name = url.split("?")[0].rsplit("/", 1)[-1]
            kind = "text/css" if name.endswith(".css") else "text/javascript"
            # A CDN makes the .min of what a package does not ship so.
            body = files.get(name) or files.get(name.replace(".min.", "."), b"")
            route.fulfill(body=body, content_type=kind)

    context.route("**/*", local)
    return context


def last_draw(page: Page, since: float) -> float | None:
    """Give the last drawing call after a moment (ms of the epoch) once drawing has rested."""
    draws: list[float] = []
    for frame in page.frames:
        with suppress(Error):  # a frame may just have been replaced
            draws += frame.evaluate("(t) => (window.__draws || []).filter((d) => d > t)", since)
    rested = draws and time() * 1000 - max(draws) > 250
    return max(draws) if rested else None


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
            write_results(rows)


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


NAMES = {
    "ours": "Frontline Claims",
    "slider-group": "st.slider + st_folium, feature_group_to_add",
    "slider-rebuild": "st.slider + st_folium, map rebuilt",
    "timestamped": "folium TimestampedGeoJson (weekly)",
    "timeline": "folium Timeline + TimelineSlider",
    "pydeck": "st.slider + st.pydeck_chart, ScatterplotLayer",
}


def write_results(rows: list[dict]) -> None:
    """Write the table and the plot."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    packages = ("streamlit", "folium", "streamlit-folium", "pydeck", "playwright")
    lines = [
        "# Scrubbing: time from input to painted change",
        "",
        f"{', '.join(f'{name} {version(name)}' for name in packages)}; npm {', '.join(PACKAGES)}; "
        f"headless Chromium, software rendering; {os.cpu_count()} cores, {platform.machine()}; "
        f"{DAYS} days, {STEPS} steps each. Peers draw one disc a place (the plugins one side of "
        "three), ours both halves of three sides.",
        "",
        "| places | candidate | p50 ms | p95 ms | p95 / ours | frames dropped | frame p95 ms "
        "| opened s | payload MB | a step MB | heap MB |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        base = next(r for r in rows if r["places"] == row["places"] and r["candidate"] == "ours")
        head = f"| {row['places']:,} | {NAMES[row['candidate']]} "
        if "failed" in row:
            lines.append(f"{head}| {row['failed']} |||||||||")
            continue
        ratio = row["p95"] / base["p95"]
        times = f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.1f}"
        dropped = f"{row['dropped']:.0%}" if "dropped" in row else "follows on release only"
        frame = f"{row['frame_p95']:.1f}" if "frame_p95" in row else "–"
        lines.append(
            f"{head}| {row['p50']:.1f} | {row['p95']:.1f} | {times} "
            f"| {dropped} | {frame} | {row['opened']:.1f} | {row['bytes'] / 1e6:.2f} "
            f"| {row.get('step_bytes', 0) / 1e6:.2f} | {row['heap']:.0f} |"
        )
    (RESULTS / "scrub.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    figure = Figure(figsize=(8, 4.5), dpi=120, layout="constrained")
    axes = figure.add_subplot(
        xscale="log", yscale="log", xlabel="places", ylabel="input to painted change, p95 ms"
    )
    for name, label in NAMES.items():
        mine = [row for row in rows if row["candidate"] == name and "p95" in row]
        axes.plot([r["places"] for r in mine], [r["p95"] for r in mine], marker="o", label=label)
    axes.axhline(FRAME, color="#888", linestyle=":", label="one display frame")
    axes.legend(fontsize=7)
    figure.savefig(RESULTS / "scrub.png")


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
