"""Styles for QGIS (QML) that draw the GeoPackage's layers as our map draws them.

Tried with QGIS 3.22, the oldest that they are for. Expressions of QGIS have no `CASE x WHEN`.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from geo.model import Controller, Lang, Side, Status
from geo.style import ADMIN1, BORDER, COLOURS, FADING, INK, LAND, UNKNOWN
from geo.wording import SIDE_NAMES, STATUS_NAMES

# Degrees that turn the round side of a half disc to the left and to the right.
BELLIGERENTS = {Side.UKRAINE: "270", Side.RUSSIA: "90"}
DISC, RING, RIM, DOT = "5", "7.4", "5.4", "2"  # mm across
NO_FILL, HOLLOW = "0,0,0,0", "255,255,255,255"
LIVE_RIM, DORMANT_RIM = "0.7", "0.25"
# The age of a statement when QGIS's time controller plays; nothing, so fresh, when it does not.
AGE_IN_TIME = 'day(@map_start_time - to_datetime("stated_on"))'


def places_style() -> str:
    """Draw places as discs in two halves, a category for each status; see README.

    The symbol reads the columns of `tables.place_table`; the ages fade as in `geo.style.FADING`.
    """
    symbols, categories = [], []
    for number, status in enumerate(Status):
        symbols.append(_symbol("marker", number, _glyph(status)))
        categories.append(_category(number, status, STATUS_NAMES.of(Lang.EN)[status]))
    return _categorised("status", categories, symbols) + _labels("name")


def statements_style() -> str:
    """Draw each statement as the part of the disc that its side has, so that places add up."""
    symbols, categories = [], []
    for number, side in enumerate(Side):
        parts = (
            [_half(side, "controller", AGE_IN_TIME), _texture(side, "controller")]
            if side in BELLIGERENTS
            else _ring("controller", AGE_IN_TIME)
        )
        symbols.append(_symbol("marker", number, [*parts, _edge(UNKNOWN)]))
        categories.append(_category(number, side, SIDE_NAMES.of(Lang.EN)[side]))
    return _categorised("side", categories, symbols) + _temporal()


def borders_style() -> str:
    """Draw countries and areas as the offline background does."""
    symbols, categories = [], []
    for number, (kind, line) in enumerate((("country", BORDER), ("admin1", ADMIN1))):
        fill = LAND if kind == "country" else None
        area = {
            "color": rgba(fill) if fill else NO_FILL,
            "style": "solid" if fill else "no",
            "outline_color": rgba(line),
            "outline_style": "solid",
            "outline_width": "0.3",
        }
        symbols.append(_symbol("fill", number, [_layer("SimpleFill", area)]))
        categories.append(_category(number, kind, kind))
    return _categorised("kind", categories, symbols)


def as_document(style: str) -> str:
    """Wrap a style as QGIS keeps it beside a layer."""
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        '<qgis version="3.22.0" styleCategories="Symbology|Labeling|Temporal" '
        f'labelsEnabled="{int("<labeling" in style)}">{style}</qgis>'
    )


def _glyph(status: Status) -> list[str]:
    """Give the parts of a place's disc, from the paper up."""
    if status is Status.SILENT:
        return [_marker("circle", size=DOT, fill=HOLLOW, line=rgba(UNKNOWN))]
    parts = _ring(f"{Side.THIRD}_controller", f'"{Side.THIRD}_age_days"')
    parts.append(_marker("circle", size=DISC, fill=HOLLOW, line=NO_FILL))
    for side in BELLIGERENTS:
        column = f"{side}_controller"
        parts += [_half(side, column, f'"{side}_age_days"'), _texture(side, column)]
    match status:
        case Status.DISPUTED:
            width = {"outlineWidth": f'CASE WHEN "live" THEN {LIVE_RIM} ELSE {DORMANT_RIM} END'}
            parts.append(_marker("circle", size=RIM, fill=NO_FILL, line=rgba(INK), by=width))
            parts.append(_divider(INK))
        case Status.ONE_SIDED:
            parts += [_edge(UNKNOWN), _divider(UNKNOWN)]
        case _:
            parts.append(_edge(UNKNOWN))
    return parts


def _half(side: Side, column: str, age: str) -> str:
    shown = {"fillColor": _colour(column, age), "enabled": f'"{column}" IS NOT NULL'}
    return _marker(
        "semi_circle",
        size=DISC,
        angle=BELLIGERENTS[side],
        fill=HOLLOW,
        line=NO_FILL,
        by={**shown, "outlineColor": _line_of_contested(column)},
    )


def _texture(side: Side, column: str) -> str:
    """Lay white lines over Russia's colour, which is as light as Ukraine's."""
    line = _layer("SimpleLine", {"line_color": "255,255,255,200", "line_width": "0.16"})
    pattern = _layer(
        "LinePatternFill",
        {"angle": "45", "distance": "1.2", "distance_unit": "MM"},
        inside=_symbol("line", 0, [line]),
    )
    return _layer(
        "FilledMarker",
        {"name": "semi_circle", "size": DISC, "size_unit": "MM", "angle": BELLIGERENTS[side]},
        {"enabled": _says(column, Controller.RUSSIA)},
        inside=_symbol("fill", 0, [pattern]),
    )


def _ring(column: str, age: str) -> list[str]:
    """Draw a third party's ring; yellow within a dark one, for it is as light as the paper."""
    dark = {"enabled": _says(column, Controller.CONTESTED)}
    of_russia = _says(column, Controller.RUSSIA)
    shown = {
        "outlineColor": _colour(column, age),
        "outlineStyle": f"CASE WHEN {of_russia} THEN 'dash' ELSE 'solid' END",
        "enabled": f'"{column}" IS NOT NULL',
    }
    return [
        _marker("circle", size=RING, fill=NO_FILL, line=line, width=width, by=by)
        for line, width, by in (
            (rgba(INK), "1.1", dark),
            (HOLLOW, "0.7", dark),
            (rgba(UNKNOWN), "0.7", shown),
        )
    ]


def _edge(colour: str) -> str:
    return _marker("circle", size=DISC, fill=NO_FILL, line=rgba(colour))


def _divider(colour: str) -> str:
    return _marker("line", size=DISC, fill=NO_FILL, line=rgba(colour))


def _colour(column: str, age: str) -> str:
    """Give the QGIS expression of a colour: by controller, paler with age."""
    ages = " ".join(
        f"WHEN {age} > {days} THEN {round(255 * opacity)}" for days, opacity in FADING if days
    )
    cases = " ".join(
        f"WHEN \"{column}\" = '{controller}' THEN '{rgba(colour, alpha=False)}'"
        for controller, colour in COLOURS.items()
    )
    return f"CASE {cases} END || ',' || CASE {ages} ELSE 255 END"


def _line_of_contested(column: str) -> str:
    said = _says(column, Controller.CONTESTED)
    return f"CASE WHEN {said} THEN '{rgba(INK)}' ELSE '{NO_FILL}' END"


def _says(column: str, controller: Controller) -> str:
    # What has no value is no answer, and QGIS then does what it does without an expression.
    return f"coalesce(\"{column}\" = '{controller}', false)"


def _marker(
    shape: str,
    *,
    size: str,
    fill: str,
    line: str,
    width: str = "0.2",
    angle: str = "0",
    by: Mapping[str, str] | None = None,
) -> str:
    options = {
        "name": shape,
        "size": size,
        "size_unit": "MM",
        "angle": angle,
        "color": fill,
        "outline_color": line,
        "outline_style": "solid",
        "outline_width": width,
        "outline_width_unit": "MM",
    }
    return _layer("SimpleMarker", options, by or {})


def _layer(
    kind: str,
    options: Mapping[str, str],
    by: Mapping[str, str] | None = None,
    *,
    inside: str = "",
) -> str:
    """Write a layer of a symbol; `by` are its properties that an expression decides."""
    properties = "".join(
        f'<Option type="Map" name="{name}"><Option type="bool" name="active" value="true"/>'
        f'<Option type="QString" name="expression" value={quoteattr(expression)}/>'
        '<Option type="int" name="type" value="3"/></Option>'
        for name, expression in (by or {}).items()
    )
    return (
        f'<layer class="{kind}" enabled="1" pass="0" locked="0"><Option type="Map">'
        f"{''.join(_option(*option) for option in options.items())}</Option>"
        '<data_defined_properties><Option type="Map">'
        '<Option type="QString" name="name" value=""/>'
        f'<Option type="Map" name="properties">{properties}</Option>'
        '<Option type="QString" name="type" value="collection"/>'
        f"</Option></data_defined_properties>{inside}</layer>"
    )


def _option(name: str, value: str) -> str:
    return f'<Option type="QString" name="{name}" value={quoteattr(value)}/>'


def _symbol(kind: str, number: int, layers: list[str]) -> str:
    return (
        f'<symbol type="{kind}" name="{number}" alpha="1" clip_to_extent="1" force_rhr="0">'
        f"{''.join(layers)}</symbol>"
    )


def _category(number: int, value: str, label: str) -> str:
    return f'<category symbol="{number}" value="{value}" label={quoteattr(label)} render="true"/>'


def _categorised(column: str, categories: list[str], symbols: list[str]) -> str:
    return (
        f'<renderer-v2 type="categorizedSymbol" attr="{column}" symbollevels="0" '
        f'enableorderby="0" forceraster="0"><categories>{"".join(categories)}</categories>'
        f"<symbols>{''.join(symbols)}</symbols></renderer-v2>"
    )


def _labels(column: str) -> str:
    return (
        f'<labeling type="simple"><settings><text-style fieldName="{column}" fontSize="8" '
        f'textColor="{rgba(INK)}"><text-buffer bufferDraw="1" bufferSize="0.8" '
        f'bufferColor="{HOLLOW}"/></text-style><placement placement="6" dist="3"/>'
        "</settings></labeling>"
    )


def _temporal() -> str:
    """Let the time controller show a statement on the days on which it stands, as known then."""
    return (
        '<temporal enabled="1" mode="2" startField="stated_on" endField="stands_until" '
        'limitMode="1" accumulate="0" fixedDuration="0" durationField="" durationUnit="d" '
        'startExpression="" endExpression=""><fixedRange><start></start><end></end></fixedRange>'
        "</temporal>"
    )


def rgba(colour: str, *, alpha: bool = True) -> str:
    """Write #RRGGBB as QGIS writes colours."""
    parts = ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return f"{parts},255" if alpha else parts
