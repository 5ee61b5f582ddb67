"""What was found by benchmarks/scrub.py, as a table and a plot."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version

from matplotlib.figure import Figure

from benchmarks.drawing import PACKAGES
from tests.browser.app import ROOT

RESULTS = ROOT / "benchmarks" / "results"
FRAME = 1000 / 60  # ms
NAMES = {
    "ours": "Frontline Claims",
    "slider-group": "st.slider + st_folium, feature_group_to_add",
    "slider-rebuild": "st.slider + st_folium, map rebuilt",
    "timestamped": "folium TimestampedGeoJson (weekly)",
    "timeline": "folium Timeline + TimelineSlider",
    "pydeck": "st.slider + st.pydeck_chart, ScatterplotLayer",
}


def write_results(rows: list[dict], *, days: int, steps: int) -> None:
    """Write the table and the plot of ledgers of so many days, each measured in so many steps."""
    packages = ("streamlit", "folium", "streamlit-folium", "pydeck", "playwright")
    lines = [
        "# Scrubbing: time from input to painted change",
        "",
        f"{', '.join(f'{name} {version(name)}' for name in packages)}; npm {', '.join(PACKAGES)}; "
        f"headless Chromium, software rendering; {os.cpu_count()} cores, {platform.machine()}; "
        f"{days} days, {steps} steps each. Peers draw one disc a place (the plugins one side of "
        "three), ours both halves of three sides. In the rows of st.slider, *opened* holds the "
        "start of their server too; ours stood already.",
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
