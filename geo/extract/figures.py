"""How often candidates are right: figures measured by `benchmarks/extract.py`."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

FILE = Path(__file__).parent / "figures.json"


def measured() -> tuple[int, pd.DataFrame]:
    """Give how many sentences were measured, and the figures in per cent of them.

    Returns
    -------
    int
        Labelled sentences that name the place.
    pandas.DataFrame
        name; unseen, as learnt without the headlines of these sentences; shipped, as installed.
    """
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    return stored["lines"], pd.DataFrame(stored["figures"])
