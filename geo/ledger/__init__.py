"""Questions over many claims: who contradicts whom, and for how long."""

from geo.ledger.disagreements import disagreements, open_disagreements, open_on
from geo.ledger.positions import position_spans

__all__ = ["disagreements", "open_disagreements", "open_on", "position_spans"]
