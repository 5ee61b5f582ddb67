"""Snapshots as files: one function a format, each giving bytes; written whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from geo.figure import SIZE, PictureOptions, draw_picture, extent_of
from geo.model import NO_CLAIM, SIDES, STATUSES, Dataset, Snapshot, View
from geo.timelayer import standalone_html
from geo.wording import BACKGROUND_CREDIT, LICENCE

STANDING_COLUMNS = (
    *("settlement_id", "name", "name_uk", "name_ru", "admin1", "lat", "lon", "status", "side"),
    *("claim_id", "claimant_id", "claimant", "kind", "controller", "stated_on", "effective_on"),
    *("age_days", "summary", "outlet", "title", "url"),
    *("as_of", "known_by", "view", "ledger_version", "licence", "attribution"),
)
LEDGER_COLUMNS = tuple(
    column
    for column in STANDING_COLUMNS
    if column not in ("status", "age_days", "as_of", "known_by", "view")
)
# What a place's feature carries of each side.
SAID = (
    *("controller", "kind", "stated_on", "effective_on", "age_days"),
    *("claimant_id", "claimant", "claim_id", "url"),
)
ABOUT = {"licence": LICENCE, "attribution": BACKGROUND_CREDIT}
# What a spreadsheet takes for the beginning of a formula (OWASP: CSV injection).
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Export:
    """A format: the function that makes its bytes, and its MIME type.

    `encode` takes the snapshot, the view it is of, and the address that opens the view again.
    """

    encode: Callable[[Snapshot, View, str], bytes]
    mime: str


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
    places = snapshot.dataset.settlements
    return [
        {
            "settlement_id": settlement.Index,
            "name": settlement.name,
            "admin1": settlement.admin1,
            "lat": settlement.lat,
            "lon": settlement.lon,
            "status": STATUSES[status].value,
            **{side.value: claims.get(row) for side, row in zip(SIDES, rows, strict=True)},
        }
        for settlement, status, rows in zip(
            places.itertuples(), snapshot.statuses, snapshot.rows, strict=True
        )
        if place in (None, settlement.Index)
    ]


def standing_csv(snapshot: Snapshot, *, place: str | None = None) -> bytes:
    """Write the standing claims, a row each, with the day, the clock and the view they answer.

    `place` keeps those of one settlement only.
    """
    status = snapshot.settlements["status"]
    rows = _claim_rows(snapshot.dataset, snapshot.standing)
    return _csv(
        STANDING_COLUMNS,
        (
            {
                **row,
                "status": str(status[row["settlement_id"]]),
                "as_of": snapshot.as_of.isoformat(),
                "known_by": snapshot.known_by.isoformat(),
                "view": snapshot.view,
            }
            for row in rows
            if place in (None, row["settlement_id"])
        ),
    )


def ledger_csv(dataset: Dataset) -> bytes:
    """Write the whole ledger, a row for each claim."""
    return _csv(LEDGER_COLUMNS, _claim_rows(dataset, dataset.claims))


def standing_geojson(snapshot: Snapshot) -> bytes:
    """Write every settlement as a point (RFC 7946) with what each side says of it."""
    speakers = snapshot.dataset.claimants["name"]
    features = []
    for record in standing_records(snapshot):
        flat = {key: record[key] for key in ("settlement_id", "name", "admin1", "status")}
        for side in SIDES:
            said = dict(record[side] or {})
            if said:
                said["claimant"] = speakers[said["claimant_id"]]
            flat |= {f"{side}_{key}": said.get(key) for key in SAID}
        features.append(_point(record["settlement_id"], record["lon"], record["lat"], flat))
    about = {
        "as_of": snapshot.as_of.isoformat(),
        "known_by": snapshot.known_by.isoformat(),
        "view": snapshot.view,
    }
    return _geojson(snapshot.dataset, features, about)


def ledger_geojson(dataset: Dataset) -> bytes:
    """Write the whole ledger as points, one for each claim."""
    features = [
        _point(row["claim_id"], row.pop("lon"), row.pop("lat"), row)
        for row in _claim_rows(dataset, dataset.claims)
    ]
    return _geojson(dataset, features, {})


def _claim_rows(dataset: Dataset, claims: pd.DataFrame) -> Iterator[dict[str, Any]]:
    places = dataset.settlements.to_dict("index")
    speakers = dataset.claimants["name"].to_dict()
    own = [column for column in claims if column in STANDING_COLUMNS]
    for claim_id, *cells in claims[own].itertuples():
        row = dict(zip(own, cells, strict=True))
        place = places[row["settlement_id"]]
        yield {
            **{key: place[key] for key in STANDING_COLUMNS if key in place},
            **row,
            "claim_id": claim_id,
            "claimant": speakers[row["claimant_id"]],
            "stated_on": row["stated_on"].date().isoformat(),
            "effective_on": row["effective_on"].date().isoformat(),
            "ledger_version": dataset.version,
            **ABOUT,
        }


def _csv(columns: Iterable[str], rows: Iterable[dict[str, Any]]) -> bytes:
    text = io.StringIO(newline="")
    # Before Python 3.13 only the letters of the line's end make csv quote a line break in a cell.
    writer = csv.DictWriter(text, list(columns), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({key: _harmless(value) for key, value in row.items()} for row in rows)
    return text.getvalue().replace("\r\n", "\n").encode()


def _harmless(value: Any) -> Any:
    """Keep a spreadsheet from running text as a formula; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(FORMULA_BEGINS):
        return f"'{value}"
    return value


def _point(name: str, lon: float, lat: float, properties: dict[str, Any]) -> dict[str, Any]:
    place = {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "id": name, "geometry": place, "properties": properties}


def _geojson(dataset: Dataset, features: list[dict[str, Any]], about: dict[str, str]) -> bytes:
    collection = {
        "type": "FeatureCollection",
        **about,
        "ledger_version": dataset.version,
        **ABOUT,
        "features": features,
    }
    text = json.dumps(collection, ensure_ascii=False, allow_nan=False, indent=1)
    return text.replace("<", "\\u003c").encode()


# What the page and the command line offer; the order is that of the buttons.
EXPORTS = {
    "png": Export(
        lambda snapshot, view, address: (
            draw_picture(
                snapshot,
                PictureOptions(
                    extent=extent_of(view, size=SIZE), place=view.place, address=address
                ),
            ).content
        ),
        "image/png",
    ),
    "csv": Export(lambda snapshot, view, address: standing_csv(snapshot), "text/csv"),
    "geojson": Export(
        lambda snapshot, view, address: standing_geojson(snapshot), "application/geo+json"
    ),
    "html": Export(
        lambda snapshot, view, address: standalone_html(snapshot.dataset, view=view), "text/html"
    ),
}
WHOLE_LEDGER = {"csv": ledger_csv, "geojson": ledger_geojson}


def export_name(view: View, ending: str) -> str:
    """Name a file after what it shows: siversk_2025-12-11_known-then_all.png."""
    place = view.place or "map"
    return f"{place}_{view.as_of.isoformat()}_known-{view.clock}_{view.view}.{ending}"


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole: to a temporary file beside it, then renamed.

    Raises
    ------
    OSError
        When the folder is missing or cannot be written to; nothing is left behind.
    """
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(part).chmod(0o644)
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
