"""The formats of text: CSV, GeoJSON, and the records of the command line."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.export.tables import (
    FORMULA_BEGINS,
    about,
    place_table,
    records,
    statement_table,
    with_days_as_text,
)
from geo.model import NO_CLAIM, SIDES, STATUSES, Dataset, Snapshot


def standing_records(snapshot: Snapshot, *, place: str | None = None) -> list[dict[str, Any]]:
    """List what each side says of every settlement, or of one: `standing --format json`.

    Dates are YYYY-MM-DD; a side that has not spoken is None; age_days is negative for a
    statement made after the day it speaks of.
    """
    standing = _standing(snapshot)
    settled = snapshot.dataset.settlements  # they come first among the places
    places = (settled[name].tolist() for name in ("name", "admin1", "lat", "lon"))
    codes, rows = snapshot.statuses[: len(settled)], snapshot.rows[: len(settled)]
    return [
        {
            "settlement_id": key,
            "name": name,
            "admin1": admin1,
            "lat": lat,
            "lon": lon,
            "status": STATUSES[code].value,
            **_said(standing, said),
        }
        for key, name, admin1, lat, lon, code, said in zip(
            settled.index, *places, codes.tolist(), rows.tolist(), strict=True
        )
        if place in (None, key)
    ]


def area_records(snapshot: Snapshot) -> list[dict[str, Any]]:
    """List what each side says of every oblast that was spoken of; see `standing_records`."""
    standing, places = _standing(snapshot), snapshot.dataset.places
    return [
        {"area_id": key, "name": name, **_said(standing, said)}
        for key, name, settled, said in zip(
            places.index,
            places["name"],
            snapshot.dataset.is_settlement.tolist(),
            snapshot.rows.tolist(),
            strict=True,
        )
        if not settled and any(row != NO_CLAIM for row in said)
    ]


def _said(standing: dict[int, dict[str, Any]], rows: list[int]) -> dict[str, Any]:
    return {side.value: standing.get(row) for side, row in zip(SIDES, rows, strict=True)}


def _standing(snapshot: Snapshot) -> dict[int, dict[str, Any]]:
    """Give each standing statement by its row in the ledger."""
    spoke = snapshot.rows[snapshot.rows != NO_CLAIM]
    names = ["claimant_id", "kind", "controller", "stated_on", "effective_on", "url"]
    # Columns, one by one: much quicker than rows, and this is asked for each day of a site.
    claims = (snapshot.dataset.claims[name].iloc[spoke].tolist() for name in names)
    ids = snapshot.dataset.claims.index[spoke].tolist()
    return {
        row: {
            "claim_id": claim,
            "claimant_id": claimant,
            "kind": kind,
            "controller": controller,
            "stated_on": stated.date().isoformat(),
            "effective_on": effective.date().isoformat(),
            "age_days": (snapshot.as_of - stated.date()).days,
            "url": url,
        }
        for row, claim, claimant, kind, controller, stated, effective, url in zip(
            spoke.tolist(), ids, *claims, strict=True
        )
    }


def standing_csv(snapshot: Snapshot, *, place: str | None = None) -> bytes:
    """Write the standing claims, a row each, with the day, the clock and the view they answer.

    `place` keeps those of one settlement only.
    """
    table = statement_table(snapshot.dataset, snapshot)
    return csv_of(table if place is None else table[table["settlement_id"] == place])


def ledger_csv(dataset: Dataset) -> bytes:
    """Write the whole ledger, a row for each claim."""
    return csv_of(statement_table(dataset))


def standing_geojson(snapshot: Snapshot) -> bytes:
    """Write every settlement as a point (RFC 7946) with what each side says of it."""
    table = place_table(snapshot)
    return _geojson(table, "settlement_id", about(snapshot.dataset, snapshot))


def ledger_geojson(dataset: Dataset) -> bytes:
    """Write the whole ledger as points, one for each claim."""
    return _geojson(statement_table(dataset), "claim_id", about(dataset))


def csv_of(table: pd.DataFrame) -> bytes:
    """Write any table as CSV: days as YYYY-MM-DD, no geometry, nothing that runs as a formula."""
    text = io.StringIO(newline="")
    plain = with_days_as_text(table)
    # Before Python 3.13 only the letters of the line's end make csv quote a line break in a cell.
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(plain.columns)
    blank = plain.astype(object).where(plain.notna(), "")
    columns = [[_harmless(cell) for cell in blank[name].tolist()] for name in blank]
    writer.writerows(zip(*columns, strict=True))
    return text.getvalue().replace("\r\n", "\n").encode()


def _harmless(value: Any) -> Any:
    """Keep a spreadsheet from running text as a formula; numbers stay numbers, true is `true`."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(FORMULA_BEGINS):
        return f"'{value}"
    return value


def _geojson(table: gpd.GeoDataFrame, key: str, answers: dict[str, str]) -> bytes:
    features = [
        {
            "type": "Feature",
            "id": row[key],
            "geometry": {"type": "Point", "coordinates": [row.pop("lon"), row.pop("lat")]},
            "properties": row,
        }
        for row in records(table)
    ]
    collection = {"type": "FeatureCollection", **answers, "features": features}
    text = json.dumps(collection, ensure_ascii=False, allow_nan=False, indent=1)
    return text.replace("<", "\\u003c").encode()
