"""Commands that give data away: export, cite."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from geo.areas import no_series
from geo.cite import CITATIONS, Work, cite_claim, cite_retracted, cite_view
from geo.commands.options import (
    OF_A_DAY,
    a_base,
    a_day,
    a_file,
    address_of,
    as_type,
    day_options,
    ended_by_faults,
    of_a_day,
    place_of,
    place_options,
    refuse,
    resolve,
    view_of,
    write,
)
from geo.desk.retractions import retractions
from geo.export import EXPORTS, WHOLE_LEDGER, as_file
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

    cite = commands.add_parser(
        "cite", parents=[data, day, place_options()], help="a view or a statement as a citation"
    )
    what = cite.add_mutually_exclusive_group(required=True)
    what.add_argument("--date", type=a_day, metavar="DATE")
    what.add_argument("--claim", metavar="CLAIM_ID", help="one statement, instead of a view")
    cite.add_argument("--format", choices=list(CITATIONS), default="text")
    cite.add_argument("--base", type=as_type(a_base), metavar="URL", help="address of the app")
    cite.add_argument("--accessed", type=a_day, metavar="DATE", help="today when left out")
    cite.set_defaults(run=_cite)


def _export(dataset: Dataset, options: argparse.Namespace) -> None:
    ending = options.out.suffix.removeprefix(".")
    if options.date:
        snapshot = resolve(dataset, options)
        view = view_of(snapshot, None)
        content = EXPORTS[ending].encode(snapshot, view, address_of(snapshot, view), no_series)
        write(options.out, as_file(content, options.out.name))
    elif of_a_day(options):
        refuse(f"{OF_A_DAY} need a --date; without one all is exported")
    else:
        write(options.out, as_file(WHOLE_LEDGER[ending](dataset), options.out.name))


def _cite(dataset: Dataset, options: argparse.Namespace) -> None:
    accessed = options.accessed or date.today()
    if options.date is None:
        if of_a_day(options) or options.place:
            refuse(f"--place, {OF_A_DAY} need a --date; a statement has its own")
        work = _statement(dataset, options.claim, options.data, accessed=accessed)
    else:
        place = place_of(dataset, options)
        snapshot = resolve(dataset, options)
        address = address_of(snapshot, view_of(snapshot, place), options.base)
        work = cite_view(snapshot, place=place, address=address, accessed=accessed)
    citation = CITATIONS[options.format](work)
    sys.stdout.write(citation if citation.endswith("\n") else f"{citation}\n")


def _statement(dataset: Dataset, claim_id: str, folder: Path, *, accessed: date) -> Work:
    """Cite a statement of the ledger, or one that was taken out of it."""
    if claim_id in dataset.claims.index:
        return cite_claim(dataset, claim_id, accessed=accessed)
    with ended_by_faults():
        gone = retractions(folder)
    if claim_id not in gone:
        refuse(f"unknown statement {claim_id!r}; the ids are in claims.csv")
    return cite_retracted(dataset, claim_id, gone[claim_id], accessed=accessed)
