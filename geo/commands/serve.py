"""The command that starts the app: `run`, or `serve`."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from geo.commands.options import BAD_USE, refuse
from geo.session import serve


def add_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], data: argparse.ArgumentParser
) -> None:
    """Add the command, which takes the options of streamlit run; it reads the ledger by itself."""
    server = commands.add_parser(
        "serve", aliases=["run"], help="start the app; options of streamlit run may follow"
    )
    server.add_argument("--data", type=Path, metavar="DIR", help="folder of the ledger")
    server.add_argument(
        "--public", action="store_true", help="strangers read it, so readers change nothing"
    )
    server.set_defaults(start=_serve)


def _serve(options: argparse.Namespace, others: list[str]) -> None:
    if options.data:
        os.environ["FRONTLINE_DATA"] = str(options.data.resolve())
    try:
        serve(others, public=options.public)
    except (OSError, ValueError) as error:
        refuse(f"the app cannot start: {error}")
    except SystemExit as end:  # Streamlit has said why
        raise SystemExit(BAD_USE if end.code == 1 else end.code) from None
