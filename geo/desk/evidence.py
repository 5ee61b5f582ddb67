"""What a statement rests on: a saved copy, kept private under its hash, and the quoted sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from geo.desk import DeskError
from geo.desk.copytext import article_of
from geo.desk.desk import Desk
from geo.desk.store import keep_copy, locked, read_copy, sha256_of
from geo.extract.article import Article
from geo.files.checks import WEB

LARGEST = 20 * 2**20  # bytes of a copy
MEDIA = {
    ".html": "text/html",
    ".htm": "text/html",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".warc": "application/warc",
    ".gz": "application/gzip",
    ".wacz": "application/wacz",
}


@dataclass(frozen=True)
class Copy:
    """A saved copy.

    Attributes
    ----------
    sha256
        Of its bytes.
    media
        Its type, by the ending of its name.
    text
        What could be read out of it; quotes are found in this.
    article
        Its title, outlet, day and address, where it was read just now.
    """

    sha256: str
    media: str
    text: str
    article: Article | None = None


def keep(desk: Desk, name: str, content: bytes) -> Copy:
    """Keep a copy in the desk's store; the same content is kept once.

    Parameters
    ----------
    name
        Of the file: its ending says what it is. It is not kept.
    content
        Of the file.

    Raises
    ------
    DeskError
        When it is too large, empty, or of a kind that is not taken.
    """
    media = MEDIA.get(PurePath(name).suffix.lower())
    if media is None:
        raise DeskError(f"a copy ends in one of {', '.join(MEDIA)}")
    if not content:
        raise DeskError("the copy is empty")
    if len(content) > LARGEST:
        raise DeskError(f"the copy is larger than {LARGEST // 2**20} MB")
    sha256 = sha256_of(content)
    article = article_of(media, content)
    there = copy_of(desk, sha256)
    if there:  # quotes count in the text as it was read first
        return replace(there, article=article)
    with locked(desk.store) as connection:
        keep_copy(connection, sha256, media, content, article.text)
    return Copy(sha256, media, article.text, article)


def copy_of(desk: Desk, sha256: str) -> Copy | None:
    """Find a copy that is kept."""
    with locked(desk.store) as connection:
        found = read_copy(connection, sha256)
    return Copy(sha256, found[0], found[2]) if found else None


def find_quote(text: str, quote: str) -> tuple[int, int] | None:
    """Find a quoted sentence character by character; gives its first offset and the one after."""
    at = text.find(quote) if quote else -1
    return None if at < 0 else (at, at + len(quote))


def evidence_of(*, copy: Copy | None, quote: str, archive: str) -> dict[str, Any]:
    """Write evidence as the log keeps it; what there is not is left out.

    The hashes are of the copy and of its text, in which the quote begins at `start`.

    Raises
    ------
    DeskError
        When the archive is no address on the web.
    """
    found: dict[str, Any] = {}
    if archive and not re.fullmatch(WEB, archive):
        raise DeskError(f"the archive {archive!r} is no address such as https://example.org/")
    if archive:
        found["archive"] = archive
    if quote:
        found["quote"] = quote
    if copy:
        found |= {"copy": copy.sha256, "text": sha256_of(copy.text.encode())}
        if at := find_quote(copy.text, quote):
            found |= {"start": at[0], "end": at[1]}
    return found
