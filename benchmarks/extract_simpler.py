"""Two ways to read a statement that are simpler than the program's, to hold it against.

The rules alone: the speaker's rule and the first cue. Words alone: TF-IDF and logistic regression
on the ledger's titles and summaries, no lexicon.
"""

from __future__ import annotations

from collections.abc import Callable

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from geo.extract.reading import Unit
from geo.extract.statements import Extractor
from geo.model import Dataset

Line = dict[str, str]
Guess = tuple[str | None, str | None, str | None]  # side, kind, controller

# What the nearest cue alone says.
RULES = {
    "untrue": "denies",
    "deny": "denies",
    "withdraw": "withdrew",
    "retake": "recaptured",
    "fight": "contested",
    "enter": "foothold",
    "foothold": "foothold",
    "part": "contested",
    "near": "approaching",
    "attack": "approaching",
    "advance": "approaching",
    "liberate": "captured",
    "capture": "captured",
    "occupy": "captured",
    "control": "holds",
    "hold": "holds",
    "clear": "holds",
}
OTHER = {"ukraine": "russia", "russia": "ukraine", "third": "ukraine"}


def rules_alone(extractor: Extractor) -> Callable[[Line], Guess]:
    """Read the last clause that is about the place."""

    def guess(line: Line) -> Guess:
        units = extractor.units(f"{line['title']}\n\n{line['text']}")
        there = [unit for unit in units if unit.place == line["settlement_id"]]
        return by_rules(there[-1]) if there else (None, None, None)

    return guess


def by_rules(unit: Unit) -> Guess:
    """Read a clause by its speaker and the first cue that says anything, and nothing else."""
    side = next((s.side for s in unit.speakers if s.side), None)
    cues = {hit.kind for hit in unit.clause.cues}
    kind = next((kind for cue, kind in RULES.items() if cue in cues), None)
    if side is None or kind is None:
        return side, kind, None
    if kind in ("contested", "foothold"):
        return side, kind, "contested"
    if kind == "captured":
        return side, kind, "ukraine" if side == "ukraine" and "liberate" in cues else "russia"
    if kind in ("withdrew", "approaching"):
        return side, kind, OTHER[side] if kind == "withdrew" or side == "russia" else side
    return side, kind, "ukraine" if side == "third" else side


def words_alone(dataset: Dataset, without: frozenset[str]) -> Callable[[Line], Guess]:
    """Learn each field from the words of the ledger's titles and summaries."""
    claims = dataset.claims[~dataset.claims["title"].isin(without)]
    texts = list(claims["title"] + " " + claims["summary"])

    def field(name: str) -> Callable[[str], str]:
        model = make_pipeline(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
            LogisticRegression(C=10, max_iter=1000),
        )
        model.fit(texts, list(claims[name].astype(str)))
        return lambda text: str(model.predict([text])[0])

    fields = [field(name) for name in ("side", "kind", "controller")]

    def guess(line: Line) -> Guess:
        side, kind, controller = (f(f"{line['title']} {line['text']}") for f in fields)
        return side, kind, controller

    return guess
