"""The map of the site: the same time layer as in the app, in a page of plain files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from geo.address import AGES, write_within
from geo.cite import report_template
from geo.layers import LIMITS
from geo.model import ALL_SIDES, OWN_AREAS, SIDES, WITHIN, Clock, Dataset, Lang, Status
from geo.page.template import sheet
from geo.site.linked import ledger_node
from geo.site.web import Page, Site, write_page
from geo.style import HOME_CENTRE, HOME_ZOOM, PLACE_ZOOM, ZOOM_RANGE
from geo.timelayer import browser_files, dump, hashed_name, plain_name
from geo.wording import DISAGREEMENT_WORDS, MAP_WORDS, PAGE_WORDS, SITE_WORDS, speak, view_names

ASSETS = "assets/"
OWN = Path(__file__).resolve().parent


def asset_files(dataset: Dataset) -> dict[str, bytes]:
    """Make the files that pages load, named by their content: path from the root to content."""
    files = {plain_name(name): content for name, content in browser_files(dataset).items()}
    text = sheet("site.css", "record.css").encode()
    own = (OWN / "map.js").read_bytes()
    scripts = (files.pop("leaflet.js"), files.pop("timelayer.js"), own)
    styles = (files.pop("leaflet.css"), files.pop("timelayer.css"), text)
    settled = dataset.settlements["aliases"]
    files |= {
        "site.css": text,
        "map.js": b"\n;\n".join(scripts),
        "map.css": b"\n".join([*styles, sheet("map.css").encode()]),
        "aliases.json": dump(list(settled)),
    }
    return {ASSETS + hashed_name(name, content): content for name, content in files.items()}


def asset_paths(files: Mapping[str, bytes]) -> dict[str, str]:
    """Give key to path: "site.css" to "assets/site-0123456789abcdef.css"."""
    return {plain_name(path.removeprefix(ASSETS)): path for path in files}


def front_inputs(site: Site, key: str) -> Iterator[object]:
    """Give all that the pages of the map are made of."""
    yield site.dataset.version
    yield sorted(site.assets.items())
    yield report_template()


def make_front(site: Site, key: str) -> dict[str, bytes]:
    """Make the map, and the map for a frame in other pages, in every language."""
    made: dict[str, bytes] = {}
    for lang in site.langs:
        for path in ("", "embed/"):
            speak(lang)
            title, about = SITE_WORDS["home_title"], SITE_WORDS["home_about"]
            graph = [] if path else [ledger_node(site, lang, title, about)]
            page = Page(path=path, template="map.html", title=title, about=about, graph=graph)
            root = "../" * f"{site.folder(lang)}{path}".count("/")
            name, html = write_page(
                site, lang, page,
                embedded=bool(path),
                assets={key: root + where for key, where in site.assets.items()},
                sources=Markup(dump(_sources(site, lang, root, embed=bool(path))).decode()),  # noqa: S704
                start=Markup(dump(_start(site, lang, root or "./")).decode()),  # noqa: S704
                clocks={str(clock): PAGE_WORDS[f"clock_{clock}"] for clock in Clock},
                views=view_names(site.dataset),
                all_sides=ALL_SIDES,
                disputed=str(Status.DISPUTED),
                ages={write_within(age): _age_words(age) for age in (*AGES, None)},
                areas={area: PAGE_WORDS[f"areas_{area}"] for area in OWN_AREAS},
            )  # fmt: skip
            made[name] = html
    return made


def _age_words(age: int | None) -> str:
    words = DISAGREEMENT_WORDS
    return words["within_any"] if age is None else words.counted("within_days", age)


def _sources(site: Site, lang: Lang, root: str, *, embed: bool) -> dict[str, Any]:
    """Say where the time layer finds what it needs; see geo/timelayer/element.py."""
    there = {key: root + path for key, path in site.assets.items()}
    texts = sorted((key for key in there if key.startswith("texts")), key=_number)
    return {
        **{key: there[f"{key}.json"] for key in ("ledger", "borders", "reach")},
        "words": there[f"words{lang}.json"],
        "texts": [there[key] for key in texts],
        "series": {},
        "load_failed": MAP_WORDS["load_failed"],
        **({"reports": reports} if (reports := report_template()) else {}),
        **({"embed": True} if embed else {"aliases": there["aliases.json"]}),
    }


def _number(key: str) -> int:
    return int(key.removeprefix("texts").removesuffix(".json"))


def _start(site: Site, lang: Lang, root: str) -> dict[str, Any]:
    """Say how the map begins; the options are those of `geo.layers.base_map`."""
    west, south, east, north = LIMITS
    return {
        "root": root,
        "pages": root + site.folder(lang),
        "oblasts": list(site.dataset.oblasts),
        "allHere": SITE_WORDS["all_here"],
        "centre": HOME_CENTRE,
        "zoom": HOME_ZOOM,
        "placeZoom": PLACE_ZOOM,
        "within": write_within(WITHIN),
        "sides": [ALL_SIDES, *SIDES],
        "options": {
            "minZoom": ZOOM_RANGE[0],
            "maxZoom": ZOOM_RANGE[1],
            "zoomSnap": 0.5,
            "keyboard": False,
            "maxBounds": [[south, west], [north, east]],
        },
    }


def worker_inputs(site: Site, key: str) -> Iterator[object]:
    """Give all that the service worker is made of."""
    yield sorted(site.assets.items())


def make_worker(site: Site, key: str) -> dict[str, bytes]:
    """Make the service worker: the map without a network after one visit."""
    needed = [path for key, path in sorted(site.assets.items())]
    pages = [site.folder(lang) or "./" for lang in site.langs]
    name = hashlib.sha256("\n".join(needed).encode()).hexdigest()[:16]
    script = (OWN / "worker.js").read_text(encoding="utf-8")
    held = dump({"name": f"frontline-{name}", "files": [*pages, *needed]}).decode()
    icon = (OWN / "icon.svg").read_bytes()
    return {"worker.js": f"const HELD = {held};\n{script}".encode(), "icon.svg": icon}
