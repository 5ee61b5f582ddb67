"""A page, a PDF or a text brought to what is read: title, outlet, day, paragraphs.

Nothing is fetched here: the bytes were pasted, dropped or saved.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from geo.model import DataError

LARGEST = 20 * 2**20  # bytes
MOST_PAGES = 200
DAY = "%Y-%m-%d"
FULL_LINE = 0.6  # of the longest line of a page: a shorter one is a headline, or ends a paragraph
ENDS = '.!?…:»”"'
HYPHENS = "-‐\xad"


@dataclass(frozen=True)
class Article:
    """What is read of a publication.

    Attributes
    ----------
    title, outlet
        Empty where the copy does not say.
    day
        Day of publication; None where the copy does not say.
    text
        The title on a line of its own where there is one, then the paragraphs.
    url
        Its address, as the copy says; empty where it does not.
    """

    title: str
    outlet: str
    day: date | None
    text: str
    url: str = ""


def read_article(content: bytes, name: str = "text") -> Article:
    """Read a copy of an article, by what it is and not by its name.

    Parameters
    ----------
    content
        HTML, PDF or plain text.
    name
        What to call it in errors.

    Raises
    ------
    DataError
        When it is none of the three, too large, or nothing is left to read.
    """
    if len(content) > LARGEST:
        raise DataError(name, 0, "", f"is larger than {LARGEST // 2**20} MB")
    if content.startswith(b"%PDF-"):
        article = _parsed(_from_pdf, content, name)
    else:
        text = _decoded(content, name)
        head = text[:2_000].lstrip("\ufeff \n\r\t").lower()
        is_page = head.startswith(("<!doctype html", "<html", "<?xml")) or "<body" in head
        plain = Article("", "", None, text)
        article = _parsed(_from_html, text, name) if is_page else plain
    if not article.text.strip():
        raise DataError(name, 0, "", "holds no text that can be read")
    return article


def _parsed(parse: Callable[[Any], Article], content: bytes | str, name: str) -> Article:
    """Parse a copy; what is broken breaks in many ways, deep in the parser of a library."""
    try:
        return parse(content)
    except Exception as error:
        raise DataError(name, 0, "", f"cannot be read: {type(error).__name__}") from None


def _decoded(content: bytes, name: str) -> str:
    """Decode UTF-8, or what old pages of the region are in; a NUL byte makes it no text."""
    if b"\0" in content[:100_000]:
        raise DataError(name, 0, "", "is neither HTML, PDF nor plain text")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        if b"windows-1251" in content[:4_000].lower():
            return content.decode("windows-1251", errors="replace")
        raise DataError(name, 0, "", "is not UTF-8; save it as plain text in UTF-8") from None


def _from_html(text: str) -> Article:
    import trafilatura  # takes half a second to load, and only pages need it
    from htmldate import find_date
    from trafilatura.metadata import extract_metadata

    body = trafilatura.extract(text, include_comments=False, include_tables=False) or ""
    about = extract_metadata(text)
    title = (about.title or "").strip() if about else ""
    outlet = (about.sitename or about.hostname or "").strip() if about else ""
    told = find_date(text, outputformat=DAY, original_date=True)
    day = date.fromisoformat(told) if told else None
    if title and not body.startswith(title):
        body = f"{title}\n\n{body}"
    return Article(title, outlet, day, body, (about.url or "").strip() if about else "")


def _from_pdf(content: bytes) -> Article:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    pages = [_unwrapped(page.extract_text()) for page in reader.pages[:MOST_PAGES]]
    about = reader.metadata
    made = about.creation_date if about else None
    title = (about.title or "").strip() if about else ""
    text = "\n\n".join(pages)
    return Article(
        title, "", made.date() if made else None, f"{title}\n\n{text}" if title else text
    )


def _unwrapped(page: str) -> str:
    """Join the lines of a page's paragraphs; a short line, or one that ends a sentence, ends it."""
    lines = [line.strip() for line in page.splitlines()]
    longest = max(map(len, lines), default=0)
    whole = ""
    for line in lines:
        if line and line[-1] not in ENDS and len(line) > longest * FULL_LINE:
            whole += line[:-1] if line[-2:-1].isalpha() and line[-1] in HYPHENS else f"{line} "
        else:
            whole += f"{line}\n"
    return whole.rstrip()
