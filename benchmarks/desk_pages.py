"""The page Desk over ten thousand proposals: one person's acts in turn, then twenty people at once.

They speak Streamlit's websocket protocol as its own client does. An act is answered when what came
of it is said on the page, and whole when the page has been drawn to its end.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.reader import Reader
from geo.desk.desk import latest_log
from geo.desk.store import close_stores
from geo.wording import DESK_WORDS
from tests.browser.app import serve

PEOPLE, ACTS = 20, 5  # who review at once, and how many decisions of each
PAUSE = 5.0  # seconds between two decisions of one
ROUNDS, THINKING = 5, 1.0  # of one person's acts; seconds between two of them
TEXT = (
    "Russia's Defence Ministry said on Friday that its troops had captured Siversk, Vovchansk and "
    "Huliaipole."
)


@dataclass
class Took:
    """Seconds that an act took each time: until it was answered, and until the page was whole."""

    answered: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)


async def act(reader: Reader, took: Took, until: Sequence[str] = (), **values: object) -> str:
    """Do one thing and time it; gives which of the texts answered it.

    Without texts the whole page is the answer.
    """
    begin, said = perf_counter(), ""
    await reader.begin(**values)
    while True:
        whole = await reader.hear()
        if not said:
            texts = list(reader.texts())
            said = next((one for one in until if any(one in text for text in texts)), "")
            if said:
                took.answered.append(perf_counter() - begin)
        if whole and (said or not until):
            break
    took.whole.append(perf_counter() - begin)
    if not until:
        took.answered.append(took.whole[-1])
    return said


def open_proposal(reader: Reader) -> str:
    """Give the number of the proposal that may be accepted here."""
    found = (re.search(r"-desk-accept-(\d+)$", widget) for widget in reader.widgets())
    return next(one[1] for one in found if one)


def decided(number: str, state: str) -> str:
    """Give what the page says of a decision."""
    return DESK_WORDS["done"].format(number=number, state=DESK_WORDS[f"state_{state}"])


async def one_person(address: str) -> dict[str, Took]:
    """Do what the page offers, in turn."""
    words, acts = DESK_WORDS, dict[str, Took]()

    async def timed(name: str, *until: str, **values: object) -> None:
        await act(reader, acts.setdefault(name, Took()), until, **values)
        await asyncio.sleep(THINKING)

    async with Reader(address) as reader:
        await reader.open("Desk")
        await timed("give a name: the queue", **{"desk-name": "Olena"})
        for _ in range(ROUNDS):
            number = open_proposal(reader)
            await timed("write a reason", **{f"desk-reason-{number}": "It was said before."})
            said = decided(number, "rejected")
            await timed("reject, and the next", said, **{f"desk-reject-{number}": True})
            number = open_proposal(reader)
            said = decided(number, "accepted")
            await timed("accept, and the next", said, **{f"desk-accept-{number}": True})
            await timed("search the queue", **{"desk-search": "siversk"})
            await timed("leave the search", **{"desk-search": ""})
            await timed("what was decided", **{"desk-box": [words["decided"]]})
            await timed("the queue again", **{"desk-box": [words["to_review"]]})
        await timed("open the form", **{"desk-mode": [words["new"]]})
        for number in range(ROUNDS):
            three, two = (words["found_left"].format(count=left) for left in (3, 2))
            await timed("paste a text", three, **{"desk-text": f"{TEXT} {number}"})
            await timed("give an address", **{"desk-url": f"https://tass.com/defense/{number}"})
            await timed("throw a candidate away", two, **{"desk-throw": True})
            said = words["made"].partition("{")[0]
            await timed("propose, and the next", said, **{"desk-propose": True})
            await timed("empty the text", **{"desk-text": ""})
    return acts


async def reviewer(address: str, number: int, took: Took) -> list[tuple[str, bool]]:
    """Accept and reject what others proposed; gives each proposal and whether it was theirs."""
    lot, made = random.Random(number), []
    async with Reader(address) as reader:
        await reader.open("Desk")
        await reader.change(**{"desk-name": f"Reviewer {number}"})
        await asyncio.sleep(lot.uniform(0, PAUSE))
        for _ in range(ACTS):
            here = open_proposal(reader)
            begin = perf_counter()
            yes, no = decided(here, "accepted"), f"proposal {here} was "
            said = await act(reader, took, (yes, no), **{f"desk-accept-{here}": True})
            made.append((here, said == yes))
            await asyncio.sleep(max(0.0, PAUSE - (perf_counter() - begin)))
    return made


async def crowd(address: str, took: Took) -> list[tuple[str, bool]]:
    """Let all reviewers work at once."""
    people = (reviewer(address, number, took) for number in range(1, PEOPLE + 1))
    return [one for made in await asyncio.gather(*people) for one in made]


def milliseconds(seconds: Sequence[float], share: float) -> str:
    """Give a quantile of times."""
    return f"{1000 * float(np.quantile(seconds, share)):,.0f}"


def pages(folder: Path, proposals: int) -> list[str]:
    """Time the page over a folder whose desk holds many proposals; gives lines of Markdown."""
    close_stores()
    took = Took()
    with serve(folder) as address:
        acts = asyncio.run(one_person(address))
        begin = perf_counter()
        made = asyncio.run(crowd(address, took))
        lasted = perf_counter() - begin
    accepted = [int(number) for number, theirs in made if theirs]
    log = latest_log(folder)
    by_reviewers = [
        one.number
        for one in log.proposals.values()
        if (one.decided_by or "").startswith("Reviewer ")
    ]
    assert sorted(accepted) == sorted(by_reviewers), "a decision was lost or made twice"
    lines = [
        f"## The page, with {proposals:,} proposals",
        "",
        "| act of one person | answered, ms | whole, ms | whole, longest |",
        "|---|---|---|---|",
    ]
    for name, one in acts.items():
        middle = [milliseconds(times, 0.5) for times in (one.answered, one.whole)]
        lines.append(f"| {name} | {' | '.join(middle)} | {milliseconds(one.whole, 1)} |")
    refused = len(made) - len(accepted)
    lines += [
        "",
        f"{PEOPLE} people at pages of one server, {ACTS} decisions each, one every {PAUSE:g} s: "
        f"{len(accepted)} accepted in {lasted:.0f} s, {refused} refused because another was first, "
        f"none lost or made twice. Answered in {milliseconds(took.answered, 0.5)} ms (95th "
        f"percentile {milliseconds(took.answered, 0.95)}), whole in "
        f"{milliseconds(took.whole, 0.5)} ms ({milliseconds(took.whole, 0.95)}).",
    ]
    return lines
