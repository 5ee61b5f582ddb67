"""How long pictures and films take: `python -m benchmarks.export`, written to results/export.md."""

from __future__ import annotations

import os
import platform
import tempfile
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

from geo.figure import (
    FILM_SIZES,
    Layout,
    PictureOptions,
    Step,
    days_of,
    draw_frames,
    draw_picture,
    extent_around,
    write_film,
)
from geo.files.load import load_dataset
from geo.model import Clock
from geo.timeline import take_snapshot

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results" / "export.md"
TIMES = 5
FIRST, LAST = date(2024, 12, 24), date(2025, 12, 23)  # 365 days


def main() -> None:
    """Measure, and write the table."""
    dataset = load_dataset(ROOT / "data")
    snapshot = take_snapshot(dataset, as_of=date(2025, 12, 11))
    near = extent_around(48.865, 38.097, km=30)
    card = PictureOptions(layout=Layout.CARD, place="siversk", extent=near)
    rows = []
    for name, options, ending, limit in (
        ("PNG, default view", PictureOptions(), "png", 1.0),
        ("SVG, default view", PictureOptions(), "svg", 1.5),
        ("PDF, default view", PictureOptions(), "pdf", 1.5),
        ("PNG, card of Siversk", card, "png", 1.5),
    ):
        draw_picture(snapshot, options, ending=ending)  # warm
        seconds = []
        for _ in range(TIMES):
            start = perf_counter()
            content = draw_picture(snapshot, options, ending=ending).content
            seconds.append(perf_counter() - start)
        rows.append((name, median(seconds), max(seconds), len(content), limit))
    picture = PictureOptions(size=FILM_SIZES[0])
    days = days_of(dataset, first=FIRST, last=LAST, step=Step.DAY)
    with tempfile.TemporaryDirectory() as folder:
        for ending in ("mp4", "gif"):
            path = Path(folder) / f"film.{ending}"
            start = perf_counter()
            frames = draw_frames(dataset, days, clock=Clock.THEN, view="all", options=picture)
            write_film(path, frames, size=FILM_SIZES[0])
            took = perf_counter() - start
            name = f"{ending.upper()}, {len(days)} days, 1280x720"
            rows.append((name, took, took, path.stat().st_size, 60.0))
    lines = [
        "# Pictures and films",
        "",
        f"{len(dataset.claims)} statements, {len(dataset.settlements)} places; "
        f"{os.cpu_count()} cores, Python {platform.python_version()}. "
        f"Pictures warm, {TIMES} times each; `python -m benchmarks.export`.",
        "",
        "| file | seconds, median | seconds, worst | KB | at most, seconds |",
        "|---|---|---|---|---|",
        *(
            f"| {name} | {middle:.2f} | {worst:.2f} | {size / 1000:,.0f} | {limit:g} |"
            for name, middle, worst, size, limit in rows
        ),
    ]
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
