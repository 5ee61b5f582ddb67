"""Questions over many claims: who contradicts whom, and for how long."""

from geo.ledger.browse import Question, all_statements, count_sources, find_statements
from geo.ledger.disagreements import (
    disagreements,
    disagreements_on,
    of_kind,
    open_on,
)
from geo.ledger.phases import count_open, phases
from geo.ledger.positions import position_spans
from geo.ledger.tables import (
    disagreements_shown,
    dormant_shown,
    longest_shown,
    sources_shown,
    statements_shown,
    view_shown,
)

__all__ = [
    "Question",
    "all_statements",
    "count_open",
    "count_sources",
    "disagreements",
    "disagreements_on",
    "disagreements_shown",
    "dormant_shown",
    "find_statements",
    "longest_shown",
    "of_kind",
    "open_on",
    "phases",
    "position_spans",
    "sources_shown",
    "statements_shown",
    "view_shown",
]
