"""The ledger in a notebook: `load`, `snapshot`, which shows itself as the map, and `save`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from html import escape
from pathlib import Path

from geo.address import full_address, look_at, read_day
from geo.areas import no_series
from geo.export import EXPORTS, as_file
from geo.figure import PictureOptions, choose_extent, draw_picture
from geo.files import load_dataset, write_file
from geo.files.folders import DATA
from geo.gazetteer import place_named
from geo.model import ALL_SIDES, Clock, Dataset, Lang, Snapshot, View
from geo.timelayer import standalone_html
from geo.timeline import snapshot_of

SIZE = (1067, 600)  # pixels: of the frame, and of the picture where no frame can be shown


@dataclass(frozen=True, eq=False, repr=False)
class ShownSnapshot(Snapshot):
    """A snapshot that a notebook shows: as the map, or as a picture where it runs no scripts.

    Attributes
    ----------
    shown
        What the map shows first: day, clock, view, place, language.
    """

    shown: View

    def __repr__(self) -> str:
        days = f"{self.as_of}, known by {self.known_by}"
        return f"<snapshot of {days}, {self.view}: {len(self.places)} places>"

    def _repr_html_(self) -> str:
        page = escape(standalone_html(self.dataset, view=self.shown, embed=True).decode())
        width, height = SIZE
        return (
            f'<iframe srcdoc="{page}" width="100%" height="{height}" title="Frontline Claims" '
            f'style="max-width: {width}px; border: 0" sandbox="allow-scripts allow-popups">'
            "</iframe>"
        )

    def _repr_png_(self) -> bytes:
        extent = choose_extent(self.shown, self.dataset, size=SIZE)
        options = PictureOptions(
            size=SIZE, extent=extent, place=self.shown.place, lang=self.shown.lang
        )
        return draw_picture(self, options).content


def load(folder: str | Path = DATA) -> Dataset:
    """Read and check a ledger: the published one, or a folder of the same files.

    Raises
    ------
    ExceptionGroup
        Of `DataError`: every fault of every file.
    """
    return load_dataset(Path(folder))


@lru_cache(maxsize=1)
def _published() -> Dataset:
    return load()


def snapshot(
    day: str | date,
    *,
    dataset: Dataset | None = None,
    place: str = "",
    clock: str = Clock.THEN,
    view: str = ALL_SIDES,
    lang: str = Lang.EN,
) -> ShownSnapshot:
    """Resolve what every side was saying on a day.

    Parameters
    ----------
    day
        The day asked about; a text is YYYY-MM-DD.
    dataset
        As `load` gives it; the published one when left out.
    place
        What the map looks at: an id or any name, in any of the spellings.
    clock
        "then": what had been said by the day; "now": what was said about it until today.
    view
        Who is heard: "all", a side, or a claimant's id.
    lang
        Of the map's words: "en", "uk" or "ru".

    Raises
    ------
    ValueError
        A day, place, clock, view or language that does not exist; it says which there are.
    """
    dataset = dataset or _published()
    as_of = read_day(day) if isinstance(day, str) else day
    if isinstance(as_of, datetime):  # as a column of days gives it
        as_of = as_of.date()
    if not dataset.first_day <= as_of <= dataset.last_day:
        raise ValueError(
            f"{as_of} is outside the ledger: {dataset.first_day} to {dataset.last_day}"
        )
    shown = View(as_of=as_of, clock=Clock(clock), view=view, lang=Lang(lang))
    if place:
        shown = look_at(shown, dataset, place_named(dataset.places, place))
    taken = snapshot_of(dataset, shown)
    parts = {field.name: getattr(taken, field.name) for field in fields(taken)}
    return ShownSnapshot(**parts, shown=shown)


def save(snapshot: ShownSnapshot, path: str | Path) -> Path:
    """Write a snapshot to a file, in the format that its name ends in; gives the path.

    Raises
    ------
    ValueError
        A name with another ending than those of `geo.export.EXPORTS`.
    OSError
        The folder is missing or cannot be written to.
    """
    path = Path(path)
    ending = path.suffix.removeprefix(".")
    if ending not in EXPORTS:
        allowed = ", ".join(f".{each}" for each in EXPORTS)
        raise ValueError(f"{path.name!r} must end in {allowed}")
    address = full_address(snapshot.shown)
    content = EXPORTS[ending].encode(snapshot, snapshot.shown, address, no_series)
    write_file(path, as_file(content, path.name))
    return path
