"""The text of a saved copy, read in a process of its own that may fail, loop or be ended.

Run as `python -m geo.desk.copytext MEDIA`: the copy comes in, its text goes out. A copy is a
stranger's file, so the process has a limit of time and of memory, and nothing else is done with it.
"""

from __future__ import annotations

import io
import subprocess
import sys

SECONDS = 20  # of work, and of waiting for it
MEMORY = 2 * 2**30  # bytes
LONGEST = 2_000_000  # characters of text that are kept


def text_of(media: str, content: bytes) -> str:
    """Extract the text of a copy; nothing when it has none that can be read in time."""
    if media == "text/plain":
        return clean(content.decode("utf-8", errors="replace"))
    try:
        done = subprocess.run(  # noqa: S603  (our own module; the media type is one of ours)
            [sys.executable, "-m", "geo.desk.copytext", media],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return ""
    text = done.stdout.decode(errors="replace") if done.returncode == 0 else ""
    return clean(text)


def clean(text: str) -> str:
    """Keep what can be shown and searched: line ends as LF, no other controls, not too long."""
    lines = text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign == "\n" or sign.isprintable())


def _extract(media: str, content: bytes) -> str:
    match media:
        case "text/html":
            from trafilatura import extract

            found = extract(content, include_comments=False, include_tables=True)
            return found or ""
        case "application/pdf":
            from pypdf import PdfReader

            return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        case _:
            return ""


def _limit() -> None:
    """Hold this process to its limits, where the system has them."""
    try:
        import resource
    except ImportError:  # Windows: the caller's patience is the only limit
        return
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    _limit()
    sys.stdout.buffer.write(_extract(sys.argv[1], sys.stdin.buffer.read()).encode(errors="replace"))
