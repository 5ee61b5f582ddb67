"""What the bake before left behind: the list of what was made from what, and the journal.

They lie in `.bake` inside the site's folder, which no page names and no server needs to serve.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from geo.files.write import write_file
from geo.model import Lang

STATE = ".bake"
PACKAGE = Path(__file__).resolve().parents[1]
OURS = frozenset({".py", ".js", ".css", ".html", ".svg", ".po"})

Entry = Mapping[str, Any]  # a job: "inputs", "files" (path to hash and size), "seen"


@dataclass(frozen=True)
class Report:
    """What a bake did.

    Attributes
    ----------
    made, kept
        Files that were made anew, and those that stayed as they were.
    removed
        Files that no page names any more.
    counts
        Kind of file to number and bytes.
    faults
        What is wrong with the site; nothing, unless the program is at fault.
    limits
        What common hosts would refuse.
    """

    made: int
    kept: int
    removed: int
    counts: dict[str, tuple[int, int]]
    faults: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()


@cache
def code_hash() -> str:
    """Give a hash of our own files: another program makes everything anew."""
    whole = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in OURS:
            whole.update(path.relative_to(PACKAGE).as_posix().encode() + path.read_bytes())
    return whole.hexdigest()[:20]


def fingerprint(release: Mapping[str, bytes], *settings: object) -> str:
    """Give a hash of all that a site is made of: the ledger's files, the settings, the code."""
    whole = hashlib.sha256(f"{code_hash()} {settings!r}".encode())
    for name, content in sorted(release.items()):
        whole.update(f"{name}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()[:20]


def read_jobs(out: Path) -> dict[str, Entry]:
    """Read what the bake before made, by the names of its jobs; empty when there was none."""
    jobs: dict[str, Entry] = _read(out).get("jobs", {})
    return jobs


def write_jobs(out: Path, jobs: Mapping[str, Entry], *, whole: str) -> None:
    """Keep what was made, and the hash of all that it was made of; the journal ends."""
    content = json.dumps({"whole": whole, "jobs": jobs}).encode()
    write_file(out / STATE / "made.json", content)
    (out / STATE / "journal").unlink(missing_ok=True)


def unchanged(out: Path, whole: str) -> Report | None:
    """Give the report of a site that is as it was made from the same; None if it may not be."""
    state = _read(out)
    if state.get("whole") != whole:
        return None
    files = {path: held for e in state["jobs"].values() for path, held in e["files"].items()}
    if any(size_of(out / path) != size for path, (_, size) in files.items()):
        return None
    sizes = {path: size for path, (_, size) in files.items()}
    return Report(made=0, kept=len(files), removed=0, counts=counts_of(sizes))


def _read(out: Path) -> dict[str, Any]:
    try:
        state: dict[str, Any] = json.loads((out / STATE / "made.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state


def read_journal(out: Path) -> Iterator[Entry]:
    """Read the jobs that a bake did before it was stopped; the last line may be cut off."""
    try:
        text = (out / STATE / "journal").read_text(encoding="utf-8")
    except OSError:
        return
    for line in text.splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            return


def stands(entry: Entry, *folders: Path) -> bool:
    """Tell whether all files of a job lie in one of the folders, as large as they were made."""
    return all(
        any(size_of(folder / path) == size for folder in folders)
        for path, (_, size) in entry["files"].items()
    )


def size_of(path: Path) -> int:
    """Give the size of a file in bytes; -1 where there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return -1


def entry_of(inputs: str, files: Mapping[str, bytes], seen: Mapping[str, Any]) -> dict[str, Any]:
    """Describe what a job made."""
    held = {
        path: (hashlib.sha256(content).hexdigest()[:20], len(content))
        for path, content in files.items()
    }
    return {"inputs": inputs, "files": held, "seen": dict(seen)}


def counts_of(sizes: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Sum files up by their first folder and their ending."""
    number: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for path, size in sizes.items():
        parts = [part for part in path.split("/") if part not in set(Lang)]
        ending = path.rpartition(".")[2]
        kind = f"{parts[0]}/ {ending}" if len(parts) > 1 else f"/ {ending}"
        number[kind] += 1
        total[kind] += size
    return {kind: (number[kind], total[kind]) for kind in sorted(number)}
