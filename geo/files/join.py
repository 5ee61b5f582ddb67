"""Checked tables to a Dataset: one table of places; claims get side, geometry and order of say."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.files.borders import AREA
from geo.model import CONTROLLERS, CRS, KINDS, SIDES, Dataset, PlaceKind


def join_tables(
    settlements: gpd.GeoDataFrame,
    claimants: pd.DataFrame,
    claims: pd.DataFrame,
    area_claims: pd.DataFrame,
    borders: gpd.GeoDataFrame,
    *,
    version: str,
) -> Dataset:
    """Join checked tables into a Dataset: two files of claims become one table, as do the places.

    Parameters
    ----------
    settlements
        As in the file, numbers converted. Index: id. Points in EPSG:4326.
    claimants, borders
        As in `Dataset`.
    claims, area_claims
        As in the files, dates converted; a missing `effective_on` means `stated_on`.
    version
        As in `Dataset`.
    """
    places = _places(settlements, borders)
    both = [
        claims.rename(columns={"settlement_id": "place_id"}),
        area_claims.rename(columns={"area_id": "place_id"}),
    ]
    return Dataset(
        places=places,
        claimants=claimants,
        claims=_in_order_of_say(pd.concat(both), places, claimants),
        borders=borders,
        version=version,
    )


def _places(settlements: gpd.GeoDataFrame, borders: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Put the oblasts below the settlements."""
    oblasts = borders[borders["kind"] == AREA]
    inside = oblasts.representative_point()
    oblasts = oblasts.assign(
        admin1=oblasts["name"], lat=inside.y.round(4), lon=inside.x.round(4), kind=PlaceKind.OBLAST
    )
    # What the borders file does not say of an oblast is blank, as in settlements.csv.
    texts = settlements.columns.difference([*oblasts.columns, "population"])
    oblasts = oblasts.assign(population=np.nan, **dict.fromkeys(texts, ""))
    return pd.concat([settlements.assign(kind=PlaceKind.SETTLEMENT), oblasts])


def _in_order_of_say(
    claims: pd.DataFrame, places: gpd.GeoDataFrame, claimants: pd.DataFrame
) -> gpd.GeoDataFrame:
    """Sort so that within a place and side the claim that counts more comes later."""
    speaker = claimants.index.get_indexer(pd.Index(claims["claimant_id"]))
    where = places.index.get_indexer(pd.Index(claims["place_id"]))
    side = pd.Categorical(claimants["side"].to_numpy()[speaker], categories=list(SIDES))
    claims = claims.assign(
        place_id=pd.Categorical.from_codes(where, categories=places.index),
        claimant_id=pd.Categorical.from_codes(speaker, categories=claimants.index),
        side=side,
        kind=pd.Categorical(claims["kind"], categories=list(KINDS)),
        controller=pd.Categorical(claims["controller"], categories=list(CONTROLLERS)),
        effective_on=claims["effective_on"].fillna(claims["stated_on"]),
    )
    # lexsort is stable, so the later row of one claimant on one day stays the later one;
    # a lower place in claimants.csv sorts first because it carries less authority.
    order = np.lexsort((-speaker, claims["stated_on"].to_numpy(), side.codes, where))
    shapes = places.geometry.to_numpy()[where[order]]
    return gpd.GeoDataFrame(claims.iloc[order], geometry=shapes, crs=CRS)
