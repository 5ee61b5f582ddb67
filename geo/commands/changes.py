"""The command that tells what changed: a digest for a desk that watches."""

from __future__ import annotations

import argparse
import sys
from datetime import date, timedelta
from pathlib import Path

from geo.commands.options import (
    a_base,
    a_day,
    add_within,
    as_type,
    base_of_environment,
    ended_by_faults,
    refuse,
    within_of,
    write,
)
from geo.desk import open_corrections
from geo.desk.retractions import retractions
from geo.ledger.changes import find_changes
from geo.model import ALL_SIDES, Clock, Dataset
from geo.page.corrected import corrections_feed, list_corrections
from geo.page.digest import DIGESTS, map_links
from geo.page.feed import atom, json_feed


def add_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], data: argparse.ArgumentParser
) -> None:
    """Add the command; `data` names the folder of the ledger."""
    changes = commands.add_parser("changes", parents=[data], help="what changed between two days")
    changes.add_argument("--since", type=a_day, metavar="DATE", help="a week before when left out")
    changes.add_argument("--until", type=a_day, metavar="DATE", help="the newest day if left out")
    changes.add_argument("--clock", type=Clock, choices=list(Clock), help="then if left out")
    changes.add_argument(
        "--view", default=ALL_SIDES, metavar="VIEW", help="a side, a claimant's id"
    )
    add_within(changes)
    changes.add_argument(
        "--corrections", action="store_true", help="what was ever corrected in the ledger instead"
    )
    changes.add_argument("--format", choices=list(DIGESTS), default="text")
    changes.add_argument("--base", type=as_type(a_base), metavar="URL", help="address of the app")
    changes.add_argument("--out", type=Path, metavar="FILE", help="the terminal when left out")
    changes.set_defaults(run=_changes)


def _changes(dataset: Dataset, options: argparse.Namespace) -> None:
    if options.corrections:
        _tell(options, _corrections(dataset, options))
        return
    until = options.until or dataset.last_day
    week = min(timedelta(days=7), until - date.min)  # no day lies before the first of all
    since = options.since or until - week
    try:
        found = find_changes(
            dataset,
            since=since,
            until=until,
            clock=options.clock or Clock.THEN,
            view=options.view,
            within=within_of(options),
        )
    except ValueError as error:
        refuse(str(error))
    links = map_links(dataset, options.base or base_of_environment())
    _tell(options, DIGESTS[options.format](dataset, found, links))


def _corrections(dataset: Dataset, options: argparse.Namespace) -> str:
    """Write what was corrected, with what the desk has accepted, the newest first."""
    days = options.since or options.until
    if days or options.clock or options.within or options.view != ALL_SIDES:
        refuse(
            "--corrections lists all there are; --since, --until, --clock, --view and --within are "
            "for changes"
        )
    if options.format == "md":
        refuse("--corrections is written as text, json or atom")
    with ended_by_faults():
        corrections, gone = open_corrections(options.data), retractions(options.data)
    links = map_links(dataset, options.base or base_of_environment())
    feed = corrections_feed(dataset, list_corrections(dataset, corrections, gone), links)
    if options.format == "atom":
        return atom(feed)
    if options.format == "json":
        return json_feed(feed)
    return "".join(f"{one.day}  {one.title}\n" for one in feed.entries)


def _tell(options: argparse.Namespace, content: str) -> None:
    if options.out:
        write(options.out, content.encode())
    else:
        sys.stdout.write(content)
