"""Statements that follow from a map: on which days a series shows a settlement inside its areas.

They are ours, not the publisher's words, are marked as derived, and never join the ledger.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.areas.series import Series
from geo.model import CONTROLLERS, NO_CLAIM, Controller, Dataset, Kind, PlaceKind

COLUMNS = (
    *("settlement_id", "stated_on", "effective_on", "claimant_id", "kind", "controller"),
    *("summary", "series_id", "derived"),
)
# Outside every area of a series, a place is shown with the country whose territory it is in.
HOME = {"UA": Controller.UKRAINE, "RU": Controller.RUSSIA}


def shown_inside(series: Series, settlements: gpd.GeoDataFrame) -> NDArray[np.int8]:
    """Tell in whose area each observation shows each settlement.

    Returns
    -------
    Shape (observations by day, settlements): code in CONTROLLERS, or NO_CLAIM outside all areas.
    Where areas of two controllers overlap, contested counts before the two sides.
    """
    rows = series.observations
    at = series.days.get_indexer(rows["observed_on"])
    tree = shapely.STRtree(settlements.geometry.to_numpy())
    row, place = tree.query(rows.geometry.to_numpy(), predicate="contains")
    code = np.array([CONTROLLERS.index(Controller(word)) for word in rows["controller"]])
    shown = np.full((len(series.days), len(settlements)), NO_CLAIM, dtype=np.int8)
    order = np.argsort(code[row], kind="stable")  # contested has the highest code
    shown[at[row[order]], place[order]] = code[row[order]]
    return shown


def derived_claims(series: Series, settlements: gpd.GeoDataFrame) -> pd.DataFrame:
    """Put what a series shows of each settlement into claims, one for each change.

    Parameters
    ----------
    series
        All observations.
    settlements
        The gazetteer; `country` says with whom a place outside all areas is shown.

    Returns
    -------
    Columns of COLUMNS, by settlement and day: `kind` holds (contested: contested), `derived`
    True, `stated_on` the day of the observation. A place that the series never shows inside an
    area has no claim.
    """
    shown = shown_inside(series, settlements)
    touched = (shown != NO_CLAIM).any(axis=0)
    before = np.vstack([np.full(shown.shape[1], NO_CLAIM - 1, dtype=np.int8), shown[:-1]])
    day, place = np.nonzero((shown != before) & touched)
    order = np.lexsort((day, place))
    day, place = day[order], place[order]
    home = [HOME.get(country, Controller.UKRAINE) for country in settlements["country"]]
    code = shown[day, place]
    inside = code != NO_CLAIM
    controller = [
        CONTROLLERS[c] if c != NO_CLAIM else home[p] for c, p in zip(code, place, strict=True)
    ]
    days = series.days[day]
    return pd.DataFrame(
        {
            "settlement_id": settlements.index.to_numpy()[place],
            "stated_on": days,
            "effective_on": days,
            "claimant_id": series.claimant_id,
            "kind": [
                str(Kind.CONTESTED if c is Controller.CONTESTED else Kind.HOLDS) for c in controller
            ],
            "controller": [str(c) for c in controller],
            "summary": [_summary(series, i, c) for i, c in zip(inside, controller, strict=True)],
            "series_id": series.id,
            "derived": True,
        }
    )[list(COLUMNS)]


def _summary(series: Series, inside: bool, controller: Controller) -> str:
    where = f"inside its area of {controller}" if inside else "outside all of its areas"
    return f"Derived: the series {series.id} shows the place {where}."


def delays(dataset: Dataset, series: Series) -> pd.DataFrame:
    """Set each side's first statement of capture beside the first day that a series shows it.

    Returns
    -------
    Columns settlement_id, side, claim_id, stated_on, shown_on (NaT: not so far), days (shown
    minus stated; missing when not so far, negative when the map was first).
    """
    claims = dataset.claims_on(PlaceKind.SETTLEMENT).rename(columns={"place_id": "settlement_id"})
    said = claims[claims["kind"].isin([Kind.CAPTURED, Kind.RECAPTURED])]
    said = said[said["controller"].astype(str) == said["side"].astype(str)].reset_index()
    said = said.sort_values("stated_on", kind="stable")
    first = said.drop_duplicates(["settlement_id", "side"])
    shown = derived_claims(series, dataset.settlements)
    shown = shown.sort_values("stated_on", kind="stable").drop_duplicates(
        ["settlement_id", "controller"]
    )
    shown = shown[["settlement_id", "controller", "stated_on"]]
    table = pd.DataFrame(
        {key: first[key].astype(str) for key in ("settlement_id", "side", "claim_id")}
    ).assign(stated_on=first["stated_on"])
    table = table.merge(
        shown.rename(columns={"stated_on": "shown_on", "controller": "side"}),
        on=["settlement_id", "side"],
        how="left",
    )
    # Before its first observation a series can show nothing, so what was said then is no delay.
    table = table[table["stated_on"] >= series.days[0]].reset_index(drop=True)
    return table.assign(days=(table["shown_on"] - table["stated_on"]).dt.days)
