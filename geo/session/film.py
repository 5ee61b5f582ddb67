"""The film of the export panel: made while the page runs, so that any other wish ends it."""

from __future__ import annotations

import tempfile
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from time import sleep
from uuid import uuid4

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.address import clamp_day
from geo.export import export_name
from geo.figure import (
    FILM_SIZES,
    FILMS,
    Frame,
    PictureOptions,
    Step,
    days_of,
    draw_frames,
    write_film,
)
from geo.model import Dataset, View
from geo.session.kept import KEPT, keep_choices
from geo.session.markdown import plain_lines
from geo.wording import EXPORT_WORDS

MONTH = timedelta(days=30)
MADE, STOPPED = "film-made", "film-stopped"  # of the session: a film's name; was cancelled
# Of all readers together, so that nobody fills memory and disk or keeps the cores for ever.
MOST, LARGEST = 8, 200_000_000  # films that can be downloaded, and bytes of all of them
LOOK = 0.5  # seconds between two looks whether it is one's turn
_films: OrderedDict[str, bytes] = OrderedDict()
_queue: list[object] = []  # the first is being made


@dataclass(frozen=True)
class Film:
    """What is asked for: days, how many of them have a frame, pixels, and the file's ending."""

    first: date
    last: date
    step: Step
    size: tuple[int, int]
    ending: str


def offer_film(dataset: Dataset, view: View, picture: PictureOptions) -> None:
    """Ask for days and format, make the film with a progress bar and a way out, offer the file."""
    words = EXPORT_WORDS
    st.caption(words["film_help"])
    film = _ask_film(dataset, view)
    asked = st.button(words["film_go"], key="film-go")
    room = st.empty()
    if asked:
        st.session_state.pop(MADE, None)
        # Until it ends by itself: whatever else its reader wants of the page ends it too.
        st.session_state[STOPPED] = True
        try:
            content = _make(dataset, view, film, picture, room)
        except ValueError as error:
            room.error(plain_lines(error))
        else:
            name = export_name(replace(view, as_of=film.last), film.ending, first=film.first)
            st.session_state[MADE] = name, _keep(content)
        del st.session_state[STOPPED]
    elif st.session_state.pop(STOPPED, False):
        room.info(words["film_stopped"])
    if MADE in st.session_state:
        _offer_made(room)


def _ask_film(dataset: Dataset, view: View) -> Film:
    words = EXPORT_WORDS
    start, end, pace, size, kind = st.columns(5)
    first, last = (
        column.date_input(
            words[word], day, dataset.first_day, dataset.last_day,
            format="YYYY-MM-DD", key=f"{word}-{view.as_of}", persist_state=KEPT,
        )
        for column, word, day in (
            (start, "film_first", clamp_day(view.as_of - MONTH, dataset)),
            (end, "film_last", view.as_of),
        )
    )  # fmt: skip
    steps = {step: words[f"step_{step}"] for step in Step}
    keep_choices("film", ["film-step"])
    step = pace.selectbox(
        words["film_step"],
        steps,
        format_func=steps.__getitem__,
        key="film-step",
        persist_state=KEPT,
    )
    pixels = size.selectbox(
        words["size"],
        FILM_SIZES,
        format_func=lambda pixels: " × ".join(map(str, pixels)),
        key="film-size",
        persist_state=KEPT,
    )
    ending = kind.selectbox(
        words["format"],
        list(FILMS),
        format_func=str.upper,
        key="film-format",
        persist_state=KEPT,
    )
    return Film(first, last, step, pixels, ending)


def _make(
    dataset: Dataset, view: View, film: Film, picture: PictureOptions, room: DeltaGenerator
) -> bytes:
    """Make a film that looks as the picture does, in a folder that is gone however it ends.

    Raises
    ------
    ValueError
        When it cannot be made; a sentence.
    """
    options = PictureOptions(
        size=film.size,
        theme=picture.theme,
        lang=picture.lang,
        headline=picture.headline,
        extent=picture.extent,
    )
    days = days_of(dataset, first=film.first, last=film.last, step=film.step)
    frames = draw_frames(
        dataset, days, clock=view.clock, view=view.view, options=options, within=view.within
    )
    with tempfile.TemporaryDirectory(prefix="frontline-") as private:
        path = Path(private) / f"film.{film.ending}"
        write_film(path, _told(frames, len(days), room), size=film.size)
        return path.read_bytes()


def _offer_made(room: DeltaGenerator) -> None:
    """Offer the film that was made, or say that it had to make room."""
    name, key = st.session_state[MADE]
    if key not in _films:
        room.info(EXPORT_WORDS["film_gone"])
        return
    room.download_button(
        EXPORT_WORDS["download"].format(name=name),
        lambda: _films.get(key, b""),
        name,
        FILMS[name.rpartition(".")[2]],
        on_click="ignore",
    )


def _keep(content: bytes) -> str:
    """Keep a film until it is one too many of all readers'; gives the key to it."""
    key = uuid4().hex
    _films[key] = content
    while len(_films) > MOST or (len(_films) > 1 and sum(map(len, _films.values())) > LARGEST):
        _films.popitem(last=False)
    return key


@contextmanager
def _turn(wait: Callable[[int], object]) -> Iterator[None]:
    """Go on when no other reader's film is being made; `wait` is told how many are before.

    Whoever leaves or cancels meanwhile is ended by Streamlit when `wait` tells the page.
    """
    ticket = object()
    _queue.append(ticket)
    try:
        while before := _queue.index(ticket):
            wait(before)
            sleep(LOOK)
        yield
    finally:
        _queue.remove(ticket)


def _told(frames: Iterator[Frame], count: int, room: DeltaGenerator) -> Iterator[Frame]:
    """Show how far the film has come, and a way out.

    Streamlit ends a running page when its reader wants something else of it: here, whenever the
    bar is moved.
    """
    with room.container():
        bar = st.progress(0.0)
        st.button(EXPORT_WORDS["film_stop"], key="film-stop")
    with _turn(lambda before: bar.progress(0.0, EXPORT_WORDS.counted("film_queue", before))):
        for done, frame in enumerate(frames, start=1):
            bar.progress(done / count, EXPORT_WORDS["film_progress"].format(done=done, count=count))
            yield frame
