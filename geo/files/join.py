"""Checked tables to a Dataset: claims get their side, their point and their order of say."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.model import CONTROLLERS, CRS, KINDS, SIDES, Dataset


def join_tables(
    settlements: gpd.GeoDataFrame,
    claimants: pd.DataFrame,
    claims: pd.DataFrame,
    area_claims: pd.DataFrame,
    borders: gpd.GeoDataFrame,
    *,
    version: str,
) -> Dataset:
    """Join checked tables into a Dataset: claims get their side, their point and their order.

    Parameters
    ----------
    settlements, claimants, borders
        As in `Dataset`.
    claims, area_claims
        As in the files, dates converted; a missing `effective_on` means `stated_on`.
    version
        As in `Dataset`.
    """
    areas = borders[["geometry"]]
    return Dataset(
        settlements=settlements,
        claimants=claimants,
        claims=_in_order_of_say(claims, "settlement_id", settlements[["geometry"]], claimants),
        area_claims=_in_order_of_say(area_claims, "area_id", areas, claimants),
        borders=borders,
        version=version,
    )


def _in_order_of_say(
    claims: pd.DataFrame, place: str, places: gpd.GeoDataFrame, claimants: pd.DataFrame
) -> gpd.GeoDataFrame:
    """Sort so that within a place and side the claim that counts more comes later."""
    claims = claims.copy()
    speaker = claimants.index.get_indexer(pd.Index(claims["claimant_id"]))
    where = places.index.get_indexer(pd.Index(claims[place]))
    side = pd.Categorical(claimants["side"].to_numpy()[speaker], categories=list(SIDES))
    claims[place] = pd.Categorical.from_codes(where, categories=places.index)
    claims["claimant_id"] = pd.Categorical.from_codes(speaker, categories=claimants.index)
    claims["side"] = side
    claims["kind"] = pd.Categorical(claims["kind"], categories=list(KINDS))
    claims["controller"] = pd.Categorical(claims["controller"], categories=list(CONTROLLERS))
    claims["effective_on"] = claims["effective_on"].fillna(claims["stated_on"])
    # lexsort is stable, so the later row of one claimant on one day stays the later one;
    # a lower place in claimants.csv sorts first because it carries less authority.
    order = np.lexsort((-speaker, claims["stated_on"].to_numpy(), side.codes, where))
    points = places.geometry.to_numpy()[where[order]]
    return gpd.GeoDataFrame(claims.iloc[order], geometry=points, crs=CRS)
