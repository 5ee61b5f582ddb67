"""The command that starts the app."""

from __future__ import annotations

import argparse

from geo.session import serve


def add_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], data: argparse.ArgumentParser
) -> None:
    """Add `serve`, which takes the options of streamlit run; it reads the ledger by itself."""
    server = commands.add_parser("serve", help="start the app; options of streamlit run may follow")
    server.add_argument(
        "--public", action="store_true", help="strangers read it, so readers change nothing"
    )
    server.set_defaults(start=_serve)


def _serve(options: argparse.Namespace, others: list[str]) -> None:
    serve(others, public=options.public)
