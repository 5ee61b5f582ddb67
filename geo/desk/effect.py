"""What a proposal would change on the map: to be read before it is made."""

from __future__ import annotations

from collections.abc import Sequence
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
    before = _cut(heard, places, [], dataset.borders)
    after = _cut(heard, places, changes, dataset.borders)
    found = []
    for place in places:
        own = (one.row or one.was or {} for one in spoken if _place(one) == place)
        days = sorted({*(date.fromisoformat(row["stated_on"]) for row in own), newest})
        for day in days:
            was, _ = _status(before, place, day)
            now, live = _status(after, place, day)
            found.append(Effect(place, day, was, now, live))
    return found


def _place(change: Change) -> str:
    return (change.row or change.was or {}).get(COLUMNS[change.file][1], "")


def _cut(
    heard: Heard, places: Sequence[str], changes: Sequence[Change], borders: gpd.GeoDataFrame
) -> Dataset | None:
    """Make a ledger of some places, with changes; None when nobody spoke of them."""
    cells = {}
    for file in COLUMNS:
        table = table_now(heard, file)
        key = COLUMNS[file][0]
        own = [change for change in changes if change.file == file]
        gone = {change.key for change in own}
        rows = [whole_row(file, change.row) for change in own if change.row is not None]
        table = pd.concat([table[~table[key].isin(gone)], frame_of(file, rows)], ignore_index=True)
        if file in CLAIMS:
            table = table[table[COLUMNS[file][1]].isin(places)]
        elif file == "settlements.csv":
            table = table[table["id"].isin(places)]
        cells[file] = table
    if not any(len(cells[file]) for file in CLAIMS):
        return None
    return dataset_of(cells, borders.loc[borders.index.isin(places)], version="")


def _status(dataset: Dataset | None, place: str, day: date) -> tuple[Status, bool]:
    """Resolve the place as known on the day."""
    if dataset is None or place not in dataset.places.index:
        return Status.SILENT, False
    snapshot = take_snapshot(dataset, as_of=day)
    row = dataset.places.index.get_loc(place)
    return STATUSES[snapshot.statuses[row]], bool(snapshot.live[row])
