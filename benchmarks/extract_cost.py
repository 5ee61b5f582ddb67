"""What finding statements costs: `python -m benchmarks.extract_cost`.

Time to start, time for a text of 6,000 characters, memory, and the size of what is installed for
it. Start and text are each taken in a process of its own, the best of five.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

RESULTS = Path(__file__).parent / "results" / "extract_cost.md"
RUNS = 5
ROOTS = ("trafilatura", "htmldate", "pypdf", "feedparser")
SENTENCE = (
    "The Russian Defence Ministry said on Thursday that its troops had captured Siversk, but "
    "Ukraine's General Staff denied that the town was lost. "
)
PROGRAM = """
import resource, sys, time
started = time.perf_counter()
from geo.files import load_dataset
from geo.files.folders import DATA
loaded_at = time.perf_counter()
dataset = load_dataset(DATA)
read_at = time.perf_counter()
from geo.extract import Extractor
extractor = Extractor(dataset)
made_at = time.perf_counter()
text = (sys.argv[1] * 60)[:6000]
extractor.candidates(text)
done_at = time.perf_counter()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(loaded_at - started, read_at - loaded_at, made_at - read_at, done_at - made_at, peak)
"""
MEASURES = (
    ("imports that any command needs", "s", ""),
    ("the ledger read", "s", ""),
    ("the finder made: its start", "s", "<= 1"),
    ("6,000 characters", "s", "<= 0.3"),
    ("memory at the most, all of it", "MB", "<= 300"),
)


def once() -> list[float]:
    """Measure one process."""
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM, SENTENCE]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [float(part) for part in done.stdout.split()]


def installed(roots: tuple[str, ...]) -> dict[str, float]:
    """Give the megabytes of each package that `roots` need, without compiled caches."""
    sizes: dict[str, float] = {}
    wanted = list(roots)
    while wanted:
        name = wanted.pop().lower().replace("_", "-")
        if name in sizes:
            continue
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue
        paths = [Path(str(file.locate())) for file in found.files or () if file.suffix != ".pyc"]
        sizes[name] = sum(path.stat().st_size for path in paths if path.is_file()) / 1e6
        for line in found.requires or ():
            need = Requirement(line)
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                wanted.append(need.name)
    return sizes


def main() -> None:
    """Measure and write the report."""
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    best = [min(column) for column in zip(*(once() for _ in range(RUNS)), strict=True)]
    sizes = sorted(installed(ROOTS).items(), key=lambda one: -one[1])
    lines = [
        "# What finding statements costs\n",
        f"`python -m benchmarks.extract_cost`: the best of {RUNS} processes each.\n",
        "| measure | value | goal |",
        "|---|---|---|",
        *(
            f"| {name} | {value:.2f} {unit} | {goal} |"
            for (name, unit, goal), value in zip(MEASURES, best, strict=True)
        ),
        "\nInstalled for reading pages, PDF and feeds, in MB (goal: at most 60 in all):\n",
        "| package | MB |",
        "|---|---|",
        *(f"| {name} | {size:.1f} |" for name, size in sizes),
        f"| all | {sum(size for _, size in sizes):.1f} |",
    ]
    text = "\n".join(lines) + "\n"
    RESULTS.write_text(text, encoding="utf-8", newline="\n")
    print(text)


if __name__ == "__main__":
    main()
