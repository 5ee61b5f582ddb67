"""Commands on control areas: import files, list the series, measure them, compare them."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.progress import Progress

from geo.areas import (
    Recipe,
    Series,
    as_of,
    change,
    difference,
    import_areas,
    km2_by_day,
)
from geo.areas.export import ENDINGS, write_difference
from geo.commands.options import BAD_DATA, a_day, a_file, refuse, write
from geo.commands.series import open_series, series_files
from geo.files.folders import areas_folder
from geo.model import Controller, Dataset

MOST_FILES = 3  # named in a line of the list; the others are counted


def add_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], data: argparse.ArgumentParser
) -> None:
    """Add `areas` with its own commands; `data` names the folder of the ledger."""
    areas = commands.add_parser("areas", help="control areas that mappers reported")
    own = areas.add_subparsers(required=True, metavar="COMMAND")

    taken = own.add_parser("import", parents=[data], help="read files into a series")
    taken.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files, or folders")
    taken.add_argument("--series", required=True, metavar="ID", help="a slug")
    taken.add_argument("--claimant", default="", metavar="ID", help="who published it")
    taken.add_argument("--licence", default="", metavar="NOTE", help="the publisher's terms")
    taken.add_argument("--date-column", metavar="COLUMN")
    taken.add_argument("--date-pattern", metavar="PATTERN", help="such as %%d.%%m.%%Y")
    taken.add_argument("--controller", type=_controller, metavar="WHO")
    taken.add_argument("--controller-column", metavar="COLUMN")
    taken.add_argument(
        "--map", type=_meaning, action="append", default=[], metavar="VALUE=WHO", dest="mapping"
    )
    taken.set_defaults(run=_import)

    listed = own.add_parser("list", parents=[data], help="the series that are there")
    listed.set_defaults(run=_list)

    stats = own.add_parser("stats", parents=[data], help="km² a day of a series")
    stats.add_argument("--series", required=True, metavar="ID")
    stats.add_argument("--from", type=a_day, dest="since", metavar="DATE")
    stats.add_argument("--to", type=a_day, dest="until", metavar="DATE")
    stats.add_argument("--format", choices=["table", "csv", "json"], default="table")
    stats.set_defaults(run=_stats)

    diff = own.add_parser("diff", parents=[data], help="two days, or two series on a day")
    diff.add_argument("--series", required=True, metavar="ID")
    diff.add_argument("--date", type=a_day, required=True, metavar="DATE")
    other = diff.add_mutually_exclusive_group(required=True)
    other.add_argument("--date2", type=a_day, metavar="DATE", help="the later day")
    other.add_argument("--series2", metavar="ID", help="the other series")
    diff.add_argument("--out", type=a_file(*ENDINGS), metavar="FILE")
    diff.set_defaults(run=_diff)


def _controller(text: str) -> Controller:
    try:
        return Controller(text)
    except ValueError:
        allowed = ", ".join(Controller)
        raise argparse.ArgumentTypeError(f"{text!r} is unknown; allowed: {allowed}") from None


def _meaning(text: str) -> tuple[str, Controller]:
    value, equals, who = text.rpartition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not VALUE=WHO")
    return value, _controller(who)


def _import(dataset: Dataset, options: argparse.Namespace) -> None:
    recipe = Recipe(
        date_column=options.date_column,
        date_pattern=options.date_pattern,
        controller=options.controller,
        controller_column=options.controller_column,
        mapping=dict(options.mapping),
    )
    try:
        quiet = not sys.stderr.isatty()
        with Progress(console=Console(stderr=True), transient=True, disable=quiet) as bar:
            task = bar.add_task("reading", total=None)
            report = import_areas(
                options.paths,
                areas_folder(options.data),
                series_id=options.series,
                claimant_id=options.claimant,
                licence=options.licence,
                recipe=recipe,
                progress=lambda done, of: bar.update(task, completed=done, total=of),
            )
    except ExceptionGroup as bad:
        for fault in bad.exceptions:
            print(fault, file=sys.stderr)
        raise SystemExit(BAD_DATA) from None
    for note in report.notes:
        print(note)
    done = "written" if report.changed else "nothing new"
    print(f"{options.series}: {report.files} files, {report.days} days; {done}")


def _list(dataset: Dataset, options: argparse.Namespace) -> None:
    for path in series_files(options).values():
        series = open_series(options, path.stem)
        days = series.days
        print(
            f"{series.id}: by {series.claimant_id or 'nobody named'}, {len(days)} days, "
            f"{days[0].date()} to {days[-1].date()}, licence: {series.licence or 'not noted'}, "
            f"imported {series.imported_on or 'on a day not noted'} from {_files(series)}"
        )


def _files(series: Series) -> str:
    first = ", ".join(series.sources[:MOST_FILES])
    more = len(series.sources) - MOST_FILES
    return f"{first} and {more} more" if more > 0 else first


def _stats(dataset: Dataset, options: argparse.Namespace) -> None:
    series = open_series(options, options.series)
    table = km2_by_day(series)
    day = table["observed_on"].dt.date
    table = table[
        (day >= (options.since or date.min)) & (day <= (options.until or date.max))
    ].assign(observed_on=day.astype(str), km2=table["km2"].round(2))
    match options.format:
        case "csv":
            sys.stdout.write(table.to_csv(index=False, lineterminator="\n"))
        case "json":
            changed = _changed(series, table["observed_on"])
            print(json.dumps({"series": series.id, "days": table.to_dict("records"), **changed}))
        case _:
            print(table.to_string(index=False))
            for row in _changed(series, table["observed_on"]).get("change", []):
                print(
                    f"{row['controller']}: {row['km2']:+.2f} km², {row['share']:+.3f}% of Ukraine"
                )


def _changed(series: Series, days: pd.Series) -> dict[str, list[dict[str, object]]]:
    if days.empty:
        return {}
    first, last = date.fromisoformat(days.iloc[0]), date.fromisoformat(days.iloc[-1])
    return {"change": [asdict(row) for row in change(series, first, last)]}


def _diff(dataset: Dataset, options: argparse.Namespace) -> None:
    series = open_series(options, options.series)
    other = open_series(options, options.series2) if options.series2 else series
    later = options.date2 or options.date
    before, after = as_of(series, options.date), as_of(other, later)
    for rows, which, day in ((before, series, options.date), (after, other, later)):
        if rows.empty:
            refuse(f"{which.id} has no observation on or before {day}")
    cut = difference(before, after)
    about = {
        "series": series.id,
        "date": options.date.isoformat(),
        "series2": other.id,
        "date2": later.isoformat(),
    }
    for row in cut.itertuples():
        print(f"{row.controller}: {row.change} {row.km2:.2f} km²")
    if options.out:
        ending = options.out.suffix.removeprefix(".")
        write(
            options.out,
            write_difference(cut, dataset.settlements, ending=ending, about=about),
        )
