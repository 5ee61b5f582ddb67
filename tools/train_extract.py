"""Learn the weights of geo/extract: `python -m tools.train_extract`.

Rows: each claim's title with its summary, its title alone (half the weight), and the sentences in
`geo/extract/lexicon/examples.csv`; `--also FILE.jsonl` adds lines with title, text, settlement_id,
side, kind and controller. The same rows and library versions give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from threadpoolctl import threadpool_limits

from geo.extract.classifier import FILE, NONE, Classifier, with_side
from geo.extract.lexicon import FOLDER
from geo.extract.reading import Unit
from geo.extract.statements import Extractor
from geo.files import load_dataset
from geo.files.folders import DATA
from geo.model import SIDES, Dataset

SIDE_C, READING_C = 0.1, 0.2  # inverse strength of regularisation
TITLE_WEIGHT, EXAMPLE_WEIGHT = 0.5, 1.5
FOLDS = 3
DIGITS = 3
TOL = 1e-4
RAREST = 2  # rows that a feature must be in to be weighed
SMALLEST = 0.02  # a weight below this everywhere is left out


@dataclass(frozen=True)
class Row:
    """One labelled text as the classifier sees it; side "" where nobody says anything."""

    features: tuple[str, ...]
    side: str
    kind: str
    controller: str
    weight: float
    group: str


def ledger_rows(extractor: Extractor, dataset: Dataset, without: frozenset[str]) -> Iterator[Row]:
    """Make rows of the ledger's own titles and summaries; titles in `without` are left out."""
    for claim in dataset.claims.itertuples():
        if claim.title in without:
            continue
        label = (str(claim.side), str(claim.kind), str(claim.controller))
        whole = f"{claim.title}\n\n{claim.summary}"
        for text, weight in ((whole, 1.0), (f"{claim.title}.", TITLE_WEIGHT)):
            features = chosen(extractor.units(text), str(claim.place_id), label[0])
            if features:
                yield Row(features, *label, weight, claim.title)


def written_rows(
    extractor: Extractor, lines: Iterable[dict[str, str]], weight: float
) -> Iterator[Row]:
    """Make rows of labelled lines; a line without a place holds no statement."""
    for line in lines:
        units = extractor.units(f"{line['title']}\n\n{line['text']}")
        if line["kind"] == NONE:
            for unit in units:
                yield Row(unit.features, "", NONE, NONE, weight, line["title"])
            continue
        features = chosen(units, line["settlement_id"], line["side"])
        if features:
            label = (line["side"], line["kind"], line["controller"])
            yield Row(features, *label, weight, line["title"])


def chosen(units: list[Unit], place: str, side: str) -> tuple[str, ...]:
    """Give what stands for a label: the last clause on the place, first of all by that side."""
    there = [unit for unit in units if unit.place == place]
    spoken = [unit for unit in there if unit.speakers and unit.speakers[0].side == side]
    return (spoken or there)[-1].features if there else ()


@threadpool_limits.wrap(limits=1)  # sums of one thread are the same each time, and here faster
def learn(rows: list[Row]) -> Classifier:
    """Fit both regressions."""
    said = [row for row in rows if row.side]
    side_names = DictVectorizer()
    sides = LogisticRegression(C=SIDE_C, max_iter=1000, tol=TOL).fit(
        side_names.fit_transform(_common([row.features for row in said])),
        [row.side for row in said],
        sample_weight=[row.weight for row in said],
    )
    order = [list(sides.classes_).index(side.value) for side in SIDES]
    names = DictVectorizer()
    readings = LogisticRegression(C=READING_C, max_iter=1000, tol=TOL).fit(
        names.fit_transform(_common([_with_side(row) for row in rows])),
        [f"{row.kind} {row.controller}" for row in rows],
        sample_weight=[row.weight for row in rows],
    )
    return Classifier(
        _weights(side_names, sides.coef_[order], sides.intercept_[order]),
        _weights(names, readings.coef_, readings.intercept_),
        tuple(tuple(pair.split()) for pair in readings.classes_),
        1.0,
        0.0,
    )


def _common(rows: list[tuple[str, ...]]) -> list[dict[str, float]]:
    """Leave out what too few rows have."""
    counts = Counter(feature for row in rows for feature in dict.fromkeys(row))
    return [{f: 1.0 for f in row if counts[f] >= RAREST} for row in rows]


def _with_side(row: Row) -> tuple[str, ...]:
    sides = [side for side in SIDES if side == row.side]
    return row.features + (with_side(row.features, sides[0]) if sides else ())


def _weights(
    names: DictVectorizer, weights: np.ndarray, constant: np.ndarray
) -> dict[str, np.ndarray]:
    """Give a row of rounded weights a feature; the constant goes to "bias", which all have."""
    table = dict(zip(names.feature_names_, weights.T, strict=True))
    table["bias"] = table.get("bias", 0) + constant
    return {
        name: row.round(DIGITS)
        for name, row in sorted(table.items())
        if np.abs(row).max() >= SMALLEST
    }


def calibrate(rows: list[Row]) -> tuple[float, float]:
    """Fit a logistic curve from raw probability to being right, on folds that were not learnt."""
    logits, right = [], []
    groups = [row.group for row in rows]
    for learnt, held in GroupKFold(FOLDS).split(rows, groups=groups):
        classifier = learn([rows[i] for i in learnt])
        for row in (rows[i] for i in held):
            if not row.side or row.weight == TITLE_WEIGHT:
                continue
            verdict = classifier.judge(row.features)
            if verdict.controller:
                logits.append(np.log(verdict.sure / max(1e-6, 1 - verdict.sure)))
                right.append((verdict.side, verdict.controller) == (row.side, row.controller))
    curve = LogisticRegression(C=1e6).fit(np.clip(logits, -9, 9)[:, None], right)
    return round(float(curve.coef_[0, 0]), DIGITS), round(float(curve.intercept_[0]), DIGITS)


def all_rows(
    extractor: Extractor,
    dataset: Dataset,
    also: Path | None = None,
    without: frozenset[str] = frozenset(),
) -> list[Row]:
    """Gather all rows."""
    with (FOLDER / "examples.csv").open(encoding="utf-8", newline="") as file:
        rows = [*written_rows(extractor, csv.DictReader(file), EXAMPLE_WEIGHT)]
    if also:
        lines = also.read_text(encoding="utf-8").splitlines()
        rows += written_rows(extractor, map(json.loads, lines), EXAMPLE_WEIGHT)
    return [*ledger_rows(extractor, dataset, without), *rows]


def write(classifier: Classifier, path: Path) -> None:
    """Write the weights, one feature a line."""
    stored = {
        "slope": classifier.slope,
        "offset": classifier.offset,
        "pairs": classifier.pairs,
        "sides": {name: row.tolist() for name, row in classifier.sides.items()},
        "readings": {name: row.tolist() for name, row in classifier.readings.items()},
    }
    text = json.dumps(stored, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text.replace("],", "],\n") + "\n", encoding="utf-8", newline="\n")


def main() -> None:
    """Learn and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--also", type=Path, metavar="FILE.jsonl", help="more labelled lines")
    parser.add_argument("--out", type=Path, default=FILE)
    options = parser.parse_args()
    dataset = load_dataset(DATA)
    rows = all_rows(Extractor(dataset), dataset, options.also)
    slope, offset = calibrate(rows)
    learnt = learn(rows)
    write(Classifier(learnt.sides, learnt.readings, learnt.pairs, slope, offset), options.out)
    print(f"{len(rows)} rows, {len(learnt.readings)} features, slope {slope}, offset {offset}")


if __name__ == "__main__":
    main()
