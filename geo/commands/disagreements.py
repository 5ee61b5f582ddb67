"""The command that lists where the sides disagree, and which of it is live."""

from __future__ import annotations

import argparse
import json
import sys

import pandas as pd

from geo.commands.options import a_day, add_within, resolve
from geo.export.tables import records
from geo.export.text import csv_of
from geo.ledger import disagreements, disagreements_on, of_kind
from geo.model import WITHIN, Clock, Dataset, PlaceKind
from geo.wording import DISAGREEMENT_WORDS, known_in_words, view_in_words

COLUMNS = (
    "settlement_id",
    "since",
    "days",
    "hard",
    "live",
    "ukraine_stated_on",
    "russia_stated_on",
)


def add_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], data: argparse.ArgumentParser
) -> None:
    """Add the command; `data` names the folder of the ledger."""
    command = commands.add_parser(
        "disagreements",
        parents=[data],
        help="the settlements on which the sides disagree on a day",
        description="List the settlements on which the sides disagree on a day, the longest first. "
        "A disagreement is live when both sides' statements that count are at most so many days "
        "old, else dormant.",
    )
    command.add_argument("--date", type=a_day, required=True, metavar="DATE")
    add_within(
        command,
        "list those alone that are live by statements of so many days (any: of any age, so all); "
        f"when left out all are listed, live or not by {WITHIN} days",
    )
    command.add_argument("--clock", type=Clock, choices=list(Clock), default=Clock.THEN)
    command.add_argument("--view", metavar="VIEW", help="all (default), a side, a claimant's id")
    command.add_argument("--format", choices=["table", "json", "csv"], default="table")
    command.set_defaults(run=_disagreements, known_by=None)


def _disagreements(dataset: Dataset, options: argparse.Namespace) -> None:
    everything = options.within is None
    snapshot = resolve(dataset, options)
    ever = disagreements(dataset, clock=options.clock, view=snapshot.view)
    rows = disagreements_on(snapshot, of_kind(dataset, ever, PlaceKind.SETTLEMENT))
    table = rows[everything | rows["live"]].rename_axis("settlement_id").reset_index()[[*COLUMNS]]
    if options.format == "csv":
        sys.stdout.write(csv_of(table).decode())
    elif options.format == "json":
        print(json.dumps(records(table), ensure_ascii=False, indent=1))
    else:
        heard = view_in_words(dataset, snapshot.view)
        print(f"{known_in_words(snapshot.as_of, snapshot.known_by)}, {heard}")
        _print(table, live=int(rows["live"].sum()), dormant=int((~rows["live"]).sum()))


def _print(table: pd.DataFrame, *, live: int, dormant: int) -> None:
    words = DISAGREEMENT_WORDS
    print(f"{words.counted('count', live)}, {words.counted('dormant_count', dormant)}")
    shown = table.sort_values("live", ascending=False, kind="stable")
    if len(shown):
        print(shown.to_string(index=False))
