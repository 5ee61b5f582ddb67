"""Commands that give data away: export."""

from __future__ import annotations

import argparse

from geo.commands.options import (
    a_day,
    a_file,
    address_of,
    day_options,
    refuse,
    resolve,
    view_of,
    write,
)
from geo.export import EXPORTS, WHOLE_LEDGER
from geo.model import Dataset


def add_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], data: argparse.ArgumentParser
) -> None:
    """Add the commands; `data` names the folder of the ledger."""
    day = day_options()
    export = commands.add_parser("export", parents=[data, day], help="the ledger, or one day of it")
    export.add_argument("--date", type=a_day, metavar="DATE", help="without it: the whole ledger")
    export.add_argument("--out", type=a_file(*WHOLE_LEDGER), required=True, metavar="FILE")
    export.set_defaults(run=_export)


def _export(dataset: Dataset, options: argparse.Namespace) -> None:
    ending = options.out.suffix.removeprefix(".")
    if options.date:
        snapshot = resolve(dataset, options)
        view = view_of(snapshot, None)
        write(options.out, EXPORTS[ending].encode(snapshot, view, address_of(snapshot, view)))
    elif options.known_by or options.clock or options.view:
        refuse("--known-by, --clock and --view need a --date; without one all is exported")
    else:
        write(options.out, WHOLE_LEDGER[ending](dataset))
