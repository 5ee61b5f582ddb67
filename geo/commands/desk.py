"""Commands of the desk: propose, read, decide, correct; verify the log; publish into the files."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from geo.commands.options import BAD_DATA, ended_by_faults, refuse
from geo.commands.site import add_site_options, site_base, site_options_given, write_site
from geo.desk import ADDRESS, open_ledger
from geo.desk.acts import amendment, decide, edit, propose, retraction, rewritten
from geo.desk.desk import Desk, Draft, heard_now, open_desk
from geo.desk.events import What
from geo.desk.heard import table_now
from geo.desk.proposals import Action, Change, Proposal
from geo.desk.publication import adopt, publish
from geo.desk.sheets import FORMS, drafts_of, forms_of_days, read_sheet
from geo.desk.store import latest
from geo.desk.verify import verify
from geo.files.checks import COLUMNS
from geo.model import DataError, Dataset

Run = Callable[[Desk, argparse.Namespace], None]


def add_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], data: argparse.ArgumentParser
) -> None:
    """Add `desk` with its own commands; `data` names the folder of the ledger."""
    desk = commands.add_parser("desk", help="propose, review and publish statements")
    own = desk.add_subparsers(required=True, metavar="COMMAND")
    where = argparse.ArgumentParser(add_help=False, parents=[data])
    where.add_argument("--desk", metavar="URL", help=f"the store; else {ADDRESS}, else in --data")
    who = argparse.ArgumentParser(add_help=False)
    who.add_argument("--by", required=True, metavar="NAME", help="as you want to be named")
    why = argparse.ArgumentParser(add_help=False)
    why.add_argument("--reason", required=True, metavar="TEXT")
    form = argparse.ArgumentParser(add_help=False)
    form.add_argument("--format", choices=["table", "json"], default="table")

    def add(
        name: str, run: Run, told: str, *more: argparse.ArgumentParser
    ) -> argparse.ArgumentParser:
        parser = own.add_parser(name, parents=[where, *more], help=told)
        parser.set_defaults(run=_telling(run), ledger=False)
        return parser

    new = add("propose", _propose, "propose the statements of a sheet", who)
    new.add_argument("sheet", type=Path, metavar="FILE", help=".csv, .xlsx or .json")
    new.add_argument("--map", type=_pair, action="append", default=[], metavar="COLUMN=FIELD")
    new.add_argument("--dates", choices=list(FORMS), help="how the sheet writes days")
    new.add_argument("--settlements", type=Path, metavar="FILE", help="new places")
    new.add_argument("--claimants", type=Path, metavar="FILE", help="new claimants")

    listed = add("list", _list, "proposals, newest first", form)
    listed.add_argument("--state", choices=["proposed", "accepted", "rejected", "retracted"])
    shown = add("show", _show, "a proposal with all that is known of it", form)
    shown.add_argument("number", type=int, metavar="NUMBER")

    yes = add("accept", _accept, "accept what somebody else proposed", who)
    yes.add_argument("numbers", type=int, nargs="+", metavar="NUMBER")
    yes.add_argument("--alone", action="store_true", help="the desk has one person: me")
    no = add("reject", _reject, "reject proposals, with a reason", who, why)
    no.add_argument("numbers", type=int, nargs="+", metavar="NUMBER")

    told = "an id in the ledger, or a proposal's number"
    amend = add("amend", _amend, "change cells of a row, or of a proposal", who, why)
    amend.add_argument("target", metavar="TARGET", help=told)
    amend.add_argument(
        "--set", type=_pair, action="append", required=True, metavar="COLUMN=VALUE", dest="cells"
    )
    gone = add("retract", _retract, "take out a row, or take back a proposal", who, why)
    gone.add_argument("target", metavar="TARGET", help=told)

    checked = add("verify", _verify, "recompute log, copies and files")
    checked.add_argument("--adopt", metavar="REASON", help="take changes by hand as they are")
    checked.add_argument("--by", metavar="NAME")
    out = add("publish", _publish, "write what is accepted into the files", who)
    out.add_argument("--site", type=Path, metavar="OUT", help="and bring this site up to them")
    add_site_options(out)
    feeds = add("watch", _watch, "put statements found in feeds into the inbox")
    feeds.add_argument("feeds", type=Path, metavar="FEEDS.toml")


def _telling(run: Run) -> Callable[[Dataset | None, argparse.Namespace], None]:
    """Open the desk, run a command, and tell what went wrong in one line each."""

    def told(dataset: Dataset | None, options: argparse.Namespace) -> None:
        with ended_by_faults():
            run(open_desk(options.data, options.desk), options)

    return told


def _pair(text: str) -> tuple[str, str]:
    left, equals, right = text.partition("=")
    if not equals or not left:
        raise argparse.ArgumentTypeError(f"{text!r} is not LEFT=RIGHT")
    return left, right


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        refuse(f"{path} cannot be read: {error.strerror}")


def _propose(desk: Desk, options: argparse.Namespace) -> None:
    heard = heard_now(desk, latest(desk.store))
    sheet = read_sheet(options.sheet.name, _content(options.sheet))
    mapping = dict(options.map)
    *_, last = ["", *table_now(heard, "claimants.csv")["id"]]
    needs = [
        *_needs(options.settlements, "settlements.csv", ""),
        *_needs(options.claimants, "claimants.csv", last),
    ]
    forms = forms_of_days(sheet, mapping)
    form = options.dates or (forms[0] if len(forms) == 1 else None)
    if form and form != "YYYY-MM-DD":
        print(f"days are read as {form}", file=sys.stderr)
    drafts = drafts_of(
        sheet,
        mapping=mapping,
        places=table_now(heard, "settlements.csv")["id"].tolist(),
        form=options.dates,
        needs=needs,
    )
    used = {need.key for draft in drafts for need in draft.needs}
    if unused := [need.key for need in needs if need.key not in used]:
        print(f"left out, for no statement names it: {', '.join(unused)}", file=sys.stderr)
    for number, draft in zip(propose(desk, drafts, by=options.by), drafts, strict=True):
        print(f"{number}: {draft.change.key} proposed")


def _needs(path: Path | None, file: str, last: str) -> list[Change]:
    """Read new places or claimants; `below` says where a claimant stands, else below all."""
    if path is None:
        return []
    changes = []
    for row in read_sheet(path.name, _content(path)).rows:
        below = row.pop("below", last) if file == "claimants.csv" else None
        if unknown := sorted(set(row) - set(COLUMNS[file])):
            raise DataError(path.name, 1, "", f"extra columns: {', '.join(unknown)}")
        changes.append(Change(Action.ADD, file, row, below=below))
    return changes


def _record(proposal: Proposal) -> dict[str, object]:
    return {
        "proposal": proposal.number,
        "state": proposal.state,
        "action": proposal.change.action,
        "claim_id": proposal.id,
        "by": proposal.by,
        "at": proposal.at,
        "decided_by": proposal.decided_by,
        "decided_at": proposal.decided_at,
    }


def _list(desk: Desk, options: argparse.Namespace) -> None:
    found = sorted(latest(desk.store).proposals.values(), key=lambda one: -one.number)
    found = [one for one in found if options.state in (None, one.state)]
    if options.format == "json":
        print(json.dumps([_record(one) for one in found], ensure_ascii=False, indent=1))
        return
    for one in found:
        decided = f" by {one.decided_by} on {one.decided_at}" if one.decided_by else ""
        eyes = ", one pair of eyes" if one.alone else ""
        published = ", published" if one.published else ""
        print(
            f"{one.number}  {one.change.action} {one.id}  proposed by {one.by} on {one.at}; "
            f"{one.state}{decided}{eyes}{published}"
        )


def _show(desk: Desk, options: argparse.Namespace) -> None:
    proposal = latest(desk.store).proposals.get(options.number)
    if proposal is None:
        refuse(f"there is no proposal {options.number}")
    details = {
        "file": proposal.change.file,
        "row": proposal.change.row,
        "was": proposal.change.was,
        "needs": [asdict(need) for need in proposal.needs],
        "reason": proposal.reason,
        "evidence": proposal.evidence,
        "decided_reason": proposal.decided_reason,
        "alone": proposal.alone,
        "published": proposal.published,
    }
    record = _record(proposal) | details
    if options.format == "json":
        print(json.dumps(record, ensure_ascii=False, indent=1))
        return
    for key, value in record.items():
        if isinstance(value, dict):
            for column, cell in value.items():
                print(f"{key} {column}: {cell}")
        elif value not in (None, "", []):
            print(f"{key}: {value}")


def _accept(desk: Desk, options: argparse.Namespace) -> None:
    for number in options.numbers:
        decide(desk, number, What.ACCEPT, by=options.by, alone=options.alone)
        print(f"{number}: accepted")


def _reject(desk: Desk, options: argparse.Namespace) -> None:
    for number in options.numbers:
        decide(desk, number, What.REJECT, by=options.by, reason=options.reason)
        print(f"{number}: rejected")


def _amend(desk: Desk, options: argparse.Namespace) -> None:
    log, cells = latest(desk.store), dict(options.cells)
    if not options.target.isdecimal():
        draft = amendment(heard_now(desk, log), options.target, cells, reason=options.reason)
        _proposed(desk, draft, options)
        return
    number = int(options.target)
    if number not in log.proposals:
        refuse(f"there is no proposal {number}")
    edit(desk, number, rewritten(log.proposals[number], cells, options.reason), by=options.by)
    print(f"{number}: changed; it is to be accepted anew")


def _retract(desk: Desk, options: argparse.Namespace) -> None:
    if options.target.isdecimal():
        number = int(options.target)
        decide(desk, number, What.RETRACT, by=options.by, reason=options.reason)
        print(f"{number}: retracted")
        return
    heard = heard_now(desk, latest(desk.store))
    _proposed(desk, retraction(heard, options.target, reason=options.reason), options)


def _proposed(desk: Desk, draft: Draft, options: argparse.Namespace) -> None:
    (number,) = propose(desk, [draft], by=options.by)
    print(f"{number}: {draft.change.action} {draft.change.key} proposed")


def _verify(desk: Desk, options: argparse.Namespace) -> None:
    if options.by and options.adopt is None:
        refuse("--by is for --adopt")
    if options.adopt is not None:
        adopt(desk, by=options.by or "", reason=options.adopt)
    if faults := verify(desk):
        print("\n".join(faults), file=sys.stderr)
        raise SystemExit(BAD_DATA)
    log = latest(desk.store)
    print(f"{log.seq} events, {len(log.proposals)} proposals. No faults found.")


def _publish(desk: Desk, options: argparse.Namespace) -> None:
    if not options.site and (given := site_options_given(options)):
        refuse(f"{', '.join(given)}: these are for --site")
    base = site_base(options) if options.site else ""  # asked for before anything is written
    try:
        proposals = publish(desk, by=options.by)
    except OSError as error:
        refuse(f"{options.data} cannot be written: {error.strerror}")
    for proposal in proposals:
        print(f"{proposal.number}: {proposal.change.action} {proposal.id} published")
    print(f"{len(proposals)} proposals published in {options.data}")
    if options.site:
        write_site(open_ledger(options.data, options.desk), options, options.site, base)


def _watch(desk: Desk, options: argparse.Namespace) -> None:
    from geo.desk.feeds import in_words, read_feeds, watch
    from geo.extract import Extractor

    try:
        found, pause = read_feeds(_content(options.feeds).decode())
    except UnicodeDecodeError:
        refuse(f"{options.feeds} is not UTF-8")
    extractor = Extractor(open_ledger(options.data, options.desk))
    for feed, news in watch(desk, found, extractor, pause=pause):
        print(in_words(feed, news), flush=True)
