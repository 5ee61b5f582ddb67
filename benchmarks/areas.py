"""Control areas: import (cores, cluster), encoding, scrubbing, beside a GeoJSON layer a day.

    python -m benchmarks.areas

Makes two years of daily files of the size that mappers publish (about 770 files, 60 MB, 2.3
million vertices: a front that moves in a few places a day), and writes benchmarks/results/areas.md.
"""

from __future__ import annotations

import gzip
import json
import os
import platform
import tempfile
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import folium
import numpy as np
import shapely
import topojson
from folium.plugins import TimestampedGeoJson
from playwright.sync_api import Browser, Error

from benchmarks.drawing import fetch_packages, open_context
from geo.areas import Series, encode_series, import_areas, load_series
from geo.files.load import load_dataset
from geo.timelayer import dump
from tests.browser.app import ROOT, chromium, serve, time_frame
from tests.dask_cluster import dask_cluster

DAYS, VERTICES, FIRST = 769, 2_950, date(2024, 7, 8)
RESULTS = ROOT / "benchmarks" / "results" / "areas.md"
LINKED = ("settlements.csv", "claimants.csv", "claims.csv", "area_claims.csv", "borders.geojson")
# Two years of days in ten seconds: frames, and what a step costs in script.
DRAG = """async ([first, last]) => {
  const [frames, script] = [[], []];
  const began = await new Promise(requestAnimationFrame);
  for (let before = began; before - began < 10000; ) {
    const start = performance.now();
    const day = first + ((before - began) / 10000) * (last - first);
    frontline.setDate(new Date(day).toISOString().slice(0, 10));
    script.push(performance.now() - start);
    const now = await new Promise(requestAnimationFrame);
    frames.push(now - before);
    before = now;
  }
  return { frames, script };
}"""
STEP = """async () => {
  const frames = [];
  for (let step = 0; step < 10; step++) {
    const start = performance.now();
    document.querySelector(".timecontrol-forward").click();
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    frames.push(performance.now() - start);
  }
  return frames;
}"""


def write_days(folder: Path) -> None:
    """Write a file a day: one multipolygon without properties, as the daily mirrors have."""
    rng = np.random.default_rng(1)
    folder.mkdir()
    lat = np.linspace(46.5, 50.2, VERTICES)
    lon = 36.5 + np.cumsum(rng.normal(0, 0.004, VERTICES))
    lon -= np.linspace(0, lon[-1] - 38.0, VERTICES)
    for number in range(DAYS):
        for _ in range(5):
            middle, half = rng.integers(20, VERTICES - 20), rng.integers(2, 8)
            lon[middle - half : middle + half] -= rng.random(2 * half) * 0.01
        front = np.round(np.stack([lon, lat], axis=1), 6).tolist()
        ring = [*front, [39.9, 50.2], [39.9, 46.5], front[0]]
        shape = {"type": "MultiPolygon", "coordinates": [[ring]]}
        feature = {"type": "Feature", "properties": {}, "geometry": shape}
        day = (FIRST + timedelta(number)).strftime("%Y%m%d")
        body = {"type": "FeatureCollection", "features": [feature]}
        (folder / f"map_{day}.geojson").write_text(json.dumps(body))


def measure_python(folder: Path, data: Path) -> tuple[dict[str, float], Series]:
    """Measure import and both encodings."""
    figures = measure_import(folder, data / "areas")
    series = load_series(data / "areas" / "bench.parquet")
    gazetteer = load_dataset(data).settlements
    start = perf_counter()
    coded = encode_series(series, gazetteer)
    figures["encode s"] = perf_counter() - start
    figures["encoded MB, gzipped"] = len(gzip.compress(dump(coded))) / 1e6
    start = perf_counter()
    topology = topojson.Topology(
        list(series.observations.geometry), shared_coords=True, prequantize=False
    )
    figures["topojson encode s"] = perf_counter() - start
    figures["topojson MB, gzipped"] = len(gzip.compress(topology.to_json().encode())) / 1e6
    return figures, series


def measure_import(folder: Path, store: Path) -> dict[str, float]:
    """Measure the same import on one core, on two, and on two workers of a Dask cluster."""
    figures = {}
    with tempfile.TemporaryDirectory() as name, dask_cluster(Path(name)) as address:
        where: dict[str, dict[str, Any]] = {
            "1 core": {"cores": 1},
            "2 cores": {"cores": 2},
            "2 Dask workers": {"cluster": address},
        }
        for place, how in where.items():
            start = perf_counter()
            report = import_areas([folder], store, series_id="bench", **how)
            figures[f"import s, {place}"] = perf_counter() - start
            if report.days != DAYS:
                raise RuntimeError(f"{report.days} days of {DAYS} were kept")
            (store / "bench.parquet").rename(store.parent / "bench.parquet")
    store.mkdir(exist_ok=True)
    (store.parent / "bench.parquet").rename(store / "bench.parquet")
    return figures


def measure_ours(browser: Browser, data: Path) -> dict[str, float]:
    """Measure a drag over all days of the series in the app."""
    with serve(data) as address:
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.goto(f"{address}/?areas=bench&date=2024-07-08")
        frame = time_frame(page)
        frame.wait_for_selector("[data-area=bench]:has-text('observed')")
        page.wait_for_timeout(1500)
        ends = (FIRST, FIRST + timedelta(DAYS - 1))
        span = [1000 * (day - date(1970, 1, 1)).total_seconds() for day in ends]
        moved = frame.evaluate(DRAG, span)
        page.close()
    return {
        "frame p95 ms": float(np.percentile(moved["frames"], 95)),
        "script p95 ms": float(np.percentile(moved["script"], 95)),
        "frames late": float(np.mean(np.array(moved["frames"]) > 25)),
    }


def measure_naive(browser: Browser, series: Series, folder: Path) -> dict[str, Any]:
    """Measure folium's TimestampedGeoJson with a feature a day."""
    features = [
        {
            "type": "Feature",
            "geometry": shapely.geometry.mapping(row.geometry),
            "properties": {"times": [row.observed_on.date().isoformat()]},
        }
        for row in series.observations.itertuples()
    ]
    made = folium.Map([48.4, 36.3], zoom_start=7, tiles=None)
    TimestampedGeoJson(
        {"type": "FeatureCollection", "features": features},
        period="P1D", duration="P1D", auto_play=False, add_last_point=False,
    ).add_to(made)  # fmt: skip
    path = folder / "naive.html"
    made.save(path)
    figures: dict[str, Any] = {"payload MB": path.stat().st_size / 1e6}
    figures["payload MB, gzipped"] = len(gzip.compress(path.read_bytes())) / 1e6
    scripts = folder / "npm"
    scripts.mkdir()
    context = open_context(browser, fetch_packages(scripts))
    page = context.new_page()
    try:
        start = perf_counter()
        page.goto(path.as_uri())
        page.wait_for_selector(".timecontrol-forward")
        figures["opened s"] = perf_counter() - start
        figures["step p95 ms"] = float(np.percentile(page.evaluate(STEP), 95))
    except Error as error:
        figures["failed"] = str(error).splitlines()[0][:80]
    context.close()
    return figures


def main() -> None:
    """Measure and write."""
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        folder = Path(name)
        data = folder / "data"
        data.mkdir()
        for file in LINKED:
            (data / file).symlink_to(ROOT / "data" / file)
        write_days(folder / "daily")
        size = sum(file.stat().st_size for file in (folder / "daily").iterdir()) / 1e6
        figures, series = measure_python(folder / "daily", data)
        vertices = int(shapely.get_num_coordinates(series.observations.geometry.to_numpy()).sum())
        ours = measure_ours(browser, data)
        naive = measure_naive(browser, series, folder)
    rows = [
        "# Control areas, two years of daily files",
        "",
        f"{DAYS} files, {size:.0f} MB, {vertices:,} vertices; {os.cpu_count()} cores, "
        f"{platform.machine()}, headless Chromium with software rendering "
        "(`python -m benchmarks.areas`).",
        "",
        "| figure | value | goal |",
        "|---|---|---|",
    ]
    goals = {"import s, 2 cores": "30", "encoded MB, gzipped": "0.4", "frame p95 ms": "16.7"}
    for key, value in (figures | ours).items():
        rows.append(f"| {key} | {value:.2f} | {goals.get(key, '')} |")
    for key, value in naive.items():
        shown = value if isinstance(value, str) else f"{value:.2f}"
        rows.append(f"| TimestampedGeoJson, a layer a day: {key} | {shown} | |")
    RESULTS.write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(RESULTS.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
