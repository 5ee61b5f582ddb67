"""What stands in columns beside a map: each side's statements, or the changes between two days."""

from __future__ import annotations

from typing import Any

from matplotlib.patches import Rectangle

from geo.figure.alt import said_of
from geo.figure.paper import Paper, add, shorten, wrap, write
from geo.figure.spots import Box
from geo.model import SIDES, Controller, Kind, Side, Snapshot
from geo.style import COLOURS, INK
from geo.timeline import codes, hears
from geo.wording import claimant_names, day_in_words, says

TEXT, SMALL, LINE, GAP = 8.2, 7.2, 13.5, 18.0


def side_columns(paper: Paper, snapshot: Snapshot, place: str, box: Box) -> None:
    """Write what each side said of a place up to the day, newest first, as far as there is room.

    The belligerents stand in two columns; third parties under both.
    """
    left, bottom, width, height = box
    claims = said_of(snapshot, place)
    names = claimant_names(snapshot.dataset, paper.lang)
    claims = claims.assign(speaker=names.reindex(claims["claimant_id"].astype(str)).to_numpy())
    column = (width - GAP) / 2
    third = min(0.3 * height, 120.0)
    boxes = {
        Side.UKRAINE: (left, bottom + third, column, height - third),
        Side.RUSSIA: (left + column + GAP, bottom + third, column, height - third),
        Side.THIRD: (left, bottom, width, third),
    }
    for side in SIDES:
        said = claims[codes(claims["side"]) == SIDES.index(side)]
        heard = hears(snapshot.dataset, snapshot.view, side)
        silence = paper.words["nothing" if heard else "not_heard"]
        _statements(paper, side, list(said.itertuples()), boxes[side], silence)


def _statements(paper: Paper, side: Side, said: list[Any], box: Box, silence: str) -> None:
    left, bottom, width, height = box
    words = paper.words
    y = bottom + height
    title = words[f"side_{side}"]
    write(paper, left, y, title[:1].upper() + title[1:], size=10, bold=True)
    y -= 21
    if not said:
        write(paper, left, y, silence, size=TEXT, color=paper.theme.muted)
    for number, claim in enumerate(said):
        lines = _statement(paper, claim, width - 12)
        last = number == len(said) - 1
        if y - LINE * (len(lines) + (0 if last else 1)) < bottom:
            earlier = words["earlier"].format(count=len(said) - number)
            write(paper, left, y, earlier, size=TEXT, color=paper.theme.muted)
            return
        _bar(paper, left, y, LINE * len(lines) - 3, Controller(claim.controller))
        for text, look in lines:
            write(paper, left + 12, y, text, **look)
            y -= LINE
        y -= 6


def _statement(paper: Paper, claim: Any, room: float) -> list[tuple[str, dict[str, Any]]]:
    """Break a statement into lines: when, who and what, outlet."""
    said = says(Kind(claim.kind), Controller(claim.controller), paper.lang)
    when = day_in_words(claim.stated_on.date(), paper.lang)
    muted = {"size": SMALL, "color": paper.theme.muted}
    return [
        (when, {"size": TEXT, "bold": True}),
        *((line, {"size": TEXT}) for line in wrap(f"{claim.speaker} {said}", room, TEXT)),
        (shorten(claim.outlet, room, SMALL), muted),
    ]


def _bar(paper: Paper, left: float, top: float, tall: float, controller: Controller) -> None:
    """Mark who is said to hold the place; Russia's mark is broken, so that greyscale tells them."""
    colour = COLOURS[controller]
    edge = INK if controller is Controller.CONTESTED else colour
    parts = 3 if controller is Controller.RUSSIA else 1
    for part in range(parts):
        step = tall / parts
        bar = Rectangle((left + 1, top - step * (part + 1) + (part < parts - 1) * 2), 4, step - 2)
        bar.set(facecolor=colour, edgecolor=edge, linewidth=0.6)
        add(paper, bar)


def list_changes(paper: Paper, told: list[str], box: Box) -> None:
    """List the changes between two days in columns, as far as there is room."""
    left, bottom, width, height = box
    words = paper.words
    heading = words["changes"].format(count=len(told)) if told else words["no_changes"]
    write(paper, left, bottom + height, heading, size=10, bold=True)
    rows = max(1, int((height - 22) // LINE))
    # As few columns as hold all, so that the lines have room.
    columns = max(1, min(int(width // 360), -(-len(told) // rows)))
    shown = told if len(told) <= rows * columns else told[: rows * columns - 1]
    lines = list(shown)
    if len(shown) < len(told):
        lines.append(words["more"].format(count=len(told) - len(shown)).strip())
    room = width / columns - GAP
    for number, line in enumerate(lines):
        x = left + width / columns * (number // rows)
        y = bottom + height - 22 - LINE * (number % rows)
        write(paper, x, y, shorten(line, room, TEXT), size=TEXT)
