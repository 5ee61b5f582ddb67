"""How the desk behaves as it grows, and with twenty people at once; writes results/desk.md.

python -m benchmarks.desk [--url postgresql://…]
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from time import perf_counter

from benchmarks.desk_pages import pages
from geo.desk import DeskError
from geo.desk.acts import decide, propose
from geo.desk.desk import Desk, Draft, accepted, changes_of, heard_now, open_desk
from geo.desk.events import What
from geo.desk.proposals import Action, Change, Log, State, fold
from geo.desk.publication import publish
from geo.desk.store import append, close_stores, latest, locked, read_events
from geo.desk.verify import verify
from geo.files.checks import COLUMNS
from geo.files.folders import DATA, ROOT
from geo.files.load import load_dataset

PEOPLE, PROPOSALS, DECIDED = 20, 10_000, 2_000
SIZES = (100, 1_000, 10_000, 100_000)
PLACES = list(load_dataset(DATA).settlements.index)


def statement(number: int) -> Draft:
    """Make a statement of its own id, on one place after the other."""
    place = PLACES[number % len(PLACES)]
    cells = [f"{place}-2026-07-05-ru-mod-{number}", place, "2026-07-05", "", "ru-mod", "holds"]
    cells += ["russia", "It said that it held the place.", "TASS", ""]
    cells += [f"https://example.org/{number}"]
    return Draft(
        Change(Action.ADD, "claims.csv", dict(zip(COLUMNS["claims.csv"], cells, strict=True)))
    )


def new_folder() -> Path:
    """Copy the published ledger."""
    folder = Path(tempfile.mkdtemp(prefix="desk-")) / "data"
    shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns("desk.sqlite*", "areas"))
    return folder


def seconds(work: Callable[[], object], repeat: int = 1) -> float:
    """Time a piece of work; the median of some tries."""
    found = []
    for _ in range(repeat):
        begin = perf_counter()
        work()
        found.append(perf_counter() - begin)
    return statistics.median(found)


def growth(url: str | None) -> list[str]:
    """Time the desk at every size."""
    lines = ["| events | append, ms | log read anew, s | before a page draws, s | verify, s |"]
    lines.append("|---|---|---|---|---|")
    folder = new_folder()
    desk = open_desk(folder, url)
    payload = {"action": "add", "file": "claims.csv", "row": statement(0).change.row}
    there = 0
    propose(desk, [statement(0)], by="A")
    for size in SIZES:
        with locked(desk.store) as connection:
            told = [(number + 1, payload) for number in range(there + 1, size)]
            append(connection, by="A", what=What.PROPOSE, told=told)
        there = size - 1

        def one() -> None:
            with locked(desk.store) as connection:
                append(connection, by="B", what=What.EDIT, told=[(1, payload)])

        def anew() -> None:
            with locked(desk.store) as connection:
                fold(Log(), read_events(connection))

        one()
        append_ms = 1000 * seconds(one, 30)
        read = seconds(anew)
        latest(desk.store)
        page = seconds(partial(read_page, desk), 5)
        checking = seconds(partial(verify, desk))
        cells = (f"{size:,}", f"{append_ms:.1f}", f"{read:.2f}", f"{page:.3f}", f"{checking:.2f}")
        lines.append(f"| {' | '.join(cells)} |")
        print(lines[-1], flush=True)
        there += 31
    return lines


def read_page(desk: Desk) -> None:
    """Do what the page does before it draws."""
    log = latest(desk.store)
    heard_now(desk, log)
    sorted(log.proposals, reverse=True)


def person(
    folder: Path, url: str | None, numbers: list[int], name: int
) -> tuple[list[int], list[float]]:
    """Decide on a tenth of the proposals; another person decides on each of them too."""
    desk, mine, took = open_desk(folder, url), [], []
    wanted = [number for number in numbers if number % PEOPLE in (name, (name + 1) % PEOPLE)]
    for number in random.Random(name).sample(wanted, len(wanted)):
        what = What.ACCEPT if number % 50 == 0 else What.REJECT
        begin = perf_counter()
        try:
            decide(desk, number, what, by=f"person {name}", reason="by lot")
        except DeskError:
            continue
        took.append(perf_counter() - begin)
        mine.append(number)
    return mine, took


def crowd(url: str | None) -> list[str]:
    """Let people decide on ten thousand proposals: one and twenty at pages, twenty programs."""
    folder = new_folder()
    desk = open_desk(folder, url)
    begin = perf_counter()
    numbers = propose(desk, [statement(number) for number in range(PROPOSALS)], by="writer")
    proposing = perf_counter() - begin
    lines = [*pages(folder, PROPOSALS), "", "## Twenty programs", ""]
    close_stores()
    there = latest(open_desk(folder, url).store)
    numbers = [one for one in numbers if there.proposals[one].state == State.PROPOSED]
    close_stores()
    numbers = numbers[:DECIDED]
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
    middle, late = (1000 * took[int(len(took) * share)] for share in (0.5, 0.95))
    return [
        *lines,
        f"{PROPOSALS:,} proposals of one sheet: {proposing:.1f} s. {PEOPLE} processes decided "
        f"{len(numbers):,} of them at once in {deciding:.0f} s, two on each; no decision was lost "
        f"or made twice. One took {middle:.0f} ms in the middle and {late:.0f} ms at the 95th "
        f"percentile, with the wait for the others. The queue then reads in {1000 * queue:.0f} ms, "
        f"and publishing {heard:,} rows takes {publishing:.1f} s.",
    ]


def main() -> None:
    """Run all and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="another store, empty")
    url = parser.parse_args().url
    lines = [*growth(url), ""]
    if url is None:
        close_stores()
        lines += crowd(url)
    print("\n".join(lines))
    if url is None:
        head = "# The desk as it grows\n\nSQLite; made by `python -m benchmarks.desk`.\n\n"
        results = ROOT / "benchmarks/results/desk.md"
        results.write_text(f"{head}{chr(10).join(lines)}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
