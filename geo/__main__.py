"""The command line: `python -m geo COMMAND`. Exit 1 for bad data, 2 for bad use."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from signal import SIGINT
from typing import NoReturn

from geo.commands.options import ended_by_faults
from geo.desk import open_ledger
from geo.files.folders import DATA

# The commands and their modules in geo/commands; only that of the command asked for is imported,
# for most of the time of a short command goes into libraries that others need.
COMMANDS = {
    "validate": "ledger",
    "standing": "ledger",
    "snapshot": "pictures",
    "animate": "pictures",
    "export": "exports",
    "cite": "exports",
    "changes": "changes",
    "disagreements": "disagreements",
    "site": "site",
    "areas": "areas",
    "desk": "desk",
    "extract": "extract",
    "serve": "serve",
    "run": "serve",
}


PROGRAM = "frontline" if Path(sys.argv[0]).stem == "frontline" else "python -m geo"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; gives the exit code, or leaves by SystemExit where it was refused."""
    given = sys.argv[1:] if arguments is None else arguments
    parser = _parser(given[0] if given else "")
    options, others = parser.parse_known_args(given)
    if options.start:
        options.start(options, others)
    if others:
        parser.error(f"unrecognized arguments: {' '.join(others)}")
    with ended_by_faults():
        dataset = open_ledger(options.data) if options.ledger else None
    try:
        options.run(dataset, options)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _parser(command: str) -> argparse.ArgumentParser:
    """Make the parser of a command; that of all where it is none, for --help and for errors."""
    parser = argparse.ArgumentParser(prog=PROGRAM, description="Who claims what, by day.")
    parser.set_defaults(start=None)  # what a command does that needs no ledger, such as serve
    parser.set_defaults(ledger=True)  # whether a command takes the ledger, read and checked
    data = argparse.ArgumentParser(add_help=False)
    data.add_argument("--data", type=Path, default=DATA, metavar="DIR", help="folder of the ledger")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    names = [COMMANDS[command]] if command in COMMANDS else dict.fromkeys(COMMANDS.values())
    for name in names:
        import_module(f"geo.commands.{name}").add_commands(commands, data)
    return parser


def run_program() -> NoReturn:
    """Run the command that the program was started with, as `python -m geo` or `frontline`."""
    if isinstance(sys.stdout, TextIOWrapper):  # as the files: UTF-8 and LF on every system
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    try:
        sys.exit(main())
    except KeyboardInterrupt:  # Ctrl+C: as a shell tells of it, and without a traceback
        sys.exit(128 + SIGINT)


if __name__ == "__main__":
    run_program()
