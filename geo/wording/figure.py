"""Words on the picture."""

from __future__ import annotations

from functools import lru_cache

from geo.model import CONTROLLERS, SIDES, Lang, Status
from geo.wording.claims import (
    BACKGROUND_CREDIT,
    CAVEAT,
    CLAIM_WORDS,
    CONTROLLER_NAMES,
    LICENCE,
    SIDE_NAMES,
    STATUS_NAMES,
)
from geo.wording.language import Words

FIGURE = Words(
    "figure",
    {
        "title": "Who says what about control, {day}",
        "title_place": "{place}: who says what about control, {day}",
        "title_pair": "Who says what about control: {day} and {day2}",
        "title_voices": "Control according to two voices, {day}",
        "title_film": "Who says what about control of places",
        "nothing_yet": "No statement found for this day, this area and this view",
        "none_such": "no such place here on this day",
        "caveat": CAVEAT,
        "licence": f"{LICENCE} {BACKGROUND_CREDIT}",
        "sources": "Statements published by: {outlets}",
        "more": " and {count} more",
        "ledger": "Statements found up to {day}; ledger {version}.",
        "reopen": "Open this view: {address}",
        "km": "km",
        "left_half": "left half: what Ukraine's side says",
        "right_half": "right half: what Russia's side says",
        "held_ukraine": "both say Ukraine holds it",
        "held_russia": "both say Russia holds it",
        "held_contested": "both say it is contested",
        "disputed": "strong rim: the sides disagree",
        "dormant": "thin rim: one side has long been silent",
        "ring": "outer ring: latest third-party position",
        "pale": "paler: said over 30, over 90 days before",
        "silent": "small circle: nobody has spoken yet",
        "areas_reach": "Ground around places: derived from statements, not a front line.",
        "areas_oblasts": "Outlines: statements on whole oblasts.",
        "areas_series": "Areas of {name}: observed on {day} (age in days: {age}).",
        "areas_between": "Areas of two mappers: full colour is shown by {second} alone "
        "({gained:,.0f} km²), stripes in dashes by {first} alone ({lost:,.0f} km²), a thin line "
        "holds what both show ({kept:,.0f} km²).",
        "areas_before": "Areas of {name}: no observation by this day.",
        "only": "shown only: {status}",
        "earlier": "and {count} earlier",
        "changes": "Changed between the two days (ringed): {count}",
        "change": "{place}: {side}, {before} → {after}",
        "no_changes": "No side changed its position on the places shown between the two days.",
        "named": "{label}: {places}.",
    }
    | {
        **{f"side_{side}": SIDE_NAMES.english[side] for side in SIDES},
        **{
            f"controller_{controller}": CONTROLLER_NAMES.english[controller]
            for controller in CONTROLLERS
        },
        **{f"status_{status}": STATUS_NAMES.english[status] for status in Status},
        "count_agreed": "both sides say the same: {count}",
        "count_disputed": "the sides disagree: {count}",
        "count_dormant": "dormant disagreements: {count}",
        "status_dormant": "the sides disagree, but at least one has long been silent",
        "live": "the sides disagree, both spoke within {days} days",
        "count_one-sided": "only one side has spoken: {count}",
        "count_third-only": "only third parties have spoken: {count}",
    },
)


@lru_cache(maxsize=len(Lang))
def figure_words(lang: Lang) -> dict[str, str]:
    """Give the words of a picture in a language."""
    claims = CLAIM_WORDS.of(lang)
    return FIGURE.of(lang) | {"nothing": claims["no_statement"], "not_heard": claims["not_heard"]}
