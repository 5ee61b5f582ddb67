"""Commands on the ledger itself: validate, standing."""

from __future__ import annotations

import argparse
import json
import sys

from geo.commands.options import (
    BAD_DATA,
    a_day,
    day_options,
    place_of,
    place_options,
    resolve,
)
from geo.export import standing_csv, standing_records
from geo.files.corrections import read_corrections
from geo.model import SIDES, DataError, Dataset, PlaceKind, Side
from geo.wording import CLAIM_WORDS, known_in_words, view_in_words


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


def _validate(dataset: Dataset, options: argparse.Namespace) -> None:
    try:
        read_corrections(options.data)  # no part of what is shown of a day, so not yet read
    except DataError as fault:
        print(fault, file=sys.stderr)
        raise SystemExit(BAD_DATA) from None
    print(
        f"{len(dataset.settlements)} settlements, {len(dataset.claimants)} claimants, "
        f"{len(dataset.claims_on(PlaceKind.SETTLEMENT))} claims, "
        f"{len(dataset.claims_on(PlaceKind.OBLAST))} area claims, "
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
            return CLAIM_WORDS["no_statement"]
        return f"{said['controller']} ({said['claimant_id']} {said['kind']} {said['stated_on']})"

    return (str(record["name"]), str(record["status"]), *map(cell, SIDES))
