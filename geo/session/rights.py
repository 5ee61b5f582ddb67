"""Who may write on this server: whoever reads a local one, or who signed in with a role.

A server is local because of how it was started, never because of where a request seems to come
from: behind a proxy everybody comes from 127.0.0.1. Whatever writes calls `require` itself.
"""

from __future__ import annotations

import os
from contextlib import suppress
from enum import StrEnum
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from geo.session.markdown import plain
from geo.wording import RIGHTS_WORDS

LOCAL = "FRONTLINE_LOCAL"  # set by `start_as`, for the process that serves
FORWARDED = ("x-forwarded-", "forwarded", "via", "x-real-ip")  # how the headers of proxies begin


class Role(StrEnum):
    """What a reader may do, from the least to the most; each may what those before it may."""

    READER = "reader"
    WRITER = "writer"
    REVIEWER = "reviewer"


class RefusalError(PermissionError):
    """The reader has no right to do this here; the message says who has."""


def start_as(*, local: bool) -> None:
    """Say, before the server starts, whether it is one reader's own or a public one."""
    os.environ[LOCAL] = "yes" if local else "no"


def is_local() -> bool:
    """Tell whether this is somebody's own server, asked directly and by its own name."""
    address = st.get_option("server.address") or ""
    headers = {name.lower(): value for name, value in st.context.headers.items()}
    origin = headers.get("origin", "")
    return (
        os.environ.get(LOCAL) == "yes"
        and _is_own(f"//{address}")
        and _is_own(f"//{headers.get('host', '')}")
        and (not origin or _is_own(origin))
        and not any(name.startswith(FORWARDED) for name in headers)
    )


def _is_own(address: str) -> bool:
    with suppress(ValueError):
        host = urlsplit(address).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    return False


def email() -> str:
    """Give the address that the reader signed in with; "" when nobody did.

    An address that the provider does not call verified may be anybody's, and does not count.
    """
    user = st.user.to_dict()
    if not user.get("is_logged_in") or user.get("email_verified") not in (True, "true"):
        return ""
    return str(user.get("email") or "").strip().lower()


def role() -> Role:
    """Give the reader's role: all of them on a local server, else that of the secrets.

    The secrets name addresses in a table [roles]: `writer = ["a@example.org"]`.
    """
    if is_local():
        return Role.REVIEWER
    signed_in = email()
    given = secret("roles") if signed_in else {}
    for one in (Role.REVIEWER, Role.WRITER):
        if signed_in in {str(address).strip().lower() for address in given.get(one, ())}:
            return one
    return Role.READER


def secret(table: str) -> dict[str, Any]:
    """Give a table of Streamlit's secrets; an empty one where there is none."""
    with suppress(StreamlitSecretNotFoundError, KeyError):
        return dict(st.secrets[table])
    return {}


def may(wanted: Role) -> bool:
    """Tell whether the reader has a role, or one above it."""
    ranks = list(Role)
    return ranks.index(role()) >= ranks.index(wanted)


def require(wanted: Role) -> None:
    """Go on only when the reader has a role; to be called where something is written.

    Raises
    ------
    RefusalError
        When not.
    """
    if not may(wanted):
        raise RefusalError(RIGHTS_WORDS["refused"].format(role=RIGHTS_WORDS[wanted]))


def signs_in() -> bool:
    """Tell whether the secrets name a provider to sign in with."""
    return bool(secret("auth"))


def offer_sign_in() -> None:
    """Offer to sign in where the secrets name a provider, and to sign out again."""
    if not signs_in():
        return
    if st.user.is_logged_in:
        st.caption(RIGHTS_WORDS["signed_in"].format(email=plain(str(st.user.get("email", "")))))
        st.button(RIGHTS_WORDS["sign_out"], on_click=st.logout)
    else:
        st.button(RIGHTS_WORDS["sign_in"], on_click=st.login)
