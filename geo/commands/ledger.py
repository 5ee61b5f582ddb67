"""Commands on the ledger itself: validate, standing, snapshot."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace

from geo.areas import area_layers, list_series, load_series
from geo.commands.options import (
    a_box,
    a_day,
    a_file,
    a_size,
    address_of,
    day_options,
    place_of,
    place_options,
    refuse,
    resolve,
    view_of,
    write,
)
from geo.export import standing_csv, standing_records
from geo.figure import SIZE, draw_png, extent_of
from geo.model import OWN_AREAS, SIDES, Dataset, Side
from geo.timelayer import standalone_html
from geo.wording import NO_STATEMENT, known_in_words, view_in_words


def add_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], data: argparse.ArgumentParser
) -> None:
    """Add the commands; `data` names the folder of the ledger."""
    day, place = day_options(), place_options()
    validate = commands.add_parser("validate", parents=[data], help="check the data files")
    validate.set_defaults(run=_validate)

    standing = commands.add_parser(
        "standing", parents=[data, day, place], help="what stands on a day"
    )
    standing.add_argument("--date", type=a_day, required=True, metavar="DATE")
    standing.add_argument("--format", choices=["table", "json", "csv"], default="table")
    standing.set_defaults(run=_standing)

    snapshot = commands.add_parser(
        "snapshot", parents=[data, day, place], help="a picture or a page"
    )
    snapshot.add_argument("--date", type=a_day, required=True, metavar="DATE")
    snapshot.add_argument("--out", type=a_file("png", "html"), required=True, metavar="FILE")
    snapshot.add_argument("--bbox", type=a_box, metavar="W,S,E,N", help="in degrees; png only")
    snapshot.add_argument("--areas", default="", metavar="S,...", help="reach, oblasts, series")
    snapshot.add_argument("--size", type=a_size, metavar="WxH", help="in pixels; png only")
    snapshot.add_argument(
        "--embed", action="store_true", help="for a frame in another page; html only"
    )
    snapshot.set_defaults(run=_snapshot)


def _validate(dataset: Dataset, options: argparse.Namespace) -> None:
    print(
        f"{len(dataset.settlements)} settlements, {len(dataset.claimants)} claimants, "
        f"{len(dataset.claims)} claims, {len(dataset.area_claims)} area claims, "
        f"{dataset.first_day} to {dataset.last_day}, version {dataset.version}. No faults found."
    )


def _standing(dataset: Dataset, options: argparse.Namespace) -> None:
    place = place_of(dataset, options)
    snapshot = resolve(dataset, options)
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
    place = place_of(dataset, options)
    snapshot = resolve(dataset, options)
    there = {path.stem: path for path in list_series(options.data / "areas")}
    asked = tuple(filter(None, options.areas.split(",")))
    if strange := [area for area in asked if area not in (*OWN_AREAS, *there)]:
        allowed = ", ".join((*OWN_AREAS, *there))
        refuse(f"unknown areas {', '.join(strange)}; there are: {allowed}")
    view = replace(view_of(snapshot, place), areas=asked)
    address = address_of(snapshot, view)
    ending = options.out.suffix.removeprefix(".")
    if options.embed and ending != "html":
        refuse("--embed is for .html; a picture has nothing to embed")
    if ending == "html" and (options.bbox or options.size):
        refuse("--bbox and --size are for .png; the page has its own zoom and size")
    if ending == "html" and not address:
        refuse(
            f"the page shows {dataset.first_day} to {dataset.last_day}, "
            "judged by --clock then or --clock now"
        )
    if ending == "html":
        write(options.out, standalone_html(dataset, view=view, embed=options.embed))
        return
    size = options.size or SIZE
    extent = options.bbox or extent_of(view, size=size)
    try:
        areas = area_layers(snapshot, asked, lambda area: load_series(there[area]))
        picture = draw_png(
            snapshot, extent=extent, size=size, place=place, address=address, areas=areas
        )
    except ValueError as error:
        refuse(str(error))
    write(options.out, picture)
