"""What can be taken away: every format with its type, for one view and for the whole ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from geo.address import is_series
from geo.export.earth import ledger_kml, standing_kml
from geo.export.geofiles import (
    ledger_gpkg,
    ledger_parquet,
    named_gpkg,
    standing_gpkg,
    standing_parquet,
)
from geo.export.sheet import ledger_xlsx, standing_xlsx
from geo.export.text import ledger_csv, ledger_geojson, standing_csv, standing_geojson
from geo.model import Dataset, Snapshot, View

if TYPE_CHECKING:
    from geo.areas import OpenSeries


@dataclass(frozen=True)
class Export:
    """A format: the function that makes its bytes, and its MIME type.

    `encode` takes the snapshot, the view it is of, the address that opens the view again, and
    what gives the series of control areas of an id.
    """

    encode: Callable[[Snapshot, View, str, OpenSeries], bytes]
    mime: str


def _png(snapshot: Snapshot, view: View, address: str, open_series: OpenSeries) -> bytes:
    # here, for a table needs no matplotlib
    from geo.figure import SIZE, PictureOptions, choose_extent, draw_picture

    options = PictureOptions(
        extent=choose_extent(view, snapshot.dataset, size=SIZE),
        place=view.place,
        areas=view.areas,
        only=view.only,
        lang=view.lang,
        address=address,
    )
    return draw_picture(snapshot, options, open_series=open_series).content


def _html(snapshot: Snapshot, view: View, address: str, open_series: OpenSeries) -> bytes:
    from geo.timelayer import standalone_html  # here, for a table needs no map

    series = [open_series(area) for area in view.areas if is_series(area)]
    return standalone_html(snapshot.dataset, view=view, series=series)


# What the page and the command line offer; the order is that of the buttons.
EXPORTS = {
    "png": Export(_png, "image/png"),
    "csv": Export(lambda snapshot, *_: standing_csv(snapshot), "text/csv"),
    "geojson": Export(lambda snapshot, *_: standing_geojson(snapshot), "application/geo+json"),
    "html": Export(_html, "text/html"),
    "xlsx": Export(
        lambda snapshot, *_: standing_xlsx(snapshot),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "gpkg": Export(lambda snapshot, *_: standing_gpkg(snapshot), "application/geopackage+sqlite3"),
    "kml": Export(
        lambda snapshot, *_: standing_kml(snapshot),
        "application/vnd.google-earth.kml+xml",
    ),
    "parquet": Export(
        lambda snapshot, *_: standing_parquet(snapshot),
        "application/vnd.apache.parquet",
    ),
}
WHOLE_LEDGER: dict[str, Callable[[Dataset], bytes]] = {
    "csv": ledger_csv,
    "geojson": ledger_geojson,
    "gpkg": ledger_gpkg,
    "kml": ledger_kml,
    "parquet": ledger_parquet,
    "xlsx": ledger_xlsx,
}


def export_name(
    view: View, ending: str, *, first: date | None = None, how: Iterable[str] = ()
) -> str:
    """Name a file after what it shows: siversk_2025-12-11_known-then_all.png.

    `first` is the first of two days, or of a film's; the view's is the last. `how` is what else
    tells it from others of the view.
    """
    days = (day.isoformat() for day in (first, view.as_of) if day)
    stem = [view.place or "map", *days, f"known-{view.clock}", view.view, *how]
    return f"{'_'.join(stem)}.{ending}"


def as_file(content: bytes, file_name: str) -> bytes:
    """Make a format's bytes for a file of this name, which a GeoPackage tells QGIS."""
    return named_gpkg(content, file_name) if file_name.endswith(".gpkg") else content
