"""Files on their way to the browser: packed once and kept, and the first page's asked for early.

Streamlit reads each file for each visitor anew, sends its own unpacked, and lets the browser ask
for our own at every visit. A page is hundreds of files, so this is most of what a visitor waits.
"""

from __future__ import annotations

import gzip
import mimetypes
import re
import socket
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from geo.publish import static_folder

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

FOREVER = b"public, immutable, max-age=31536000"
LEVEL = 6  # of gzip; a level more costs twice the time and gains a hundredth
KEPT = 512  # files in memory; Streamlit's first pages and ours are some 150, 2 MB packed
NAME = re.compile(r"[\w-]+(?:[./][\w-]+)*")  # no step upwards, no absolute path
IMPORT = re.compile(rb"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""")
# What the map and its line of widgets are drawn with, in the order in which the page tells them.
FIRST = "ComponentInstance Html PageLink ButtonGroup TextInput DateInput Selectbox Button".split()


@cache
def rooms() -> dict[str, Path]:
    """Give the folders of files that are named by their content, by their address."""
    frame = find_spec("streamlit_folium")  # which must not be imported before a server runs
    built = Path(frame.origin if frame and frame.origin else "").parent / "frontend" / "build"
    return {
        "static/": Path(st.__file__).parent / "static" / "static",
        "app/static/": static_folder(),
        "component/streamlit_folium.st_folium/static/": built / "static",
    }


def kept_file(address: str) -> Path | None:
    """Find a file that never changes by its address, seen from the app's root."""
    for room, folder in rooms().items():
        name = address.removeprefix(room)
        if name != address and NAME.fullmatch(name) and (folder / name).is_file():
            return folder / name
    return None


@lru_cache(maxsize=KEPT)
def packed(path: Path) -> tuple[bytes, bytes]:
    """Give a file's content as it travels, and its encoding: gzip where that saves a tenth."""
    content = path.read_bytes()
    small = gzip.compress(content, LEVEL, mtime=0)
    return (small, b"gzip") if len(small) < 0.9 * len(content) else (content, b"identity")


@cache
def early() -> bytes:
    """Write the header that names the first page's parts, so that none waits for another.

    What is not found, as in another release of Streamlit, is left out; the page asks for it.
    """
    scripts = rooms()["static/"] / "js"
    found: dict[str, None] = {}
    for name in FIRST:
        for path in sorted(scripts.glob(f"{name}.*.js")):
            found |= dict.fromkeys(_closure(path))
    page = scripts.parents[1].joinpath("index.html").read_text(encoding="utf-8")
    hints = [f"<./static/js/{name}>; rel=modulepreload" for name in found if name not in page]
    frame = rooms()["component/streamlit_folium.st_folium/static/"]
    for path in sorted(frame.glob("js/main.*.js")):
        address = f"./component/streamlit_folium.st_folium/static/js/{path.name}"
        hints.insert(0, f"<{address}>; rel=preload; as=script")
    return ", ".join(hints).encode()


def _closure(path: Path, seen: set[str] | None = None) -> Iterator[str]:
    """Give a module and all that it imports at once."""
    seen = set() if seen is None else seen
    if path.name in seen or not path.is_file():
        return
    seen.add(path.name)
    yield path.name
    for name in IMPORT.findall(path.read_bytes()):
        yield from _closure(path.with_name(name.decode()), seen)


def deliver(app: ASGIApp, base: str = "") -> ASGIApp:
    """Put this before a server of Streamlit.

    Parameters
    ----------
    app
        The server; what is not found here is asked of it.
    base
        Of its addresses, without slashes at its ends (`server.baseUrlPath`).
    """
    root = f"/{base}/" if base else "/"

    async def delivered(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            _send_at_once(receive)
        if scope["type"] != "http" or scope["method"] != "GET":
            return await app(scope, receive, send)
        asked = dict(scope["headers"])
        address = scope["path"].removeprefix(root)
        path = kept_file(address) if b"range" not in asked else None
        if path and b"gzip" in asked.get(b"accept-encoding", b""):
            return await _send_kept(path, send)

        async def hinting(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"link", early())]
            await send(message)

        return await app(scope, receive, hinting if scope["path"] in (root, f"/{base}") else send)

    return delivered


def _send_at_once(receive: Receive) -> None:
    """Have a connection send what is written, not wait for the browser to confirm what was sent.

    asyncio sees to that, but not on a socket like Streamlit's, which does not name its protocol:
    each answer of a head and a body then takes 40 ms. Does nothing under another server.
    """
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    wire = transport.get_extra_info("socket") if transport else None
    if wire and wire.family in (socket.AF_INET, socket.AF_INET6):
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


async def _send_kept(path: Path, send: Send) -> None:
    content, encoding = packed(path)
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    headers = [
        (b"content-type", kind.encode()),
        (b"content-length", str(len(content)).encode()),
        (b"cache-control", FOREVER),
        (b"vary", b"accept-encoding"),
        (b"access-control-allow-origin", b"*"),  # as Streamlit does, for pages that embed ours
        (b"x-content-type-options", b"nosniff"),
    ]
    if encoding == b"gzip":
        headers.append((b"content-encoding", encoding))
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": content})
