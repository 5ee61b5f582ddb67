"""How the desk behaves as it grows, and with twenty people at once; writes results/desk.md.

python -m benchmarks.desk [--url postgresql://…]
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from time import perf_counter

from geo.desk import DeskError
from geo.desk.acts import decide, propose
from geo.desk.desk import Draft, accepted, changes_of, heard_now, open_desk
from geo.desk.events import What
from geo.desk.proposals import Action, Change, Log, fold
from geo.desk.publication import publish
from geo.desk.store import append, close_stores, latest, locked, read_events
from geo.desk.verify import verify
from geo.files.checks import COLUMNS
from geo.files.folders import ROOT

PEOPLE, PROPOSALS = 20, 10_000
SIZES = (100, 1_000, 10_000, 100_000)


def statement(number: int) -> Draft:
    cells = [f"siversk-2026-07-05-ru-mod-{number}", "siversk", "2026-07-05", "", "ru-mod", "holds"]
    cells += ["russia", "Russia's Defence Ministry said that it held Siversk.", "TASS", "", "https://example.org/x"]  # fmt: skip
    return Draft(
        Change(Action.ADD, "claims.csv", dict(zip(COLUMNS["claims.csv"], cells, strict=True)))
    )


def new_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="desk-")) / "data"
    shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns("desk.sqlite*", "areas"))
    return folder


def seconds(work, repeat: int = 1) -> float:
    found = []
    for _ in range(repeat):
        begin = perf_counter()
        work()
        found.append(perf_counter() - begin)
    return statistics.median(found)


def growth(url: str | None) -> list[str]:
    lines = ["| events | append, ms | read the log anew, s | what a page reads, s | verify, s |", "|---|---|---|---|---|"]  # fmt: skip
    folder = new_folder()
    desk = open_desk(folder, url)
    payload = {"action": "add", "file": "claims.csv", "row": statement(0).change.row}
    there = 0
    propose(desk, [statement(0)], by="A")
    for size in SIZES:
        with locked(desk.store) as connection:
            for number in range(there + 1, size):
                append(connection, by="A", what=What.PROPOSE, proposal=number + 1, payload=payload)
        there = size - 1

        def one() -> None:
            with locked(desk.store) as connection:
                append(connection, by="B", what=What.EDIT, proposal=1, payload=payload)

        def anew() -> None:
            with locked(desk.store) as connection:
                fold(Log(), read_events(connection))

        one()
        append_ms = 1000 * seconds(one, 30)
        read = seconds(anew)
        latest(desk.store)
        page = seconds(partial(read_page, desk), 5)
        lines.append(
            f"| {size:,} | {append_ms:.1f} | {read:.2f} | {page:.3f} | {seconds(lambda: verify(desk)):.2f} |"
        )
        print(lines[-1], flush=True)
        there += 31
    return lines


def read_page(desk) -> None:
    log = latest(desk.store)
    heard_now(desk, log)
    sorted(log.proposals, reverse=True)


def person(
    folder: Path, url: str | None, numbers: list[int], name: int
) -> tuple[list[int], list[float]]:
    desk, mine, took = open_desk(folder, url), [], []
    for number in random.Random(name).sample(numbers, len(numbers)):
        log = latest(desk.store)
        if log.proposals[number].decided_by:
            continue
        what = What.ACCEPT if number % 10 == 0 else What.REJECT
        begin = perf_counter()
        try:
            decide(desk, number, what, by=f"person {name}", reason="by lot")
        except DeskError:
            continue
        took.append(perf_counter() - begin)
        mine.append(number)
    return mine, took


def crowd(url: str | None) -> list[str]:
    folder = new_folder()
    desk = open_desk(folder, url)
    begin = perf_counter()
    numbers = propose(desk, [statement(number) for number in range(PROPOSALS)], by="writer")
    proposing = perf_counter() - begin
    close_stores()
    begin = perf_counter()
    with ProcessPoolExecutor(PEOPLE) as people:
        done = list(people.map(partial(person, folder, url, numbers), range(PEOPLE)))
    deciding = perf_counter() - begin
    decided = sorted(number for mine, _ in done for number in mine)
    took = sorted(one for _, times in done for one in times)
    desk = open_desk(folder, url)
    log = latest(desk.store)
    queue = seconds(partial(read_page, desk), 5)
    assert decided == numbers, "a decision was lost or made twice"
    assert verify(desk) == []
    heard = len(changes_of(accepted(log, folder)))
    publishing = seconds(lambda: publish(desk, by="editor"))
    assert verify(desk) == []
    return [
        f"{PROPOSALS:,} proposals of one sheet: {proposing:.1f} s. {PEOPLE} people (processes) deciding all of them "
        f"at once: {deciding:.0f} s, no decision lost or made twice; one decision {1000 * took[len(took) // 2]:.0f} ms "
        f"in the middle, {1000 * took[int(len(took) * 0.95)]:.0f} ms at the 95th percentile, waiting for the others "
        f"included. The queue then reads in {queue:.2f} s; publishing {heard:,} rows takes {publishing:.1f} s.",
    ]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--url", help="a store elsewhere, empty; SQLite beside the ledger when left out"
    )
    url = parser.parse_args().url
    lines = [*growth(url), ""]
    if url is None:
        close_stores()
        lines += crowd(url)
    print("\n".join(lines))
    if url is None:
        head = "# The desk as it grows\n\nSQLite, WAL, synchronous=FULL; made by `python -m benchmarks.desk`.\n\n"
        (ROOT / "benchmarks/results/desk.md").write_text(
            head + "\n".join(lines) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
