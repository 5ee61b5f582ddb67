"""The map on a page: where it opens for a difference, in Web Mercator."""

import math

import pytest

from geo.session.map import FRAME, TILE, fit
from geo.style import ZOOM_RANGE


def pixels(bounds, zoom):
    """Width and height of bounds on a map, by the formulas of Web Mercator themselves."""
    west, south, east, north = bounds
    world = TILE * 2**zoom

    def height(lat):
        return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) / (2 * math.pi) * world

    return (east - west) / 360 * world, height(north) - height(south)


@pytest.mark.parametrize(
    "bounds",
    [(36.0, 47.0, 39.0, 49.0), (38.0, 48.8, 38.6, 48.95), (30.0, 46.0, 30.5, 51.0)],
    ids=["front", "Siversk", "tall"],
)
def test_a_difference_fills_the_map_and_fits_into_it(bounds):
    (lat, lon), zoom = fit(bounds)
    assert (lat, lon) == pytest.approx(((bounds[1] + bounds[3]) / 2, (bounds[0] + bounds[2]) / 2))
    wide, tall = pixels(bounds, zoom)
    assert wide <= FRAME[0]
    assert tall <= FRAME[1] * 1.01  # the formula takes one latitude for all
    closer = pixels(bounds, zoom + 0.5)
    assert closer[0] > FRAME[0] or closer[1] > FRAME[1] * 0.99


def test_a_point_is_shown_as_close_as_the_map_goes():
    assert fit((38.1, 48.8, 38.1, 48.8))[1] == ZOOM_RANGE[1]
