"""Nothing acknowledged is lost: writers die in the middle of everything, and many decide at once."""

import gc
import multiprocessing
import os
import random
import select
import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from time import monotonic

from geo.desk import DeskError, open_ledger
from geo.desk.acts import decide, propose
from geo.desk.desk import open_desk
from geo.desk.events import What
from geo.desk.proposals import State
from geo.desk.publication import publish
from geo.desk.store import close_stores, latest, locked, read_events
from geo.desk.verify import verify
from tests.some import draft

WRITERS, KILLS = 10, 200
FORK = multiprocessing.get_context("fork")


def statement(number):
    day = date(2026, 1, 1) + timedelta(number % 300)
    return draft(f"siversk-{day}-ru-mod-{number}", day=str(day))


def work(folder, writer, told):
    """Propose and decide without end; tell each thing that the desk acknowledged."""
    gc.freeze()  # to collect what is shared over a fork would copy it
    os.nice(10)  # whoever kills is not to wait for a core among ten who work
    close_stores()  # connections are not shared over a fork
    chance, desk, name = random.Random(writer), open_desk(folder), f"writer {writer}"
    while True:
        number = chance.randrange(10**9)
        (made,) = propose(desk, [statement(number)], by=name)
        told.send_bytes(f"propose {made} {name}".encode())
        log = latest(desk.store)
        waiting = [key for key, one in log.proposals.items() if one.state == State.PROPOSED]
        for key in chance.sample(waiting, min(3, len(waiting))):
            what = chance.choice([What.ACCEPT, What.REJECT])
            try:
                decide(desk, key, what, by=name, reason="by chance")
            except DeskError:
                continue  # decided by another, or one's own
            told.send_bytes(f"{what} {key} {name}".encode())


def started(folder, writer):
    here, there = FORK.Pipe(duplex=False)
    process = FORK.Process(target=work, args=(folder, writer, there))
    process.start()
    there.close()
    return process, here


def drained(pipe):
    """Read what a writer told before it died."""
    found = []
    try:
        while pipe.poll(0):
            found.append(pipe.recv_bytes().decode())
    except (EOFError, OSError):  # a message that was cut short acknowledged nothing
        pass
    return found


def test_writers_killed_at_random_moments_lose_nothing(tiny_folder, store, monkeypatch):
    if store:
        monkeypatch.setenv("FRONTLINE_DESK", store)
    # What this process has loaded and read, each writer has from its start.
    propose(open_desk(tiny_folder), [statement(0)], by="the first")
    close_stores()
    chance, told = random.Random(5), []
    writers = [started(tiny_folder, number) for number in range(WRITERS)]
    for number in range(WRITERS, WRITERS + KILLS):
        before, until = len(told), monotonic() + chance.uniform(0.0, 0.03)
        while len(told) == before or monotonic() < until:  # something is acknowledged between two
            for ready in select.select([pipe for _, pipe in writers], [], [], 0.01)[0]:
                told += drained(ready)
        process, pipe = writers.pop(chance.randrange(WRITERS))
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        told += drained(pipe)
        writers.append(started(tiny_folder, number))
    for process, pipe in writers:
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        told += drained(pipe)
    desk = open_desk(tiny_folder)
    with locked(desk.store) as connection:
        events = read_events(connection)
    there = {f"{event.what} {event.proposal} {event.by}" for event in events}
    assert len(told) >= KILLS  # else nothing was tried
    assert set(told) <= there
    decided = [event.proposal for event in events if event.what != What.PROPOSE]
    assert len(decided) == len(set(decided))
    assert verify(desk) == []
    publish(desk, by="editor")
    assert verify(desk) == []


def test_of_twenty_who_decide_at_once_one_is_first(tiny_folder, store, monkeypatch):
    if store:
        monkeypatch.setenv("FRONTLINE_DESK", store)
    desk = open_desk(tiny_folder)
    numbers = propose(desk, [statement(number) for number in range(30)], by="writer")

    refused = []

    def decide_all(person):
        mine = []
        for number in random.Random(person).sample(numbers, len(numbers)):
            try:
                decide(desk, number, What.ACCEPT, by=f"person {person}")
            except DeskError as error:
                refused.append(str(error))
            else:
                mine.append(number)
        return mine

    with ThreadPoolExecutor(20) as people:
        decided = [number for mine in people.map(decide_all, range(20)) for number in mine]
    assert sorted(decided) == numbers
    assert len(refused) == 19 * len(numbers)
    assert all("was accepted by person" in sentence for sentence in refused)
    assert len(open_ledger(tiny_folder).claims) == 4 + len(numbers)
    assert verify(desk) == []
