"""The widgets of the page on control areas."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import geopandas as gpd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from geo.address import compared
from geo.areas import Recipe, Report, Series, import_areas
from geo.model import CONTROLLERS, Controller, DataError, Dataset, View
from geo.page import difference_list
from geo.publish import areas_folder, compare_series, open_series, series_files, series_names
from geo.session.kept import KEPT, keep_choices
from geo.session.markdown import plain, plain_lines
from geo.session.page import show_age
from geo.session.rights import RefusalError, Role, may, offer_sign_in, require
from geo.session.switches import ask_day
from geo.session.uploads import word_upload
from geo.wording import AREAS_WORDS, CONTROLLER_NAMES, RIGHTS_WORDS, day_in_words

MOST_FILES = 5  # named; the others are counted
COMMAND = 'python -m geo areas import PATH… --series ID --claimant ID --licence "TERMS"'


def import_areas_form() -> None:
    """Offer the import of control areas; who may not is shown the command that does it."""
    offer_sign_in()
    if not may(Role.WRITER):
        st.markdown(RIGHTS_WORDS["by_command"])
        st.code(COMMAND, language=None, wrap_lines=True)
        return
    words = AREAS_WORDS
    keep_choices("areas", ["areas-controller"])
    with st.form("areas-import", border=False):
        files = st.file_uploader(words["files"], accept_multiple_files=True, key="area-files") or []
        word_upload("area-files", size=int(st.get_option("server.maxUploadSize")))
        left, right = st.columns(2)
        texts = (("series", left, 60), ("claimant", right, 60), ("licence", left, 200))
        series_id, claimant_id, licence = (
            side.text_input(words[word], max_chars=most, key=f"areas-{word}", persist_state=KEPT)
            for word, side, most in texts
        )
        who = right.selectbox(
            words["controller"],
            ["", *CONTROLLERS],
            format_func=_controller,
            key="areas-controller",
            persist_state=KEPT,
        )
        column = left.text_input(
            words["date_column"], max_chars=60, key="areas-column", persist_state=KEPT
        )
        asked = st.form_submit_button(words["import_go"])
    if not asked:
        return
    room = st.empty()
    bar = room.progress(0.0)
    try:
        report = import_uploads(
            files,
            series_id=series_id,
            claimant_id=claimant_id,
            licence=licence,
            recipe=Recipe(controller=Controller(who) if who else None, date_column=column or None),
            progress=lambda done, of: bar.progress(done / max(1, of)),
        )
    except (ExceptionGroup, RefusalError) as fault:
        room.error(_by_field(plain_lines(fault)))
        return
    told = words["imported" if report.changed else "nothing_new"]
    files_told = words.counted("whole_files", report.files)
    days_told = words.counted("whole_days", report.days)
    st.success(told.format(series=series_id, files=files_told, days=days_told))
    for why, days in report.lost.items():
        first, last, count = days[0], days[-1], len(days)
        st.warning(words.counted("days_lost", count, first=first, last=last, why=plain(why)))
    if report.notes:
        st.code("\n".join(report.notes), language=None, height=200)


def _by_field(faults: str) -> str:
    """Name the fields of the form where the command names its options."""
    for option in ("series", "claimant", "licence"):
        field = AREAS_WORDS[option].partition(" (")[0]
        faults = faults.replace(plain(f"--{option}"), plain(field))
    return faults


def import_uploads(files: Iterable[UploadedFile], **options: Any) -> Report:
    """Import uploaded files by way of a private folder; `options` are those of `import_areas`.

    Raises
    ------
    RefusalError
        When the reader may not write.
    """
    require(Role.WRITER)
    with tempfile.TemporaryDirectory(prefix="frontline-") as private:
        paths = []
        for number, file in enumerate(files):
            inside = Path(private) / str(number)  # two uploads may have one name
            inside.mkdir()
            paths.append(inside / Path(file.name).name)
            paths[-1].write_bytes(file.getbuffer())
        return import_areas(paths, areas_folder(), **options)


def _controller(word: str) -> str:
    return CONTROLLER_NAMES[word] if word else AREAS_WORDS["controller_auto"]


def show_source(series: Series) -> None:
    """Say when a series was imported, and from which files."""
    files = ", ".join(series.sources[:MOST_FILES])
    if len(series.sources) > MOST_FILES:
        count = len(series.sources) - MOST_FILES
        files = AREAS_WORDS["imported_more"].format(files=files, count=count)
    if series.imported_on:
        day = day_in_words(series.imported_on)
        st.caption(plain(AREAS_WORDS["imported_on"].format(day=day, files=files)))


def ask_comparison(dataset: Dataset, view: View) -> tuple[tuple[Series, date], ...]:
    """Ask for a series, and what it is compared with: itself on an earlier day, or another.

    Gives the two as a difference is cut: the earlier day before the later, the series before the
    other.
    """
    keep_choices("comparison", ["compared"])
    files = series_files()
    left, middle, right, day = st.columns(4)
    first = left.selectbox(AREAS_WORDS["choose"], list(files), key="series", persist_state=KEPT)
    offered = ["", *(key for key in files if key != first)]  # None would be no choice at all
    second = middle.selectbox(
        AREAS_WORDS["compare"],
        offered,
        format_func=lambda key: key or AREAS_WORDS["another_day"],
        key="compared",
        persist_state=KEPT,
    )
    with day:
        ask_day(dataset, view)
        show_age(dataset)
    try:
        series, *others = [open_series(files[key]) for key in (first, second) if key]
    except DataError as fault:
        st.error(plain_lines(fault))
        st.stop()
    if others:
        return (series, view.as_of), (others[0], view.as_of)
    month_ago = max(view.as_of - timedelta(days=30), series.days[0].date())
    earlier = right.date_input(
        AREAS_WORDS["day2"],
        min(month_ago, view.as_of),
        max_value=view.as_of,
        format="YYYY-MM-DD",
        key=f"earlier-{view.as_of}",
        persist_state=KEPT,
    )
    return (series, earlier), (series, view.as_of)


def cut_of(view: View) -> gpd.GeoDataFrame | None:
    """Give the difference of two series that the view shows, the first of them; None for none."""
    pair = _pair_of(view)
    with suppress(DataError):  # the map says what is wrong with a series
        return compare_series(*pair, view.as_of) if pair else None
    return None


def _pair_of(view: View) -> tuple[str, str] | None:
    return next(filter(None, map(compared, view.areas)), None)


def show_cut(dataset: Dataset, view: View) -> None:
    """List the parts in which two series differ on the day, with their km² and places."""
    pair = _pair_of(view)
    if pair is None:
        return
    day = day_in_words(view.as_of)
    try:
        cut = compare_series(*pair, view.as_of)
    except DataError:
        return  # the map has said what is wrong with a series
    if cut is None:
        st.caption(AREAS_WORDS["outside"].format(series=" / ".join(pair), day=day))
        return
    show_difference(dataset, cut, pair, view.as_of)


def show_difference(
    dataset: Dataset, cut: gpd.GeoDataFrame, pair: tuple[str, str], day: date
) -> None:
    """List the parts of a difference; of two series, and not of one on two days, whose is which."""
    first, second = pair
    if first != second:
        names = series_names(dataset)
        gaps = {"first": names[first], "second": names[second], "day": day_in_words(day)}
        st.caption(plain(AREAS_WORDS["between"].format(**gaps)))
    st.html(difference_list(cut, dataset))
