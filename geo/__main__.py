"""The command line: `python -m geo COMMAND`. Exit 1 for bad data, 2 for bad use."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NoReturn

from geo.address import full_address, is_view, look_at
from geo.export import EXPORTS, WHOLE_LEDGER, standing_csv, standing_records, write_file
from geo.figure import SIZE, draw_png, extent_of
from geo.gazetteer import find_places, name_index
from geo.load import load_dataset
from geo.model import ALL_SIDES, SIDES, THEATRE, Clock, Dataset, Side, Snapshot, View
from geo.timeline import known_by, take_snapshot
from geo.wording import NO_STATEMENT, known_in_words, view_in_words

DATA = Path(__file__).resolve().parent.parent / "data"
BAD_DATA, BAD_USE = 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    options = _parser().parse_args(arguments)
    try:
        dataset = load_dataset(options.data)
    except ExceptionGroup as bad:
        for fault in bad.exceptions:
            print(fault, file=sys.stderr)
        return BAD_DATA
    try:
        options.run(dataset, options)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m geo", description="Who claims what, by day.")
    data = argparse.ArgumentParser(add_help=False)
    data.add_argument("--data", type=Path, default=DATA, metavar="DIR", help="folder of the ledger")
    day = argparse.ArgumentParser(add_help=False)
    day.add_argument("--known-by", type=_day, metavar="DATE", help="leave out what was said later")
    day.add_argument("--clock", type=Clock, choices=list(Clock), help="instead of --known-by")
    day.add_argument("--view", default=ALL_SIDES, help="all, a side, or a claimant's id")
    day.add_argument("--place", metavar="ID", help="one settlement")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    validate = commands.add_parser("validate", parents=[data], help="check the data files")
    validate.set_defaults(run=_validate)

    standing = commands.add_parser("standing", parents=[data, day], help="what stands on a day")
    standing.add_argument("--date", type=_day, required=True)
    standing.add_argument("--format", choices=["table", "json", "csv"], default="table")
    standing.set_defaults(run=_standing)

    snapshot = commands.add_parser("snapshot", parents=[data, day], help="a picture or a page")
    snapshot.add_argument("--date", type=_day, required=True)
    snapshot.add_argument("--out", type=_file("png", "html"), required=True, metavar="FILE")
    snapshot.add_argument("--bbox", type=_box, metavar="W,S,E,N", help="in degrees; png only")
    snapshot.add_argument("--size", type=_size, metavar="WxH", help="in pixels; png only")
    snapshot.set_defaults(run=_snapshot)

    export = commands.add_parser("export", parents=[data, day], help="the ledger, or one day of it")
    export.add_argument("--date", type=_day, help="without it: the whole ledger")
    export.add_argument("--out", type=_file(*WHOLE_LEDGER), required=True, metavar="FILE")
    export.set_defaults(run=_export)
    return parser


def _day(text: str) -> date:
    try:
        if len(text) != len("YYYY-MM-DD"):  # fromisoformat takes other forms too
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; expected YYYY-MM-DD") from None


def _box(text: str) -> tuple[float, float, float, float]:
    try:
        west, south, east, north = map(float, text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not W,S,E,N in degrees") from None
    inside = THEATRE[0] <= west < east <= THEATRE[2] and THEATRE[1] <= south < north <= THEATRE[3]
    if not inside:
        box = ",".join(f"{degrees:g}" for degrees in THEATRE)
        raise argparse.ArgumentTypeError(f"{text!r} is not a box W,S,E,N inside {box}")
    return west, south, east, north


def _size(text: str) -> tuple[int, int]:
    width, times, height = text.partition("x")
    if not (times and width.isdecimal() and height.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a size such as 1200x675")
    return int(width), int(height)


def _file(*endings: str) -> Callable[[str], Path]:
    def typed(text: str) -> Path:
        if Path(text).suffix.removeprefix(".") not in endings:
            allowed = ", ".join(f".{ending}" for ending in endings)
            raise argparse.ArgumentTypeError(f"{text!r} must end in {allowed}")
        return Path(text)

    return typed


def _refuse(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    raise SystemExit(BAD_USE)


def _validate(dataset: Dataset, options: argparse.Namespace) -> None:
    print(
        f"{len(dataset.settlements)} settlements, {len(dataset.claimants)} claimants, "
        f"{len(dataset.claims)} claims, {len(dataset.area_claims)} area claims, "
        f"{dataset.first_day} to {dataset.last_day}, version {dataset.version}. No faults found."
    )


def _resolve(dataset: Dataset, options: argparse.Namespace) -> Snapshot:
    if not is_view(options.view, dataset):
        sides = ", ".join(SIDES)
        _refuse(f"unknown view {options.view!r}; allowed: all, {sides}, or an id in claimants.csv")
    if options.place and options.place not in dataset.settlements.index:
        near = find_places(name_index(dataset.settlements), options.place, limit=3)
        hint = f"; did you mean {', '.join(match.settlement_id for match in near)}?" if near else ""
        _refuse(f"unknown place {options.place!r}{hint}")
    if options.known_by and options.clock:
        _refuse("--known-by and --clock answer the same question; give one of them")
    clock = options.clock or Clock.THEN
    heard_until = options.known_by or known_by(dataset, as_of=options.date, clock=clock)
    return take_snapshot(dataset, as_of=options.date, known_by=heard_until, view=options.view)


def _view(snapshot: Snapshot, place: str | None) -> View:
    view = View(as_of=snapshot.as_of, clock=snapshot.clock, view=snapshot.view)
    return look_at(view, snapshot.dataset, place) if place else view


def _standing(dataset: Dataset, options: argparse.Namespace) -> None:
    snapshot = _resolve(dataset, options)
    if options.format == "csv":
        lines = standing_csv(snapshot).decode().splitlines(keepends=True)
        mine = [line for line in lines[1:] if line.startswith(f"{options.place},")]
        sys.stdout.write("".join([lines[0], *mine] if options.place else lines))
        return
    records = standing_records(snapshot)
    records = [r for r in records if options.place in (None, r["settlement_id"])]
    if options.format == "json":
        print(json.dumps(records, ensure_ascii=False, indent=1))
        return
    heard = view_in_words(dataset, snapshot.view)
    print(f"{known_in_words(snapshot.as_of, snapshot.known_by)}, {heard}")
    rows = [("place", "status", *SIDES), *map(_row, records)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )


def _row(record: dict[str, object]) -> tuple[str, ...]:
    def cell(side: Side) -> str:
        said = record[side]
        if not isinstance(said, dict):
            return NO_STATEMENT
        return f"{said['controller']} ({said['claimant_id']} {said['kind']} {said['stated_on']})"

    return (str(record["name"]), str(record["status"]), *map(cell, SIDES))


def _snapshot(dataset: Dataset, options: argparse.Namespace) -> None:
    snapshot = _resolve(dataset, options)
    view = _view(snapshot, options.place)
    ending = options.out.suffix.removeprefix(".")
    if ending == "html" and (options.bbox or options.size):
        _refuse("--bbox and --size are for .png; the page has its own zoom and size")
    if ending == "html" and snapshot.known_by not in (snapshot.as_of, dataset.last_day):
        _refuse("the page has two clocks only: use --clock then or --clock now for .html")
    if ending == "html":
        _write(options.out, EXPORTS[ending].encode(snapshot, view, full_address(view)))
        return
    size = options.size or SIZE
    try:
        picture = draw_png(
            snapshot,
            extent=options.bbox or extent_of(view, size=size),
            size=size,
            place=view.place,
            address=full_address(view),
        )
    except ValueError as error:
        _refuse(str(error))
    _write(options.out, picture)


def _export(dataset: Dataset, options: argparse.Namespace) -> None:
    ending = options.out.suffix.removeprefix(".")
    if options.date:
        snapshot = _resolve(dataset, options)
        view = _view(snapshot, options.place)
        _write(options.out, EXPORTS[ending].encode(snapshot, view, full_address(view)))
    else:
        _write(options.out, WHOLE_LEDGER[ending](dataset))


def _write(path: Path, content: bytes) -> None:
    try:
        write_file(path, content)
    except OSError as error:
        _refuse(f"{path} cannot be written: {error.strerror}")
    print(path)


if __name__ == "__main__":
    sys.exit(main())
