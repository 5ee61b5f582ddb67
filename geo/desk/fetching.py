"""Asking one address for its content, with guards: who is asked, how much, and how long.

The address is resolved once, checked, and the checked one is connected to, so a name that points
elsewhere a moment later changes nothing. No redirect is followed.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from geo.desk import DeskError

LARGEST = 10 * 2**20  # bytes
SECONDS = 15.0
CHUNK = 64 * 1024
AGENT = "FrontlineClaims (feed reader)"


@dataclass(frozen=True)
class Answer:
    """What an address answered: its status, its headers by lower-case names, and its content."""

    status: int
    headers: Mapping[str, str]
    content: bytes


def fetch(url: str, headers: Mapping[str, str], *, local: bool = False) -> Answer:
    """Ask for the content of an address.

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
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise DeskError("is not an http(s) address")
    until = time.monotonic() + SECONDS
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        sock = _connected(parts.hostname, port, local=local)
    except (OSError, ValueError) as error:
        raise DeskError(f"does not answer: {error}") from None
    if parts.scheme == "https":
        connection: HTTPConnection = HTTPSConnection(parts.hostname, port, timeout=SECONDS)
    else:
        connection = HTTPConnection(parts.hostname, port, timeout=SECONDS)
    try:
        if parts.scheme == "https":
            context = ssl.create_default_context()
            sock = context.wrap_socket(sock, server_hostname=parts.hostname)
        connection.sock = sock
        target = parts.path or "/"
        target += f"?{parts.query}" if parts.query else ""
        connection.request("GET", target, headers={"User-Agent": AGENT, **headers})
        response = connection.getresponse()
        content = b""
        while chunk := response.read1(CHUNK):
            content += chunk
            if len(content) > LARGEST:
                raise DeskError(f"answers more than {LARGEST // 2**20} MB")
            if time.monotonic() > until:
                raise DeskError(f"takes longer than {SECONDS:.0f} s")
        told = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, told, content)
    except (OSError, HTTPException, ValueError) as error:
        raise DeskError(f"does not answer: {error}") from None
    finally:
        connection.close()
        sock.close()


def _connected(host: str, port: int, *, local: bool) -> socket.socket:
    """Connect to an address of a host, after all of them were checked."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    odd = [one for one in addresses if not ipaddress.ip_address(one.partition("%")[0]).is_global]
    if odd and not local:
        raise DeskError(f"is no public address ({odd[0]}); say `local = true` for one of your own")
    return socket.create_connection((addresses[0], port), timeout=SECONDS)
