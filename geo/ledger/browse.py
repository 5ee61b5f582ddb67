"""Finding statements: all of the ledger as one table, and the rows that answer a question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd

from geo.model import Dataset
from geo.timeline import codes


@dataclass(frozen=True)
class Question:
    """Which statements are wanted; what is left empty does not narrow.

    Attributes
    ----------
    first, last
        Days between which they were stated, both included.
    sides, claimants, kinds, admin1s
        Words of the columns.
    place
        Id of a settlement or of an oblast.
    text
        Occurs in the summary, the headline, the outlet, the speaker or a name of the place; upper
        and lower case are alike.
    """

    first: date | None = None
    last: date | None = None
    sides: tuple[str, ...] = ()
    claimants: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    admin1s: tuple[str, ...] = ()
    place: str | None = None
    text: str = ""


@lru_cache(maxsize=2)
def all_statements(dataset: Dataset) -> pd.DataFrame:
    """List all statements, newest first.

    Returns
    -------
    Index: claim_id. Columns of `Dataset.claims` but the geometry, with `name` and `admin1` of the
    place; days are datetime64, ids and words categorical.
    """
    table = pd.DataFrame(dataset.claims.drop(columns="geometry"))
    places, row = dataset.places, codes(table["place_id"])
    table = table.assign(
        name=places["name"].to_numpy()[row],
        admin1=places["admin1"].astype("category").to_numpy()[row],
    )
    return table.iloc[::-1].sort_values("stated_on", ascending=False, kind="stable")


def find_statements(dataset: Dataset, question: Question) -> pd.DataFrame:
    """Give the statements that answer a question, newest first; columns of `all_statements`."""
    table = all_statements(dataset)
    keep = np.ones(len(table), dtype=bool)
    if question.first:
        keep &= (table["stated_on"] >= pd.Timestamp(question.first)).to_numpy()
    if question.last:
        keep &= (table["stated_on"] <= pd.Timestamp(question.last)).to_numpy()
    for column, words in (
        ("side", question.sides),
        ("claimant_id", question.claimants),
        ("kind", question.kinds),
        ("admin1", question.admin1s),
        ("place_id", (question.place,) if question.place else ()),
    ):
        if words:
            keep &= table[column].isin(words).to_numpy()
    found = table[keep]
    return found[_mentions(dataset, found, question.text)] if question.text.strip() else found


def _mentions(dataset: Dataset, found: pd.DataFrame, text: str) -> pd.Series:
    """Mark rows that hold a text; names are looked up once a place, not once a row."""
    asked = text.strip().casefold()

    def holding(table: pd.DataFrame, columns: list[str]) -> pd.Series:
        held = [table[name].str.casefold().str.contains(asked, regex=False) for name in columns]
        return pd.concat(held, axis=1).any(axis=1)

    places = dataset.places
    named = places.index[holding(pd.DataFrame(places), ["name", "name_uk", "name_ru", "aliases"])]
    speakers = dataset.claimants.index[
        holding(dataset.claimants, ["name", "name_uk", "name_ru", "aliases"])
    ]
    written = holding(found, ["summary", "title", "outlet", "name"])
    return written | found["place_id"].isin(named) | found["claimant_id"].isin(speakers)


def count_sources(dataset: Dataset) -> pd.DataFrame:
    """Count the statements that each outlet published, the most first.

    Returns
    -------
    Index: outlet. Columns: statements, claimants (how many different ones), first, last (days).
    """
    outlets = all_statements(dataset).groupby("outlet", observed=True)
    counts = outlets.agg(
        statements=("stated_on", "size"),
        claimants=("claimant_id", "nunique"),
        first=("stated_on", "min"),
        last=("stated_on", "max"),
    )
    return counts.sort_values("statements", ascending=False, kind="stable")
