"""What the program found in texts and what people made of it: how often it was right, by field.

A reading is one candidate with what became of it, or a statement that was missed. Readings stand
beside the log and are no part of it: nothing in the ledger rests on them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from geo.desk.desk import Desk
from geo.desk.events import now
from geo.desk.store import locked
from geo.desk.tables import readings

FIELDS = ("settlement_id", "area_id", "claimant_id", "kind", "controller", "stated_on")
Fields = Mapping[str, str | None]


@dataclass(frozen=True)
class Reading:
    """One candidate and what a person made of it.

    Attributes
    ----------
    found
        The fields that the program filled in; None where it missed the statement.
    made
        The fields as they were proposed; None where the candidate was thrown away.
    """

    found: Fields | None
    made: Fields | None


@dataclass(frozen=True)
class Score:
    """How often one field was right.

    Attributes
    ----------
    field
        A field, or "statement" for whether there is one at all.
    right
        How many were right.
    found, made
        How many the program gave, and how many people made.
    """

    field: str
    right: int
    found: int
    made: int

    @property
    def precision(self) -> float | None:
        """The share of what was found that is right."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """The share of what was made that was found right."""
        return self.right / self.made if self.made else None


def keep_reading(desk: Desk, sha256: str, reading: Reading, *, by: str) -> None:
    """Keep what became of a candidate.

    Parameters
    ----------
    sha256
        Of the text.
    reading
        The candidate and what was made of it.
    by
        Who decided.

    Raises
    ------
    DeskError
        When the store does not answer.
    """
    values = {
        "at": now(),
        "by": by,
        "sha256": sha256,
        "found": json.dumps(reading.found),
        "made": json.dumps(reading.made),
    }
    with locked(desk.store) as connection:
        connection.execute(readings.insert().values(values))


def all_readings(desk: Desk) -> list[Reading]:
    """Read all readings, in the order in which they were kept."""
    with locked(desk.store) as connection:
        rows = connection.execute(sa.select(readings).order_by(readings.c.seq))
        return [Reading(json.loads(row.found), json.loads(row.made)) for row in rows]


def score(kept: Sequence[Reading]) -> list[Score]:
    """Count statements and fields: what was found, what was made, what of both is the same."""
    both = [(one.found, one.made) for one in kept if one.found and one.made]
    found = [one.found for one in kept if one.found]
    made = [one.made for one in kept if one.made]
    fields = [
        Score(
            field,
            sum(f.get(field) == m.get(field) and f.get(field) is not None for f, m in both),
            sum(f.get(field) is not None for f in found),
            sum(m.get(field) is not None for m in made),
        )
        for field in FIELDS
    ]
    return [Score("statement", len(both), len(found), len(made)), *fields]
