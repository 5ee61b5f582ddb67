"""Tables of cases from statement to confirmation, in the reader's language."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from geo.ledger.confirmation import SHARES, STEPS, days_to, summary
from geo.ledger.tables import MapLink, on_web
from geo.model import OTHER_SIDE, Dataset, Side
from geo.wording import (
    CONFIRMATION_WORDS,
    LEDGER_WORDS,
    SIDE_NAMES,
    claimant_names,
    day_in_words,
    place_name,
)


def tell_confirmed(cases: pd.DataFrame, side: Side | None, *, until: date) -> str:
    """Answer in a sentence: of what a side said it took, how much was confirmed, by whom, how soon.

    Parameters
    ----------
    cases
        As `capture_cases` gives them; at least one.
    side
        Whose statements; of the side with the most cases when None.
    until
        Up to which day statements count.
    """
    words = CONFIRMATION_WORDS
    side = side or Side(str(cases["side"].value_counts().idxmax()))
    own = cases[cases["side"] == side]
    by_other, by_third = own["accepted_on"].notna(), own["third_on"].notna()
    confirmed = own[by_other | by_third]
    gaps: dict[str, Any] = {
        "cases": words.counted("cases", len(own)),
        "side": SIDE_NAMES[side],
        "day": day_in_words(until),
    }
    if confirmed.empty:
        return words["answer_none"].format(**gaps)
    waited = days_to(confirmed, ("third", "accepted"), until=until)["days"]
    gaps |= {
        "confirmed": len(confirmed),
        "share": f"{len(confirmed) / len(own):.0%}",
        "other": words[f"by_{OTHER_SIDE[side]}"],
        "by_other": int((by_other & ~by_third).sum()),
        "by_third": int((by_third & ~by_other).sum()),
        "by_both": int((by_other & by_third).sum()),
    }
    # The days within which at least half of them were.
    half = int(waited.sort_values().iloc[(len(waited) - 1) // 2])
    soon = words.counted("soon", half) if half else words["soon_same"]
    return words["answer"].format(soon=soon, **gaps)


def cases_shown(
    dataset: Dataset, cases: pd.DataFrame, link: MapLink, *, until: date
) -> pd.DataFrame:
    """Make the table of cases, newest first; days are those since the first statement."""
    words, names = CONFIRMATION_WORDS, claimant_names(dataset)
    rows = cases.iloc[::-1]
    days = rows["stated_on"].dt.strftime("%Y-%m-%d")
    places = rows["place_id"]
    table = {
        words["place"]: [place_name(dataset, place) for place in places],
        LEDGER_WORDS["map"]: [link(day, place) for day, place in zip(days, places, strict=True)],
        words["first"]: days,
        LEDGER_WORDS["side"]: [SIDE_NAMES[side] for side in rows["side"]],
        LEDGER_WORDS["speaker"]: rows["claimant_id"].map(names),
        LEDGER_WORDS["source"]: on_web(dataset.claims["url"].reindex(rows.index)),
    }
    for step in STEPS:
        table[words["after"].format(step=words[step])] = (
            rows[f"{step}_on"] - rows["stated_on"]
        ).dt.days.astype("Int64")
    confirmed = rows[["third_on", "accepted_on"]].notna().any(axis=1)
    waited = (pd.Timestamp(until) - rows["stated_on"]).dt.days.astype("Int64")
    table[words["not_so_far"]] = waited.mask(confirmed)
    for step in STEPS:
        table[words["by"].format(step=words[step])] = rows[f"{step}_by"].map(names)
    return pd.DataFrame(table)


def sums_shown(dataset: Dataset, cases: pd.DataFrame, *, until: date) -> pd.DataFrame:
    """Make the table of sums: each side, then each claimant."""
    words = CONFIRMATION_WORDS
    parts = [summary(cases, by, until=until) for by in ("side", "claimant_id")]
    names = [SIDE_NAMES[side] for side in parts[0].index]
    names += claimant_names(dataset).reindex(parts[1].index).tolist()
    table = pd.concat([part.round({"median": 0, "low": 0, "high": 0}) for part in parts])
    shown = {words["who"]: names, words["number"]: table["cases"].to_numpy()}
    for share in SHARES:
        shown[words[share]] = (
            table[share].map(lambda part: f"{part:.0%}", na_action="ignore").to_numpy()
        )
    for key, column in (("half", "median"), ("low", "low"), ("high", "high")):
        shown[words[key]] = table[column].astype("Int64").array  # as numbers of NumPy: 147.0
    return pd.DataFrame(shown)
