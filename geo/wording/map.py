"""Words that the map itself shows, in the browser."""

from __future__ import annotations

from typing import Any

from geo.model import CONTROLLERS, KINDS, SIDES, STATUSES, Lang
from geo.wording.claims import (
    AGES,
    CLAIM_WORDS,
    CONTROLLER_NAMES,
    SIDE_NAMES,
    STATUS_NAMES,
    says,
)
from geo.wording.language import PLURALS, Words
from geo.wording.page import PAGE_WORDS, RECORD_WORDS
from geo.wording.story import WHY_WORDS

# Everything the map itself says; {braces} are filled in by the browser.
MAP_WORDS = Words(
    "map",
    {
        "slider": "Day",
        "play": "Play",
        "pause": "Pause",
        "speed": "Speed",
        "speed_7": "1 week a second",
        "speed_14": "2 weeks a second",
        "speed_30": "1 month a second",
        "speed_90": "3 months a second",
        "previous": "Previous statement",
        "next": "Next statement",
        "no_statements": "no statements",
        "found_up_to": "statements found up to {day}",
        "heard_only": "only {who}",
        "shown_only": "shown only: {status}",
        "close": "Close",
        "link": "source",
        "speaker": "{speaker}, {day} ({age})",
        "said_so_far": ("{count} statement up to this day", "{count} statements up to this day"),
        "only_one": "counts: its only statement so far",
        "latest": (
            "counts: the latest, {count} set aside",
            "counts: the latest, {count} set aside",
        ),
        "said_later": ("{count} later", "{count} later"),
        "next_here": "Next here: {day}",
        "previous_here": "Previous here: {day}",
        "nothing_later": "nothing later",
        "clock_then": "as known then",
        "clock_now": "as known now",
        "legend": "How to read a place",
        "left_half": "left half: Ukraine's side says",
        "right_half": "right half: Russia's side says",
        "fill": "the fill is who is said to hold it:",
        "agreed": "one solid disc: both sides say the same",
        "disputed": "two tones in a strong rim: the sides disagree",
        "dormant": (
            "thinner rim: one side silent for over {count} day",
            "thinner rim: one side silent for over {count} days",
        ),
        "dormant_ukraine": (
            "Ukraine's side last spoke {count} day ago",
            "Ukraine's side last spoke {count} days ago",
        ),
        "dormant_russia": (
            "Russia's side last spoke {count} day ago",
            "Russia's side last spoke {count} days ago",
        ),
        "hollow": "hollow half: no statement found",
        "ring": "outer ring: the latest third-party position",
        "pale": "paler: said more than 30, then 90 days before",
        "silent": "small circle: nobody has spoken yet",
        "reach": "Ground around places: derived from statements, not a front line",
        "oblasts": "Outlines: statements on whole oblasts",
        "difference": "Difference: full stripes only on the later or second map, every other stripe "
        "with dashes only on the earlier or first, thin line on both",
        "area_observed": "{name}: observed on {day} ({age})",
        "area_before": "{name}: no observation by this day",
        "area_lost": "{name} — could not be loaded; switch it off and on to try again",
        "map_derived": "Map of {name} (derived)",
        "map_inside": "shows it inside its area of {controller} since {day}",
        "map_outside": "shows it outside all of its areas",
        "map_before": "no observation by this day",
        "map": "Map of statements on control of places",
        "keys": "Arrow keys: a day; with Shift: a week; [ and ]: previous and next statement; "
        "space: play; n and p: next and previous place; Ctrl and arrows: move the map; + and -: zoom",
        "tiles_failed": "The background {name} could not be loaded. The offline background is shown.",
        "load_failed": "The map's data could not be loaded. Reload the page to try again.",
    },
)


def browser_words(lang: Lang) -> dict[str, Any]:
    """Gather the words that the map shows in a language, in the order of the payload's codes."""
    claims, page = CLAIM_WORDS.of(lang), PAGE_WORDS.of(lang)
    return {
        **MAP_WORDS.whole(lang),
        **{key: claims[key] for key in ("day", "no_statement", "not_heard", "caveat", "credit")},
        **{key: page[key] for key in ("search", "search_hint", "search_none")},
        "report": RECORD_WORDS.of(lang)["report"],
        "lang": lang,
        "why": WHY_WORDS.of(lang),
        "plurals": PLURALS[lang],
        "sides": [SIDE_NAMES.of(lang)[side] for side in SIDES],
        "controllers": [CONTROLLER_NAMES.of(lang)[controller] for controller in CONTROLLERS],
        "statuses": [STATUS_NAMES.of(lang)[status] for status in STATUSES],
        "says": [[says(kind, controller, lang) for controller in CONTROLLERS] for kind in KINDS],
        "ages": AGES.whole(lang),
        "months": claims["months"].split(),
    }
