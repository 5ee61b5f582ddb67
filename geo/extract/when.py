"""The day of a statement: "on Thursday", "2 грудня", "вчера", from the day of publication."""

from __future__ import annotations

import re
from datetime import date, timedelta

from geo.extract.lexicon import is_form, read_table, starred
from geo.extract.tokens import Sentence

WEEK = 7
_DAYS = [(starred(row["lemma"]), row["kind"]) for row in read_table("days")]


def day_said(
    sentence: Sentence, published: date | None, before: Sentence | None = None
) -> date | None:
    """Give the day that a sentence names, else the one before it, else the day of publication.

    A day without a year is the last one on or before the publication. Words like "last month" name
    no day: None.

    Parameters
    ----------
    sentence
        Where the statement stands.
    published
        The day of publication, if known.
    before
        The sentence that names who says it, when it is another.
    """
    if published is None:
        return None
    keys = [token.key for token in sentence.tokens]
    for at, key in enumerate(keys):
        kind = _kind(key)
        if not kind:
            continue
        name, _, value = kind.partition(" ")
        if name == "earlier":
            return None
        if name == "month":
            day = _of_month(keys, at, int(value), published)
            if day:
                return day
            continue
        back = int(value) if name == "ago" else (published.weekday() - int(value)) % WEEK
        # A page may say that it is of the first day there is.
        return published - timedelta(days=back) if back < published.toordinal() else None
    return day_said(before, published) if before else published


def _kind(key: str) -> str:
    return next((kind for word, kind in _DAYS if is_form(key, word)), "")


def _of_month(keys: list[str], at: int, month: int, published: date) -> date | None:
    """Read "2 December", "December 2" and "2 December 2025"."""
    beside = [keys[i] for i in (at - 1, at + 1) if 0 <= i < len(keys)]
    numbers = [int(key) for key in beside if re.fullmatch(r"[0-3]?\d", key) and 1 <= int(key) <= 31]
    if not numbers:
        return None
    years = [int(key) for key in keys[at + 1 : at + 4] if re.fullmatch(r"20\d\d", key)]
    try:
        day = date(years[0] if years else published.year, month, numbers[0])
        if not years and day > published:
            day = day.replace(year=published.year - 1)
    except ValueError:
        return None
    return day if day <= published else None
