"""Weighing what was found: how likely each side, kind and controller is. Plain numbers, no library.

The weights are learnt by `tools/train_extract.py` from the ledger's own titles and summaries and
from the sentences in `lexicon/examples.csv`; the file is text, the same bytes each time.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geo.extract.features import seen_by
from geo.model import SIDES, Controller, Kind, Side, allowed_controllers

FILE = Path(__file__).parent / "weights.json"
NONE = "none"
ACTS = ("a:", "z:")
FIRM = "firm"  # a feature: the side of a speaker that a verb of saying binds to the clause
TRUST = 0.97  # how often such a speaker is the one; measured on headlines with their sentence
LEAST_SIDE = 0.4  # a side that is less likely is left open


@dataclass(frozen=True)
class Verdict:
    """What a clause says of a place, and how sure that is.

    `controller` is None where no statement on control was found.
    """

    side: Side | None
    kind: Kind | None
    controller: Controller | None
    sure: float


@dataclass
class Classifier:
    """Weights of two logistic regressions: side, and kind with controller given the side.

    Attributes
    ----------
    sides, readings
        A feature to its weights, in the order of SIDES and of `pairs`.
    pairs
        (kind, controller), and (none, none).
    slope, offset
        Of the logistic curve that calibrates `sure`.
    """

    sides: dict[str, NDArray[np.float64]]
    readings: dict[str, NDArray[np.float64]]
    pairs: tuple[tuple[str, str], ...]
    slope: float
    offset: float

    def joint(self, features: tuple[str, ...]) -> NDArray[np.float64]:
        """Give the probability of each side and pair: shape (sides, pairs), sums to 1."""
        side = softmax(_sum(self.sides, features, len(SIDES)))
        for i, name in enumerate(SIDES):
            if f"{FIRM}:{name}" in features:  # the grammar says whose words they are
                side = (1 - TRUST) * side
                side[i] += TRUST
        common = _sum(self.readings, features, len(self.pairs))
        rows = []
        for i, name in enumerate(SIDES):
            own = with_side(features, name)
            logits = common + _sum(self.readings, own, len(self.pairs))
            rows.append(side[i] * softmax(np.where(self.allowed(name), logits, -np.inf)))
        return np.array(rows)

    def allowed(self, side: Side) -> NDArray[np.bool_]:
        """Say which pairs the codebook allows a side."""
        return np.array(
            [
                kind == NONE or Controller(held) in allowed_controllers(Kind(kind), side)
                for kind, held in self.pairs
            ]
        )

    def judge(self, features: tuple[str, ...]) -> Verdict:
        """Choose the likeliest side, then its controller, then the kind."""
        joint = self.joint(features)
        nothing = self.pairs.index((NONE, NONE))
        by_side = joint.sum(axis=1)
        best = int(by_side.argmax())
        held = {c: float(joint[best][[p[1] == c for p in self.pairs]].sum()) for c in Controller}
        if joint[:, nothing].sum() >= 0.5:
            return Verdict(None, None, None, 0.0)
        controller = max(held, key=lambda c: held[c])
        kinds = {
            p[0]: float(joint[best][i]) for i, p in enumerate(self.pairs) if p[1] == controller
        }
        raw = held[controller]
        logit = float(np.log(raw / max(1e-9, 1 - raw)))
        sure = 1 / (1 + np.exp(-(self.slope * logit + self.offset)))
        return Verdict(
            SIDES[best] if by_side[best] >= LEAST_SIDE else None,
            Kind(max(kinds, key=lambda k: kinds[k])),
            controller,
            round(float(sure), 3),
        )


def with_side(features: tuple[str, ...], side: Side) -> tuple[str, ...]:
    """Give the features that are read otherwise in the mouth of one side."""
    return (
        f"{side}&",
        *(
            f"{side}&{f}"
            for f in features
            if f.startswith(("c:", "l:", "r:", "h:")) and ">" not in f
        ),
        *(seen_by(f, side) for f in features if f.startswith(ACTS)),
        *(f"{side}&{seen_by(f, side)}" for f in features if f.startswith(ACTS)),
    )


def softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn sums of weights into probabilities."""
    powers = np.exp(logits - logits.max())
    whole: NDArray[np.float64] = powers / powers.sum()
    return whole


def _sum(
    weights: dict[str, NDArray[np.float64]], features: tuple[str, ...], width: int
) -> NDArray[np.float64]:
    total = np.zeros(width)
    for feature in features:
        row = weights.get(feature)
        if row is not None:
            total += row
    return total


def load_classifier(path: Path = FILE) -> Classifier:
    """Read the weights."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    return Classifier(
        sides={name: np.array(row) for name, row in stored["sides"].items()},
        readings={name: np.array(row) for name, row in stored["readings"].items()},
        pairs=tuple((kind, held) for kind, held in stored["pairs"]),
        slope=stored["slope"],
        offset=stored["offset"],
    )
