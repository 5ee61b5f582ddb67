"""Nothing acknowledged is lost: writers die in the middle of everything, and many decide at once."""

import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from geo.desk import DeskError, open_ledger
from geo.desk.acts import decide, propose
from geo.desk.desk import open_desk
from geo.desk.events import What
from geo.desk.publication import publish
from geo.desk.store import locked, read_events
from geo.desk.verify import verify
from tests.conftest import ROOT
from tests.writers import KILLS, statement


def test_writers_killed_at_random_moments_lose_nothing(tiny_folder, store, monkeypatch):
    if store:
        monkeypatch.setenv("FRONTLINE_DESK", store)
    killing = [sys.executable, "-m", "tests.writers", tiny_folder]
    told = subprocess.run(killing, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    told = told.stdout.splitlines()
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
