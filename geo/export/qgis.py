"""Styles for QGIS (QML) that draw the GeoPackage's layers as our map draws them."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from geo.model import Controller, Side, Status
from geo.style import ADMIN1, BORDER, COLOURS, FADING, INK, LAND, UNKNOWN
from geo.wording import CONTROLLER_NAMES, STATUS_NAMES

# Degrees that turn the round side of a half disc to the left and to the right.
BELLIGERENTS = {Side.UKRAINE: "270", Side.RUSSIA: "90"}
DISC, RING, RIM = "5", "7", "5.6"  # mm across
NO_FILL, HOLLOW = "0,0,0,0", "255,255,255,255"


def places_style() -> str:
    """Draw places as discs in two halves, a category for each status; see README.

    The symbol reads the columns of `tables.place_table`; the ages fade as in `geo.style.FADING`.
    """
    symbols, categories = [], []
    for number, status in enumerate(Status):
        if status is Status.SILENT:
            layers = [_marker("circle", size="2", fill=HOLLOW, line=_rgba(UNKNOWN))]
        else:
            layers = [_ring(), *map(_half, BELLIGERENTS)]
        if status is Status.DISPUTED:
            layers.append(_marker("circle", size=RIM, fill=NO_FILL, line=_rgba(INK), width="0.6"))
        symbols.append(_symbol("marker", number, layers))
        label = quoteattr(STATUS_NAMES[status])
        categories.append(
            f'<category symbol="{number}" value="{status}" label={label} render="true"/>'
        )
    return _document(_categorised("status", categories, symbols), label="name")


def statements_style() -> str:
    """Draw each statement as a dot in the colour of who is said to hold the place."""
    symbols, categories = [], []
    for number, controller in enumerate(Controller):
        dot = _marker("circle", size="2.6", fill=_rgba(COLOURS[controller]), line=_rgba(INK))
        symbols.append(_symbol("marker", number, [dot]))
        label = quoteattr(CONTROLLER_NAMES[controller])
        categories.append(
            f'<category symbol="{number}" value="{controller}" label={label} render="true"/>'
        )
    return _document(_categorised("controller", categories, symbols))


def borders_style() -> str:
    """Draw countries and areas as the offline background does."""
    symbols, categories = [], []
    for number, (kind, line) in enumerate((("country", BORDER), ("admin1", ADMIN1))):
        fill = LAND if kind == "country" else None
        area = {
            "color": _rgba(fill) if fill else NO_FILL,
            "style": "solid" if fill else "no",
            "outline_color": _rgba(line),
            "outline_style": "solid",
            "outline_width": "0.3",
        }
        symbols.append(_symbol("fill", number, [_layer("SimpleFill", area)]))
        categories.append(
            f'<category symbol="{number}" value="{kind}" label="{kind}" render="true"/>'
        )
    return _document(_categorised("kind", categories, symbols))


def _ring() -> str:
    column = f"{Side.THIRD}_controller"
    colour = _colour_of(Side.THIRD)
    shown = f'"{column}" IS NOT NULL'
    return _marker(
        "circle",
        size=RING,
        fill=NO_FILL,
        line=_rgba(UNKNOWN),
        width="0.8",
        by={"outlineColor": colour, "enabled": shown},
    )


def _half(side: Side) -> str:
    return _marker(
        "semi_circle",
        size=DISC,
        angle=BELLIGERENTS[side],
        fill=HOLLOW,
        line=_rgba(UNKNOWN),
        by={"fillColor": _colour_of(side)},
    )


def _colour_of(side: Side) -> str:
    """Give the QGIS expression of a side's colour: by controller, paler with age."""
    cases = " ".join(
        f"WHEN '{controller}' THEN '{_rgba(colour, alpha=False)}'"
        for controller, colour in COLOURS.items()
    )
    ages = " ".join(
        f'WHEN "{side}_age_days" > {days} THEN {round(255 * opacity)}'
        for days, opacity in FADING
        if days
    )
    column = f'"{side}_controller"'
    return (
        f"CASE WHEN {column} IS NULL THEN '{HOLLOW}' "
        f"ELSE CASE {column} {cases} END || ',' || CASE {ages} ELSE 255 END END"
    )


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


def _layer(kind: str, options: Mapping[str, str], by: Mapping[str, str] | None = None) -> str:
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
        "</Option></data_defined_properties></layer>"
    )


def _option(name: str, value: str) -> str:
    return f'<Option type="QString" name="{name}" value={quoteattr(value)}/>'


def _symbol(kind: str, number: int, layers: list[str]) -> str:
    return (
        f'<symbol type="{kind}" name="{number}" alpha="1" clip_to_extent="1" force_rhr="0">'
        f"{''.join(layers)}</symbol>"
    )


def _categorised(column: str, categories: list[str], symbols: list[str]) -> str:
    return (
        f'<renderer-v2 type="categorizedSymbol" attr="{column}" symbollevels="0" '
        f'enableorderby="0" forceraster="0"><categories>{"".join(categories)}</categories>'
        f"<symbols>{''.join(symbols)}</symbols></renderer-v2>"
    )


def _document(renderer: str, *, label: str | None = None) -> str:
    labels = (
        f'<labeling type="simple"><settings><text-style fieldName="{label}" fontSize="8" '
        f'textColor="{_rgba(INK)}"><text-buffer bufferDraw="1" bufferSize="0.8" '
        f'bufferColor="{HOLLOW}"/></text-style><placement placement="6" dist="1"/>'
        "</settings></labeling>"
        if label
        else ""
    )
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        f'<qgis version="3.22.0" styleCategories="Symbology|Labeling" '
        f'labelsEnabled="{int(bool(label))}">{renderer}{labels}</qgis>'
    )


def _rgba(colour: str, *, alpha: bool = True) -> str:
    parts = ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return f"{parts},255" if alpha else parts
