"""The command line: `python -m geo COMMAND`. Exit 1 for bad data, 2 for bad use."""

from __future__ import annotations

import argparse
import os
import sys
from io import TextIOWrapper
from pathlib import Path

from geo.commands import areas, changes, exports, ledger, pictures
from geo.commands.options import BAD_DATA
from geo.files.load import load_dataset

DATA = Path(__file__).resolve().parent.parent / "data"
COMMANDS = (ledger, pictures, exports, changes, areas)  # each module adds its own commands


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
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serve = commands.add_parser("serve", help="start the app; options of streamlit run may follow")
    serve.set_defaults(run=None)
    for module in COMMANDS:
        module.add_commands(commands, data)
    return parser


if __name__ == "__main__":
    if isinstance(sys.stdout, TextIOWrapper):  # as the files: UTF-8 and LF on every system
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.exit(main())
