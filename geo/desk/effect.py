"""What a proposal would change on the map: to be read before it is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import pandas as pd

from geo.desk.heard import CLAIMS, Heard, frame_of, table_now
from geo.desk.proposals import Change
from geo.desk.rows import whole_row
from geo.files.checks import COLUMNS
from geo.files.load import dataset_of
from geo.model import STATUSES, Dataset, Status
from geo.timeline import take_snapshot


@dataclass(frozen=True)
class Effect:
    """What a day shows of a place, before and after.

    Attributes
    ----------
    place
        Its id.
    day
        The day of the statement, or the newest one.
    before, after
        Status of the place.
    live
        Whether a disagreement is live afterwards.
    """

    place: str
    day: date
    before: Status
    after: Status
    live: bool


def effects(
    heard: Heard, changes: Sequence[Change], dataset: Dataset, *, newest: date
) -> list[Effect]:
    """Say what changes would do to the places they speak of, on their days and on the newest.

    Parameters
    ----------
    heard
        The ledger with what is accepted.
    changes
        Checked; those of one proposal, with what it needs.
    dataset
        The ledger, for its borders.
    newest
        The newest day of it.
    """
    spoken = [change for change in changes if change.file in CLAIMS]
    places = list(dict.fromkeys(map(_place, spoken)))
    borders = dataset.borders.loc[dataset.borders.index.isin(places)]
    cells = _cut(heard, places)
    before, after = (_joined(one, borders) for one in (cells, _changed(cells, changes)))
    found = []
    for place in places:
        own = (one.cells for one in spoken if _place(one) == place)
        days = sorted({*(date.fromisoformat(row["stated_on"]) for row in own), newest})
        for day in days:
            was, _ = _status(before, place, day)
            now, live = _status(after, place, day)
            found.append(Effect(place, day, was, now, live))
    return found


def _place(change: Change) -> str:
    return change.cells.get(COLUMNS[change.file][1], "")


def _cut(heard: Heard, places: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Take from each table what is about some places, and all claimants."""
    cells = {file: table_now(heard, file) for file in COLUMNS}
    for file in (*CLAIMS, "settlements.csv"):
        column = COLUMNS[file][1 if file in CLAIMS else 0]
        cells[file] = cells[file][cells[file][column].isin(places)]
    return cells


def _changed(
    cells: Mapping[str, pd.DataFrame], changes: Sequence[Change]
) -> dict[str, pd.DataFrame]:
    """Give the tables as changes would leave them."""
    found = dict(cells)
    for file in {change.file for change in changes}:
        own = [change for change in changes if change.file == file]
        kept = ~cells[file][COLUMNS[file][0]].isin({change.key for change in own})
        rows = [whole_row(file, change.row) for change in own if change.row is not None]
        found[file] = pd.concat([cells[file][kept], frame_of(file, rows)], ignore_index=True)
    return found


def _joined(cells: Mapping[str, pd.DataFrame], borders: gpd.GeoDataFrame) -> Dataset | None:
    """Make a ledger of tables; None when nobody spoke."""
    if not any(len(cells[file]) for file in CLAIMS):
        return None
    return dataset_of(cells, borders, version="")


def _status(dataset: Dataset | None, place: str, day: date) -> tuple[Status, bool]:
    """Resolve the place as known on the day."""
    if dataset is None or place not in dataset.places.index:
        return Status.SILENT, False
    snapshot = take_snapshot(dataset, as_of=day)
    row = dataset.places.index.get_loc(place)
    return STATUSES[snapshot.statuses[row]], bool(snapshot.live[row])
