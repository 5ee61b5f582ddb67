"""The command line: `python -m geo COMMAND`. Exit 1 for bad data, 2 for bad use."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from datetime import date
from io import TextIOWrapper
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
    parser = _parser()
    options, others = parser.parse_known_args(arguments)
    if options.run is None:
        from geo.session import serve  # the other commands do without Streamlit

        serve(others)
    if others:
        parser.error(f"unrecognized arguments: {' '.join(others)}")
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
    until = day.add_mutually_exclusive_group()
    until.add_argument("--known-by", type=_day, metavar="DATE", help="leave out later statements")
    until.add_argument(
        "--clock",
        choices=[clock.value for clock in Clock],
        help="as known then: as --known-by the day itself (default); now: as the newest day",
    )
    day.add_argument("--view", metavar="VIEW", help="all (default), a side, or a claimant's id")
    place = argparse.ArgumentParser(add_help=False)
    place.add_argument("--place", metavar="ID", help="one settlement")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="start the app; options of streamlit run may follow")
    serve.set_defaults(run=None)

    validate = commands.add_parser("validate", parents=[data], help="check the data files")
    validate.set_defaults(run=_validate)

    standing = commands.add_parser(
        "standing", parents=[data, day, place], help="what stands on a day"
    )
    standing.add_argument("--date", type=_day, required=True, metavar="DATE")
    standing.add_argument("--format", choices=["table", "json", "csv"], default="table")
    standing.set_defaults(run=_standing)

    snapshot = commands.add_parser(
        "snapshot", parents=[data, day, place], help="a picture or a page"
    )
    snapshot.add_argument("--date", type=_day, required=True, metavar="DATE")
    snapshot.add_argument("--out", type=_file("png", "html"), required=True, metavar="FILE")
    snapshot.add_argument("--bbox", type=_box, metavar="W,S,E,N", help="in degrees; png only")
    snapshot.add_argument("--size", type=_size, metavar="WxH", help="in pixels; png only")
    snapshot.set_defaults(run=_snapshot)

    export = commands.add_parser("export", parents=[data, day], help="the ledger, or one day of it")
    export.add_argument("--date", type=_day, metavar="DATE", help="without it: the whole ledger")
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
    view = options.view or ALL_SIDES
    if not is_view(view, dataset):
        sides = ", ".join(SIDES)
        _refuse(f"unknown view {view!r}; allowed: all, {sides}, or an id in claimants.csv")
    if options.date > dataset.last_day:
        print(f"the newest statement found is of {dataset.last_day}", file=sys.stderr)
    clock = Clock(options.clock or Clock.THEN)
    heard_until = options.known_by or known_by(dataset, as_of=options.date, clock=clock)
    return take_snapshot(dataset, as_of=options.date, known_by=heard_until, view=view)


def _place(dataset: Dataset, options: argparse.Namespace) -> str | None:
    place: str | None = options.place
    if place is None or place in dataset.settlements.index:
        return place
    near = find_places(name_index(dataset.settlements), place, limit=3)
    hint = f"; did you mean {', '.join(match.settlement_id for match in near)}?" if near else ""
    _refuse(f"unknown place {place!r}{hint}")


def _view(snapshot: Snapshot, place: str | None) -> View:
    view = View(as_of=snapshot.as_of, clock=snapshot.clock, view=snapshot.view)
    return look_at(view, snapshot.dataset, place) if place else view


def _address(snapshot: Snapshot, view: View) -> str:
    """Write the address that opens the view again; none where a page could not show the same."""
    dataset = snapshot.dataset
    inside = dataset.first_day <= view.as_of <= dataset.last_day
    shown_by_page = known_by(dataset, as_of=view.as_of, clock=view.clock)
    return full_address(view) if inside and snapshot.known_by == shown_by_page else ""


def _standing(dataset: Dataset, options: argparse.Namespace) -> None:
    place = _place(dataset, options)
    snapshot = _resolve(dataset, options)
    if options.format == "csv":
        sys.stdout.write(standing_csv(snapshot, place=place).decode())
        return
    records = standing_records(snapshot, place=place)
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
    place = _place(dataset, options)
    snapshot = _resolve(dataset, options)
    view = _view(snapshot, place)
    address = _address(snapshot, view)
    ending = options.out.suffix.removeprefix(".")
    if ending == "html" and (options.bbox or options.size):
        _refuse("--bbox and --size are for .png; the page has its own zoom and size")
    if ending == "html" and not address:
        _refuse(
            f"the page shows {dataset.first_day} to {dataset.last_day}, "
            "judged by --clock then or --clock now"
        )
    if ending == "html":
        _write(options.out, EXPORTS[ending].encode(snapshot, view, address))
        return
    size = options.size or SIZE
    extent = options.bbox or extent_of(view, size=size)
    try:
        picture = draw_png(snapshot, extent=extent, size=size, place=place, address=address)
    except ValueError as error:
        _refuse(str(error))
    _write(options.out, picture)


def _export(dataset: Dataset, options: argparse.Namespace) -> None:
    ending = options.out.suffix.removeprefix(".")
    if options.date:
        snapshot = _resolve(dataset, options)
        view = _view(snapshot, None)
        _write(options.out, EXPORTS[ending].encode(snapshot, view, _address(snapshot, view)))
    elif options.known_by or options.clock or options.view:
        _refuse("--known-by, --clock and --view need a --date; without one all is exported")
    else:
        _write(options.out, WHOLE_LEDGER[ending](dataset))


def _write(path: Path, content: bytes) -> None:
    try:
        write_file(path, content)
    except OSError as error:
        _refuse(f"{path} cannot be written: {error.strerror}")
    print(path)


if __name__ == "__main__":
    if isinstance(sys.stdout, TextIOWrapper):  # as the files: UTF-8 and LF on every system
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.exit(main())
