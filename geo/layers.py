"""The folium base map: Leaflet from a package, so that it works offline, and tiles by choice."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import folium
import xyzservices.providers
from xyzservices import TileProvider

from geo.style import HOME_CENTRE, HOME_ZOOM, ZOOM_RANGE

OFFLINE = "Offline borders"

# West, south, east, north: as far as a reader may move the map.
LIMITS = (16, 40, 52, 60)

# Tile services that need no key; asked only when the reader chooses one.
BACKGROUNDS = (
    "OpenStreetMap.Mapnik",
    "CartoDB.Positron",
    "CartoDB.DarkMatter",
    "OpenTopoMap",
    "Esri.WorldImagery",
)


def leaflet_files() -> dict[str, bytes]:
    """Read Leaflet's script and style sheet from the package XStatic-Leaflet."""
    folder = files("xstatic.pkg.leaflet") / "data"
    return {name: (folder / name).read_bytes() for name in ("leaflet.js", "leaflet.css")}


def base_map(*, scripts: dict[str, str], styles: dict[str, str]) -> folium.Map:
    """Make the constant map that everything else is added to.

    Parameters
    ----------
    scripts, styles
        Name and address of each file that the page needs, in order of loading; no other is
        asked for.
    """
    west, south, east, north = LIMITS
    # Arrow keys move the day (the time layer's keys), so Leaflet's own keys are off.
    bare = folium.Map(
        location=HOME_CENTRE,
        zoom_start=HOME_ZOOM,
        min_zoom=ZOOM_RANGE[0],
        max_zoom=ZOOM_RANGE[1],
        tiles=None,
        control_scale=False,
        keyboard=False,
        zoom_snap=0.5,
        max_bounds=True,
        min_lat=south,
        max_lat=north,
        min_lon=west,
        max_lon=east,
    )
    bare.default_js = list(scripts.items())
    bare.default_css = list(styles.items())
    return bare


def background(name: str) -> dict[str, Any] | None:
    """Describe a tile service as the browser needs it; None for the offline background.

    Raises
    ------
    ValueError
        When the name is none of BACKGROUNDS.
    """
    if name == OFFLINE:
        return None
    if name not in BACKGROUNDS:
        raise ValueError(
            f"unknown background {name!r}; allowed: {OFFLINE}, {', '.join(BACKGROUNDS)}"
        )
    provider: TileProvider = xyzservices.providers.query_name(name)
    options = {
        "attribution": provider.html_attribution,
        "maxZoom": ZOOM_RANGE[1],
        "maxNativeZoom": min(int(provider.get("max_zoom", 18)), ZOOM_RANGE[1]),
    }
    return {"name": name, "url": provider.build_url(), "options": options}
