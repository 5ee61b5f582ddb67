"""Words on screen: neutral, always with a speaker, never a verdict."""

from __future__ import annotations

from datetime import date
from typing import Any

from geo.model import (
    ALL_SIDES,
    CONTROLLERS,
    KINDS,
    SIDES,
    STATUSES,
    Clock,
    Controller,
    Dataset,
    Kind,
    Side,
    Status,
)

SIDE_NAMES = {
    Side.UKRAINE: "Ukraine's side",
    Side.RUSSIA: "Russia's side",
    Side.THIRD: "Third parties",
}
CONTROLLER_NAMES = {
    Controller.UKRAINE: "Ukraine",
    Controller.RUSSIA: "Russia",
    Controller.CONTESTED: "Contested",
}
STATUS_NAMES = {
    Status.AGREED: "both sides say the same",
    Status.DISPUTED: "the sides disagree",
    Status.ONE_SIDED: "only one side has spoken",
    Status.THIRD_ONLY: "only third parties have spoken",
    Status.SILENT: "no statement found",
}
CLOCK_NAMES = {Clock.THEN: "as known then", Clock.NOW: "as known now"}
# For one day, for more days. The browser fills in the same words.
AGES = {
    "same": ("the same day", "the same day"),
    "ago": ("{days} day earlier", "{days} days earlier"),
    "later": ("{days} day later", "{days} days later"),
}
NO_STATEMENT = "no statement found"
MONTHS = (
    "January February March April May June July August September October November December"
).split()


def day_in_words(day: date) -> str:
    """Write a day out: 11 December 2025."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def says(kind: Kind, controller: Controller) -> str:
    """Put a claim in words that follow the speaker's name: "says Russia has captured it"."""
    name = CONTROLLER_NAMES[controller]
    contested = controller is Controller.CONTESTED
    held = "it is contested" if contested else f"{name} holds it"
    match kind:
        case Kind.CAPTURED:
            return f"says {name} has captured it"
        case Kind.RECAPTURED:
            return f"says {name} has retaken it"
        case Kind.HOLDS:
            return f"says {held}"
        case Kind.DENIES:
            return f"denies the opposing statement, says {held}"
        case Kind.WITHDREW:
            return f"says its side has withdrawn from {'a part of it' if contested else 'it'}"
        case Kind.FOOTHOLD:
            return "says attacking troops are in a small part of it"
        case Kind.CONTESTED:
            return "says it is contested"
        case Kind.APPROACHING:
            return f"says there is fighting near it, {held}"


def age(days: int) -> str:
    """Say how old a statement is on the day asked about; negative: it came later."""
    key = "same" if days == 0 else "ago" if days > 0 else "later"
    return AGES[key][abs(days) != 1].format(days=abs(days))


def view_in_words(dataset: Dataset, view: str) -> str:
    """Name who is heard: all sides, a side alone, or "according to" one claimant."""
    if view == ALL_SIDES:
        return "all sides"
    if view in list(Side):
        return f"{SIDE_NAMES[Side(view)]} only"
    return f"according to {dataset.claimants['name'][view]}"


def known_in_words(as_of: date, known_by: date) -> str:
    """Say by which statements the day is judged."""
    if known_by == as_of:
        return f"as known on {day_in_words(as_of)}"
    return f"{day_in_words(as_of)}, judged by statements up to {day_in_words(known_by)}"


LICENCE = "Data: Frontline Claims, CC BY 4.0."
BACKGROUND_CREDIT = "Borders: Natural Earth. Places: GeoNames (CC BY 4.0)."
CAVEAT = "Colours show who is said to hold a place. They are statements, not verified control."

RECORD_WORDS = {
    "said_later": "Said later ({count})",
    "stands": "counts on this day",
    "effective": ", of {day}",
}

STATUS_COUNTS = {
    Status.AGREED: "places where both sides say the same",
    Status.DISPUTED: "places where they disagree",
    Status.ONE_SIDED: "where only one side has spoken",
    Status.THIRD_ONLY: "where only third parties have",
}

FIGURE_WORDS = {
    "title": "Who says what about control, {day}",
    "sources": "Statements published by: {outlets}",
    "more": " and {count} more",
    "ledger": "Statements found up to {day}; ledger {version}.",
    "left_half": "left half: what Ukraine's side says",
    "right_half": "right half: what Russia's side says",
    "held_ukraine": "both say Ukraine holds it",
    "held_russia": "both say Russia holds it",
    "held_contested": "both say it is contested",
    "disputed": "dark rim: the sides disagree",
    "ring": "outer ring: latest third-party position",
    "pale": "paler: said over 30, over 90 days before",
    "silent": "small circle: nobody has spoken yet",
}

# Everything the map itself says; {braces} are filled in by the browser.
MAP_WORDS: dict[str, Any] = {
    "slider": "Day",
    "play": "Play",
    "pause": "Pause",
    "speed": "Speed",
    "speeds": ("1 week a second", "2 weeks a second", "1 month a second", "3 months a second"),
    "previous": "Previous statement",
    "next": "Next statement",
    "no_statements": "no statements",
    "week_count": "statements a week",
    "found_up_to": "statements found up to {day}",
    "close": "Close",
    "link": "source",
    "speaker": "{speaker}, {day} ({age})",
    "said_so_far": ("{count} statement up to this day", "{count} statements up to this day"),
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
    "hollow": "hollow half: no statement found",
    "ring": "outer ring: the latest third-party position",
    "pale": "paler: said more than 30, then 90 days before",
    "silent": "small circle: nobody has spoken yet",
    "caveat": CAVEAT,
    "credit": BACKGROUND_CREDIT,
    "map": "Map of statements on control of places",
    "keys": "Arrow keys: a day; with Shift: a week; [ and ]: previous and next statement; "
    "space: play; n and p: next and previous place; Ctrl and arrows: move the map; + and -: zoom",
    "tiles_failed": "The background {name} could not be loaded. The offline background is shown.",
    "load_failed": "The map's data could not be loaded. Reload the page to try again.",
}


def browser_words() -> dict[str, Any]:
    """Gather the words that the map shows, in the order of the codes in the payload."""
    return {
        **MAP_WORDS,
        "sides": [SIDE_NAMES[side] for side in SIDES],
        "controllers": [CONTROLLER_NAMES[controller] for controller in CONTROLLERS],
        "statuses": [STATUS_NAMES[status] for status in STATUSES],
        "says": [[says(kind, controller) for controller in CONTROLLERS] for kind in KINDS],
        "ages": AGES,
        "months": MONTHS,
        "no_statement": NO_STATEMENT,
    }


PAGE_WORDS = {
    "title": "Frontline Claims",
    "subtitle": "Who says what about control of places in the Russo-Ukrainian war: each side's "
    "dated, sourced statements beside each other, on any day. Statements found up to {day}.",
    "bad_data": "The data files need a fix before the map can be shown ({count} found):",
    "search": "Find a place",
    "search_hint": "Siversk, Сіверськ, Северск …",
    "search_none": "No place of that name in the ledger.",
    "search_others": "Also:",
    "as_of": "Day",
    "as_of_help": "Or drag the slider in the map.",
    "clock": "Judged by statements",
    "clock_then": "As known then",
    "clock_now": "As known now",
    "clock_help": "As known then: only what had been said by the chosen day. As known now: also "
    "what was said later about that day.",
    "view": "Who is heard",
    "view_help": "All sides beside each other, one side, or the map according to one speaker.",
    "background": "Background",
    "background_help": "Only the offline background asks nothing of the network.",
    "choose": "Choose a place in the map or by its name to read what each side said of it.",
    "take_away": "Take it with you",
    "download_png": "Picture (PNG)",
    "download_csv": "Statements (CSV)",
    "download_geojson": "Places (GeoJSON)",
    "download_html": "Page with slider (HTML)",
    "share": "Address of this view",
    "address": "This address opens the same view again:",
}


def view_names(dataset: Dataset) -> dict[str, str]:
    """Name every view that can be chosen: all sides, each side, then each claimant."""
    sides = {side.value: f"{SIDE_NAMES[side]} only" for side in SIDES}
    claimants = dict(dataset.claimants["name"].items())
    return {ALL_SIDES: "All sides", **sides, **{str(key): name for key, name in claimants.items()}}
