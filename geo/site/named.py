"""Where search engines find the pages: sitemap.xml (sitemaps.org, 0.9) and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree

from geo.site.web import Site

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
NOT_LISTED = ("404.html", "embed/index.html")


def sitemap(site: Site, pages: Iterable[str]) -> bytes:
    """List the pages by their files; each with its other languages."""
    ElementTree.register_namespace("", SITEMAP)
    ElementTree.register_namespace("xhtml", XHTML)
    root = ElementTree.Element(f"{{{SITEMAP}}}urlset")
    for page in sorted(pages):
        plain = page.removesuffix("index.html")
        if page.endswith(NOT_LISTED):
            continue
        url = ElementTree.SubElement(root, f"{{{SITEMAP}}}url")
        ElementTree.SubElement(url, f"{{{SITEMAP}}}loc").text = f"{site.base}{plain}"
        bare = plain
        for lang in site.langs[1:]:
            bare = bare.removeprefix(site.folder(lang))
        for lang in site.langs:
            address = site.address(lang, bare)
            attributes = {"rel": "alternate", "hreflang": str(lang), "href": address}
            ElementTree.SubElement(url, f"{{{XHTML}}}link", attributes)
    ElementTree.indent(root)
    text: str = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def robots(site: Site) -> bytes:
    """Let everybody read everything, and say where the list of pages is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site.base}sitemap.xml\n".encode()
