"""Open a page; keep view and address in step.

The view is held in the session. It changes in callbacks alone: those of the widgets, which then
tell the map, and that of the map, which is not told what it just said itself (geo/session/map.py);
and at the beginning of a run, when something of it is no longer there.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from geo.address import full_address, read_address, write_address
from geo.cite import CITATIONS, cite_view
from geo.files.folders import ROOT
from geo.model import Dataset, Lang, Snapshot, View
from geo.publish import freeze_heap, last_dataset, open_dataset, series_files
from geo.session.claimed import resolved, show_gone
from geo.session.map import change_view, tell_map
from geo.session.news import note_shown
from geo.session.rights import Role, may, signs_in
from geo.wording import CITE_WORDS, PAGE_WORDS, Words, day_in_words, speak

PAGES = {"app.py": "map"} | {
    f"pages/{path.name}": path.stem.split("_")[1].lower()
    for path in sorted((ROOT / "pages").glob("*.py"))
}
SETTLED = 5  # runs of pages, after which the server has loaded what it needs for a click
_RUNS = count(1)
AWAY = timedelta(days=1)
DAY_KEYS = f"<script>{(Path(__file__).parent / 'day_keys.js').read_text(encoding='utf-8')}</script>"
LANGUAGES = {Lang.EN: "Eng", Lang.UK: "Укр", Lang.RU: "Рус"}


def open_page(
    words: Words, *, first: Callable[[], None] | None = None, lately: bool = False
) -> tuple[Dataset, View]:
    """Start a page: its title, the checked data, the view of the address or of the session.

    Faults of the data are all shown, and the page ends there.

    Parameters
    ----------
    words
        Has the page's title; from here on words are read in the reader's language.
    first
        Shows what the browser is told of before the navigation, though it stands under it.
    lately
        The ledger as it was last read will do, and another does not run the page again: for pages
        that ask the desk itself, where people write and nothing is to move.
    """
    asked = _is_asked()
    speak(_asked_language() if asked else st.session_state.view.lang)
    st.set_page_config(page_title=words["title"], layout="wide", initial_sidebar_state="collapsed")
    if asked:
        address = resolved(st.query_params.to_dict(), _dataset())
        st.session_state.view = read_address(address, _dataset(), series_files())
    if asked or st.session_state.get("page") != words.name:
        st.session_state.page = words.name
        st.session_state.pop("fitted", None)
        tell_map()  # another page's map is a new one, and knows nothing of what the last one said
    dataset, view = follow_view(lately=lately)
    line = st.container(horizontal=True, key="navigation", vertical_alignment="center")
    show_gone(dataset, view)  # above the map, which fills the window
    if first:
        first()
    with line:
        _navigate(view, PAGE_WORDS["title"] if first else "")
    _run_when_back()
    return dataset, view


@st.fragment(run_every=AWAY)
def _run_when_back() -> None:
    """Have the browser run its page when it finds the server again after a sleep or a restart.

    Streamlit's browser asks for that only if something on the page runs by itself, as this does,
    with nothing to do. The server has a new session then, which knows neither view nor fragments:
    what was pressed on the map or beside it was not heard.
    """


def follow_view(*, lately: bool = False) -> tuple[Dataset, View]:
    """Give data and view as they are now, in the view's language, and keep the address like it.

    What runs again by itself (`st.fragment`) begins with it.
    """
    if next(_RUNS) == SETTLED:
        freeze_heap()  # again: the first pages loaded the last libraries
    speak(st.session_state.view.lang)
    dataset = _dataset(last_dataset if lately else open_dataset)
    _bring_to(dataset)
    view: View = st.session_state.view
    st.query_params.from_dict(write_address(view))
    note_shown(None if lately else dataset)
    return dataset, view


def _bring_to(dataset: Dataset) -> None:
    """Bring the view to what is there: a day, place, speaker or series may be gone meanwhile."""
    there = read_address(write_address(st.session_state.view), dataset, series_files())
    change_view(as_of=there.as_of, place=there.place, view=there.view, areas=there.areas)


def _dataset(read: Callable[[], Dataset] = open_dataset) -> Dataset:
    try:
        return read()
    except ExceptionGroup as bad:  # not `except*`: st.stop() raises, and would leave it wrapped
        st.error(PAGE_WORDS["bad_data"].format(count=len(bad.exceptions)))
        st.code("\n".join(map(str, bad.exceptions)), language=None)
        st.stop()


def _is_asked() -> bool:
    """Tell whether the address asks for a view: at the beginning, and after back or forward.

    The address of a page is empty until its first run has written it.
    """
    running = get_script_run_ctx()
    returned = running is not None and running.is_history_navigation and len(st.query_params) > 0
    return returned or "view" not in st.session_state


def _asked_language() -> Lang:
    """Give the language of the address, which is needed before the data is read."""
    asked = st.query_params.get("lang", Lang.EN)
    return Lang(asked) if asked in set(Lang) else Lang.EN


def _navigate(view: View, title: str) -> None:
    """Offer the pages and the languages in one line, after the title of the first; it scrolls."""
    st.session_state.lang = view.lang

    def switched() -> None:
        change_view(lang=Lang(st.session_state.lang))

    if title:
        # Opens the line of widgets on a phone (geo/page/app.css), without asking the server.
        opener = f'<details class="opener"><summary>{PAGE_WORDS["opener"]}</summary></details>'
        st.html(opener, width="content")
        st.title(title, anchor=False, width="content")
    # On the map the view changes without this line, and drawing it anew costs a fifth of a click.
    shown = None if title else write_address(view)
    for path, word in PAGES.items():
        if word == "desk" and not (may(Role.WRITER) or signs_in()):
            continue
        st.page_link(path, label=PAGE_WORDS[f"page_{word}"], query_params=shown)
    st.segmented_control(
        PAGE_WORDS["language"],
        list(Lang),
        format_func=LANGUAGES.__getitem__,
        key="lang",
        on_change=switched,
        label_visibility="collapsed",
        required=True,  # a click on the chosen one leaves it chosen
    )
    # A component would hear it too, and bring code that costs a tenth of the first page.
    st.html(DAY_KEYS, width="content", unsafe_allow_javascript=True)


def page_root() -> str:
    """Give the address of the app's first page, before the ?, as the browser tells it."""
    url = (st.context.url or "").partition("?")[0].rstrip("/")
    root, _, last = url.rpartition("/")
    own = {path.stem.split("_")[1] for path in (ROOT / "pages").glob("*.py")}
    return f"{root if last in own else url}/" if url else ""


def page_address(view: View) -> str:
    """Give the address that opens this view on the map, as complete as the browser tells it."""
    return full_address(view, base=page_root())


def show_age(dataset: Dataset) -> None:
    """Say how old the ledger is: what was said since its newest statement is not in it."""
    days = max(0, (datetime.now(UTC).date() - dataset.last_day).days)
    age = PAGE_WORDS.counted("newest_ago", days)
    told = PAGE_WORDS["newest"].format(day=day_in_words(dataset.last_day), age=age)
    st.caption(told, width="content")


def show_citations(snapshot: Snapshot, view: View) -> None:
    """Show the view as a citation in every format; belongs into a closed popover (st.code)."""
    address = page_address(view)
    work = cite_view(snapshot, place=view.place, address=address, accessed=date.today())
    for name, write in CITATIONS.items():
        st.caption(CITE_WORDS[f"label_{name}"])
        st.code(write(work), language=None, wrap_lines=True)
