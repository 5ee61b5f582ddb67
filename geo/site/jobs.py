"""What the site is made of: jobs that each make some files, and a hash of what they are made of."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import brotli  # type: ignore[import-untyped]

from geo.model import Lang
from geo.site import cards, days, described, front, lists, places, speakers
from geo.site.check import Seen, look
from geo.site.state import code_hash
from geo.site.web import Site
from geo.wording import speak

WORTH = 1400  # bytes; what fits one packet gains nothing by being compressed
# Compressed beforehand: what many read. Feeds, days and data are compressed by the server.
OFTEN = ("assets/", "place/", "oblast/", "speaker/", "disagreements/", "method/", "index.html")
ENDINGS = (".html", ".js", ".css", ".json")


@dataclass(frozen=True)
class Kind:
    """A kind of job: its keys, what each is made of, and the files it makes."""

    keys: Callable[[Site], Iterable[str]]
    inputs: Callable[[Site, str], Iterator[object]]
    make: Callable[[Site, str], dict[str, bytes]]


def _once(site: Site) -> list[str]:
    return ["-"]


def _nothing(site: Site, key: str) -> Iterator[object]:
    yield None


# Cards come first: the pages name them.
KINDS = {
    "place-card": Kind(cards.card_places, cards.place_card_inputs, cards.make_place_card),
    "speaker-card": Kind(cards.card_speakers, cards.speaker_card_inputs, cards.make_speaker_card),
    "day-card": Kind(days.card_days, days.day_inputs, cards.make_day_card),
    "worker": Kind(_once, front.worker_inputs, front.make_worker),
    "data": Kind(_once, described.data_inputs, described.make_data),
    "whole-card": Kind(_once, cards.whole_card_inputs, cards.make_whole_card),
    "place": Kind(places.page_places, places.place_inputs, places.make_place),
    "speaker": Kind(speakers.page_speakers, speakers.speaker_inputs, speakers.make_speaker),
    "day": Kind(days.page_days, days.day_inputs, days.make_day),
    "week": Kind(days.page_weeks, days.week_inputs, days.make_week),
    "list": Kind(lambda site: lists.LISTS, lists.list_inputs, lists.make_list),
    "feeds": Kind(_once, cards.whole_card_inputs, lists.make_feeds),
    "front": Kind(_once, front.front_inputs, front.make_front),
    "missing": Kind(_once, _nothing, lists.make_missing),
    "json-day": Kind(described.page_json_days, described.json_day_inputs, described.make_json_day),
}


@dataclass(frozen=True)
class Job:
    """Some files that are made together.

    Attributes
    ----------
    kind, key
        What is made.
    inputs
        A hash of all that they are made of: data, words, templates, code, addresses.
    """

    kind: str
    key: str
    inputs: str

    @property
    def name(self) -> str:
        """Tells it from other jobs."""
        return f"{self.kind}/{self.key}"


def all_jobs(site: Site) -> list[Job]:
    """List the jobs of a site, in the order of KINDS."""
    ground = f"{code_hash()} {site.base} {site.langs} {site.cards} {site.assets['site.css']}"
    jobs = []
    speak(Lang.EN)  # a hash does not depend on who asks
    for name, kind in KINDS.items():
        for key in kind.keys(site):
            made_of = hashlib.sha256(f"{ground} {name} {key}".encode())
            for part in kind.inputs(site, key):
                speak(Lang.EN)
                made_of.update(repr(part).encode("utf-8", "surrogatepass"))
            jobs.append(Job(name, key, made_of.hexdigest()[:20]))
    return jobs


def run(site: Site, job: Job) -> tuple[dict[str, bytes], dict[str, Seen]]:
    """Do a job; gives path from the root to content, and what its pages hold."""
    files = KINDS[job.kind].make(site, job.key)
    seen = {path: look(path, content) for path, content in files.items() if _is_page(path)}
    return files | compressed(site, files), seen


def _is_page(path: str) -> bool:
    return path.endswith(".html")


def compressed(site: Site, files: dict[str, bytes]) -> dict[str, bytes]:
    """Compress what many readers ask for: path with .gz and .br to content."""
    made = {}
    for path, content in files.items():
        plain = path
        for lang in site.langs[1:]:
            plain = plain.removeprefix(f"{lang}/")
        if len(content) < WORTH or not path.endswith(ENDINGS) or not plain.startswith(OFTEN):
            continue
        if plain.endswith(".json") and not plain.startswith("assets/"):
            continue
        made[f"{path}.gz"] = gzip.compress(content, 9, mtime=0)
        quality = 11 if plain.startswith("assets/") else 9
        made[f"{path}.br"] = brotli.compress(content, quality=quality)
    return made
