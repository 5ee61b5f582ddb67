"""A text to candidates: one a speaker, place and position, each with the sentence it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from geo.extract.classifier import Classifier, Verdict, load_classifier
from geo.extract.features import is_position
from geo.extract.lexicon import Phrasebook, cue_book
from geo.extract.mentions import Names, read_names
from geo.extract.reading import Unit, read
from geo.extract.thanks import thanks_book, thanks_for
from geo.extract.tokens import is_text
from geo.extract.unreal import is_unreal, unreal_book
from geo.extract.when import day_said
from geo.model import OTHER_SIDE, Controller, Dataset, Kind, Side

LONGEST = 200_000  # characters that are read; a longer text is no article


@dataclass(frozen=True)
class Candidate:
    """A statement that the program found; a person decides on it.

    Attributes
    ----------
    settlement_id, area_id
        The place; one of the two is None.
    claimant_id, side, kind, controller
        None where it cannot be told.
    stated_on
        The day of the statement; None without a day of publication or in the text.
    sentence, start, end
        The sentence it stands on, and its offsets in the text.
    sure
        The share of such candidates whose side and controller are both right.
    why
        By which words it came: the speaker's rule, then the cues around the place; "answers" where
        the other side says the contrary in the same text; "thanks" alone for who thanks for a
        report.
    """

    settlement_id: str | None
    area_id: str | None
    claimant_id: str | None
    side: Side | None
    kind: Kind | None
    controller: Controller | None
    stated_on: date | None
    sentence: str
    start: int
    end: int
    sure: float
    why: tuple[str, ...]

    @property
    def place_id(self) -> str:
        """Id of the settlement or the area."""
        return self.settlement_id or self.area_id or ""


class Extractor:
    """All that is made once a ledger, to read many texts.

    Parameters
    ----------
    dataset
        The ledger whose places and claimants are looked for.
    """

    def __init__(self, dataset: Dataset) -> None:
        spoken = dataset.claims["place_id"].astype(str).value_counts()
        self.names: Names = read_names(dataset.settlements, dataset.claimants, spoken.to_dict())
        self.areas = {str(key) for key in dataset.borders.index}
        self.cues: Phrasebook = cue_book()
        self.thanks: Phrasebook = thanks_book()
        self.unreal: Phrasebook = unreal_book()
        self.sides = {str(k): str(v) for k, v in dataset.claimants["side"].items()}
        self.classifier: Classifier = load_classifier()

    def units(self, text: str) -> list[Unit]:
        """Give each place and clause that may hold a statement, as the classifier sees it."""
        return read(text[:LONGEST], self.names, self.cues, self.sides)

    def candidates(self, text: str, *, published: date | None = None) -> list[Candidate]:
        """Find the statements on control in a text, in its order.

        Parameters
        ----------
        text
            Plain text; a headline stands on a line of its own, first.
        published
            The day of publication: days like "on Thursday" count from it.
        """
        if not is_text(text):
            return []
        found: dict[tuple[object, ...], Candidate] = {}
        for unit in self.units(text):
            verdict = self.classifier.judge(unit.features)
            if verdict.controller is None or is_unreal(unit.clause, verdict, self.unreal):
                continue
            candidate = self._candidate(text, unit, verdict, published)
            key = _key(candidate)
            if key not in found or found[key].sure < candidate.sure:
                found[key] = candidate
        for thankful in self._thankful(text, list(found.values()), published):
            found.setdefault(_key(thankful), thankful)
        told = [_answering(one, found.values()) for one in _told_once(found.values())]
        return sorted(told, key=lambda one: (one.start, one.place_id))

    def _candidate(
        self, text: str, unit: Unit, verdict: Verdict, published: date | None
    ) -> Candidate:
        sentence = unit.clause.sentence
        return Candidate(
            settlement_id=None if unit.place in self.areas else unit.place,
            area_id=unit.place if unit.place in self.areas else None,
            claimant_id=self._claimant(unit, verdict.side),
            side=verdict.side,
            kind=verdict.kind,
            controller=verdict.controller,
            stated_on=day_said(unit.clause.sentence, published, unit.before),
            sentence=text[sentence.start : sentence.end],
            start=sentence.start,
            end=sentence.end,
            sure=verdict.sure,
            why=(unit.rule, *_cue_words(text, unit)),
        )

    def _thankful(
        self, text: str, candidates: list[Candidate], published: date | None
    ) -> Iterator[Candidate]:
        """Give what somebody says by thanking for the report of a capture by his own side."""
        own = [
            c for c in candidates if c.kind == Kind.CAPTURED and str(c.controller) == str(c.side)
        ]
        reports = {one.start: one for one in own}
        for start, who, first, last in thanks_for(text[:LONGEST], reports, self.names, self.thanks):
            report = reports[start]
            if self.sides[who] == report.side and who != report.claimant_id:
                yield replace(
                    report,
                    claimant_id=who,
                    stated_on=day_said(last, published, first) or report.stated_on,
                    sentence=text[first.start : last.end],
                    start=first.start,
                    end=last.end,
                    sure=report.sure / 2,
                    why=("thanks",),
                )

    def _claimant(self, unit: Unit, side: Side | None) -> str | None:
        """Choose the claimant: the speaker where the side fits, else who is named nearby."""
        for speaker in unit.speakers:
            fitting = [i for i in speaker.ids if side is None or self.sides[i] == side]
            if fitting:
                return fitting[0]
            if not speaker.ids and speaker.side == side:
                return None  # the side alone is named: "Moscow says"
        return None


def _key(one: Candidate) -> tuple[object, ...]:
    """Give what makes two candidates of one text the same statement."""
    return one.settlement_id, one.area_id, one.claimant_id or one.side, one.controller


def _told_once(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Leave out what a side says without a name where the text has one of it say the same."""
    named = {(c.place_id, c.side, c.controller) for c in candidates if c.claimant_id}
    for one in candidates:
        if (
            one.claimant_id
            or one.side is None
            or (one.place_id, one.side, one.controller) not in named
        ):
            yield one


def _answering(one: Candidate, all_of_text: Iterable[Candidate]) -> Candidate:
    """Take "we hold it" for a denial where the text has the other side say that it captured it."""
    if one.kind != Kind.HOLDS or one.side not in OTHER_SIDE or one.controller != one.side.value:
        return one
    other = OTHER_SIDE[one.side]
    contrary = any(
        claim.kind == Kind.CAPTURED and claim.side == other and claim.controller == other.value
        for claim in all_of_text
        if claim.place_id == one.place_id
    )
    return replace(one, kind=Kind.DENIES, why=(*one.why, "answers")) if contrary else one


def _cue_words(text: str, unit: Unit) -> Iterator[str]:
    """Quote the words of position in the clause, each with its kind."""
    tokens = unit.clause.sentence.tokens
    for hit in unit.clause.cues:
        if is_position(hit.kind):
            yield f"{text[tokens[hit.first].start : tokens[hit.last].end]} ({hit.kind})"


def find_candidates(
    text: str, dataset: Dataset, *, published: date | None = None
) -> list[Candidate]:
    """Find the statements on control in one text; for many keep an `Extractor`.

    Parameters
    ----------
    text
        Plain text; a headline stands on a line of its own, first.
    dataset
        The ledger whose places and claimants are looked for.
    published
        The day of publication: days like "on Thursday" count from it.
    """
    return Extractor(dataset).candidates(text, published=published)
