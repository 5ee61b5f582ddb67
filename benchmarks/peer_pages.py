"""What folium offers for time by itself: TimestampedGeoJson, and Timeline with its slider."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import folium
from folium.plugins import Timeline, TimelineSlider, TimestampedGeoJson

from geo.model import Dataset, PlaceKind
from geo.style import COLOURS

WEEK = timedelta(days=7)
TOO_LARGE = 150e6  # bytes of page; a browser tab takes minutes and gigabytes for more


def spells(dataset: Dataset) -> Iterator[tuple[Any, date, date, str]]:
    """Give what one side says of each place: point, first day, last day, colour.

    One side of three, so the peers carry a third of what ours carries.
    """
    claims = dataset.claims_on(PlaceKind.SETTLEMENT)
    claims = claims[claims["side"] == "russia"]
    end = dataset.last_day + timedelta(days=1)
    columns = zip(
        claims["place_id"], claims.geometry, claims["stated_on"].dt.date, claims["controller"],
        strict=True,
    )  # fmt: skip
    rows = list(columns)
    for row, after in zip(rows, [*rows[1:], (None, None, end, None)], strict=True):
        until = after[2] if after[0] == row[0] else end
        if until > row[2]:
            yield row[1], row[2], until, COLOURS[row[3]]


def feature(point: Any, **properties: Any) -> dict[str, Any]:
    """Make a GeoJSON point."""
    place = {"type": "Point", "coordinates": [point.x, point.y]}
    return {"type": "Feature", "geometry": place, "properties": properties}


def _map() -> folium.Map:
    return folium.Map((48.4, 36.3), zoom_start=7, tiles=None, prefer_canvas=True)


def timestamped(dataset: Dataset, out: Path) -> str:
    """Write a TimestampedGeoJson page, a step a week; it knows no end of a feature, so each
    week of a spell is a time of its own. Gives a reason when it is not worth trying.
    """  # noqa: D205
    weeks = sum((end - start).days // 7 + 1 for _, start, end, _ in spells(dataset))
    if weeks * 24 > TOO_LARGE:
        return f"the page would be over {weeks * 24 / 1e6:.0f} MB"
    features = []
    for point, start, end, colour in spells(dataset):
        first = dataset.first_day + -(-(start - dataset.first_day).days // 7) * WEEK
        times = [(first + n * WEEK).isoformat() for n in range(max(0, (end - first).days) // 7 + 1)]
        if first >= end:
            continue
        style = {"fillColor": colour, "fillOpacity": 1, "stroke": False, "radius": 4}
        line = feature(point, times=times, icon="circle", iconstyle=style)
        coordinates = [line["geometry"]["coordinates"]] * len(times)
        line["geometry"] = {"type": "MultiPoint", "coordinates": coordinates}
        features.append(line)
    made = _map()
    TimestampedGeoJson(
        {"type": "FeatureCollection", "features": features},
        period="P7D", duration="P7D", auto_play=False, add_last_point=False, transition_time=20,
    ).add_to(made)  # fmt: skip
    made.save(out)
    return ""


def timeline(dataset: Dataset, out: Path) -> str:
    """Write a Timeline page: each spell with its start and end."""
    features = [
        feature(point, start=start.isoformat(), end=end.isoformat(), colour=colour)
        for point, start, end, colour in spells(dataset)
    ]
    made = _map()
    layer = Timeline(
        {"type": "FeatureCollection", "features": features},
        point_to_layer=folium.JsCode(
            "(f, at) => L.circleMarker(at, {radius: 4, stroke: false, fillOpacity: 1,"
            " fillColor: f.properties.colour})"
        ),
    ).add_to(made)
    TimelineSlider(auto_play=False, show_ticks=False, steps=1700).add_timelines(layer).add_to(made)
    made.save(out)
    return ""
