"""What commands share: types of options, the snapshot, view and file they name, how to end."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

from geo.address import full_address, look_at, read_day, read_within
from geo.desk import DeskError
from geo.files.write import write_file
from geo.gazetteer import unknown_place
from geo.model import ALL_SIDES, WITHIN, Clock, DataError, Dataset, Snapshot, View
from geo.timeline import known_by, take_snapshot

BAD_DATA, BAD_USE = 1, 2
OF_A_DAY = "--known-by, --clock, --view and --within"
BASE = "FRONTLINE_BASE"  # of the environment: where the site or the app can be read


def day_options() -> argparse.ArgumentParser:
    """Make the options that say by which statements a day is judged, and who is heard."""
    day = argparse.ArgumentParser(add_help=False)
    until = day.add_mutually_exclusive_group()
    until.add_argument("--known-by", type=a_day, metavar="DATE", help="leave out later statements")
    until.add_argument(
        "--clock",
        choices=[clock.value for clock in Clock],
        help="as known then: as --known-by the day itself (default); now: as the newest day",
    )
    day.add_argument("--view", metavar="VIEW", help="all (default), a side, or a claimant's id")
    add_within(day)
    return day


def of_a_day(options: argparse.Namespace) -> bool:
    """Tell whether any of the options is given that `day_options` makes."""
    return any((options.known_by, options.clock, options.view, options.within))


def add_within(
    command: argparse.ArgumentParser,
    told: str = "how old both sides' statements of a live disagreement may be: "
    f"{WITHIN} days when left out; any",
) -> None:
    """Add the option that tells live disagreements from dormant ones; `told` is its help."""

    def checked(text: str) -> str:
        read_within(text)
        return text

    command.add_argument("--within", type=as_type(checked), metavar="DAYS", help=told)


def within_of(options: argparse.Namespace) -> int | None:
    """Give the days of `--within`: those of the default when it is left out, None for any."""
    return WITHIN if options.within is None else read_within(options.within)


def place_options() -> argparse.ArgumentParser:
    """Make the option that names one settlement."""
    place = argparse.ArgumentParser(add_help=False)
    place.add_argument("--place", metavar="ID", help="one settlement")
    return place


def as_type(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Make a type of option of a reader; the sentence of its ValueError is what is shown."""

    def typed(text: str) -> Any:
        try:
            return read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return typed


a_day = as_type(read_day)


def a_core_count(text: str) -> int:
    """Read how many processes work at once."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes; allowed: 1 or more")
    return int(text)


def a_scheduler(text: str) -> str:
    """Read the address of a Dask scheduler; without scheme and port it would be asked for long."""
    if not re.fullmatch(r"\w+://.+:\d+", text):
        told = f"{text!r} is no address of a Dask scheduler such as tcp://127.0.0.1:8786"
        raise argparse.ArgumentTypeError(told)
    return text


def a_file(*endings: str) -> Callable[[str], Path]:
    """Make a reader of paths that end in one of the endings."""

    def typed(text: str) -> Path:
        if Path(text).suffix.removeprefix(".") not in endings:
            allowed = ", ".join(f".{ending}" for ending in endings)
            raise argparse.ArgumentTypeError(f"{text!r} must end in {allowed}")
        return Path(text)

    return typed


def refuse(sentence: str) -> NoReturn:
    """End with one sentence: this is bad use."""
    print(sentence, file=sys.stderr)
    raise SystemExit(BAD_USE)


def bad_data(faults: Sequence[Exception]) -> NoReturn:
    """End with a line for each fault of the files."""
    for fault in faults:
        print(fault, file=sys.stderr)
    raise SystemExit(BAD_DATA)


@contextmanager
def ended_by_faults() -> Iterator[None]:
    """End the program where files have faults, or a desk does not answer or refuses."""
    try:
        yield
    except DeskError as error:
        refuse(str(error))
    except DataError as fault:
        bad_data([fault])
    except ExceptionGroup as bad:
        bad_data(bad.exceptions)


@contextmanager
def progress(doing: str) -> Iterator[Callable[[int, int], None]]:
    """Show on a terminal how far long work has come; gives what takes the parts done and in all."""
    from rich.console import Console  # here, for a short command draws no bar
    from rich.progress import Progress

    quiet = not sys.stderr.isatty()
    with Progress(console=Console(stderr=True), transient=True, disable=quiet) as bar:
        task = bar.add_task(doing, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def resolve(dataset: Dataset, options: argparse.Namespace) -> Snapshot:
    """Take the snapshot that the options ask for; an unknown view ends the program."""
    if options.date > dataset.last_day:
        print(f"the newest statement found is of {dataset.last_day}", file=sys.stderr)
    clock = Clock(options.clock or Clock.THEN)
    heard_until = options.known_by or known_by(dataset, as_of=options.date, clock=clock)
    try:
        return take_snapshot(
            dataset,
            as_of=options.date,
            known_by=heard_until,
            view=options.view or ALL_SIDES,
            within=within_of(options),
        )
    except ValueError as error:
        refuse(str(error))


def place_of(dataset: Dataset, options: argparse.Namespace) -> str | None:
    """Give the settlement that the options name; one that is unknown ends the program."""
    place: str | None = options.place
    if place is None or place in dataset.settlements.index:
        return place
    refuse(unknown_place(dataset.settlements, place))


def view_of(snapshot: Snapshot, place: str | None) -> View:
    """Make the view of a snapshot, looking at a place when there is one."""
    view = View(
        as_of=snapshot.as_of, clock=snapshot.clock, view=snapshot.view, within=snapshot.within
    )
    return look_at(view, snapshot.dataset, place) if place else view


def address_of(snapshot: Snapshot, view: View, base: str = "") -> str:
    """Write the address that opens the view again; none where a page could not show the same.

    `base` is the address of the app, else that of the environment.
    """
    dataset = snapshot.dataset
    inside = dataset.first_day <= view.as_of <= dataset.last_day
    shown_by_page = known_by(dataset, as_of=view.as_of, clock=view.clock)
    if not inside or snapshot.known_by != shown_by_page:
        return ""
    return full_address(view, base=base or base_of_environment())


def a_base(text: str) -> str:
    """Read the address of a site or of the app; gives it with a slash at the end.

    Raises
    ------
    ValueError
        One sentence.
    """
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise ValueError(f"{text!r} is no address such as https://example.org/")
    return text if text.endswith("/") else f"{text}/"


def base_of_environment() -> str:
    """Give the address that FRONTLINE_BASE names, "" when it names none; a bad one ends it all."""
    base = os.environ.get(BASE, "")
    try:
        return a_base(base) if base else ""
    except ValueError as error:
        refuse(f"{BASE}: {error}")


def write(path: Path, content: bytes) -> None:
    """Write a file whole and say where; a folder that cannot be written to ends the program."""
    try:
        write_file(path, content)
    except OSError as error:
        refuse(f"{path} cannot be written: {error.strerror}")
    print(path)
