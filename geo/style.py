"""Colours and sizes, the same for map, figure and legend.

Hues are from Okabe and Ito's palette for colour-blind readers (2008). Ukraine's and Russia's
lightness is close, so Russia's fill also carries a texture wherever it is large enough to show.
"""

from __future__ import annotations

from geo.model import Controller

COLOURS = {
    Controller.UKRAINE: "#0072B2",
    Controller.RUSSIA: "#D55E00",
    Controller.CONTESTED: "#F0E442",
}
UNKNOWN = "#8A8A8A"
INK = "#222222"
# Ink of what a chart draws straight on the page, light or dark: an expression of Vega, which knows
# the paper that Streamlit gives it. https://vega.github.io/vega/docs/expressions/#luminance
PAGE_INK = f"luminance(background) < 0.5 ? '#E6E6E6' : '{INK}'"
LAND, SEA, BORDER, ADMIN1 = "#F7F6F2", "#DCE6EA", "#6B6B6B", "#BDBBB3"

# A statement pales with its age, so that an old one does not look like yesterday's:
# (older than so many days, opacity). The browser's side is `paleness` in geo/timelayer/glyphs.js.
FADING = ((90, 0.45), (30, 0.7), (0, 1.0))

# How much thinner the rim of a dormant disagreement is; as THIN of geo/timelayer/glyphs.js.
THIN = 0.5

# Leaflet's view when no address says otherwise: the whole front's region.
HOME_CENTRE, HOME_ZOOM = (48.4, 36.3), 7
# The same region as a box, for pictures: west, south, east, north.
FRONT = (32.4, 46.1, 39.6, 51.7)
PLACE_ZOOM = 9.0  # close enough to tell a place from its neighbours
ZOOM_RANGE = (5, 14)


def opacity(age_days: int) -> float:
    """Fill opacity of a statement of this age; one made after the day counts as fresh."""
    return next((value for days, value in FADING if age_days > days), FADING[-1][1])
