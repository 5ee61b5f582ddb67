"""Words on the picture."""

from __future__ import annotations

from geo.model import Status

STATUS_COUNTS = {
    Status.AGREED: "places where both sides say the same",
    Status.DISPUTED: "places where they disagree",
    Status.ONE_SIDED: "where only one side has spoken",
    Status.THIRD_ONLY: "where only third parties have",
}

FIGURE_WORDS = {
    "title": "Who says what about control, {day}",
    "sources": "Statements published by: {outlets}",
    "more": " and {count} more",
    "ledger": "Statements found up to {day}; ledger {version}.",
    "left_half": "left half: what Ukraine's side says",
    "right_half": "right half: what Russia's side says",
    "held_ukraine": "both say Ukraine holds it",
    "held_russia": "both say Russia holds it",
    "held_contested": "both say it is contested",
    "disputed": "dark rim: the sides disagree",
    "ring": "outer ring: latest third-party position",
    "pale": "paler: said over 30, over 90 days before",
    "silent": "small circle: nobody has spoken yet",
}
