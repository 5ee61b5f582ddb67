"""Pages of speakers: what each said, newest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from geo.ledger import all_statements
from geo.model import Dataset, Lang, Side
from geo.page import Statement, statements_on
from geo.site.corrected import taken_out_by, told
from geo.site.events import events_by, feed_files, place_path
from geo.site.known import place_names_in
from geo.site.linked import claim_nodes, page_node
from geo.site.web import CARD, Page, Site, product_title, write_page
from geo.wording import SITE_WORDS, claimant_names, day_in_words, place_name, speak, spoken

Said = tuple[str, Statement]


def said_by(dataset: Dataset) -> dict[str, list[Said]]:
    """Give each claimant's statements and their places, newest first, in the language spoken."""
    return _said_by(dataset, spoken())


@lru_cache(maxsize=len(Lang))
def _said_by(dataset: Dataset, lang: Lang) -> dict[str, list[Said]]:
    by_id = {
        said.id: (str(place), said)
        for place in dataset.claims["place_id"].unique()
        for said in statements_on(dataset, str(place))
    }
    found: dict[str, list[Said]] = defaultdict(list)
    for claim in all_statements(dataset).index.tolist():
        found[by_id[claim][1].claimant].append(by_id[claim])
    return found


def page_speakers(site: Site) -> list[str]:
    """Ids of the claimants: each has a page."""
    return list(site.dataset.claimants.index)


def newest_by(dataset: Dataset, speaker: str) -> date | None:
    """Give the day of a claimant's newest statement."""
    said = said_by(dataset)[speaker]
    return said[0][1].stated_on if said else None


def speaker_inputs(site: Site, speaker: str) -> Iterator[object]:
    """Give all that the pages and feeds of a speaker are made of."""
    dataset = site.dataset
    said = said_by(dataset)[speaker]
    yield dataset.claimants.loc[[speaker]].to_numpy().tolist()
    yield [(place_names_in(dataset, place), each) for place, each in said]
    yield taken_out_by(site).get(speaker)
    yield [event.entry for event in events_by(site, site.langs[0], "claimant")[speaker]]
    yield site.has_card(newest_by(dataset, speaker))


def make_speaker(site: Site, speaker: str) -> dict[str, bytes]:
    """Make the pages and feeds of a speaker, in every language."""
    dataset, path = site.dataset, f"speaker/{speaker}/"
    made: dict[str, bytes] = {}
    for lang in site.langs:
        speak(lang)
        name, said = speaker_name(dataset, speaker), said_by(dataset)[speaker]
        page = _page(site, lang, speaker, name, said)
        file, html = write_page(
            site, lang, page, name=name, side=Side(dataset.claimants["side"][speaker]),
            rows=said, names=names_for(site, said),
            corrections=told(site, taken_out_by(site).get(speaker, ())),
        )  # fmt: skip
        made[file] = html
        made |= feed_files(
            site, lang, key=f"speaker-{speaker}", title=name,
            events=events_by(site, lang, "claimant")[speaker], page=path,
        )  # fmt: skip
    return made


def _page(site: Site, lang: Lang, speaker: str, name: str, said: list[Said]) -> Page:
    words, path = SITE_WORDS, f"speaker/{speaker}/"
    about = words["speaker_silent"].format(speaker=name)
    if said:
        first, last = (day_in_words(each.stated_on) for _, each in (said[-1], said[0]))
        about = words.counted("speaker_about", len(said), speaker=name, first=first, last=last)
    title = words["speaker_title"].format(speaker=name)
    return Page(
        path=path,
        template="speaker_page.html",
        title=product_title(title),
        about=about,
        graph=[page_node(site, lang, path, title, about, kind="ProfilePage"),
               *claim_nodes(site, lang, said)],
        card=f"{path}{CARD}" if site.has_card(newest_by(site.dataset, speaker)) else CARD,
        feed=path,
    )  # fmt: skip


def speaker_name(dataset: Dataset, speaker: str) -> str:
    """Name a claimant in the language spoken."""
    return str(claimant_names(dataset)[speaker])


def names_for(site: Site, said: list[Said]) -> dict[str, tuple[str, str]]:
    """Name the places of statements in the language spoken, with the paths of their pages."""
    return {place: (place_name(site.dataset, place), place_path(site, place)) for place, _ in said}
