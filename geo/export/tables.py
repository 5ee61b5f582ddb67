"""Statements and places as tables: what all formats write, a row each, with what it answers."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.model import ALL_SIDES, CRS, NO_CLAIM, SIDES, STATUSES, Dataset, Snapshot
from geo.timeline import codes
from geo.wording import BACKGROUND_CREDIT, LICENCE

STANDING_COLUMNS = (
    *("settlement_id", "area_id", "name", "name_uk", "name_ru", "admin1", "lat", "lon"),
    *("status", "live", "side"),
    *("claim_id", "claimant_id", "claimant", "claimant_uk", "claimant_ru"),
    *("kind", "controller", "stated_on", "effective_on"),
    *("age_days", "summary", "outlet", "title", "url"),
    *("as_of", "known_by", "view", "ledger_version", "licence", "attribution"),
)
LEDGER_COLUMNS = tuple(
    column for column in STANDING_COLUMNS if column not in ("status", "live", "age_days", "as_of")
)
PLACE_COLUMNS = (
    *("settlement_id", "name", "name_uk", "name_ru", "admin1", "lat", "lon"),
    *("status", "live"),  # live: the place is disputed, and both sides have spoken lately
)
# What a place's row carries of each side.
SAID = (
    *("controller", "kind", "stated_on", "effective_on", "age_days"),
    *("claimant_id", "claimant", "claim_id", "url"),
)
# What a spreadsheet takes for the beginning of a formula (OWASP: CSV injection).
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def about(dataset: Dataset, snapshot: Snapshot | None = None) -> dict[str, str]:
    """Say what a file answers: day, clock, view, version of the ledger, licence.

    The whole ledger has no day; it is what was known by its newest statement, of all sides.
    """
    answers = {"known_by": dataset.last_day.isoformat(), "view": ALL_SIDES}
    if snapshot:
        answers = {
            "as_of": snapshot.as_of.isoformat(),
            "known_by": snapshot.known_by.isoformat(),
            "view": snapshot.view,
        }
    return {
        **answers,
        "ledger_version": dataset.version,
        "licence": LICENCE,
        "attribution": BACKGROUND_CREDIT,
    }


def statement_table(dataset: Dataset, snapshot: Snapshot | None = None) -> gpd.GeoDataFrame:
    """List the standing claims of a snapshot, or all claims of the ledger.

    Returns
    -------
    Points in EPSG:4326 with STANDING_COLUMNS, or LEDGER_COLUMNS; days are datetime64, texts are
    plain. The order is that of say. A claim on an oblast has an `area_id` in place of a
    `settlement_id`; its point is one inside the oblast.
    """
    claims = snapshot.standing if snapshot else dataset.claims
    where = codes(claims["place_id"])
    places, settled = dataset.places.iloc[where], dataset.is_settlement[where]
    speakers = dataset.claimants.iloc[codes(claims["claimant_id"])]
    table = {
        **{column: claims[column].to_numpy() for column in STANDING_COLUMNS if column in claims},
        **{column: places[column].to_numpy() for column in PLACE_COLUMNS if column in places},
        "settlement_id": np.where(settled, places.index, ""),
        "area_id": np.where(settled, "", places.index),
        "claim_id": claims.index,
        "claimant": speakers["name"].to_numpy(),
        "claimant_uk": speakers["name_uk"].to_numpy(),
        "claimant_ru": speakers["name_ru"].to_numpy(),
        **about(dataset, snapshot),
    }
    if snapshot:
        table["status"] = np.array(STATUSES, dtype=object)[snapshot.statuses[where]]
        table["live"] = snapshot.live[where]
    columns = STANDING_COLUMNS if snapshot else LEDGER_COLUMNS
    frame = pd.DataFrame({column: table[column] for column in columns}, index=range(len(claims)))
    points = dataset.places.representative_point().to_numpy()[where]
    return gpd.GeoDataFrame(_plain(frame), geometry=points, crs=CRS)


def stands_until(statements: pd.DataFrame) -> pd.Series:
    """Give the last day on which each statement stood, as known then; NaT for those that stand.

    That is the day before the next statement of the same side on the same place. A statement that
    another of the same day overrides is left that day alone.
    """
    begin = statements["stated_on"]
    place = [statements["settlement_id"], statements["area_id"], statements["side"]]
    following = begin.groupby(place).shift(-1)
    until: pd.Series = (following - pd.Timedelta(days=1)).clip(lower=begin).mask(following.isna())
    return until


def place_table(snapshot: Snapshot) -> gpd.GeoDataFrame:
    """List every settlement with its status and what each side says of it, a column each.

    Returns
    -------
    Points in EPSG:4326 with PLACE_COLUMNS and, after each side's name, SAID; days are datetime64.
    Where a side has not spoken its columns are missing values.
    """
    dataset, claims = snapshot.dataset, snapshot.dataset.claims
    settled = dataset.is_settlement
    places, rows = snapshot.settlements.assign(live=snapshot.live[settled]), snapshot.rows[settled]
    table = {
        column: places.index if column == "settlement_id" else places[column].to_numpy()
        for column in PLACE_COLUMNS
    }
    for lane, side in enumerate(SIDES):
        row = rows[:, lane]
        spoken = pd.Series(row != NO_CLAIM)
        # Where nobody spoke NO_CLAIM picks the last row; it is struck out again.
        said = claims.iloc[row].reset_index(names="claim_id")
        said["claimant"] = dataset.claimants["name"].to_numpy()[codes(said["claimant_id"])]
        age = (pd.Timestamp(snapshot.as_of) - said["stated_on"]).dt.days
        said["age_days"] = age.astype("Int64")
        said = _plain(said[list(SAID)])
        table |= {f"{side}_{column}": said[column].where(spoken) for column in SAID}
    return gpd.GeoDataFrame(
        _plain(pd.DataFrame(table)), geometry=places.geometry.to_numpy(), crs=CRS
    )


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """Write words of lists as text: other programs have no use for our categories and enums."""
    words = [name for name, kind in table.dtypes.items() if kind.kind == "O"]
    return table.astype(dict.fromkeys(words, "str"))


def with_days_as_text(table: pd.DataFrame) -> pd.DataFrame:
    """Write days as YYYY-MM-DD, for the formats that have no type for them; drops the points."""
    plain = pd.DataFrame(table.drop(columns="geometry", errors="ignore"))
    for name in plain.select_dtypes("datetime"):
        plain[name] = plain[name].dt.strftime("%Y-%m-%d")
    return plain


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """List rows as dictionaries of plain Python values; a missing value is None."""
    plain = with_days_as_text(table)
    columns = [
        plain[name].astype(object).where(plain[name].notna(), None).tolist() for name in plain
    ]
    names = [str(name) for name in plain]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
