"""Many files of control areas to series, a layer each: read at once, repaired, measured, counted.

Nothing is lost without being counted: every file, day and area that is not kept is in the report,
under what was wrong with it.
"""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from geo.areas.names import ASSESSED, hint
from geo.areas.read import Recipe
from geo.areas.series import Series, joined, load_series, series_of, write_series
from geo.areas.states import States
from geo.areas.taking import Taken, refused, take
from geo.areas.unpack import IN_FOLDERS
from geo.files.checks import CONTROL, SLUG
from geo.model import OWN_AREAS, DataError
from geo.parallel import ALL_CORES, WorkerDied, each

SMALL = 16 * 1024 * 1024  # bytes; below, starting other processes takes longer than reading
NOT_KNOWN = "its areas have no name that is known"
NO_AREA = "no area of a side is in it"


@dataclass(frozen=True)
class Kept:
    """One series that was written: its id, and what the files brought to it."""

    series_id: str
    changed: bool
    days: int
    first: date
    last: date
    km2: dict[str, float]


@dataclass
class Report:
    """What an import did.

    Attributes
    ----------
    files
        How many were read, or refused.
    found
        Days that the files are of.
    kept
        Those of them that are in a series now.
    lost
        The others, by why.
    series
        The series written, the mapper's own first.
    counts
        What was repaired or left out of the files, in all.
    names
        How many areas have each name that is not known.
    notes
        A sentence for whatever was refused, repaired, replaced or left out, file by file.
    """

    files: int = 0
    found: set[date] = field(default_factory=set)
    kept: set[date] = field(default_factory=set)
    lost: dict[str, list[date]] = field(default_factory=dict)
    series: list[Kept] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether a series is another than before."""
        return any(kept.changed for kept in self.series)

    @property
    def days(self) -> int:
        """How many days of the files are kept."""
        return len(self.kept)

    @property
    def suggestion(self) -> str:
        """The options to paste so that names that cost a day are known; "" when none did."""
        names = self.names if NOT_KNOWN in self.lost else {}
        return " ".join(f"--map {shlex.quote(f'{name}={hint(name)}')}" for name in names)


def import_areas(
    paths: Sequence[Path],
    folder: Path,
    *,
    series_id: str,
    claimant_id: str = "",
    licence: str = "",
    recipe: Recipe | None = None,
    strict: bool = False,
    cores: int = ALL_CORES,
    cluster: str = "",
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Report:
    """Read files into series, one for each layer: what is known of them, and the rest counted.

    The mapper's own view becomes `series_id`; what it draws as claimed by a side becomes
    `series_id`-claimed-ukraine and -claimed-russia, unless the recipe wants one layer alone.
    A day that a series already has is replaced by what the files say of it; of several versions
    of a day, told apart by the hour in their names, the last counts. A second import of the same
    files changes nothing.

    Parameters
    ----------
    paths
        Files, or folders of files, also in folders inside.
    folder
        Where series are kept, such as data/areas; made when it is missing.
    series_id
        A slug.
    claimant_id
        Who published it; only then does the series bear that claimant's name.
    licence
        A note on the publisher's terms, kept in the file.
    recipe
        How to read what is not recognised.
    strict
        Write nothing when a file or a day would be left out.
    cores, cluster
        See `parallel.each`.
    progress
        Called with files done and files in all.

    Raises
    ------
    ExceptionGroup
        Of `DataError`: bad options, no area that could be kept, a series in the folder that is
        broken, or a folder that cannot be written to; when strict, every fault of every file.
    ValueError
        When there is no such cluster.
    """
    faults = bad_options(series_id, claimant_id, licence)
    report = Report()
    files = list(_expand(paths, folder, report))
    if not files:
        problem = "holds no file of areas" if paths else "no file is given"
        faults.append(DataError(str(paths[0]) if paths else "", 0, "", problem))
    if faults:
        raise ExceptionGroup(f"{len(faults)} faults", faults)
    recipe = recipe or Recipe()
    # GeoJSON and its like are read at some MB a second, so a few files are quicker read here.
    small = sum(file.stat().st_size for file in files if file.is_file()) < SMALL
    tasks = [(file, recipe) for file in files]
    states = States()
    why: dict[date, str] = {}
    for taken in each(take, tasks, cores=1 if small else cores, cluster=cluster):
        report.files += 1
        progress(report.files, len(files))
        if isinstance(taken, WorkerDied):
            taken = refused(tasks[report.files - 1], "the process that read it died, twice")
        _count(taken, report, why)
        if taken.fault:
            faults.append(DataError(*taken.fault))
        states.add(taken, report.counts)
    report.found |= set(why) | states.days
    report.kept = states.days
    for day in sorted(report.found - report.kept):
        report.lost.setdefault(why[day], []).append(day)
    if (strict and (faults or report.lost)) or not states.days:
        raise ExceptionGroup("nothing imported", faults or [_nothing(series_id, report)])
    series = []
    for layer in states.layers:
        one = layer == ASSESSED or recipe.layer is not None
        series.append(
            series_of(
                states.rows(layer),
                series_id if one else f"{series_id}-{layer}",
                claimant_id,
                sources=tuple(dict.fromkeys(file.name for file in files)),
                licence=licence,
            )
        )
    _write_all(series, folder, report)
    return report


def bad_options(series_id: str, claimant_id: str, licence: str) -> list[DataError]:
    """List what is wrong with how a series is to be called, and whose it is to be."""
    faults = [
        DataError(option, 0, "", f"{value!r} is not an id: lower-case letters, digits, hyphens")
        for option, value in (("--series", series_id), ("--claimant", claimant_id))
        if value != "" or option == "--series"
        if not re.fullmatch(SLUG, value)
    ]
    if series_id in OWN_AREAS:
        faults.append(DataError("--series", 0, "", f"{series_id!r} is the name of areas of ours"))
    if re.search(CONTROL, licence):
        faults.append(DataError("--licence", 0, "", "holds a control character"))
    return faults


def _expand(paths: Sequence[Path], store: Path, report: Report) -> Iterator[Path]:
    """Give files as they are named; of folders, those that may hold areas, our own left aside."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for file in sorted(path.rglob("*")):
            hidden = any(part[0] == "." for part in file.relative_to(path).parts)
            if hidden or not file.is_file() or file.resolve().is_relative_to(store.resolve()):
                continue
            if file.suffix.lower() in IN_FOLDERS:
                yield file
            else:
                report.counts["files of other kinds left out"] += 1


def _count(taken: Taken, report: Report, why: dict[date, str]) -> None:
    """Put what one file lacks into the report, and for its days why they would be lost."""
    notes, left = report.notes, taken.left
    report.names.update(left.names)
    for what, count in left.counts.items():
        if count:
            report.counts[what] += count
            notes.append(f"{taken.name}: {count} {what}")
    if left.repaired_km2:
        notes.append(f"{taken.name}: {left.repaired_km2:+.2f} km² by repairs")
    reason = NO_AREA
    if taken.fault:
        notes.append(str(DataError(*taken.fault)))
        reason = NOT_KNOWN if left.names else taken.fault[-1]
    elif not taken.areas:
        notes.append(f"{taken.name}: no area found")
        reason = NOT_KNOWN if left.names else NO_AREA
    why.update((day, reason) for day in taken.days if day not in why or reason != NO_AREA)


def _nothing(series_id: str, report: Report) -> DataError:
    told = "; ".join(report.notes[:5]) or "the files are empty"
    if report.suggestion:
        told += f"; what is not known can be told by {report.suggestion}"
    return DataError(series_id, 0, "", f"no area is left to import; {told}")


def _write_all(new: list[Series], folder: Path, report: Report) -> None:
    """Write the series, none before it is known that each can be put to what stands there."""
    try:
        whole = [_with_older(series, folder, report) for series in new]
        changed = [write_series(series, folder / f"{series.id}.parquet") for series in whole]
    except DataError as fault:
        raise ExceptionGroup("nothing imported", [fault]) from None
    except OSError as error:
        problem = f"cannot be written: {error.strerror}"
        raise ExceptionGroup("not written", [DataError(str(folder), 0, "", problem)]) from None
    report.series = [_kept(*pair) for pair in zip(new, changed, strict=True)]


def _with_older(new: Series, folder: Path, report: Report) -> Series:
    path = folder / f"{new.id}.parquet"
    if not path.exists():
        return new
    series, replaced = joined(load_series(path), new)
    if replaced:
        report.notes.append(f"{new.id}: {replaced} days replaced by the new files")
    return series


def _kept(new: Series, changed: bool) -> Kept:
    last = new.observations[new.observations["observed_on"] == new.days[-1]]
    return Kept(
        new.id,
        changed,
        len(new.days),
        new.days[0].date(),
        new.days[-1].date(),
        dict(zip(last["controller"], last["km2"], strict=True)),
    )
