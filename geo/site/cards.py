"""Social cards: of each place, speaker and day, and one of the whole; in every language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from geo.figure import Extent, extent_around
from geo.figure.card import Ground, Told, draw_card_map, write_card
from geo.figure.extent import fit
from geo.figure.frame import lanes_of
from geo.model import SIDES, Snapshot
from geo.page import standing_id, statements_on
from geo.site.days import said_on
from geo.site.events import place_path
from geo.site.known import differing_on, place_names_in, settled_at, speakers_of
from geo.site.places import newest_on, page_places
from geo.site.speakers import newest_by, page_speakers, said_by, speaker_name
from geo.site.web import CARD, Site
from geo.style import FRONT
from geo.timeline import take_snapshot
from geo.wording import CLAIM_WORDS, SIDE_NAMES, SITE_WORDS, day_in_words, place_name, says, speak

NEAR_KM = 25.0  # about the place of a card
MOST = 4  # statements on the card of a speaker or a day; the page has all


def _drawn(snapshot: Snapshot, extent: Extent, rows: Sequence[int] | None = None) -> object:
    """Give all that the map of a card is drawn from, apart from the borders."""
    west, south, east, north = fit(extent, 680 / 630)
    settled = settled_at(snapshot.dataset)
    lat, lon, _ = settled
    inside = (west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)
    shown = [row for row in inside.nonzero()[0].tolist() if rows is None or row in rows]
    where = [column[shown].tolist() for column in settled]
    return extent, where, list(lanes_of(snapshot, shown).items())


def card_places(site: Site) -> list[str]:
    """Ids of the places whose pages have a card of their own."""
    return [key for key in page_places(site) if site.has_card(newest_on(site.dataset, key))]


def card_speakers(site: Site) -> list[str]:
    """Ids of the claimants whose pages have a card of their own."""
    return [key for key in page_speakers(site) if site.has_card(newest_by(site.dataset, key))]


def _extent_of(site: Site, place: str) -> Extent:
    row = site.dataset.places.loc[place]
    if place in site.dataset.settlements.index:
        return extent_around(row["lat"], row["lon"], km=NEAR_KM)
    west, south, east, north = row.geometry.bounds
    return west, south, east, north


def place_card_inputs(site: Site, place: str) -> Iterator[object]:
    """Give all that the cards of a place are made of."""
    yield place_names_in(site.dataset, place)
    yield _drawn(site.snapshot, _extent_of(site, place))
    standing = [standing_id(site.snapshot, place, side) for side in SIDES]
    said = [said for said in statements_on(site.dataset, place) if said.id in standing]
    yield said, speakers_of(site.dataset, said)


def make_place_card(site: Site, place: str) -> dict[str, bytes]:
    """Draw the cards of a place: the map around it, and what each side says."""
    ground = draw_card_map(site.snapshot, _extent_of(site, place), ringed=place)
    standing = {side: standing_id(site.snapshot, place, side) for side in SIDES}
    made = {}
    for lang in site.langs:
        speak(lang)
        by_id = {said.id: said for said in statements_on(site.dataset, place)}
        told = []
        for side, claim in standing.items():
            text, controller = CLAIM_WORDS["no_statement"], None
            if claim:
                said = by_id[claim]
                day = day_in_words(said.stated_on)
                text = f"{says(said.kind, said.controller)}: {said.speaker}, {day}"
                controller = said.controller
            told.append(Told(SIDE_NAMES[side], text, controller))
        card = _written(ground, place_name(site.dataset, place), told)
        made[f"{site.folder(lang)}{place_path(site, place)}{CARD}"] = card
    return made


def speaker_card_inputs(site: Site, speaker: str) -> Iterator[object]:
    """Give all that the cards of a speaker are made of."""
    said = said_by(site.dataset)[speaker]
    yield site.dataset.claimants.loc[[speaker]].to_numpy().tolist()
    yield len(said), [(place_names_in(site.dataset, place), each) for place, each in said[:MOST]]
    rows = _rows(site, {place for place, _ in said})
    if said:
        newest = said[0][1].stated_on
        heard = take_snapshot(site.dataset, as_of=newest, known_by=newest, view=speaker)
        yield _drawn(heard, FRONT, rows)


def _rows(site: Site, places: set[str]) -> list[int]:
    return sorted(int(row) for row in site.dataset.places.index.get_indexer(list(places)))


def make_speaker_card(site: Site, speaker: str) -> dict[str, bytes]:
    """Draw the cards of a speaker: the places spoken of by this voice alone, and the newest."""
    said = said_by(site.dataset)[speaker]
    newest = said[0][1].stated_on if said else site.dataset.last_day
    heard = take_snapshot(site.dataset, as_of=newest, known_by=newest, view=speaker)
    rows = _rows(site, {place for place, _ in said})
    ground = draw_card_map(heard, FRONT, rows=rows)
    made = {}
    for lang in site.langs:
        speak(lang)
        told = [
            Told(
                f"{place_name(site.dataset, place)}, {day_in_words(each.stated_on)}",
                says(each.kind, each.controller),
                each.controller,
            )
            for place, each in said_by(site.dataset)[speaker][:MOST]
        ]
        card = _written(ground, speaker_name(site.dataset, speaker), told)
        made[f"{site.folder(lang)}speaker/{speaker}/{CARD}"] = card
    return made


def make_day_card(site: Site, key: str) -> dict[str, bytes]:
    """Draw the cards of a day: the places spoken of on it, and what was said."""
    day = date.fromisoformat(key)
    said = said_on(site.dataset)[day]
    snapshot = take_snapshot(site.dataset, as_of=day)
    ground = draw_card_map(snapshot, FRONT, rows=_rows(site, {place for place, _ in said}))
    made = {}
    for lang in site.langs:
        speak(lang)
        told = [
            Told(
                place_name(site.dataset, place),
                f"{each.speaker} {says(each.kind, each.controller)}",
                each.controller,
            )
            for place, each in said_on(site.dataset)[day][:MOST]
        ]
        made[f"{site.folder(lang)}day/{key}/{CARD}"] = _written(ground, day_in_words(day), told)
    return made


def whole_card_inputs(site: Site, key: str) -> Iterator[object]:
    """Give all that the card of the whole is made of."""
    yield site.dataset.version


def make_whole_card(site: Site, key: str) -> dict[str, bytes]:
    """Draw the card of every page that has none of its own: the front on the newest day."""
    ground = draw_card_map(site.snapshot, FRONT)
    made = {}
    for lang in site.langs:
        speak(lang)
        told = [
            Told(
                day_in_words(site.dataset.last_day),
                SITE_WORDS.counted("differ", differing_on(site.dataset, site.dataset.last_day)),
            )
        ]
        made[f"{site.folder(lang)}{CARD}"] = _written(ground, SITE_WORDS["card_title"], told)
    return made


def _written(ground: Ground, title: str, told: list[Told]) -> bytes:
    kicker, foot = SITE_WORDS["product"], CLAIM_WORDS["caveat"]
    return write_card(ground, kicker=kicker, title=title, told=told, foot=foot)
