"""A page from the network, where the server allows it: never from a private address.

Names are resolved once, every address they give must be public, and the connection goes to the
address that was checked, so a name that changes its answer leads nowhere. Each redirect is checked
as the first address was.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from dataclasses import dataclass
from ipaddress import ip_address
from time import monotonic
from urllib.parse import urljoin, urlsplit

from geo.desk import DeskError

LARGEST = 10 * 2**20  # bytes
SECONDS = 15.0  # for all of it
REDIRECTS = 5
ENDINGS = {"text/html": ".html", "application/pdf": ".pdf", "text/plain": ".txt"}


@dataclass(frozen=True)
class Page:
    """A page that was fetched: its last address, a name that says its kind, its bytes."""

    url: str
    name: str
    content: bytes


def fetch_page(url: str) -> Page:
    """Fetch a page.

    Raises
    ------
    DeskError
        When the address is not public http(s), the page is too large or not of a kind that is
        taken, or it takes too long.
    """
    until = monotonic() + SECONDS
    for _ in range(REDIRECTS + 1):
        try:
            found = _get(url, until)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise DeskError(f"the page cannot be fetched: {type(error).__name__}") from None
        if isinstance(found, Page):
            return found
        url = urljoin(url, found)
    raise DeskError(f"the page leads on more than {REDIRECTS} times")


def public_address(host: str, port: int) -> str:
    """Resolve a name to a public address.

    Raises
    ------
    DeskError
        When one of its addresses is private, loopback, or otherwise not of the open network.
    """
    found = {str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    for address in found:
        one = ip_address(address.partition("%")[0])
        inner = getattr(one, "ipv4_mapped", None) or one
        if not inner.is_global or inner.is_multicast:
            raise DeskError("the page is not on a public address")
    return sorted(found)[0]


def _get(url: str, until: float) -> Page | str:
    """Ask once; gives the page, or where it leads."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise DeskError("only http(s) addresses are fetched")
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    address = public_address(parts.hostname, port)
    plain = socket.create_connection((address, port), timeout=_left(until))
    made = http.client.HTTPConnection(parts.hostname, port)
    try:
        context = ssl.create_default_context()
        made.sock = context.wrap_socket(plain, server_hostname=parts.hostname) if secure else plain
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        made.request("GET", path, headers={"Host": parts.netloc, "User-Agent": "frontline-claims"})
        with made.getresponse() as answer:
            return _taken(url, answer, made.sock or plain, until)
    finally:
        plain.close()
        made.close()


def _taken(
    url: str, answer: http.client.HTTPResponse, connection: socket.socket, until: float
) -> Page | str:
    if answer.status in (301, 302, 303, 307, 308):
        return answer.getheader("Location") or ""
    if answer.status != 200:
        raise DeskError(f"the page answers {answer.status}")
    media = (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()
    if media not in ENDINGS:
        raise DeskError("only pages, PDF and text are fetched")
    return Page(url, f"page{ENDINGS[media]}", _body(answer, connection, until))


def _body(answer: http.client.HTTPResponse, connection: socket.socket, until: float) -> bytes:
    content = b""
    while chunk := answer.read1(64 * 1024):
        content += chunk
        if len(content) > LARGEST:
            raise DeskError(f"the page is larger than {LARGEST // 2**20} MB")
        connection.settimeout(_left(until))
    return content


def _left(until: float) -> float:
    left = until - monotonic()
    if left <= 0:
        raise DeskError(f"the page takes longer than {SECONDS:.0f} s")
    return left
