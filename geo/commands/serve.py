"""The command that starts the app."""

from __future__ import annotations

import argparse

from geo.session import serve


def add_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], data: argparse.ArgumentParser
) -> None:
    """Add `serve`, which takes the options of streamlit run; it reads the ledger by itself."""
    server = commands.add_parser("serve", help="start the app; options of streamlit run may follow")
    server.set_defaults(start=serve)
