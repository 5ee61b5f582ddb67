"""Print what in the ledger looks odd, for a person to judge: `python -m tools.sweep [DIR]`.

Faults that the loader refuses are not among them; these rows are well formed and may be right.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import shapely

from geo.files.checks import TRACKING
from geo.files.folders import DATA
from geo.files.load import load_dataset
from geo.model import CRS_KM2, Dataset, PlaceKind

NEAR_KM = 1.5  # two places closer than this may be one
AWAY_KM = 3.0  # as far as a simplified border may be wrong


def close_places(dataset: Dataset, *, km: float = NEAR_KM) -> Iterator[str]:
    """Find pairs of settlements that lie closer to each other than `km`."""
    flat = dataset.settlements.to_crs(dataset.settlements.estimate_utm_crs()).geometry.to_numpy()
    one, other = shapely.STRtree(flat).query(flat, predicate="dwithin", distance=km * 1000)
    names = dataset.settlements.index
    for a, b in zip(one, other, strict=True):
        if a < b:
            apart = shapely.distance(flat[a], flat[b]) / 1000
            yield f"{names[a]} and {names[b]} are {apart:.1f} km apart"


def strayed_places(dataset: Dataset, *, km: float = AWAY_KM) -> Iterator[str]:
    """Find settlements that lie further than `km` from the oblast that they are said to be in."""
    oblasts = dataset.places[dataset.places["kind"] == PlaceKind.OBLAST].to_crs(CRS_KM2)
    shapes = dict(zip(oblasts["name"], oblasts.geometry, strict=True))
    for place in dataset.settlements.to_crs(CRS_KM2).itertuples():
        own = shapes.get(f"{place.admin1} Oblast", shapes.get(place.admin1))
        if own is None:
            yield f"{place.Index} is in {place.admin1!r}, which no border is drawn of"
        elif own.distance(place.geometry) > km * 1000:
            where = [name for name, shape in shapes.items() if shape.contains(place.geometry)]
            yield f"{place.Index} is said to be in {place.admin1}, and lies in {where or 'none'}"


def said_twice(dataset: Dataset) -> Iterator[str]:
    """Find days on which one speaker names two controllers of one place."""
    claims = dataset.claims.reset_index().sort_index()
    voices = claims.groupby(["place_id", "claimant_id", "stated_on"], observed=True)
    for (place, speaker, day), said in voices:
        if said["controller"].nunique() > 1:
            named = ", ".join(f"{row.claim_id}: {row.controller}" for row in said.itertuples())
            yield f"{speaker} names two controllers of {place} on {day.date()} ({named})"


def slug_titles(dataset: Dataset) -> Iterator[str]:
    """Find titles that are the last part of the link, not a headline as it was published."""
    claims = dataset.claims
    last = claims["url"].str.extract(r"([^/?#]+)/*(?:[?#].*)?$")[0].fillna("")
    last = last.str.replace(r"\.\w{2,5}$", "", regex=True)
    bare = claims["title"].str.strip()
    spaced = last.str.replace(r"[-_]+", " ", regex=True).str.strip()
    found = (bare != "") & ((bare == last) | (bare.str.lower() == bare) & (bare == spaced))
    for key, title in claims["title"][found].items():
        yield f"{key}: the title {title!r} is the end of its link"


def dirty_links(dataset: Dataset) -> Iterator[str]:
    """Find links with parameters that follow a reader about, or with the port that is usual."""
    for key, url in dataset.claims["url"].items():
        parts = urlsplit(url)
        asked = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True)]
        tracking = [name for name in asked if re.fullmatch(TRACKING, name)]
        if tracking:
            yield f"{key}: the link carries {', '.join(tracking)}"
        if f"{parts.scheme}:{parts.netloc.rpartition(':')[2]}" in ("https:443", "http:80"):
            yield f"{key}: the link names its usual port, {parts.netloc}"


SWEEPS = (close_places, strayed_places, said_twice, slug_titles, dirty_links)


def main(folder: Path) -> None:
    """Print all that the sweeps find, and how much each found."""
    dataset = load_dataset(folder)
    for sweep in SWEEPS:
        found = list(sweep(dataset))
        print(f"{sweep.__name__.replace('_', ' ')}: {len(found)}")
        for line in found:
            print(f"  {line}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA)
