"""What a ledger costs from its files to what browsers get, in a process that does nothing else.

    python -m benchmarks.load_to_payload FOLDER

Prints the figures as JSON; benchmarks/scale.py asks for them.
"""

from __future__ import annotations

import gzip
import json
import resource
import sys
from pathlib import Path
from time import perf_counter

import numpy as np

from geo.files.load import load_dataset
from geo.timelayer import browser_files
from geo.timeline import take_snapshot


def measure(folder: Path) -> dict[str, float]:
    """Measure loading, snapshots and encoding."""
    start = perf_counter()
    dataset = load_dataset(folder)
    figures = {"load": perf_counter() - start}
    take_snapshot(dataset, as_of=dataset.last_day, known_by=dataset.last_day, view="all")
    days = np.arange(dataset.first_day, dataset.last_day, 97).tolist()
    start = perf_counter()
    for day in days:
        take_snapshot(dataset, as_of=day, known_by=day, view="all")
    figures["snapshot"] = (perf_counter() - start) / len(days) * 1000
    start = perf_counter()
    files = browser_files(dataset)
    figures["encode"] = perf_counter() - start
    sent = [content for name, content in files.items() if name.startswith("ledger-")]
    figures["payload"] = sum(len(gzip.compress(content)) for content in sent) / 1e6
    figures["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return figures


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
