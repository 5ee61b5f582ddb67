"""The ledger read for oblasts, so that every question asked of places can be asked of them."""

from __future__ import annotations

from functools import lru_cache

from geo.model import Dataset


@lru_cache(maxsize=2)
def oblast_ledger(dataset: Dataset) -> Dataset:
    """Put the areas of the borders file in the place of the settlements, and the other way round.

    Returns
    -------
    A dataset whose `settlements` are the areas, each at a point inside of it, and whose `claims`
    are those on oblasts; first and newest day stay those of the whole ledger.
    """
    points = dataset.borders.representative_point()
    places = dataset.borders.assign(
        name_uk="", name_ru="", admin1=dataset.borders["name"],
        lat=points.y.round(4), lon=points.x.round(4), geometry=points,
    )  # fmt: skip
    return Dataset(
        settlements=places,
        claimants=dataset.claimants,
        claims=dataset.area_claims.rename(columns={"area_id": "settlement_id"}),
        area_claims=dataset.claims.rename(columns={"settlement_id": "area_id"}),
        borders=dataset.settlements,
        version=dataset.version,
    )
