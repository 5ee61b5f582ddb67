"""What pages say for machines, in the words of schema.org: no verdict, so no ClaimReview."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from geo.model import Lang
from geo.page import Statement
from geo.page.template import is_web
from geo.site.events import place_path
from geo.site.web import Site
from geo.wording import place_name

DOWNLOADS = {"csv": "text/csv", "geojson": "application/geo+json"}
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def place_node(site: Site, lang: Lang, place: str) -> dict[str, Any]:
    """Describe a settlement or an oblast as a schema.org Place."""
    dataset = site.dataset
    return {
        "@type": "Place",
        "@id": f"{site.base}{place_path(site, place)}#place",
        "name": place_name(dataset, place, lang),
        "geo": {
            "@type": "GeoCoordinates",
            "latitude": float(dataset.places["lat"][place]),
            "longitude": float(dataset.places["lon"][place]),
        },
    }


def claim_nodes(
    site: Site, lang: Lang, said: Iterable[tuple[str, Statement]]
) -> list[dict[str, Any]]:
    """Describe statements, each with the id of its place, as schema.org Claims."""
    nodes = []
    for place, each in said:
        appearance: dict[str, Any] = {
            "@type": "CreativeWork",
            "headline": each.title,
            "publisher": {"@type": "Organization", "name": each.outlet},
        }
        if is_web(each.url):
            appearance["url"] = each.url
        nodes.append(
            {
                "@type": "Claim",
                "@id": f"{site.base}{place_path(site, place)}#{each.id}",
                "text": each.summary,
                "author": {
                    "@type": "Organization",
                    "name": each.speaker,
                    "url": f"{site.base}speaker/{each.claimant}/",
                },
                "datePublished": each.stated_on.isoformat(),
                "firstAppearance": appearance,
                "spatialCoverage": place_node(site, lang, place),
                "inLanguage": str(Lang.EN),
            }
        )
    return nodes


def page_node(
    site: Site, lang: Lang, path: str, title: str, about: str, *, kind: str = "WebPage"
) -> dict[str, Any]:
    """Describe a page."""
    return {
        "@type": kind,
        "@id": site.address(lang, path),
        "url": site.address(lang, path),
        "name": title,
        "description": about,
        "inLanguage": str(lang),
        "isPartOf": {"@id": f"{site.base}#ledger"},
    }


def ledger_node(site: Site, lang: Lang, title: str, about: str) -> dict[str, Any]:
    """Describe the whole ledger as a schema.org Dataset."""
    dataset = site.dataset
    return {
        "@type": "Dataset",
        "@id": f"{site.base}#ledger",
        "name": title,
        "description": about,
        "url": site.base,
        "version": dataset.version,
        "license": LICENCE,
        "isAccessibleForFree": True,
        "inLanguage": str(lang),
        "creator": {"@type": "Organization", "name": "Frontline Claims", "url": site.base},
        "temporalCoverage": f"{dataset.first_day}/{dataset.last_day}",
        "spatialCoverage": {
            "@type": "Place",
            "geo": {"@type": "GeoShape", "box": "43 20 55 46"},
        },
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": mime,
                "contentUrl": f"{site.base}data/ledger.{ending}",
            }
            for ending, mime in DOWNLOADS.items()
        ],
    }
