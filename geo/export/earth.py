"""KML 2.2 (OGC 07-147r2) for Google Earth: each statement with the time for which it stands.

Its words are English whatever language the reader has, as in every file of data: same ledger, same
bytes.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.export.tables import about, stands_until, statement_table
from geo.model import (
    CONTROLLERS,
    KINDS,
    SIDES,
    WEB_BEGINS,
    Controller,
    Dataset,
    Lang,
    Side,
    Snapshot,
)
from geo.style import COLOURS
from geo.wording import CAVEAT, SIDE_NAMES, day_in_words, known_in_words, says, view_in_words

# Google Earth carries this white dot along, and colours it.
ICON = "http://maps.google.com/mapfiles/kml/shapes/shaded_dot.png"
# The dots of the sides stand beside each other, as the halves of our disc: x of the icon's hold.
HOLD = {Side.UKRAINE: 0.95, Side.RUSSIA: 0.05, Side.THIRD: 0.5}
KEPT = ("claim_id", "side", "kind", "controller", "stated_on", "effective_on", "claimant", "outlet")
OF_A_DAY = ("status", "live")  # of the place; the whole ledger has neither
# Characters that XML 1.0 has no place for, not even escaped.
NOT_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 65534, 65535))


def standing_kml(snapshot: Snapshot) -> bytes:
    """Write the standing claims of a day; each spans from its statement to that day."""
    table = statement_table(snapshot.dataset, snapshot)
    day = pd.Timestamp(snapshot.as_of)
    begin = table["stated_on"].clip(upper=day)
    title = (
        f"{known_in_words(snapshot.as_of, snapshot.known_by, Lang.EN)}, "
        f"{view_in_words(snapshot.dataset, snapshot.view, Lang.EN)}"
    )
    end = pd.Series(day, index=table.index)
    return _kml(table, title, begin, end, about(snapshot.dataset, snapshot))


def ledger_kml(dataset: Dataset) -> bytes:
    """Write all claims; each spans the days on which it stood, as known then.

    That is from the day it was stated to `tables.stands_until`; the newest of each has no end.
    """
    table = statement_table(dataset)
    begin = table["stated_on"]
    until = day_in_words(dataset.last_day, Lang.EN)
    title = f"All statements found up to {until}, as known then"
    return _kml(table, title, begin, stands_until(table), about(dataset))


def _kml(
    table: gpd.GeoDataFrame, title: str, begin: pd.Series, end: pd.Series, answers: dict[str, str]
) -> bytes:
    # The ids of styles and the words are looked up once a pair, not once a claim.
    said = {
        (kind.value, controller.value): says(kind, controller, Lang.EN)
        for kind in KINDS
        for controller in CONTROLLERS
    }
    words = [_text(said[pair]) for pair in zip(table["kind"], table["controller"], strict=True)]
    days = {name: _days(table[name]) for name in ("stated_on", "effective_on")}
    cells = {
        name: days[name] if name in days else [_text(cell) for cell in table[name]]
        for name in (*KEPT, "name", "summary", "url")
    }
    more = [""] * len(table)
    for column in OF_A_DAY:
        if column in table:  # live as XML writes a truth: true, false
            values = table[column].astype(str).str.lower()
            more = [data + _data(column, value) for data, value in zip(more, values, strict=True)]
    rows = zip(
        *(cells[name] for name in (*KEPT, "name", "summary", "url")),
        *(words, _days(begin), _days(end), table["lon"].tolist(), table["lat"].tolist(), more),
        strict=True,
    )
    placemarks = [_placemark(*row) for row in rows]
    head = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>',
        f"<name>Frontline Claims: {_text(title)}</name><open>1</open>",
        f"<description>{_text(CAVEAT)}</description>",
        *(_style(side, controller) for side in SIDES for controller in CONTROLLERS),
        f"<ExtendedData>{''.join(_data(*answer) for answer in answers.items())}</ExtendedData>",
    ]
    folders = [
        "\n".join(
            [
                f"<Folder><name>{_text(SIDE_NAMES.of(Lang.EN)[side])}</name>",
                *(placemarks[row] for row in np.flatnonzero(table["side"] == side.value)),
                "</Folder>",
            ]
        )
        for side in SIDES
    ]
    return "\n".join([*head, *folders, "</Document></kml>\n"]).encode()


def _placemark(*row: object) -> str:
    """Write one claim; all texts are escaped already."""
    claim_id, side, _, controller, stated_on, _, claimant, outlet, *rest = row
    name, summary, url, words, begin, end, lon, lat, more = rest
    until = f"<end>{end}</end>" if end else ""
    # The description is HTML inside XML, so what is text in it is escaped twice.
    link = f'<a href="{url}">{outlet}</a>' if str(url).startswith(WEB_BEGINS) else outlet
    shown = f"<b>{claimant}</b> {words}, {stated_on}.<br/>{summary}<br/>{link}"
    data = "".join(
        f'<Data name="{key}"><value>{cell}</value></Data>'
        for key, cell in zip((*KEPT, "url"), (*row[: len(KEPT)], url), strict=True)
    )
    return (
        f'<Placemark id="c-{claim_id}"><name>{name}</name>'
        f"<description>{escape(shown)}</description>"
        f"<TimeSpan><begin>{begin}</begin>{until}</TimeSpan>"
        f"<styleUrl>#{side}-{controller}</styleUrl><ExtendedData>{data}{more}</ExtendedData>"
        f"<Point><coordinates>{lon},{lat}</coordinates></Point></Placemark>"
    )


def _style(side: Side, controller: Controller) -> str:
    red, green, blue = (COLOURS[controller][at : at + 2].lower() for at in (1, 3, 5))
    return (
        f'<Style id="{side}-{controller}"><IconStyle><color>ff{blue}{green}{red}</color>'
        f"<scale>0.9</scale><Icon><href>{ICON}</href></Icon>"
        f'<hotSpot x="{HOLD[side]}" y="0.5" xunits="fraction" yunits="fraction"/></IconStyle>'
        "<LabelStyle><scale>0.7</scale></LabelStyle></Style>"
    )


def _data(key: str, value: str) -> str:
    return f"<Data name={quoteattr(key)}><value>{_text(value)}</value></Data>"


def _text(value: str) -> str:
    return escape(value.translate(NOT_XML), {'"': "&quot;"})


def _days(days: pd.Series) -> list[str]:
    written: list[str] = days.dt.strftime("%Y-%m-%d").fillna("").tolist()
    return written
