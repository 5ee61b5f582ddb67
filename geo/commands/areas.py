"""Commands on control areas: import files, list the series, measure them, compare them."""

from __future__ import annotations

import argparse
import json
import re
import sys
from contextlib import suppress
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import pandas as pd

from geo.areas import (
    Recipe,
    Report,
    Series,
    as_of,
    bad_options,
    change,
    difference,
    import_areas,
    km2_by_day,
)
from geo.areas.export import ENDINGS, about_difference, write_difference
from geo.areas.names import LAYERS, Meaning
from geo.commands.options import (
    a_core_count,
    a_day,
    a_file,
    a_scheduler,
    ended_by_faults,
    progress,
    refuse,
    write,
)
from geo.commands.series import open_series, series_files
from geo.files.folders import areas_folder
from geo.files.write import write_file
from geo.model import Controller, Dataset
from geo.parallel import ALL_CORES

MOST_NOTES = 20  # more go to a file
NAMED = 8  # unknown names that are listed
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
    taken.add_argument(
        "--date-pattern", type=_pattern, metavar="PATTERN", help="such as %%d.%%m.%%Y"
    )
    taken.add_argument("--controller", type=_controller, metavar="WHO")
    taken.add_argument("--controller-column", metavar="COLUMN")
    taken.add_argument(
        "--map", type=_meaning, action="append", default=[], metavar="VALUE=WHO", dest="mapping",
        help=f"what a value or a name means: {', '.join(Meaning)}",
    )  # fmt: skip
    taken.add_argument(
        "--places", type=Path, metavar="FILE", help="cells of the places of a CSV of statuses"
    )
    taken.add_argument("--layer", choices=LAYERS, help="this layer alone, into the series itself")
    taken.add_argument(
        "--strict", action="store_true", help="write nothing when a file or a day is left out"
    )
    taken.add_argument(
        "--cores", type=a_core_count, default=ALL_CORES, metavar="N", help="all if left out"
    )
    taken.add_argument(
        "--cluster", type=a_scheduler, metavar="TCP", help="a Dask scheduler instead"
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


def _pattern(text: str) -> str:
    day = date(2025, 12, 11)
    with suppress(ValueError, re.error):  # what makes no sense to strptime, or holds a part twice
        if datetime.strptime(day.strftime(text), text).date() == day:
            return text
    raise argparse.ArgumentTypeError(
        f"{text!r} does not tell one day from others, as %d.%m.%Y does"
    )


def _meaning(text: str) -> tuple[str, str]:
    value, equals, who = text.rpartition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not VALUE=WHO")
    if who not in list(Meaning):
        allowed = ", ".join(Meaning)
        raise argparse.ArgumentTypeError(f"{who!r} is unknown; allowed: {allowed}")
    return value, who


def _import(dataset: Dataset, options: argparse.Namespace) -> None:
    recipe = Recipe(
        date_column=options.date_column,
        date_pattern=options.date_pattern,
        controller=options.controller,
        controller_column=options.controller_column,
        mapping=dict(options.mapping),
        layer=options.layer,
        places=options.places,
    )
    if faults := bad_options(options.series, options.claimant, options.licence):
        refuse("\n".join(map(str, faults)))
    try:
        with ended_by_faults(), progress("reading") as told:
            report = import_areas(
                options.paths,
                areas_folder(options.data),
                series_id=options.series,
                claimant_id=options.claimant,
                licence=options.licence,
                recipe=recipe,
                strict=options.strict,
                cores=options.cores,
                cluster=options.cluster or "",
                progress=told,
            )
    except ValueError as problem:  # no such cluster
        refuse(str(problem))
    _tell(report, options)


def _tell(report: Report, options: argparse.Namespace) -> None:
    """Print what was imported and what was not; many notes go to a file beside the series."""
    if len(report.notes) > MOST_NOTES:
        path = areas_folder(options.data) / f"{options.series}.report.txt"
        write_file(path, "".join(f"{note}\n" for note in report.notes).encode())
        print(f"{len(report.notes):,} notes, file by file: {path}")
    else:
        print(*report.notes, sep="\n", end="\n" if report.notes else "")
    lines = [("files", f"{report.files:,}"), ("days found", f"{len(report.found):,}")]
    lines.append(("days kept", f"{len(report.kept):,}"))
    for why, lost in report.lost.items():
        lines.append((f"{len(lost):,} left out", f"{why} ({lost[0]} to {lost[-1]})"))
    lines += [(f"{count:,}", what) for what, count in sorted(report.counts.items())]
    if report.names:
        lines.append((f"{report.names.total():,}", f"areas of {len(report.names)} unknown names:"))
        lines += [("", f"{count:,} {name!r}") for name, count in report.names.most_common(NAMED)]
        if len(report.names) > NAMED:
            lines.append(("", f"and {len(report.names) - NAMED} names more"))
    width = max(len(left) for left, _ in lines)
    print(*(f"{left:>{width}}  {right}" for left, right in lines), sep="\n")
    if report.suggestion:
        print(f"Import again, once these are right, with:\n  {report.suggestion}")
    for kept in report.series:
        km2 = ", ".join(f"{who} {area:,.0f} km²" for who, area in kept.km2.items())
        done = "written" if kept.changed else "nothing new"
        days = f"{kept.days:,} days, {kept.first} to {kept.last}"
        print(f"{kept.series_id}: {days}, then {km2}; {done}")


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
    if options.since and options.until and options.until < options.since:
        refuse(f"--to {options.until} is before --from {options.since}")
    series = open_series(options, options.series)
    table = km2_by_day(series)
    day = table["observed_on"].dt.date
    inside = (day >= (options.since or date.min)) & (day <= (options.until or date.max))
    table = table.assign(observed_on=day.astype(str), km2=table["km2"].round(2))[inside]
    match options.format:
        case "csv":
            sys.stdout.write(table.to_csv(index=False, lineterminator="\n"))
        case "json":
            changed = _changed(series, table["observed_on"])
            print(json.dumps({"series": series.id, "days": table.to_dict("records"), **changed}))
        case _:
            print(table.to_string(index=False) if len(table) else "no observation in these days")
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
    later = options.date2 or options.date
    if later < options.date:
        refuse(f"--date2 {later} is before --date {options.date}")
    series = open_series(options, options.series)
    other = open_series(options, options.series2) if options.series2 else series
    before, after = as_of(series, options.date), as_of(other, later)
    for rows, which, day in ((before, series, options.date), (after, other, later)):
        if rows.empty:
            refuse(f"{which.id} has no observation on or before {day}")
    cut = difference(before, after)
    about = about_difference((series.id, options.date), (other.id, later))
    for row in cut.itertuples():
        print(f"{row.controller}: {row.change} {row.km2:.2f} km²")
    if options.out:
        ending = options.out.suffix.removeprefix(".")
        write(options.out, write_difference(cut, dataset.settlements, ending=ending, about=about))
