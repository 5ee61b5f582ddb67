"""Write docs/architecture.md and its drawing from the code: `python -m tools.architecture`.

The rooms are those of the floors test, what each builds on is what it imports, and what it is for
is the first line that it says of itself.
"""

from __future__ import annotations

import ast
from functools import cache
from html import escape
from pathlib import Path

from tests.test_architecture import FLOORS, imported
from tools.walk import WALK

ROOT = Path(__file__).resolve().parent.parent
TEXT, DRAWING = ROOT / "docs" / "architecture.md", ROOT / "docs" / "architecture.svg"
WIDTH, HIGH, GAP, MARGIN = 880, 46, 10, 16  # px: the drawing, a room, between rooms, around
HEAD = """# Architecture

Made by `python -m tools.architecture`; change the code, `tools/walk.py` or that, not this.

The product is one idea: a *snapshot* holds what every side was saying on one day. Whatever stands below it makes snapshots from files; whatever stands above draws, writes or asks for one. Code is in rooms, a module or a folder of `geo/`; a room imports only from rooms below it, and `tests/test_architecture.py` holds that.

![The rooms of geo, each above those that it builds on](architecture.svg)

| room | what it is for | builds on |
|---|---|---|
"""
WALK_HEAD = """
`app.py` and `pages/` only wire what `geo/session/` offers. `tools/` is for those who work on the product, `benchmarks/` measures it beside what people use today.

## One statement, from its row to everything
`siversk-2025-12-11-ru-putin` is a row of `data/claims.csv`. This is its way.
"""


def files_of(room: str) -> list[Path]:
    """List the modules of a room of geo."""
    folder = ROOT / "geo" / room
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]


def purpose(room: str) -> str:
    """Give the first line that a room says of itself."""
    first = ROOT / "geo" / room / "__init__.py"
    source = (first if first.exists() else files_of(room)[0]).read_text(encoding="utf-8")
    return (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0]


@cache
def builds_on(room: str) -> tuple[str, ...]:
    """List the rooms that a room imports from, the lowest first."""
    names = {name for path in files_of(room) for name in imported(path)}
    used = {name.split(".")[1] for name in names if name.startswith("geo.")}
    return tuple(other for other in FLOORS if other in used - {room})


@cache
def height(room: str) -> int:
    """Say on which floor a room stands: one above the highest that it builds on, from 0."""
    return max((height(other) + 1 for other in builds_on(room)), default=0)


def text() -> str:
    """Write the page: the rooms from the top, then the walk."""
    lines = [
        f"| `{_name(room)}` | {purpose(room)} | {', '.join(builds_on(room)) or 'nothing'} |"
        for room in reversed(FLOORS)
    ]
    walk = []
    for title, steps in WALK.items():
        walk += [f"\n### {title}", *(_step(i, *step) for i, step in enumerate(steps, start=1))]
    return HEAD + "\n".join(lines) + "\n" + WALK_HEAD + "\n".join(walk) + "\n"


def _step(number: int, file: str, function: str, what: str) -> str:
    return f"{number}. [`{file}`](../{file}) `{function}`: {what}."


def _name(room: str) -> str:
    return f"geo/{room}/" if (ROOT / "geo" / room).is_dir() else f"geo/{room}.py"


def drawing() -> str:
    """Draw the rooms on their floors, the ground at the bottom."""
    floors: dict[int, list[str]] = {}
    for room in FLOORS:
        floors.setdefault(height(room), []).append(room)
    tall = 2 * MARGIN + len(floors) * (HIGH + GAP) - GAP
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {tall}" role="img" '
        'font-family="sans-serif" font-size="14" text-anchor="middle">',
        "<title>The rooms of geo, each above those that it builds on</title>",
        f'<rect width="{WIDTH}" height="{tall}" fill="#fff"/>',
    ]
    for floor, rooms in sorted(floors.items()):
        y = tall - MARGIN - HIGH - floor * (HIGH + GAP)
        wide = (WIDTH - 2 * MARGIN - GAP * (len(rooms) - 1)) / len(rooms)
        for i, room in enumerate(rooms):
            x = MARGIN + i * (wide + GAP)
            parts.append(
                f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="{HIGH}" rx="5" '
                'fill="#E8F0F3" stroke="#1F5F7A"/>'
                f'<text x="{x + wide / 2:.1f}" y="{y + HIGH / 2 + 5}" fill="#12242C">'
                f"{escape(room.strip('_'))}</text>"
            )
    return "\n".join([*parts, "</svg>\n"])


if __name__ == "__main__":
    TEXT.write_text(text(), encoding="utf-8", newline="\n")
    DRAWING.write_text(drawing(), encoding="utf-8", newline="\n")
