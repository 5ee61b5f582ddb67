"""The view as the address of the page, and back: unknown keys are ignored, values are clamped."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from math import isnan
from urllib.parse import urlencode

from geo.model import (
    ALL_SIDES,
    OWN_AREAS,
    SIDES,
    THEATRE,
    WITHIN,
    Clock,
    Dataset,
    Lang,
    Status,
    View,
)
from geo.style import HOME_ZOOM, PLACE_ZOOM, ZOOM_RANGE

ANY_AGE = "any"
AGES = (30, 90, 365)  # days that a reader may choose; an address may ask for others
AGAINST = "~"  # between two series whose difference is an area to show: deepstate~isw


def read_address(
    address: Mapping[str, str], dataset: Dataset, series: Collection[str] = ()
) -> View:
    """Read a view from the parts of an address; whatever makes no sense is as if left out.

    Parameters
    ----------
    address
        Keys date, place, clock, view, only, within, areas, lang, lat, lon, zoom; all may be
        missing.
    dataset
        What exists: days, places, claimants.
    series
        Ids of the series of control areas that exist.
    """
    view = View(as_of=dataset.last_day)
    with suppress(KeyError, ValueError):
        view = replace(view, as_of=clamp_day(read_day(address["date"]), dataset))
    with suppress(KeyError, ValueError):
        view = replace(view, clock=Clock(address["clock"]))
    with suppress(KeyError, ValueError):
        view = replace(view, lang=Lang(address["lang"]))
    with suppress(KeyError, ValueError):
        view = replace(view, only=Status(address["only"]))
    with suppress(KeyError, ValueError):
        view = replace(view, within=read_within(address["within"]))
    if is_view(address.get("view", ""), dataset):
        view = replace(view, view=address["view"])
    if is_place(address.get("place"), dataset):
        view = look_at(view, dataset, address["place"])
    asked = address.get("areas", "").split(",")
    there = [area for area in dict.fromkeys(asked) if is_area(area, series)]
    view = replace(view, areas=tuple(there))
    with suppress(KeyError, ValueError, OverflowError):
        centre = clamp_centre(float(address["lat"]), float(address["lon"]))
        view = replace(view, centre=centre, zoom=view.zoom or HOME_ZOOM)
    with suppress(KeyError, ValueError, OverflowError):
        zoom = clamp_zoom(float(address["zoom"]))
        view = replace(view, zoom=zoom) if view.centre else view
    return view


def write_address(view: View) -> dict[str, str]:
    """Write a view as the parts of an address; what is as usual is left out, the date never."""
    parts = {"date": view.as_of.isoformat()}
    if view.place:
        parts["place"] = view.place
    if view.clock is not Clock.THEN:
        parts["clock"] = view.clock.value
    if view.view != ALL_SIDES:
        parts["view"] = view.view
    if view.lang is not Lang.EN:
        parts["lang"] = view.lang.value
    if view.only:
        parts["only"] = view.only.value
    if view.within != WITHIN:
        parts["within"] = write_within(view.within)
    if view.areas:
        parts["areas"] = ",".join(view.areas)
    if view.centre:
        lat, lon = view.centre
        zoom = f"{view.zoom or HOME_ZOOM:g}"
        parts |= {"lat": f"{lat:.4f}", "lon": f"{lon:.4f}", "zoom": zoom}
    return parts


def full_address(view: View, *, base: str = "") -> str:
    """Write the address as one line, after the address of the page itself."""
    return f"{base}?{urlencode(write_address(view))}"


def look_at(view: View, dataset: Dataset, place: str) -> View:
    """Open a settlement or an oblast and bring it into the middle, close enough to see it."""
    point = dataset.places.geometry[place].representative_point()
    settled = place in dataset.settlements.index
    zoom = max(view.zoom or HOME_ZOOM, PLACE_ZOOM) if settled else HOME_ZOOM
    return replace(view, place=place, centre=(point.y, point.x), zoom=zoom)


def compared(area: str) -> tuple[str, str] | None:
    """Give the two series whose difference an area is; None for every other area."""
    first, against, second = area.partition(AGAINST)
    return (first, second) if against else None


def is_series(area: str) -> bool:
    """Tell whether an area is one series: neither ours nor a difference."""
    return area not in OWN_AREAS and compared(area) is None


def is_area(area: str, series: Collection[str]) -> bool:
    """Tell whether an area can be shown: ours, a series, or the difference of two series."""
    pair = compared(area)
    if pair is None:
        return area in OWN_AREAS or area in series
    return pair[0] != pair[1] and all(one in series for one in pair)


def read_within(text: str) -> int | None:
    """Read how old a live disagreement's statements may be: days, or "any" for None.

    Raises
    ------
    ValueError
        When it is neither.
    """
    if text == ANY_AGE:
        return None
    if not re.fullmatch("[0-9]{1,5}", text):
        usual = ", ".join(map(str, AGES))
        raise ValueError(f"{text[:20]!r} is no number of days; expected {usual} or {ANY_AGE}")
    return int(text)


def write_within(within: int | None) -> str:
    """Write it back."""
    return ANY_AGE if within is None else str(within)


def read_day(text: str) -> date:
    """Read YYYY-MM-DD and nothing else; `date.fromisoformat` takes weeks and bare digits too.

    Raises
    ------
    ValueError
        One sentence.
    """
    with suppress(ValueError):
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    raise ValueError(f"{text!r} is not a day; expected YYYY-MM-DD")


def is_view(word: str, dataset: Dataset) -> bool:
    """Tell whether a word names who is heard: "all", a side or a claimant's id."""
    return word == ALL_SIDES or word in SIDES or word in dataset.claimants.index


def is_place(word: object, dataset: Dataset) -> bool:
    """Tell whether a word names a settlement, or an oblast that somebody spoke of."""
    return word in dataset.settlements.index or word in dataset.oblasts


def clamp_day(day: date, dataset: Dataset) -> date:
    """Bring a day between the first and the newest statement."""
    return min(max(day, dataset.first_day), dataset.last_day)


def clamp_centre(lat: float, lon: float) -> tuple[float, float]:
    """Bring a point into the theatre; raises ValueError for what is no number."""
    west, south, east, north = THEATRE
    if isnan(lat) or isnan(lon):
        raise ValueError("not a number")
    return min(max(lat, south), north), min(max(lon, west), east)


def clamp_zoom(zoom: float) -> float:
    """Bring a zoom level into what the map offers; raises ValueError for what is no number."""
    if isnan(zoom):
        raise ValueError("not a number")
    return min(max(zoom, ZOOM_RANGE[0]), ZOOM_RANGE[1])
