"""The data of the site: every format, the day's standing statements, descriptions for machines."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from geo.export import (
    EXPORTS,
    LEDGER_COLUMNS,
    WHOLE_LEDGER,
    area_records,
    as_file,
    standing_records,
)
from geo.export.tables import about
from geo.model import SIDES, Lang
from geo.site.known import standing_hash
from geo.site.linked import LICENCE
from geo.site.lists import json_days
from geo.site.web import Site
from geo.timeline import take_snapshot
from geo.wording import SITE_WORDS

MIMES = {
    **{ending: export.mime for ending, export in EXPORTS.items()},
    **{"json": "application/json", "jsonl": "application/jsonl", "md": "text/markdown"},
}
TYPES = {"lat": "sc:Float", "lon": "sc:Float", "stated_on": "sc:Date", "effective_on": "sc:Date"}
CROISSANT = "http://mlcommons.org/croissant/1.0"
CRATE = "https://w3id.org/ro/crate/1.1"


def data_inputs(site: Site, key: str) -> Iterator[object]:
    """Give all that the data files are made of."""
    yield site.dataset.version
    yield sorted((name, hashlib.sha256(c).hexdigest()) for name, c in site.release.items())


def make_data(site: Site, key: str) -> dict[str, bytes]:
    """Make the ledger in every format, its own files, and what describes them."""
    files = {}
    for ending, encode in WHOLE_LEDGER.items():
        name = f"ledger.{ending}"
        files[name] = as_file(encode(site.dataset), name)
    files |= {f"package/{name}": content for name, content in site.release.items()}
    files["ro-crate-metadata.json"] = _json(_crate(site, files))
    files["croissant.json"] = _json(_croissant(site, files["ledger.csv"]))
    return {f"data/{name}": content for name, content in files.items()}


def _json(content: Any) -> bytes:
    return f"{json.dumps(content, ensure_ascii=False, indent=1)}\n".encode()


def _texts() -> tuple[str, str]:
    words = SITE_WORDS.of(Lang.EN)
    return words["home_title"], words["data_about"]


def _crate(site: Site, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Describe the folder data/ as an RO-Crate 1.1 (https://w3id.org/ro/crate/1.1)."""
    name, told = _texts()
    nodes: list[dict[str, Any]] = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "conformsTo": {"@id": CRATE},
            "about": {"@id": "./"},
        },
        {
            "@id": "./",
            "@type": "Dataset",
            "name": name,
            "description": told,
            "version": site.dataset.version,
            "datePublished": site.dataset.last_day.isoformat(),
            "license": {"@id": LICENCE},
            "hasPart": [{"@id": path} for path in files],
        },
        {"@id": LICENCE, "@type": "CreativeWork", "name": "CC BY 4.0"},
    ]
    for path, content in files.items():
        nodes.append(
            {
                "@id": path,
                "@type": "File",
                "name": path.rpartition("/")[2],
                "encodingFormat": MIMES[path.rpartition(".")[2]],
                "contentSize": str(len(content)),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
        )
    return {"@context": f"{CRATE}/context", "@graph": nodes}


def _croissant(site: Site, table: bytes) -> dict[str, Any]:
    """Describe the ledger as a Croissant data set (http://mlcommons.org/croissant/1.0)."""
    name, told = _texts()
    fields = [
        {
            "@type": "cr:Field",
            "@id": f"statements/{column}",
            "name": column,
            "dataType": TYPES.get(column, "sc:Text"),
            "source": {"fileObject": {"@id": "ledger.csv"}, "extract": {"column": column}},
        }
        for column in LEDGER_COLUMNS
    ]
    return {
        "@context": _CROISSANT_CONTEXT,
        "@type": "sc:Dataset",
        "name": "frontline-claims",
        "alternateName": name,
        "conformsTo": CROISSANT,
        "description": told,
        "url": site.base,
        "license": LICENCE,
        "version": f"0.0.0+{site.dataset.version}",
        "datePublished": site.dataset.last_day.isoformat(),
        "creator": {"@type": "sc:Organization", "name": "Frontline Claims", "url": site.base},
        "citeAs": f"Frontline Claims, ledger version {site.dataset.version}, {site.base}",
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": "ledger.csv",
                "name": "ledger.csv",
                "contentUrl": f"{site.base}data/ledger.csv",
                "encodingFormat": "text/csv",
                "sha256": hashlib.sha256(table).hexdigest(),
            }
        ],
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": "statements",
                "name": "statements",
                "description": "One row a statement.",
                "field": fields,
            }
        ],
    }


# The context that Croissant 1.0 asks for, word by word.
_CROISSANT_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "equivalentProperty": "cr:equivalentProperty",
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def page_json_days(site: Site) -> list[str]:
    """Days that are published as data."""
    return [day.isoformat() for day in json_days(site)]


def json_day_inputs(site: Site, key: str) -> Iterator[object]:
    """Give all that the data of a day is made of."""
    yield standing_hash(site.dataset, date.fromisoformat(key))


def make_json_day(site: Site, key: str) -> dict[str, bytes]:
    """Write what stood on a day, as known then: the places of which anybody had spoken."""
    snapshot = take_snapshot(site.dataset, as_of=date.fromisoformat(key))
    spoken = [row for row in standing_records(snapshot) if any(row[side] for side in SIDES)]
    areas = area_records(snapshot)
    answers = {k: v for k, v in about(site.dataset, snapshot).items() if k != "ledger_version"}
    text = json.dumps(
        {**answers, "standing": spoken, "areas": areas}, ensure_ascii=False, separators=(",", ":")
    )
    return {f"data/day/{key}.json": text.replace("<", "\\u003c").encode()}


def add_version(site: Site, before: bytes) -> bytes:
    """Add this version of the ledger to the list of those that were published here before."""
    dataset = site.dataset
    whole = hashlib.sha256()
    for name, content in sorted(site.release.items()):
        whole.update(f"{name}\0{len(content)}\0".encode() + content)
    this = {
        "version": dataset.version,
        "day": dataset.last_day.isoformat(),
        "claims": len(dataset.claims),
        "places": len(dataset.settlements),
        "claimants": len(dataset.claimants),
        "sha256": whole.hexdigest(),
    }
    known = [each for each in json.loads(before or b"[]") if each != this]
    return _json([*known, this])
