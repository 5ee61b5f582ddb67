"""The command that finds statements in a text: extract."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

from geo.commands.options import a_day, ended_by_faults, refuse
from geo.extract.article import read_article
from geo.extract.statements import Candidate, find_candidates
from geo.model import DataError, Dataset

LARGEST = 2_000_000  # bytes; a longer text is no article


def add_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], data: argparse.ArgumentParser
) -> None:
    """Add the command; `data` names the folder of the ledger."""
    extract = commands.add_parser(
        "extract",
        parents=[data],
        help="find statements on control in a text, for a person to check",
    )
    source = extract.add_mutually_exclusive_group(required=True)
    source.add_argument("--text", metavar="FILE", help="a text, page or PDF; - for stdin")
    source.add_argument(
        "--score",
        metavar="DESK",
        help="how often candidates were right, by what people made of them: a desk's store",
    )
    extract.add_argument(
        "--published", type=a_day, metavar="DATE", help='day of publication, for "on Thursday"'
    )
    extract.add_argument("--format", choices=["table", "json"], default="table")
    extract.set_defaults(run=_extract)


def _extract(dataset: Dataset, options: argparse.Namespace) -> None:
    if options.score:
        _score(options)
        return
    text, day = _read(options.text)
    found = find_candidates(text, dataset, published=options.published or day)
    if options.format == "json":
        print(json.dumps([record(candidate) for candidate in found], ensure_ascii=False, indent=1))
        return
    if not found:
        print("no statement on control found")
        return
    for candidate in found:
        print(_line(candidate))


def _score(options: argparse.Namespace) -> None:
    """Tell precision and recall by field, from the readings of a desk."""
    from geo.desk.desk import open_desk
    from geo.desk.readings import all_readings, score

    desk = options.score
    if "://" not in desk and not Path(desk).is_file():
        refuse(f"there is no desk {desk!r}")
    with ended_by_faults():
        scores = score(all_readings(open_desk(options.data, desk)))
    if options.format == "json":
        counted = [
            {**asdict(one), "precision": one.precision, "recall": one.recall} for one in scores
        ]
        print(json.dumps(counted, indent=1))
        return
    for one in scores:
        print(
            f"{one.field:15} precision {_share(one.precision)} of {one.found}, "
            f"recall {_share(one.recall)} of {one.made}"
        )


def _share(part: float | None) -> str:
    return "-" if part is None else f"{part:.0%}"


def _read(name: str) -> tuple[str, date | None]:
    """Read a text, or a saved page or PDF with its day; else one sentence ends the program."""
    try:
        content = sys.stdin.buffer.read(LARGEST + 1) if name == "-" else _bytes(Path(name))
    except OSError as error:
        refuse(f"{name} cannot be read: {error.strerror}")
    if len(content) > LARGEST:
        refuse(f"the text is longer than {LARGEST // 1_000_000} MB; that is no article")
    if content.startswith(b"%PDF-") or b"<html" in content[:2000].lower():
        try:
            article = read_article(content, name)
        except DataError as fault:
            refuse(str(fault))
        return article.text, article.day
    try:
        return content.decode("utf-8"), None  # as it is: offsets count in it
    except UnicodeDecodeError:
        refuse("the text is not UTF-8; save it as plain text in UTF-8")


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def record(candidate: Candidate) -> dict[str, object]:
    """Give a candidate as the command and other programs read it; `why` stays in the desk."""
    fields = asdict(candidate)
    del fields["why"]
    day = candidate.stated_on
    return {**fields, "stated_on": day.isoformat() if day else None}


def _line(candidate: Candidate) -> str:
    """Tell a candidate in two lines: what was understood, and from which words."""
    understood = (
        f"{candidate.sure:.2f}",
        candidate.settlement_id or candidate.area_id or "?",
        candidate.claimant_id or candidate.side or "?",
        candidate.kind or "?",
        candidate.controller or "?",
        str(candidate.stated_on or ""),
    )
    return f"{'  '.join(understood)}\n      {candidate.sentence}\n      {'; '.join(candidate.why)}"
