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
from geo.model import NO_CLAIM, SIDES, STATUSES, Dataset, PlaceKind, Snapshot


def standing_records(snapshot: Snapshot, *, place: str | None = None) -> list[dict[str, Any]]:
    """List what each side says of every settlement, or of one: `standing --format json`.

    Dates are YYYY-MM-DD; a side that has not spoken is None; age_days is negative for a
    statement made after the day it speaks of.
    """
    standing = snapshot.standing
    # One dictionary a standing claim, found by its row in the ledger.
    claims = {
        row: {
            "claim_id": str(claim.Index),
            "claimant_id": claim.claimant_id,
            "kind": claim.kind,
            "controller": claim.controller,
            "stated_on": claim.stated_on.date().isoformat(),
            "effective_on": claim.effective_on.date().isoformat(),
            "age_days": int(claim.age_days),
            "url": claim.url,
        }
        for row, claim in zip(
            snapshot.rows[snapshot.rows != NO_CLAIM], standing.itertuples(), strict=True
        )
    }
    return [
        {
            "settlement_id": each.Index,
            "name": each.name,
            "admin1": each.admin1,
            "lat": each.lat,
            "lon": each.lon,
            "status": STATUSES[status].value,
            **{side.value: claims.get(row) for side, row in zip(SIDES, rows, strict=True)},
        }
        for each, status, rows in zip(
            snapshot.dataset.places.itertuples(), snapshot.statuses, snapshot.rows, strict=True
        )
        if each.kind == PlaceKind.SETTLEMENT and place in (None, each.Index)
    ]


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
    columns = [[_harmless(cell) for cell in plain[name].tolist()] for name in plain]
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
