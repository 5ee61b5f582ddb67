"""Words for claims, sides, days and views, used wherever a claim is told."""

from __future__ import annotations

from datetime import date

from geo.model import (
    ALL_SIDES,
    SIDES,
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


def view_names(dataset: Dataset) -> dict[str, str]:
    """Name every view that can be chosen: all sides, each side, then each claimant."""
    sides = {side.value: f"{SIDE_NAMES[side]} only" for side in SIDES}
    claimants = dict(dataset.claimants["name"].items())
    return {ALL_SIDES: "All sides", **sides, **{str(key): name for key, name in claimants.items()}}


LICENCE = "Data: Frontline Claims, CC BY 4.0."
BACKGROUND_CREDIT = "Borders: Natural Earth. Places: GeoNames (CC BY 4.0)."
CAVEAT = "Colours show who is said to hold a place. They are statements, not verified control."
