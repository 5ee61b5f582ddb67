"""One place's story as a drawing in the page: a lane a side, bars for what stood, marks for words.

The axis runs by whole months, so that a page changes only when its place does, or the month.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from geo.model import Controller, Side
from geo.page.record import Statement
from geo.page.template import fill
from geo.style import COLOURS
from geo.wording import day_in_words, says

WIDTH, LANE = 960, 58  # units of the drawing


@dataclass(frozen=True)
class Span:
    """Days on which a side's statement stood; `until` is None while it stands."""

    side: Side
    controller: Controller
    since: date
    until: date | None


@dataclass(frozen=True)
class Bar:
    """A span on the axis."""

    x: float
    width: float
    controller: Controller
    since: date
    until: date | None


@dataclass(frozen=True)
class Drawn:
    """What one side's lane shows."""

    side: Side
    y: int
    bars: Sequence[Bar]
    marks: Sequence[tuple[float, str]]


def timeline(
    spans: Sequence[Span], statements: Sequence[Statement], *, first: date, last: date
) -> Markup:
    """Draw what stood on a place and when it was said.

    Parameters
    ----------
    spans
        What stood, in any order.
    statements
        All that was said of the place.
    first, last
        Days of the ledger: the axis ends with the month of the last, and begins with the year
        before anything was said or stood, not before that of the first.
    """
    told = [*(said.stated_on for said in statements), *(span.since for span in spans)]
    begin = date(max(first.year, min(told, default=first).year - 1), 1, 1)
    end = last.replace(day=calendar.monthrange(last.year, last.month)[1])
    days = (end - begin).days + 1

    def at(day: date) -> float:
        return round((day - begin).days / days * WIDTH, 1)

    lanes = []
    for number, side in enumerate(Side):
        own = [span for span in spans if span.side is side]
        bars = [
            Bar(
                x := at(span.since),
                round(max(1.5, (at(span.until) if span.until else WIDTH) - x), 1),
                span.controller,
                span.since,
                span.until,
            )
            for span in own
        ]
        marks = [(at(said.stated_on), _told(said)) for said in statements if said.side is side]
        lanes.append(Drawn(side, 34 + number * LANE, bars, marks))
    years = [(at(date(year, 1, 1)), year) for year in range(begin.year, end.year + 1)]
    return fill(
        "timeline.html",
        width=WIDTH,
        height=34 + len(lanes) * LANE,
        lanes=lanes,
        years=years,
        colours=COLOURS,
    )


def _told(said: Statement) -> str:
    day = day_in_words(said.stated_on)
    return f"{day}: {said.speaker} {says(said.kind, said.controller)}"
