"""Differences of control areas as files."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path

import geopandas as gpd
import pyogrio

from geo.areas.measure import settlements_inside

ENDINGS = ("geojson", "gpkg", "csv")


def write_difference(
    cut: gpd.GeoDataFrame, settlements: gpd.GeoDataFrame, *, ending: str, about: dict[str, str]
) -> bytes:
    """Write a difference as GeoJSON (RFC 7946), GeoPackage or CSV (without the polygons).

    Parameters
    ----------
    cut
        As `difference` gives it.
    settlements
        The gazetteer; the ids of those inside each part are written, joined by ";".
    ending
        One of ENDINGS.
    about
        What is compared, as `about_difference` says it: a column each.
    """
    inside = settlements_inside(cut, settlements).groupby("row")["settlement_id"].agg(";".join)
    rows = cut.assign(settlements=inside.reindex(range(len(cut))).fillna("").to_numpy(), **about)
    rows["km2"] = rows["km2"].round(3)
    if ending == "csv":
        table: str = rows.drop(columns="geometry").to_csv(index=False, lineterminator="\n")
        return table.encode()
    if ending == "geojson":
        made = json.loads(rows.to_json(drop_id=True))
        return json.dumps({**made, **about}, ensure_ascii=False, indent=1).encode()
    with tempfile.TemporaryDirectory(prefix="frontline-") as private:
        path = Path(private) / "difference.gpkg"
        pyogrio.write_dataframe(rows, path, layer="difference")
        return path.read_bytes()


def about_difference(before: tuple[str, date], after: tuple[str, date]) -> dict[str, str]:
    """Say what a difference compares: the series' ids and the days, as columns of its file."""
    return {
        "series": before[0],
        "date": before[1].isoformat(),
        "series2": after[0],
        "date2": after[1].isoformat(),
    }


def difference_files(
    cut: gpd.GeoDataFrame,
    settlements: gpd.GeoDataFrame,
    before: tuple[str, date],
    after: tuple[str, date],
) -> dict[str, bytes]:
    """Write a difference in every format; gives file name to content.

    `before` and `after` are the series' ids and the days compared.
    """
    about = about_difference(before, after)
    stem = "_".join(about.values())
    return {
        f"{stem}.{ending}": write_difference(cut, settlements, ending=ending, about=about)
        for ending in ENDINGS
    }
