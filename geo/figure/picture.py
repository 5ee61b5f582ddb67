"""A picture as a file: PNG, SVG or PDF, the same bytes each time, its words inside the file."""

from __future__ import annotations

import io
from dataclasses import dataclass
from html import escape

from geo.areas import OpenSeries, no_series
from geo.figure.alt import describe, headline
from geo.figure.options import FORMATS, Extent, PictureOptions
from geo.figure.paper import PROGRAM, drawing
from geo.figure.sheet import compose
from geo.model import Snapshot


@dataclass(frozen=True)
class Picture:
    """A picture's bytes and what it says in words.

    Attributes
    ----------
    content
        The file.
    alt
        What it shows, in plain sentences.
    shown
        Degrees on its map, or on each of its two maps.
    """

    content: bytes
    alt: str
    shown: Extent


def draw_picture(
    snapshot: Snapshot,
    options: PictureOptions | None = None,
    *,
    ending: str = "png",
    open_series: OpenSeries = no_series,
) -> Picture:
    """Draw a snapshot.

    Parameters
    ----------
    snapshot
        What to show.
    options
        How; as usual when left out.
    ending
        One of FORMATS.
    open_series
        Gives the series of control areas of an id.

    Raises
    ------
    ValueError
        When the format, the second view or an area is unknown.
    """
    if ending not in FORMATS:
        raise ValueError(f"no pictures of format {ending!r}; one of {', '.join(FORMATS)}")
    options = options or PictureOptions()
    with drawing():
        composed = compose(snapshot, options, open_series)
        alt = describe(snapshot, options, composed.shown, composed.areas)
        title = headline(snapshot, options)
        about: dict[str, str | None]
        buffer = io.BytesIO()
        figure = composed.paper.figure
        match ending:
            case "png":
                about = {
                    "Software": PROGRAM,
                    "Title": title,
                    "Description": alt,
                    "Source": options.address,
                }
            case "svg":
                about = {"Title": title, "Creator": PROGRAM, "Date": None}
            case "pdf":
                about = {"Title": title, "Subject": alt, "Creator": PROGRAM, "CreationDate": None}
        figure.savefig(buffer, format=ending, metadata=about, dpi="figure", facecolor="auto")
    content = buffer.getvalue()
    if ending == "svg":
        content = content.replace(b"</title>", f"</title>\n <desc>{escape(alt)}</desc>".encode(), 1)
    return Picture(content, alt, composed.shown)
