"""Words of the pages on the ledger and on disagreements."""

from __future__ import annotations

from geo.wording.language import Words

LEDGER_WORDS = Words(
    "ledger",
    {
        "title": "Ledger",
        "subtitle": "Every statement: filter, sort, count, follow its link.",
        "period": "Stated between",
        "any": "all",
        "sides": "Sides",
        "claimants": "Speakers",
        "kinds": "Kinds",
        "admin1s": "Oblasts",
        "place_only": "Only {place}",
        "text": "Text in summary, headline, outlet, speaker or place",
        "found": ("{count} statement", "{count} statements"),
        "groups": ("in {count} group", "in {count} groups"),
        "places": ("on {count} place", "on {count} places"),
        "groups_help": "Statements of one claimant on one place within two days and with the same "
        "position form one group: several outlets carrying one briefing count once.",
        "nothing": "No statement answers this.",
        "day": "Day",
        "week": "Week from",
        "statements": "Statements",
        "place": "Place",
        "admin1": "Oblast",
        "side": "Side",
        "speaker": "Speaker",
        "says": "Says",
        "summary": "Summary",
        "outlet": "Outlet",
        "status": "The sides",
        "view": "The map as a table",
        "source": "Source",
        "map": "On the map",
        "open_source": "open",
        "open_map": "show",
        "table": "Statements, newest first",
        "open": "Open disagreements",
    },
)
DISAGREEMENT_WORDS = Words(
    "disagreement",
    {
        "title": "Disagreements",
        "subtitle": "Every place where the two sides differ on the chosen day, those first of which "
        "both have spoken lately.",
        "count": ("{count} live disagreement", "{count} live disagreements"),
        "dormant_count": ("{count} dormant", "{count} dormant"),
        "dormant_help": "Live: both sides' statements that count are at most so many days old. "
        "Dormant: at least one side has not spoken of the place for longer; what it said last "
        "still counts.",
        "within": "Live if both spoke within",
        "within_days": ("{count} day", "{count} days"),
        "within_any": "any age",
        "live": "Live",
        "dormant": "Dormant",
        "silent": "Fell silent",
        "silent_since": "Silent since",
        "both": "both sides",
        "dormant_table": "Dormant disagreements, the newest silence first",
        "none_live": "On no place where the sides differ have both spoken lately.",
        "hard_count": ("{count} hard", "{count} hard"),
        "soft_count": ("{count} soft", "{count} soft"),
        "hard_help": "Hard: each side names a holder, not the same one. Soft: one of them says "
        "that the place is contested.",
        "none": "The sides do not differ on any place on this day.",
        "place": "Place",
        "since": "Since",
        "until": "Until",
        "days": "Days",
        "hard_days": "Of them hard",
        "sort": "Sort",
        "hard": "hard",
        "soft": "soft",
        "side_says": "{side} names",
        "side_speaker": "{side}: speaker",
        "side_age": "{side}: days since",
        "chart": "Open disagreements over time, live and dormant; the dashed rule marks the chosen "
        "day.",
        "longest": "The longest ever",
        "longest_help": "Counted to the newest statement heard while open.",
        "still_open": "open",
        "table": "Live disagreements, the longest first",
        "oblasts": "Whole oblasts on which the sides differ",
    },
)
METHOD_WORDS = Words(
    "method",
    {
        "title": "Method",
        "subtitle": "What a statement is, how one is chosen, what is not shown and why, where it all "
        "comes from. Ledger {version}, statements found up to {day}.",
        "size": "{settlements} places, {claimants} speakers, {claims} statements on places, "
        "{area_claims} on oblasts, {outlets} outlets.",
        "claimants": "Speakers",
        "first": "First",
        "last": "Newest",
        "sources": "Sources by count",
        "codebook": "Codebook",
    },
)
