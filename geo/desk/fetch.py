"""Pages and feeds from the network: never from a private address, unless it is said to be local.

Names are resolved once, every address they give must be public, and the connection goes to the
address that was checked, so a name that changes its answer leads nowhere. Each redirect of a page
is checked as the first address was; those of feeds are not followed.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import ip_address
from threading import Timer
from time import monotonic
from urllib.parse import quote, urljoin, urlsplit

from geo.desk import DeskError

LARGEST = 10 * 2**20  # bytes
SECONDS = 15.0  # for all of it
REDIRECTS = 5
CHUNK = 64 * 1024
AGENT = "frontline-claims"
KEPT = "%/?&=:;@!$'()*+,~"  # of an address; other signs, such as Cyrillic letters, are encoded
ENDINGS = {"text/html": ".html", "application/pdf": ".pdf", "text/plain": ".txt"}


class NotPublicError(DeskError):
    """An address is private, loopback, or otherwise not of the open network."""


@dataclass(frozen=True)
class Page:
    """A page that was fetched: its last address, a name that says its kind, its bytes."""

    url: str
    name: str
    content: bytes


@dataclass(frozen=True)
class Answer:
    """What an address answered: its status, its headers by lower-case names, and its content."""

    status: int
    headers: Mapping[str, str]
    content: bytes


def fetch_page(url: str) -> Page:
    """Fetch a page, from public addresses alone.

    Raises
    ------
    DeskError
        When the address is not public http(s), the page is too large or not of a kind that is
        taken, or it takes too long.
    """
    until = monotonic() + SECONDS
    for _ in range(REDIRECTS + 1):
        with _asked(url, {}, until, local=False) as answer:
            if answer.status in (301, 302, 303, 307, 308):
                url = urljoin(url, answer.getheader("Location") or "")
                continue
            if answer.status != 200:
                raise DeskError(f"the page answers {answer.status}")
            media = (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()
            if media not in ENDINGS:
                raise DeskError("only pages, PDF and text are fetched")
            return Page(url, f"page{ENDINGS[media]}", _body(answer))
    raise DeskError(f"the page leads on more than {REDIRECTS} times")


def fetch(url: str, headers: Mapping[str, str], *, local: bool = False) -> Answer:
    """Ask for the content of an address; no redirect is followed.

    Parameters
    ----------
    url
        http or https.
    headers
        To send, such as If-None-Match.
    local
        Whether addresses of this machine and its network may be asked.

    Raises
    ------
    DeskError
        When it may not be asked, does not answer in time, or answers too much.
    """
    with _asked(url, headers, monotonic() + SECONDS, local=local) as answer:
        told = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, told, _body(answer))


def public_address(host: str, port: int, *, local: bool = False) -> str:
    """Resolve a name to an address, which is public unless it may be a `local` one.

    Raises
    ------
    NotPublicError
        When one of the addresses of the name is not.
    """
    found = {str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    for address in () if local else found:
        one = ip_address(address.partition("%")[0])
        inner = getattr(one, "ipv4_mapped", None) or one
        if not inner.is_global or inner.is_multicast:
            raise NotPublicError("the page is not on a public address")
    return sorted(found)[0]


@contextmanager
def _asked(
    url: str, headers: Mapping[str, str], until: float, *, local: bool
) -> Iterator[HTTPResponse]:
    """Ask once, and hold the answer while its body is read; what goes wrong is a DeskError."""
    try:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
            raise DeskError("only http(s) addresses are fetched")
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        address = public_address(parts.hostname, port, local=local)
        with ExitStack() as stack:
            left = max(0.001, until - monotonic())
            plain = stack.enter_context(socket.create_connection((address, port), timeout=left))
            stack.enter_context(_ended(plain, until))
            made = stack.enter_context(closing(HTTPConnection(parts.hostname, port)))
            made.sock = plain
            if secure:
                context = ssl.create_default_context()
                made.sock = context.wrap_socket(plain, server_hostname=parts.hostname)
            host = parts.netloc.encode("idna").decode()
            target = quote(f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}", KEPT)
            made.request("GET", target, headers={"Host": host, "User-Agent": AGENT, **headers})
            with made.getresponse() as answer:
                yield answer
            if monotonic() > until:  # a body of no stated length ends where it was cut
                raise TimeoutError
    except (OSError, HTTPException, ValueError) as error:
        if monotonic() > until:
            raise DeskError(f"the page takes longer than {SECONDS:.0f} s") from None
        raise DeskError(f"the page cannot be fetched: {type(error).__name__}") from None


@contextmanager
def _ended(connection: socket.socket, until: float) -> Iterator[None]:
    """End a connection when its time is over, wherever it waits by then."""
    twin = connection.dup()  # of its own, for TLS takes the other one over

    def end() -> None:
        with suppress(OSError):  # it has ended by itself
            twin.shutdown(socket.SHUT_RDWR)

    timer = Timer(max(0.0, until - monotonic()), end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        twin.close()


def _body(answer: HTTPResponse) -> bytes:
    content = b""
    while chunk := answer.read1(CHUNK):
        content += chunk
        if len(content) > LARGEST:
            raise DeskError(f"the page is larger than {LARGEST // 2**20} MB")
    return content
