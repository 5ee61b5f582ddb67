"""The picture of the export panel: asked for by the options of the command, shown as it will be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import streamlit as st

from geo.address import clamp_day
from geo.export import export_name
from geo.figure import (
    DPIS,
    FORMATS,
    LARGEST,
    LONGEST_HEADLINE,
    RADII,
    SIZE,
    SIZES,
    SMALLEST,
    Layout,
    Look,
    PictureOptions,
    choose_extent,
    draw_picture,
    picture_files,
    read_box,
)
from geo.model import Dataset, Lang, View
from geo.publish import series_of
from geo.session.kept import KEPT, keep_choices
from geo.session.markdown import plain_lines
from geo.session.page import LANGUAGES, page_address
from geo.style import FRONT
from geo.timeline import snapshot_of
from geo.wording import EXPORT_WORDS, view_names

WEEK = timedelta(days=7)
RADIUS = 30.0  # kilometres, to start from
# Their choices have names in each language.
CHOSEN = (
    *("picture-layout", "picture-view2", "picture-size", "picture-dpi"),
    *("extent-True", "extent-False"),
)


def ask_picture(dataset: Dataset, view: View) -> tuple[View, PictureOptions] | None:
    """Ask for a picture; gives what it shows and how, or says why none can be made.

    The view given is the reader's, but for two days: there it is that of the earlier one.
    """
    words = EXPORT_WORDS
    keep_choices("picture", CHOSEN)
    settled = view.place in dataset.settlements.index
    layout: Layout = st.selectbox(
        words["layout"],
        [layout for layout in Layout if settled or layout is not Layout.CARD],
        format_func=lambda layout: words[f"layout_{layout}"],
        key="picture-layout",
        help=words["layout_help"],
        persist_state=KEPT,
    )
    day2 = view2 = None
    if layout is Layout.PAIR:
        view, day2 = _ask_days(dataset, view)
    if layout is Layout.VOICES:
        names = view_names(dataset)
        others = [name for name in names if name != view.view]
        view2 = st.selectbox(
            words["view2"],
            others,
            format_func=names.__getitem__,
            key="picture-view2",
            persist_state=KEPT,
        )
    size = _ask_size()
    way = _ask_extent(view, settled=settled, layout=layout)
    box = radius = None
    if way == "place":
        radius = st.number_input(
            words["radius"], *RADII, RADIUS, step=5.0, key="picture-radius", persist_state=KEPT
        )
    if way == "box":
        usual = ",".join(f"{degrees:g}" for degrees in FRONT)
        box = st.text_input(
            words["box"], usual, max_chars=60, key="picture-box", persist_state=KEPT
        )
    theme = st.segmented_control(
        words["theme"],
        list(Look),
        format_func=lambda look: words[f"theme_{look}"],
        default=Look.LIGHT,
        key="picture-theme",
        required=True,
        persist_state=KEPT,
    )
    lang = st.segmented_control(
        words["language"],
        list(Lang),
        format_func=LANGUAGES.__getitem__,
        default=view.lang,
        required=True,
    )
    headline = st.text_input(
        words["headline"],
        max_chars=LONGEST_HEADLINE,
        key="picture-headline",
        placeholder=words["headline_hint"],
        persist_state=KEPT,
    )
    dpi = st.selectbox(
        words["dpi"],
        DPIS,
        format_func=lambda dpi: words[f"dpi_{dpi}"],
        key="picture-dpi",
        persist_state=KEPT,
    )
    try:
        return view, PictureOptions(
            layout=layout,
            size=size,
            dpi=dpi,
            theme=Look(theme),
            lang=Lang(lang),
            headline=headline.strip(),
            extent=choose_extent(
                view,
                dataset,
                size=size,
                layout=layout,
                bbox=FRONT if way == "front" else read_box(box) if box is not None else None,
                radius=radius,
            ),
            place=view.place if settled else None,
            areas=view.areas,
            only=view.only,
            date2=day2,
            view2=view2,
            address=page_address(view),
        )
    except ValueError as error:
        st.error(plain_lines(error))
        return None


def _ask_days(dataset: Dataset, view: View) -> tuple[View, date]:
    """Ask for a second day, before or after the chosen one; gives both in their order."""
    week = clamp_day(view.as_of + WEEK, dataset)
    other = st.date_input(
        EXPORT_WORDS["day2"],
        week if week > view.as_of else clamp_day(view.as_of - WEEK, dataset),
        min_value=dataset.first_day,
        max_value=dataset.last_day,
        format="YYYY-MM-DD",
        key=f"day2-{view.as_of}",
        persist_state=KEPT,
    )
    return replace(view, as_of=min(view.as_of, other)), max(view.as_of, other)


def _ask_size() -> tuple[int, int]:
    words = EXPORT_WORDS
    name = st.selectbox(
        words["size"],
        [*SIZES, "other"],
        format_func=lambda name: words[f"size_{name}"],
        key="picture-size",
        persist_state=KEPT,
    )
    if name != "other":
        return SIZES[name]
    wide, tall = (
        column.number_input(
            words[word], SMALLEST, LARGEST, value, key=f"picture-{word}", persist_state=KEPT
        )
        for column, word, value in zip(st.columns(2), ("wide", "tall"), SIZE, strict=True)
    )
    return wide, tall


def _ask_extent(view: View, *, settled: bool, layout: Layout) -> str:
    """Ask which part of the ground is shown; after a look at the map, that again."""
    ways = {"map": view.centre is not None, "front": True, "place": settled, "box": True}
    offered = [way for way, there in ways.items() if there]
    key = f"extent-{layout is Layout.CARD}"
    st.session_state.setdefault(key, "place" if layout is Layout.CARD else offered[0])
    return st.selectbox(
        EXPORT_WORDS["extent"],
        offered,
        format_func=lambda way: EXPORT_WORDS[f"extent_{way}"],
        key=key,
    )


def picture_name(view: View, options: PictureOptions, ending: str) -> str:
    """Name a picture after what it shows, and after all that is not as usual: …_all_card_uk.png."""
    size, usual = ("x".join(map(str, pixels)) for pixels in (options.size, SIZE))
    told = [
        (options.layout, Layout.SHEET),
        (options.view2 or "", ""),
        (size, usual),
        (f"{options.dpi}dpi", f"{DPIS[0]}dpi"),
        (options.theme, Look.LIGHT),
        (options.lang, Lang.EN),
    ]
    how = [word for word, without in told if word != without]
    if options.date2:
        view, first = replace(view, as_of=options.date2), view.as_of
        return export_name(view, ending, first=first, how=how)
    return export_name(view, ending, how=how)


def offer_picture(dataset: Dataset, view: View, options: PictureOptions) -> None:
    """Show the picture as it will be, and offer it with its words and its manifest."""
    words = EXPORT_WORDS
    snapshot = snapshot_of(dataset, view)
    try:
        drawn = draw_picture(snapshot, replace(options, dpi=DPIS[0]), open_series=series_of)
    except ValueError as error:
        st.error(plain_lines(error))
        return
    st.image(drawn.content, width="stretch", alt=drawn.alt)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        ending = st.segmented_control(
            words["format"],
            list(FORMATS),
            format_func=str.upper,
            default="png",
            key="picture-format",
            required=True,
            persist_state=KEPT,
        )

        def make(suffix: str) -> bytes:
            files = picture_files(snapshot, options, ending=ending, open_series=series_of)
            return files[suffix]

        for suffix, mime, label in (
            (ending, FORMATS[ending], words["download"].format(name=ending.upper())),
            (f"{ending}.txt", "text/plain", words["download_txt"]),
            (f"{ending}.json", "application/json", words["download_json"]),
        ):
            st.download_button(
                label,
                partial(make, suffix),
                picture_name(view, options, suffix),
                mime,
                on_click="ignore",
                key=f"picture-{label}",
            )
    with st.expander(words["in_words"]):
        st.text(drawn.alt)
