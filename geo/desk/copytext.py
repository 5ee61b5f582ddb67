"""What is read of a saved copy, by a process of its own that may fail, loop or be ended.

Run as `python -m geo.desk.copytext`: the copy comes in, what was read goes out as JSON. A copy is a
stranger's file, so the process has a limit of time and of memory, and nothing else is done with it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date

from geo.extract.article import Article, read_article
from geo.files.checks import WEB
from geo.model import DataError

SECONDS = 20  # of work, and of waiting for it
MEMORY = 2 * 2**30  # bytes
LONGEST = 2_000_000  # characters of text that are kept
LONGEST_PART = 400  # characters of a title, an outlet; longer is none
READ = ("text/html", "application/pdf")  # what needs a process of its own
NOTHING = Article("", "", None, "")


def article_of(media: str, content: bytes) -> Article:
    """Read a copy; nothing when it has no text that can be read in time."""
    if media == "text/plain":
        return replace(NOTHING, text=clean(content.decode("utf-8", errors="replace")))
    if media not in READ:
        return NOTHING
    try:
        done = subprocess.run(
            [sys.executable, "-m", "geo.desk.copytext"],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return NOTHING
    if done.returncode:
        return NOTHING
    told = json.loads(done.stdout)
    return Article(
        title=_part(told["title"]),
        outlet=_part(told["outlet"]),
        day=date.fromisoformat(told["day"]) if told["day"] else None,
        text=clean(told["text"]),
        url=told["url"] if re.fullmatch(WEB, _part(told["url"])) else "",
    )


def clean(text: str) -> str:
    """Keep what can be shown and searched: line ends as LF, no other controls, not too long."""
    lines = text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign == "\n" or sign.isprintable())


def _part(text: str) -> str:
    """Keep one line of a form."""
    line = " ".join(clean(text[: LONGEST_PART + 1]).split())
    return "" if len(text) > LONGEST_PART else line


def _limit() -> None:
    """Hold this process to its limits, where the system has them."""
    try:
        import resource
    except ImportError:  # Windows: the caller's patience is the only limit
        return
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _read() -> None:
    """Read a copy from standard input."""
    try:
        found = read_article(sys.stdin.buffer.read())
    except DataError as fault:
        raise SystemExit(str(fault)) from None
    told = vars(found) | {"day": found.day.isoformat() if found.day else ""}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    _limit()
    _read()
