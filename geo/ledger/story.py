"""One sentence on a place: who said that it took it, and what the others said then."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pandas as pd

from geo.ledger.confirmation import capture_cases
from geo.model import (
    ALL_SIDES,
    NO_CLAIM,
    OTHER_SIDE,
    SIDES,
    Controller,
    Dataset,
    Kind,
    Side,
    Snapshot,
)
from geo.timeline import hears, standing_on
from geo.wording import (
    CLAIM_WORDS,
    SIDE_NAMES,
    STORY_WORDS,
    claimant_names,
    day_in_words,
    place_name,
    says,
)


def tell_story(snapshot: Snapshot, place: str) -> str:
    """Sum a settlement up in a sentence, by what had been said when the snapshot's clock stops.

    The newest statement of capture up to the day, and the first answers to it; without one, or
    where not all are heard, what each side says.
    """
    dataset = snapshot.dataset
    if snapshot.view != ALL_SIDES:
        return _standing(snapshot, place)
    cases = _cases_by_place(dataset, snapshot.known_by).get(place)
    if cases is not None:
        cases = cases[cases["stated_on"] <= pd.Timestamp(snapshot.as_of)]
    if cases is None or cases.empty:
        return _standing(snapshot, place)
    return _told(dataset, place, cases.iloc[-1], snapshot.known_by)


@lru_cache(maxsize=8)  # as the cases themselves
def _cases_by_place(dataset: Dataset, until: date) -> dict[str, pd.DataFrame]:
    cases = capture_cases(dataset, until=until).groupby("place_id")
    return {str(place): of_place for place, of_place in cases}


def _told(dataset: Dataset, place: str, case: pd.Series, until: date) -> str:
    words, side = STORY_WORDS, Side(case["side"])
    other = OTHER_SIDE[side]
    first = dataset.claims.loc[case.name]
    begin = words[f"begin_{first['kind']}_{side}"].format(
        day=day_in_words(case["stated_on"].date()), place=place_name(dataset, place)
    )
    clauses = []
    for step, key in (("denied", f"denied_{other}"), ("third", f"third_{side}"),
                      ("accepted", "accepted"), ("retracted", "retracted")):  # fmt: skip
        if pd.isna(case[f"{step}_on"]):
            continue
        answer = dataset.claims.loc[case[f"{step}_id"]]
        speaker = claimant_names(dataset)[case[f"{step}_by"]]
        if step == "accepted" and answer["kind"] == Kind.WITHDREW:
            key = "withdrew"
        gap = (answer["stated_on"] - case["stated_on"]).days
        if gap > 0:
            clauses.append((gap, words.counted(key, gap, speaker=speaker)))
        else:
            when = "same" if gap == 0 else "before"
            clauses.append((gap, words[f"{key}_{when}"].format(speaker=speaker)))
    told = [clause for _, clause in sorted(clauses, key=lambda pair: pair[0])]
    if case[["third_on", "accepted_on"]].isna().all():
        told.append(words["open"].format(day=day_in_words(until)))
    return f"{'; '.join([begin, *told])}."


def _standing(snapshot: Snapshot, place: str) -> str:
    """Say what each side says, where nobody said that it took the place."""
    dataset = snapshot.dataset
    parts = []
    for side, row in zip(SIDES, standing_on(snapshot, place), strict=True):
        heard = hears(dataset, snapshot.view, side)
        said = CLAIM_WORDS["no_statement" if heard else "not_heard"]
        if row != NO_CLAIM:
            claim = dataset.claims.iloc[row]
            said = STORY_WORDS["said"].format(
                speaker=claimant_names(dataset)[claim["claimant_id"]],
                says=says(Kind(claim["kind"]), Controller(claim["controller"])),
                day=day_in_words(claim["stated_on"].date()),
            )
        parts.append(STORY_WORDS["side"].format(side=SIDE_NAMES[side], said=said))
    return f"{'; '.join(parts)}."
