"""A picture with what lies beside it: its words, and its manifest.

The manifest holds all that is needed to make the same bytes again, and to check them.
"""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from geo import __version__
from geo.areas import OpenSeries, no_series
from geo.figure.alt import said_of, second_snapshot, standing_in
from geo.figure.options import FORMATS, Extent, Layout, Look, PictureOptions
from geo.figure.paper import PROGRAM
from geo.figure.picture import draw_picture
from geo.model import Dataset, Lang, Snapshot, Status
from geo.timeline import take_snapshot


def picture_files(
    snapshot: Snapshot,
    options: PictureOptions,
    *,
    ending: str,
    open_series: OpenSeries = no_series,
) -> dict[str, bytes]:
    """Make a picture, what it shows in words (.txt) and its manifest (.json).

    Parameters are those of `draw_picture`.

    Returns
    -------
    Files by what their names end in: the picture's ending, also followed by .txt and .json.
    """
    drawn = draw_picture(snapshot, options, ending=ending, open_series=open_series)
    return {
        ending: drawn.content,
        f"{ending}.txt": f"{drawn.alt}\n".encode(),
        f"{ending}.json": write_manifest(snapshot, options, ending=ending, shown=drawn.shown),
    }


def write_manifest(
    snapshot: Snapshot, options: PictureOptions, *, ending: str, shown: Extent
) -> bytes:
    """Write what a picture was made of as JSON.

    Parameters
    ----------
    snapshot, options, ending
        As drawn.
    shown
        Degrees on its map, for the reader; `extent` is what was asked for.
    """
    other = second_snapshot(snapshot, options)
    used: set[str] = set()
    for one in [snapshot, *([other] if other else [])]:
        used.update(map(str, standing_in(one, shown, options.only).index))
    if options.layout is Layout.CARD and options.place:
        used.update(map(str, said_of(snapshot, options.place).index))
    content = {
        "product": PROGRAM,
        "product_version": __version__,
        "ledger_version": snapshot.dataset.version,
        "format": ending,
        "as_of": snapshot.as_of.isoformat(),
        "known_by": snapshot.known_by.isoformat(),
        "view": snapshot.view,
        "within": snapshot.within,
        "options": asdict(options),
        "shown": [round(degrees, 6) for degrees in shown],
        "claims": sorted(used),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1, default=str) + "\n").encode()


def read_manifest(content: bytes, dataset: Dataset) -> tuple[Snapshot, PictureOptions, str]:
    """Read a manifest back: the snapshot, the options and the format of its picture.

    Raises
    ------
    ValueError
        When it is no manifest, or one of another ledger; one sentence.
    """
    try:
        manifest = json.loads(content)
        version = manifest["ledger_version"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ValueError("this is no manifest of a picture") from None
    if version != dataset.version:
        raise ValueError(
            f"the manifest is of ledger {version!s:.40}, this is ledger {dataset.version}: "
            "the picture would not be the same"
        )
    try:
        options = _options(manifest["options"])
        snapshot = take_snapshot(
            dataset,
            as_of=date.fromisoformat(manifest["as_of"]),
            known_by=date.fromisoformat(manifest["known_by"]),
            view=manifest["view"],
            within=None if manifest["within"] is None else int(manifest["within"]),
        )
        ending = manifest["format"]
        second_snapshot(snapshot, options)
        known = options.place is None or options.place in dataset.settlements.index
        if ending not in FORMATS or not known:
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        raise ValueError("the manifest's values do not make a picture") from None
    return snapshot, options, ending


def _options(written: dict[str, Any]) -> PictureOptions:
    unknown = set(written) - {field.name for field in fields(PictureOptions)}
    if unknown:
        raise ValueError(f"unknown options {sorted(unknown)}")
    read = dict(written)
    wide, tall = read["size"]
    extent = read["extent"]
    if extent is not None:
        west, south, east, north = map(float, extent)
        middle = (south + north) / 2  # which the map is stretched about
        if not (-360 <= west < east <= 360 and -360 <= south < north <= 360 and abs(middle) < 80):
            raise ValueError("no extent")
        extent = (west, south, east, north)
    read |= {
        "layout": Layout(read["layout"]),
        "theme": Look(read["theme"]),
        "lang": Lang(read["lang"]),
        "size": (int(wide), int(tall)),
        "extent": extent,
        "headline": str(read["headline"]),
        "areas": tuple(map(str, read["areas"])),
        "address": str(read["address"]),
        "only": Status(read["only"]) if read["only"] else None,
        "date2": date.fromisoformat(read["date2"]) if read["date2"] else None,
    }
    return PictureOptions(**read)
