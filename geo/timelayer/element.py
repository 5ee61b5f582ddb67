"""The time layer as folium elements: the map in the app, and the page that is saved to disk."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import folium
from branca.element import Figure, MacroElement
from jinja2 import Template

from geo.areas import Series, encode_series, series_name
from geo.cite import report_template
from geo.layers import base_map, leaflet_files
from geo.model import Dataset, Lang, View
from geo.timelayer.bundle import bundle
from geo.timelayer.payload import dump, encode_borders, encode_ledger, encode_reach, encode_texts
from geo.wording import MAP_WORDS, admin1_name, browser_words, claimant_names, day_in_words

# Loaded before everything else, as a data address that cannot fail: says so when a later one does.
WATCH = (
    "addEventListener('error',e=>{if(e.target.tagName==='SCRIPT'){const p="
    "document.createElement('p');p.setAttribute('role','alert');p.textContent="
    "'The map could not be loaded: '+e.target.src.split('/').pop()+' is missing. Reload the page.';"
    "document.body.prepend(p)}},true);"
)


def browser_files(dataset: Dataset) -> dict[str, bytes]:
    """Make every file that the browser needs; the names carry a hash of the content.

    Returns
    -------
    Name to content: leaflet and timelayer (js, css), ledger, borders and texts (json).
    """
    own = Path(__file__).parent
    contents = {
        **leaflet_files(),
        "timelayer.js": bundle(own).encode(),
        "timelayer.css": (own / "timelayer.css").read_bytes(),
        "ledger.json": dump(encode_ledger(dataset)),
        "borders.json": dump(encode_borders(dataset)),
        "reach.json": dump(encode_reach(dataset)),
        **{f"words{lang}.json": dump(_words(dataset, lang)) for lang in Lang},
        **{f"texts{i}.json": dump(piece) for i, piece in enumerate(encode_texts(dataset))},
    }
    return {hashed_name(name, content): content for name, content in contents.items()}


def _words(dataset: Dataset, lang: Lang) -> dict[str, Any]:
    """Words and speakers' names in one language; the ledger itself is the same in all."""
    admin1s = {name: admin1_name(dataset, name, lang) for name in dataset.places["admin1"].unique()}
    return {
        **browser_words(lang),
        "speakers": list(claimant_names(dataset, lang)),
        "admin1s": {name: own for name, own in admin1s.items() if own != name},
    }


def hashed_name(name: str, content: bytes) -> str:
    """Put a hash of its content into the name of a file."""
    stem, ending = name.split(".")
    # No underscores: streamlit-folium drops what follows one when it compares two maps.
    return f"{stem}-{hashlib.sha256(content).hexdigest()[:16]}.{ending}"


class TimeLayer(MacroElement):
    """Starts the time layer on the map it is added to.

    Parameters
    ----------
    sources
        Where the ledger, the borders and the pieces of text are: addresses, or "#id" of a JSON
        block in the same page.
    lang
        The language of its words.
    command
        What to show first, see `command`; None when the page around the map will say.
    """

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "startFrontline({{ this._parent.get_name() }}, {{ this.sources }});"
        "{% if this.command %}window.frontline.apply({{ this.command }});{% endif %}"
        "{% endmacro %}"
    )

    def __init__(
        self, sources: dict[str, Any], lang: Lang, command: dict[str, Any] | None = None
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "TimeLayer"
        self.sources = dump({**sources, "load_failed": MAP_WORDS.of(lang)["load_failed"]}).decode()
        self.command = dump(command).decode() if command else ""


class JsonBlock(MacroElement):
    """Data inside the page itself; `dump` made it safe inside a script element."""

    _template = Template(
        "{% macro html(this, kwargs) %}"
        '<script type="application/json" id="{{ this.key }}">{{ this.text }}</script>'
        "{% endmacro %}"
    )

    def __init__(self, key: str, content: bytes) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "JsonBlock"
        self.key, self.text = key, content.decode()


class Command(folium.FeatureGroup):
    """The small dynamic part of the map: tells the running time layer what to show.

    streamlit-folium runs its script whenever it differs from the one before, without touching
    the map. The script empties streamlit-folium's list of layers, which would grow for ever.
    """

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = L.featureGroup();"
        "window.feature_group = [];"
        "window.frontline.apply({{ this.command }});"
        "{% endmacro %}"
    )

    def __init__(self, command: dict[str, Any]) -> None:
        super().__init__()
        self.command = dump(command).decode()


def command(
    view: View, *, background: dict[str, Any] | None, number: int = 0, move: bool = True
) -> dict[str, Any]:
    """Say in the browser's words what to show.

    Parameters
    ----------
    view
        What to show.
    background
        See `geo.layers.background`.
    number
        Another number makes the same words a new command.
    move
        Whether the map goes to the view's centre, or stays where the reader left it.
    """
    told: dict[str, Any] = {
        "number": number,
        "date": view.as_of.isoformat(),
        "clock": view.clock,
        "view": view.view,
        "place": view.place,
        "background": background,
        "areas": list(view.areas),
        "only": view.only,
        "within": view.within,
    }
    if move and view.centre:
        told |= {"centre": view.centre, "zoom": view.zoom}
    return told


def time_map(
    names: list[str],
    *,
    folder: str,
    lang: Lang = Lang.EN,
    series: dict[str, dict[str, str]] | None = None,
) -> folium.Map:
    """Make the map for the app; its script stays the same until the data changes.

    Parameters
    ----------
    names
        File names of `browser_files`.
    lang
        The language of its words.
    folder
        Where the browser finds them, with a slash at the end.
    series
        Id of each series of control areas to its name on screen and its file's name.
    """
    there = {
        key: {"name": each["name"], "address": folder + each["file"]}
        for key, each in (series or {}).items()
    }
    return _assemble({plain_name(name): folder + name for name in names}, lang, series=there)


def standalone_html(
    dataset: Dataset, *, view: View, embed: bool = False, series: Sequence[Series] = ()
) -> bytes:
    """Make one self-contained page: map, slider, cards, search; opens from disk without network.

    Parameters
    ----------
    dataset
        What it holds, all of it.
    view
        What it shows first.
    embed
        For a frame in another page: map, bar and card alone. It remembers day and place behind
        the # of its address, and posts `{type: "frontline:height", height}` to the page around it.
    series
        Control areas that it holds beside the statements.
    """
    contents = {plain_name(name): content for name, content in browser_files(dataset).items()}
    for other in set(Lang) - {view.lang}:
        del contents[f"words{other}.json"]
    if not embed:
        contents["aliases.json"] = dump(list(dataset.settlements["aliases"]))
    held = {}
    for number, each in enumerate(series):
        key = f"areas{number}.json"
        contents[key] = dump(encode_series(each, dataset.settlements))
        held[each.id] = {"name": series_name(dataset, each), "address": f"#{key}"}
    blocks = {key: content for key, content in contents.items() if key.endswith(".json")}
    address = {key: f"#{key}" if key in blocks else _data(key, contents[key]) for key in contents}
    made = _assemble(address, view.lang, command(view, background=None), series=held, embed=embed)
    for key, content in blocks.items():
        JsonBlock(key, content).add_to(made)
    page = cast("Figure", made.get_root())
    page.title = f"Frontline Claims, {day_in_words(view.as_of, view.lang)}"
    html: str = page.render()
    return html.encode()


def plain_name(name: str) -> str:
    """Undo `hashed_name`: timelayer-0123456789abcdef.js is timelayer.js."""
    return name.split("-")[0] + name[name.rindex(".") :]


def _data(key: str, content: bytes) -> str:
    kind = "text/css" if key.endswith(".css") else "text/javascript"
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _assemble(
    address: dict[str, str],
    lang: Lang,
    first: dict[str, Any] | None = None,
    series: dict[str, dict[str, str]] | None = None,
    *,
    embed: bool = False,
) -> folium.Map:
    def ending_in(ending: str) -> dict[str, str]:
        return {key: where for key, where in address.items() if key.endswith(ending)}

    scripts = {"watch": _data("watch.js", WATCH.encode()), **ending_in(".js")}
    made = base_map(scripts=scripts, styles=ending_in(".css"))
    texts = [where for key, where in address.items() if key.startswith("texts")]
    sources = {
        **{key: address[f"{key}.json"] for key in ("ledger", "borders", "reach")},
        "words": address[f"words{lang}.json"],
        "texts": texts,
        "series": series or {},
        **({"aliases": address["aliases.json"]} if "aliases.json" in address else {}),
        **({"embed": True} if embed else {}),
        **({"reports": reports} if (reports := report_template()) else {}),
    }
    TimeLayer(sources, lang, first).add_to(made)
    return made
