"""The ledger as the browser gets it: columns instead of objects, days as whole numbers."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
import pandas as pd
import shapely

from geo.areas import GRID, cells, encode_rings
from geo.model import CONTROLLERS, KINDS, SIDES, STATUSES, WITHIN, Dataset, Lang, PlaceKind
from geo.style import COLOURS, FADING, UNKNOWN
from geo.timeline import codes
from geo.wording import place_names

CHUNK = 2000  # claims whose outlet and link travel in one piece, fetched when a place is opened


def encode_ledger(dataset: Dataset) -> dict[str, Any]:
    """Encode everything that scrubbing needs.

    Places are the settlements, then the oblasts that anybody spoke of (their number is
    `oblasts`). Claims go in order of say (see `Dataset.claims`), a run for each place; the
    browser finds the runs of the sides by the claimants' sides. Days count from `epoch`; a
    claim's day is sent as its distance from the claim before it, its kind and controller as one
    number, its id only when it differs from place-day-claimant: small numbers pack well.
    """
    places, claims = _places(dataset), dataset.claims
    epoch = np.datetime64(dataset.first_day)
    stated = _days(claims["stated_on"], since=epoch)
    back = stated - _days(claims["effective_on"], since=epoch)
    usual = (
        claims["place_id"].astype(str)
        + "-"
        + claims["stated_on"].dt.strftime("%Y-%m-%d")
        + "-"
        + claims["claimant_id"].astype(str)
    )
    ids = claims.index.to_numpy()
    odd = np.flatnonzero(usual.to_numpy() != ids)
    side_code = {side.value: code for code, side in enumerate(SIDES)}
    return {
        "version": dataset.version,
        "epoch": dataset.first_day.isoformat(),
        "days": (dataset.last_day - dataset.first_day).days + 1,
        "chunk": CHUNK,
        "sides": list(SIDES),
        "controllers": list(CONTROLLERS),
        "kinds": list(KINDS),
        "statuses": list(STATUSES),
        "oblasts": len(dataset.oblasts),
        "places": {
            "id": places.index.tolist(),
            "name": places["name"].tolist(),
            "name_uk": _names(dataset, places, Lang.UK),
            "name_ru": _names(dataset, places, Lang.RU),
            # An oblast lies in itself, which is not worth saying under its name.
            "admin1": places["admin1"].where(places["kind"] == PlaceKind.SETTLEMENT, "").tolist(),
            "lat": places["lat"].round(4).tolist(),
            "lon": places["lon"].round(4).tolist(),
            "population": [None if pd.isna(p) else int(p) for p in places["population"]],
            "claims": claims["place_id"].value_counts()[places.index].tolist(),
        },
        "claimants": {
            "id": list(dataset.claimants.index),
            "side": [side_code[side] for side in dataset.claimants["side"]],
        },
        "claims": {
            "days_on": np.diff(stated, prepend=0).tolist(),
            "effective_back": [[int(i), int(back[i])] for i in np.flatnonzero(back)],
            "claimant": codes(claims["claimant_id"]).tolist(),
            "said": (
                codes(claims["kind"]) * len(CONTROLLERS) + codes(claims["controller"])
            ).tolist(),
        },
        "odd_ids": {int(i): str(ids[i]) for i in odd},
        "style": {
            "controllers": [COLOURS[controller] for controller in CONTROLLERS],
            "unknown": UNKNOWN,
            "opacities": [opacity for _, opacity in reversed(FADING)],
            "fades_after": [days for days, _ in reversed(FADING)],
            "within": WITHIN,
        },
    }


def _places(dataset: Dataset) -> pd.DataFrame:
    shown = dataset.is_settlement | dataset.places.index.isin(dataset.oblasts)
    return pd.DataFrame(dataset.places[shown])


def _names(dataset: Dataset, places: pd.DataFrame, lang: Lang) -> list[str]:
    """Name the places in a language; nothing where it is the English name."""
    named = place_names(dataset, lang)
    english = zip(places.index, places["name"], strict=True)
    return ["" if named[key] == name else named[key] for key, name in english]


def _days(column: pd.Series, *, since: np.datetime64) -> np.ndarray[Any, np.dtype[np.int64]]:
    return (column.to_numpy().astype("datetime64[D]") - since).astype(np.int64)


def encode_texts(dataset: Dataset) -> list[dict[str, list[str]]]:
    """Encode outlet and link of each claim, in pieces of CHUNK claims in the same order."""
    texts = dataset.claims[["outlet", "url"]]
    pieces = [texts.iloc[first : first + CHUNK] for first in range(0, len(texts), CHUNK)]
    return [{key: piece[key].tolist() for key in ("outlet", "url")} for piece in pieces]


def encode_borders(dataset: Dataset) -> dict[str, Any]:
    """Encode the offline background: outlines, how many rings each has, and the rings' points.

    See `encode_rings`; as GeoJSON the same is twice as long.
    """
    borders = dataset.borders
    parts, of_outline = shapely.get_parts(borders.geometry.to_numpy(), return_index=True)
    rings, of_part = shapely.get_rings(parts, return_index=True)
    return {
        "grid": GRID,
        "id": list(borders.index),
        "kind": list(borders["kind"]),
        "country": list(borders["country"]),
        "rings": np.bincount(of_outline[of_part], minlength=len(borders)).tolist(),
        **encode_rings(rings),
    }


def encode_reach(dataset: Dataset) -> dict[str, Any]:
    """Encode the cell of each settlement; see `encode_rings`."""
    rings = shapely.get_exterior_ring(cells(dataset.settlements).to_numpy())
    return {"grid": GRID, **encode_rings(rings)}


def dump(value: Any) -> bytes:
    """Write compact JSON that can stand inside a script element of a folium page.

    No `<`, `>` or `&` stays bare, and no `{{`, `{%` or `{#`: folium renders what an element wrote
    once more as a template. In JSON these pairs only occur inside strings.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return re.sub(r"\{(?=[{%#])", r"\\u007b", text).encode()
