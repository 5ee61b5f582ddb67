"""Baking: only what changed is made, a bake that was stopped goes on, readers see whole sites.

What is made goes into a folder beside the pages (`.bake/new`), with a journal of the jobs done.
When all is there, it is moved into place: first what pages name, then the pages; then what no
page names any more goes. Assets go one bake later, for a page that is open may still ask for them.
"""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import joblib

from geo.files.write import write_file
from geo.parallel import ALL_CORES, WorkerDied, ahead, each
from geo.site.check import Seen, faults, over_limits
from geo.site.described import add_version
from geo.site.jobs import Job, all_jobs, compressed, run
from geo.site.named import robots, sitemap
from geo.site.speakers import said_by
from geo.site.state import (
    STATE,
    Entry,
    Report,
    counts_of,
    entry_of,
    read_jobs,
    read_journal,
    size_of,
    stands,
    write_jobs,
)
from geo.site.web import Site

TOGETHER = 12  # jobs that go to a worker at once, at most
PARTS = 16  # at least, so that no worker is left with the last of them
ASSETS, LAST = "assets/-", "last/-"  # what is made apart from the jobs
BEFORE = "assets/before"  # of the bake before, for pages that are open: they fetch some late

Progress = Callable[[int, int], None]
Shared = tuple[str, str]  # where what is published lies, and a hash of it


def bake(
    site: Site,
    out: Path,
    assets: Mapping[str, bytes],
    *,
    whole: str,
    cores: int = ALL_CORES,
    cluster: str = "",
    progress: Progress = lambda done, of: None,
) -> Report:
    """Bring a folder up to a site.

    Parameters
    ----------
    site
        What is published.
    out
        The folder; made when it is not there.
    assets
        The files that pages load: path to content.
    whole
        Of `fingerprint`.
    cores, cluster
        As for `geo.parallel.each`.
    progress
        Told how many jobs are done, of how many.

    Raises
    ------
    OSError
        When the folder cannot be written to.
    RuntimeError
        When a process died twice at the same jobs; names them.
    """
    (out / STATE / "new").mkdir(parents=True, exist_ok=True)
    shared = _share(site, out)
    with ahead(_get_ready, shared, cores=1 if cluster else cores):
        before = read_jobs(out)
        jobs = all_jobs(site)
        entries = _kept(jobs, out, before)
    todo = [job for job in jobs if job.name not in entries]
    entries |= _make(shared, todo, out, cores=cores, cluster=cluster, progress=progress)
    Path(shared[0]).unlink()
    return _publish(site, out, assets, before, entries, whole)


def _kept(jobs: list[Job], out: Path, before: Mapping[str, Entry]) -> dict[str, Entry]:
    """Give what need not be made again: by the bake before, or by one that was stopped."""
    stopped = {entry["job"]: entry for entry in read_journal(out)}
    entries: dict[str, Entry] = {}
    for job in jobs:
        for known, folders in ((before, (out,)), (stopped, (out / STATE / "new", out))):
            entry = known.get(job.name)
            if entry and entry["inputs"] == job.inputs and stands(entry, *folders):
                entries[job.name] = entry
                break
    return entries


def _share(site: Site, out: Path) -> Shared:
    """Write down what is published for other processes to read."""
    path = out / STATE / "site.joblib"
    joblib.dump(site, path)
    return str(path.resolve()), hashlib.sha256(path.read_bytes()).hexdigest()


def _get_ready(shared: Shared) -> None:
    """Read in a process what most jobs need."""
    said_by(_site(*shared).dataset)
    gc.freeze()  # what is there stays: a tenth of the work was looking at it for garbage


def _make(
    shared: Shared, todo: list[Job], out: Path, *, cores: int, cluster: str, progress: Progress
) -> dict[str, Entry]:
    """Do the jobs; what they make waits beside the pages, and the journal tells of it."""
    entries: dict[str, Entry] = {}
    size = max(1, min(TOGETHER, len(todo) // PARTS))
    parts = [todo[first : first + size] for first in range(0, len(todo), size)]
    work = [(shared, part) for part in parts]
    with (out / STATE / "journal").open("a", encoding="utf-8") as journal:
        for answer in each(_work, work, cores=cores, cluster=cluster):
            if isinstance(answer, WorkerDied):
                raise RuntimeError(_death(answer))
            for job, files, seen in answer:
                for path, content in files.items():
                    _set_down(out / STATE / "new" / path, content)
                held = {path: asdict(each) for path, each in seen.items()}
                entries[job.name] = {"job": job.name, **entry_of(job.inputs, files, held)}
                journal.write(f"{json.dumps(entries[job.name])}\n")
            journal.flush()
            progress(len(entries), len(todo))
    return entries


def _death(died: WorkerDied) -> str:
    _, jobs = cast("tuple[Shared, list[Job]]", died.item)
    names = ", ".join(job.name for job in jobs)
    return (
        f"a process died twice, for want of memory or killed, at one of {names}; what was made is "
        "kept, and the next bake goes on from there"
    )


def _work(item: tuple[Shared, list[Job]]) -> list[tuple[Job, dict[str, bytes], dict[str, Seen]]]:
    shared, jobs = item
    site = _site(*shared)
    return [(job, *run(site, job)) for job in jobs]


@lru_cache(maxsize=1)
def _site(path: str, stamp: str) -> Site:
    """Read what is published once a process; `stamp` tells one site from the next."""
    site: Site = joblib.load(path)
    return site


def _set_down(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, content)


def _publish(
    site: Site,
    out: Path,
    assets: Mapping[str, bytes],
    before: Mapping[str, Entry],
    entries: dict[str, Entry],
    whole: str,
) -> Report:
    """Move what was made into place, in an order in which no page names what is not there."""
    seen = {page: _seen(held) for entry in entries.values() for page, held in entry["seen"].items()}
    latest, kept = (before.get(name, {"files": {}})["files"] for name in (ASSETS, BEFORE))
    entries[ASSETS] = _set_assets(site, out, assets, {"files": kept | latest})
    gone = {path: held for path, held in latest.items() if path not in entries[ASSETS]["files"]}
    entries[BEFORE] = {**entry_of("", {}, {}), "files": gone}
    entries[LAST] = _set_last(site, out, seen)
    moved = _move(out / STATE / "new", out)
    files = {path: held for entry in entries.values() for path, held in entry["files"].items()}
    old = {path for entry in before.values() for path in entry["files"]} - set(files)
    for path in old:
        (out / path).unlink(missing_ok=True)
    _drop_empty(out, old)
    sizes = {path: size for path, (_, size) in files.items()}
    wrong = tuple(faults(site.base, files, seen))
    write_jobs(out, entries, whole="" if wrong else whole)
    limits = tuple(over_limits(sizes))
    return Report(moved, len(files) - moved, len(old), counts_of(sizes), wrong, limits)


def _seen(held: Mapping[str, Any]) -> Seen:
    lists = {key: tuple(held[key]) for key in ("lacks", "inside", "loads")}
    return Seen(card=held["card"], **lists)


def _set_assets(site: Site, out: Path, assets: Mapping[str, bytes], before: Entry) -> Entry:
    """Set down the assets that are not there yet, compressed too; their names are their content."""
    fresh = {path: content for path, content in assets.items() if size_of(out / path) < 0}
    fresh |= compressed(site, fresh)
    for path, content in fresh.items():
        _set_down(out / STATE / "new" / path, content)
    kept = {
        path: held
        for path, held in before["files"].items()
        if path.removesuffix(".gz").removesuffix(".br") in assets
    }
    entry = entry_of("", fresh, {})
    entry["files"] |= {path: held for path, held in kept.items() if path not in fresh}
    return entry


def _set_last(site: Site, out: Path, pages: Mapping[str, Seen]) -> Entry:
    """Set down what lists the rest."""
    versions = out / "data" / "versions.json"
    earlier = versions.read_bytes() if versions.is_file() else b""
    last = {
        "sitemap.xml": sitemap(site, pages),
        "robots.txt": robots(site),
        "data/versions.json": add_version(site, earlier),
    }
    for path, content in last.items():
        _set_down(out / STATE / "new" / path, content)
    return entry_of("", last, {})


def _move(new: Path, out: Path) -> int:
    """Move files into place: what pages name, then pages; gives how many differ from before."""

    def order(path: Path) -> tuple[int, Path]:
        return _late(path, is_new=not (out / path.relative_to(new)).exists()), path

    waiting = sorted((path for path in new.rglob("*") if path.is_file()), key=order)
    moved = 0
    for path in waiting:
        target = out / path.relative_to(new)
        if target.is_file() and target.read_bytes() == path.read_bytes():
            path.unlink()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
        moved += 1
    _drop_empty(new, {path.relative_to(new).as_posix() for path in waiting})
    return moved


def _late(path: Path, *, is_new: bool) -> int:
    """Rank files by when they may appear: what pages name, new pages, others, what lists them."""
    name = path.name.removesuffix(".gz").removesuffix(".br")
    if name in {"worker.js", "sitemap.xml"}:
        return 3
    return (1 if is_new else 2) if name.endswith(".html") else 0


def _drop_empty(folder: Path, paths: set[str]) -> None:
    """Remove the folders that files left empty."""
    parents = {parent for path in paths for parent in (folder / path).parents}
    for parent in sorted(parents, key=lambda p: len(p.parts), reverse=True):
        inside = parent != folder and parent.is_relative_to(folder)
        if inside and parent.is_dir() and not any(parent.iterdir()):
            parent.rmdir()
