"""Which part of the ground a picture shows, in degrees."""

from __future__ import annotations

from math import cos, radians

from geo.figure.options import Extent, Layout
from geo.model import Dataset, View
from geo.wording import FAULT_WORDS

KM_PER_DEGREE = 111.32  # of latitude
CARD_KM = 30.0  # about the place of a card, when nothing else is asked for


def choose_extent(
    view: View,
    dataset: Dataset,
    *,
    size: tuple[int, int],
    layout: Layout = Layout.SHEET,
    bbox: Extent | None = None,
    radius: float | None = None,
) -> Extent | None:
    """Choose the box of degrees of a picture; None stands for the front's region.

    Parameters
    ----------
    view, dataset
        What the reader looks at; the box of the reader's map is taken when nothing else is said.
    size, layout
        Of the picture; a card shows the surroundings of its place.
    bbox
        Asked for outright.
    radius
        Kilometres about the view's settlement.

    Raises
    ------
    ValueError
        When a radius has nothing to be about, or there is a box as well.
    """
    settled = view.place in dataset.settlements.index
    if radius and (bbox or not settled):
        raise ValueError(FAULT_WORDS["radius_stray"])
    km = radius or (CARD_KM if layout is Layout.CARD else None)
    if bbox or not (km and settled):
        return bbox or extent_of(view, size=size)
    place = dataset.settlements.loc[view.place]
    return extent_around(place["lat"], place["lon"], km=km)


def extent_of(view: View, *, size: tuple[int, int]) -> Extent | None:
    """Give the box of degrees that the reader's map shows; None when it was never moved."""
    if view.centre is None or view.zoom is None:
        return None
    lat, lon = view.centre
    half = size[0] / (256 * 2**view.zoom) * 180
    tall = half * cos(radians(lat)) * size[1] / size[0]
    return lon - half, lat - tall, lon + half, lat + tall


def extent_around(lat: float, lon: float, *, km: float) -> Extent:
    """Give the box of degrees that holds a circle of `km` kilometres about a point."""
    tall = km / KM_PER_DEGREE
    wide = tall / cos(radians(lat))
    return lon - wide, lat - tall, lon + wide, lat + tall


def fit(extent: Extent, ratio: float) -> Extent:
    """Widen a box to a shape (width by height on paper), about its middle."""
    west, south, east, north = extent
    lat, lon = (south + north) / 2, (west + east) / 2
    stretch = cos(radians(lat))
    tall = max(north - south, (east - west) * stretch / ratio) / 2
    wide = tall * ratio / stretch
    return lon - wide, lat - tall, lon + wide, lat + tall
