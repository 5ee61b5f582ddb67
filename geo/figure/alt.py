"""What a picture says in words: headline, day, view, sources, and all it shows as sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import geopandas as gpd
import pandas as pd

from geo.areas import AreaLayer
from geo.figure.names import names_in
from geo.figure.options import Extent, Layout, PictureOptions
from geo.model import CONTROLLERS, NO_CLAIM, OWN_AREAS, SIDES, STATUSES, Lang, Snapshot, Status
from geo.timeline import record_of, take_snapshot
from geo.wording import capital, day_in_words, figure_words, known_in_words, view_in_words

MOST_OUTLETS = 8  # named on the picture, the ones with most statements


def second_snapshot(snapshot: Snapshot, options: PictureOptions) -> Snapshot | None:
    """Take the second snapshot of a picture with two maps; None for one map.

    Raises
    ------
    ValueError
        When the second view is unknown.
    """
    dataset = snapshot.dataset
    if options.layout is Layout.PAIR and options.date2:
        later = max(snapshot.known_by, options.date2)
        until = options.date2 if snapshot.known_by == snapshot.as_of else later
        return take_snapshot(dataset, as_of=options.date2, known_by=until, view=snapshot.view)
    if options.layout is Layout.VOICES and options.view2:
        return take_snapshot(
            dataset, as_of=snapshot.as_of, known_by=snapshot.known_by, view=options.view2
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
    places = snapshot.dataset.settlements
    return names_in(lang, snapshot.dataset)[int(places.index.get_loc(place))]


def view_line(snapshot: Snapshot, lang: Lang) -> str:
    """Say by which statements the day is judged, and who is heard."""
    known = known_in_words(snapshot.as_of, snapshot.known_by, lang)
    return f"{known}, {view_in_words(snapshot.dataset, snapshot.view, lang)}"


def count_line(snapshot: Snapshot, lang: Lang, shown: Extent) -> str:
    """Count the places shown by what the sides make of each other."""
    words = figure_words(lang)
    counts = Counter(STATUSES[code] for code in snapshot.statuses[rows_in(snapshot, shown)])
    spoken = [
        words[f"count_{status}"].format(count=counts[status])
        for status in Status
        if counts[status] and status is not Status.SILENT
    ]
    return ", ".join(spoken) or words["nothing"]


def rows_in(snapshot: Snapshot, shown: Extent) -> list[int]:
    """List the settlements inside a box of degrees, as rows of the gazetteer."""
    places = snapshot.dataset.settlements
    inside = places["lon"].between(shown[0], shown[2]) & places["lat"].between(shown[1], shown[3])
    return [int(row) for row in inside.to_numpy().nonzero()[0]]


def standing_in(snapshot: Snapshot, shown: Extent) -> gpd.GeoDataFrame:
    """Give the standing claims on the places inside a box of degrees."""
    return snapshot.standing.cx[shown[0] : shown[2], shown[1] : shown[3]]


def said_of(snapshot: Snapshot, place: str) -> pd.DataFrame:
    """List what the view hears of one place that holds by the day, newest first."""
    claims = record_of(snapshot.dataset, place, view=snapshot.view)
    heard = claims["stated_on"] <= pd.Timestamp(snapshot.known_by)
    return claims[heard & (claims["effective_on"] <= pd.Timestamp(snapshot.as_of))]


def source_line(snapshots: list[Snapshot], lang: Lang, shown: Extent) -> str:
    """Name the outlets behind the standing claims shown."""
    words = figure_words(lang)
    counts: Counter[str] = Counter()
    for snapshot in snapshots:
        counts.update(standing_in(snapshot, shown)["outlet"])
    outlets = counts.most_common()
    if not outlets:
        return ""
    named = ", ".join(outlet for outlet, _ in outlets[:MOST_OUTLETS])
    rest = len(outlets) - MOST_OUTLETS
    more = words["more"].format(count=rest) if rest > 0 else ""
    return words["sources"].format(outlets=f"{named}{more}")


def area_line(layer: AreaLayer, as_of: date, lang: Lang) -> str:
    """Say what areas lie under the settlements, and how old they are."""
    words = figure_words(lang)
    if layer.id in OWN_AREAS:
        return words[f"areas_{layer.id}"]
    if layer.observed is None:
        return words["areas_before"].format(name=layer.name)
    return words["areas_series"].format(
        name=layer.name, day=day_in_words(layer.observed, lang), age=(as_of - layer.observed).days
    )


def changed_rows(before: Snapshot, after: Snapshot, shown: Extent) -> list[int]:
    """List the places shown of which a side or a third party took another position."""
    changed = (before.positions != after.positions).any(axis=1)
    return [row for row in rows_in(before, shown) if changed[row]]


def changes(before: Snapshot, after: Snapshot, lang: Lang, shown: Extent) -> list[str]:
    """Say each change of position between two days in a line, place by place."""
    words, names = figure_words(lang), names_in(lang, before.dataset)

    def position(code: int) -> str:
        return words["nothing"] if code == NO_CLAIM else words[f"controller_{CONTROLLERS[code]}"]

    return [
        words["change"].format(
            place=names[row], side=words[f"side_{side}"], before=position(old), after=position(new)
        )
        for row in sorted(changed_rows(before, after, shown), key=lambda row: names[row])
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
        parts.append(f"{capital(view_line(one, lang))}.")
        parts += _named(one, lang, shown)
    if other and options.layout is Layout.PAIR:
        told = changes(snapshot, other, lang, shown)
        parts += [f"{words['changes'].format(count=len(told))}."] if told else []
        parts += [f"{line}." for line in told] or [words["no_changes"]]
    parts += [*areas, words["caveat"]]
    return " ".join(parts)


def _named(snapshot: Snapshot, lang: Lang, shown: Extent) -> list[str]:
    words, names = figure_words(lang), names_in(lang, snapshot.dataset)
    rows = rows_in(snapshot, shown)
    sentences = []
    for code, status in enumerate(STATUSES):
        found = [names[row] for row in rows if snapshot.statuses[row] == code]
        if found and status is not Status.SILENT:
            label = capital(words[f"status_{status}"])
            sentences.append(words["named"].format(label=label, places=", ".join(found)))
    return sentences or [f"{capital(words['nothing'])}."]
