"""The source of a statement on the desk's page: its text with the quoted sentence marked."""

from __future__ import annotations

from datetime import date

import streamlit as st
from markupsafe import escape
from streamlit.runtime.uploaded_file_manager import UploadedFile

from geo.desk.copytext import clean
from geo.desk.desk import Desk
from geo.desk.evidence import LARGEST, Copy, find_quote
from geo.desk.fetch import fetch_page
from geo.desk.store import sha256_of
from geo.session.desk import REFUSALS, keep_here
from geo.session.kept import KEPT
from geo.session.markdown import plain_lines
from geo.session.rights import Role, require, secret
from geo.session.uploads import word_upload
from geo.wording import DESK_WORDS

SHOWN = 20_000  # characters of a text, around the quote
PASTED = "paste.txt"
DONE = "desk-done"  # in the session: the source of what was proposed or thrown away last
# What the form says of a source.
SOURCE = tuple(f"desk-{of}" for of in "url outlet title archive published day".split())
MOST_MB = LARGEST // 2**20  # of a saved page


def ask_source(desk: Desk) -> tuple[str, date | None]:
    """Ask for the text, pasted or of a saved page, and for the day on which it was published."""
    words = DESK_WORDS
    pasted = st.text_area(
        words["paste"],
        key="desk-text",
        height=80,
        placeholder=words["paste_hint"],
        on_change=_forget_source,
        persist_state=KEPT,
    )
    pages, days = st.columns([2, 1], vertical_alignment="bottom")
    with pages:
        file = st.file_uploader(words["copy"], key="desk-copy", max_upload_size=MOST_MB)
        word_upload("desk-copy", size=MOST_MB)
    if may_fetch() and st.button(words["fetch"]):
        _fetch(desk, st.session_state.get("desk-url", ""))
    text = _text_of(desk, file, pasted)
    published = days.date_input(
        words["published"], key="desk-published", format="YYYY-MM-DD", persist_state=KEPT
    )
    return text, published


def _text_of(desk: Desk, file: UploadedFile | None, pasted: str) -> str:
    """Give the text of a saved page, which is kept at once, of a fetched one, or the pasted one."""
    if file is None:
        url, fetched = st.session_state.get("desk-fetched", ("", None))
        asked = url and url == st.session_state.get("desk-url")
        st.session_state["desk-kept"] = fetched if asked else None
        return fetched.text if asked and fetched.text else clean(pasted)
    content = file.getvalue()
    kept: Copy | None = st.session_state.get("desk-kept")
    if kept is None or kept.sha256 != sha256_of(content):
        try:
            kept = st.session_state["desk-kept"] = keep_here(desk, file.name, content)
            _forget_source()
            _fill_form(kept)
        except REFUSALS as error:
            st.error(plain_lines(error))
            return clean(pasted)
    return kept.text or clean(pasted)


def note_source() -> None:
    """Note the source that was just dealt with: it is not that of the next text."""
    st.session_state[DONE] = {key: st.session_state.get(key) for key in SOURCE}


def _forget_source() -> None:
    """Empty what the form still says of the source before; what was typed since stays.

    Under another address the outlet may be the same; a day is to be given anew.
    """
    state, empty = st.session_state, {"desk-published": date.today(), "desk-day": None}
    done = state.pop(DONE, {})
    if done and state.get("desk-url") != done["desk-url"]:
        del done["desk-outlet"]
    for key, value in done.items():
        if state.get(key) == value:
            state[key] = empty.get(key, "")


def may_fetch() -> bool:
    """Tell whether the server's secrets allow pages to be fetched: `[desk]`, `fetch = true`."""
    return secret("desk").get("fetch") is True


def _fetch(desk: Desk, url: str) -> None:
    """Fetch the page of the address in the form, and keep it."""
    try:
        require(Role.WRITER)
        page = fetch_page(url)
        copy = keep_here(desk, page.name, page.content)
    except REFUSALS as error:
        st.error(plain_lines(error))
        return
    st.session_state["desk-fetched"] = (url, copy)
    _forget_source()
    _fill_form(copy)


def _fill_form(copy: Copy) -> None:
    """Put what a copy says of itself into the form's fields; what it does not say stays."""
    if copy.article is None:
        return
    told = {
        "desk-title": copy.article.title,
        "desk-outlet": copy.article.outlet,
        "desk-url": copy.article.url,
        "desk-day": copy.article.day,
        "desk-published": copy.article.day,
    }
    st.session_state.update({key: value for key, value in told.items() if value})


def kept_copy(desk: Desk, text: str) -> Copy | None:
    """Give the copy that the statement rests on; a pasted text is kept now."""
    kept: Copy | None = st.session_state.get("desk-kept")
    if kept:
        return kept
    return keep_here(desk, PASTED, text.encode()) if text.strip() else None


def show_text(text: str, quote: str) -> None:
    """Show a text as text, the quoted sentence marked; never as the HTML that it may hold."""
    words = DESK_WORDS
    if not text:
        st.caption(words["no_text"])
        return
    at = find_quote(text, quote)
    start, end = at or (0, 0)
    first = max(0, start - SHOWN // 2)
    last = min(len(text), first + SHOWN)
    marked = (
        f"{escape(text[first:start])}<mark>{escape(text[start:end])}</mark>{escape(text[end:last])}"
    )
    style = "white-space:pre-wrap;max-height:34rem;overflow:auto;overflow-wrap:anywhere"
    st.html(
        f'<div data-testid="desk-source" tabindex="0" data-first="{first}" '
        f'style="{style}" dir="auto">{marked}</div>'
    )
    if left := len(text) - (last - first):
        st.caption(words["cut"].format(count=left))
    if quote and at is None:
        st.warning(words["quote_missing"])
