"""Writers at a desk, killed at random moments; prints what the desk acknowledged, a line each.

A program of its own, for a process that has drawn pictures and baked sites is large: each fork of
it has to copy what it then writes to, and the writers would hardly write.

    python -m tests.writers FOLDER
"""

import gc
import multiprocessing
import os
import random
import select
import signal
import sys
from datetime import date, timedelta
from pathlib import Path
from time import monotonic

from geo.desk import DeskError
from geo.desk.acts import decide, propose
from geo.desk.desk import open_desk
from geo.desk.events import What
from geo.desk.proposals import State
from geo.desk.store import close_stores, latest
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


def kill_writers(folder):
    """Let writers work on a ledger and kill one after the other; gives what they were told."""
    # What this process has loaded and read, each writer has from its start.
    propose(open_desk(folder), [statement(0)], by="the first")
    close_stores()
    chance, told = random.Random(5), []
    writers = [started(folder, number) for number in range(WRITERS)]
    for number in range(WRITERS, WRITERS + KILLS):
        before, until = len(told), monotonic() + chance.uniform(0.0, 0.03)
        while len(told) == before or monotonic() < until:  # something is acknowledged between two
            for ready in select.select([pipe for _, pipe in writers], [], [], 0.01)[0]:
                told += drained(ready)
        process, pipe = writers.pop(chance.randrange(WRITERS))
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        told += drained(pipe)
        writers.append(started(folder, number))
    for process, pipe in writers:
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        told += drained(pipe)
    return told


if __name__ == "__main__":
    sys.stdout.write("\n".join(kill_writers(Path(sys.argv[1]))))
