"""What a picture says in words: headline, day, view, sources, and all it shows as sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import geopandas as gpd
import pandas as pd

from geo.address import AGAINST
from geo.areas import AreaLayer
from geo.figure.names import names_in
from geo.figure.options import Extent, Layout, PictureOptions
from geo.figure.spots import rows_shown
from geo.model import CONTROLLERS, NO_CLAIM, OWN_AREAS, SIDES, STATUSES, Lang, Snapshot, Status
from geo.timeline import record_of, take_snapshot
from geo.wording import (
    FAULT_WORDS,
    alphabetical,
    capital,
    day_in_words,
    figure_words,
    known_in_words,
    place_names,
    view_in_words,
)

# What pictures count and name, in this order: live disagreements and dormant ones apart.
GROUPS = ("agreed", "disputed", "dormant", "one-sided", "third-only")
MOST_OUTLETS = 8  # named on the picture, the ones with most statements


def second_snapshot(snapshot: Snapshot, options: PictureOptions) -> Snapshot | None:
    """Take the second snapshot of a picture with two maps; None for one map.

    Raises
    ------
    ValueError
        When the second view is unknown, or the second day before the first.
    """
    dataset = snapshot.dataset
    if options.layout is Layout.PAIR and options.date2:
        if options.date2 < snapshot.as_of:
            gaps = {"day": snapshot.as_of, "day2": options.date2}
            raise ValueError(FAULT_WORDS["day2"].format(**gaps))
        # As known then, each day by its own; else what was said after a day is left out of both.
        until = options.date2 if snapshot.known_by == snapshot.as_of else snapshot.known_by
        return take_snapshot(
            dataset,
            as_of=options.date2,
            known_by=until,
            view=snapshot.view,
            within=snapshot.within,
        )
    if options.layout is Layout.VOICES and options.view2:
        return take_snapshot(
            dataset,
            as_of=snapshot.as_of,
            known_by=snapshot.known_by,
            view=options.view2,
            within=snapshot.within,
        )
    return None


def headline(snapshot: Snapshot, options: PictureOptions) -> str:
    """Say what the picture shows: as the reader wants it, or in neutral words."""
    if options.headline:
        return options.headline
    words = figure_words(options.lang)
    gaps = {"day": day_in_words(snapshot.as_of, options.lang)}
    key = "title"
    if options.layout is Layout.CARD and options.place:
        key, gaps["place"] = "title_place", name_of(snapshot, options.lang, options.place)
    if options.layout is Layout.PAIR and options.date2:
        key, gaps["day2"] = "title_pair", day_in_words(options.date2, options.lang)
    if options.layout is Layout.VOICES:
        key = "title_voices"
    return words[key].format(**gaps)


def name_of(snapshot: Snapshot, lang: Lang, place: str) -> str:
    """Name one settlement in a language."""
    return place_names(snapshot.dataset, lang)[place]


def view_line(snapshot: Snapshot, options: PictureOptions, other: Snapshot | None = None) -> str:
    """Say by which statements the day is judged, who is heard, and if not all places are shown.

    `other` is another view of the same day.
    """
    lang = options.lang
    shots = [snapshot, *([other] if other else [])]
    views = [view_in_words(one.dataset, one.view, lang) for one in shots]
    parts = [known_in_words(snapshot.as_of, snapshot.known_by, lang), " · ".join(views)]
    if options.only:
        words = figure_words(lang)
        live = options.only is Status.DISPUTED and snapshot.within is not None
        status = words["live" if live else f"status_{options.only}"].format(days=snapshot.within)
        parts.append(words["only"].format(status=status))
    return ", ".join(parts)


def count_line(snapshot: Snapshot, options: PictureOptions, shown: Extent) -> str:
    """Count the places shown by what the sides make of each other."""
    words = figure_words(options.lang)
    rows = rows_in(snapshot, shown, options.only)
    counts = Counter(groups_of(snapshot, rows))
    spoken = [
        words[f"count_{group}"].format(count=counts[group]) for group in GROUPS if counts[group]
    ]
    return ", ".join(spoken) or nothing(options)


def nothing(options: PictureOptions) -> str:
    """Say why no place is shown: nobody spoke, or none is of the kind that is shown."""
    return figure_words(options.lang)["none_such" if options.only else "nothing"]


def groups_of(snapshot: Snapshot, rows: list[int]) -> list[str]:
    """Tell what the sides make of each place: its status, or "dormant" for such a disagreement."""
    return [
        "dormant" if word is Status.DISPUTED and not live else word.value
        for word, live in zip(
            (STATUSES[code] for code in snapshot.statuses[rows]), snapshot.live[rows], strict=True
        )
    ]


def rows_in(snapshot: Snapshot, shown: Extent, only: Status | None = None) -> list[int]:
    """List the settlements shown inside a box of degrees, as rows of the places."""
    places = snapshot.dataset.places
    inside = places["lon"].between(shown[0], shown[2]) & places["lat"].between(shown[1], shown[3])
    kept = inside.to_numpy() & rows_shown(snapshot, only)
    return [int(row) for row in kept.nonzero()[0]]


def standing_in(snapshot: Snapshot, shown: Extent, only: Status | None = None) -> gpd.GeoDataFrame:
    """Give the standing claims on the places shown inside a box of degrees."""
    places = snapshot.dataset.places.index[rows_in(snapshot, shown, only)]
    return snapshot.standing[snapshot.standing["place_id"].isin(places)]


def said_of(snapshot: Snapshot, place: str) -> pd.DataFrame:
    """List what the view hears of one place that holds by the day, newest first."""
    claims = record_of(snapshot.dataset, place, view=snapshot.view)
    heard = claims["stated_on"] <= pd.Timestamp(snapshot.known_by)
    return claims[heard & (claims["effective_on"] <= pd.Timestamp(snapshot.as_of))]


def source_line(
    snapshots: list[Snapshot], options: PictureOptions, shown: Extent, most: int = MOST_OUTLETS
) -> str:
    """Name the outlets behind the standing claims shown, at most so many; "" where none stands."""
    words = figure_words(options.lang)
    counts: Counter[str] = Counter()
    for snapshot in snapshots:
        counts.update(standing_in(snapshot, shown, options.only)["outlet"])
    outlets = counts.most_common()
    if not outlets:
        return ""
    named = ", ".join(outlet for outlet, _ in outlets[:most])
    rest = len(outlets) - most
    more = words["more"].format(count=rest) if rest > 0 else ""
    return words["sources"].format(outlets=f"{named}{more}")


def area_line(layer: AreaLayer, as_of: date, lang: Lang) -> str:
    """Say what areas lie under the settlements, and how old they are."""
    words = figure_words(lang)
    if layer.id in OWN_AREAS:
        return words[f"areas_{layer.id}"]
    if layer.observed is None:
        return words["areas_before"].format(name=layer.name)
    if "change" in layer.rows:
        first, _, second = layer.name.partition(f" {AGAINST} ")
        km2 = layer.rows.groupby("change")["km2"].sum()
        return words["areas_between"].format(
            first=first,
            second=second,
            lost=km2.get("lost", 0.0),
            gained=km2.get("gained", 0.0),
            kept=km2.get("kept", 0.0),
        )
    return words["areas_series"].format(
        name=layer.name, day=day_in_words(layer.observed, lang), age=(as_of - layer.observed).days
    )


def changed_rows(
    before: Snapshot, after: Snapshot, options: PictureOptions, shown: Extent
) -> list[int]:
    """List the places shown of which a side or a third party took another position."""
    changed = (before.positions != after.positions).any(axis=1)
    kept = {row for one in (before, after) for row in rows_in(one, shown, options.only)}
    return [row for row in sorted(kept) if changed[row]]


def changes(before: Snapshot, after: Snapshot, options: PictureOptions, shown: Extent) -> list[str]:
    """Say each change of position between two days in a line, place by place."""
    words, names = figure_words(options.lang), names_in(options.lang, before.dataset)

    def position(code: int) -> str:
        return words["nothing"] if code == NO_CLAIM else words[f"controller_{CONTROLLERS[code]}"]

    return [
        words["change"].format(
            place=names[row], side=words[f"side_{side}"], before=position(old), after=position(new)
        )
        for row in sorted(
            changed_rows(before, after, options, shown),
            key=lambda row: alphabetical(names[row], options.lang),
        )
        for side, old, new in zip(SIDES, before.positions[row], after.positions[row], strict=True)
        if old != new
    ]


def describe(
    snapshot: Snapshot, options: PictureOptions, shown: Extent, areas: Sequence[str] = ()
) -> str:
    """Say in plain sentences what a picture shows, for those who cannot see it.

    Parameters
    ----------
    snapshot, options
        Of the picture.
    shown
        Degrees on its map.
    areas
        What its areas are, in sentences.
    """
    lang = options.lang
    words = figure_words(lang)
    other = second_snapshot(snapshot, options)
    parts = [f"{headline(snapshot, options)}."]
    for one in [snapshot, *([other] if other else [])]:
        parts.append(f"{capital(view_line(one, options))}.")
        parts += _named(one, options, shown)
    if other and options.layout is Layout.PAIR:
        told = changes(snapshot, other, options, shown)
        parts += [f"{words['changes'].format(count=len(told))}."] if told else []
        parts += [f"{line}." for line in told] or [words["no_changes"]]
    parts += [*areas, words["caveat"]]
    return " ".join(parts)


def _named(snapshot: Snapshot, options: PictureOptions, shown: Extent) -> list[str]:
    words, names = figure_words(options.lang), names_in(options.lang, snapshot.dataset)
    rows = rows_in(snapshot, shown, options.only)
    sentences = []
    groups = groups_of(snapshot, rows)
    for group in GROUPS:
        found = [names[row] for row, own in zip(rows, groups, strict=True) if own == group]
        if found:
            label = capital(words[f"status_{group}"])
            sentences.append(words["named"].format(label=label, places=", ".join(found)))
    return sentences or [f"{capital(nothing(options))}."]
