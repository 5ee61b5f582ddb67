"""Words of the page on one place: its story, and why it has its colour."""

from __future__ import annotations

from geo.wording.language import Words

STORY_WORDS = Words(
    "story",
    {
        "title": "Place",
        "subtitle": "One place's story: what each side said of it, and when.",
        "ask": "Find a place above, or begin with one of these.",
        "begin_captured_ukraine": "On {day} Ukraine's side said it had captured {place}",
        "begin_captured_russia": "On {day} Russia's side said it had captured {place}",
        "begin_recaptured_ukraine": "On {day} Ukraine's side said it had retaken {place}",
        "begin_recaptured_russia": "On {day} Russia's side said it had retaken {place}",
        "denied_ukraine_same": "Ukraine's side contradicted it the same day",
        "denied_ukraine": (
            "{count} day later Ukraine's side contradicted it",
            "{count} days later Ukraine's side contradicted it",
        ),
        "denied_russia_same": "Russia's side contradicted it the same day",
        "denied_russia": (
            "{count} day later Russia's side contradicted it",
            "{count} days later Russia's side contradicted it",
        ),
        "third_ukraine_before": "before that {speaker} had named Ukraine as holder",
        "third_ukraine_same": "the same day {speaker} named Ukraine as holder",
        "third_ukraine": (
            "{count} day later {speaker} named Ukraine as holder",
            "{count} days later {speaker} named Ukraine as holder",
        ),
        "third_russia_before": "before that {speaker} had named Russia as holder",
        "third_russia_same": "the same day {speaker} named Russia as holder",
        "third_russia": (
            "{count} day later {speaker} named Russia as holder",
            "{count} days later {speaker} named Russia as holder",
        ),
        "withdrew_same": "the same day {speaker} announced a withdrawal",
        "withdrew": (
            "{count} day later {speaker} announced a withdrawal",
            "{count} days later {speaker} announced a withdrawal",
        ),
        "accepted_same": "the same day {speaker} said the same",
        "accepted": (
            "{count} day later {speaker} said the same",
            "{count} days later {speaker} said the same",
        ),
        "retracted_same": "the same day {speaker} said otherwise",
        "retracted": (
            "{count} day later {speaker} said otherwise",
            "{count} days later {speaker} said otherwise",
        ),
        "open": "no confirmation by anyone else was found up to {day}",
        "side": "{side}: {said}",
        "said": "{speaker} {says}, {day}",
        "timeline": "Bars: what stood, and who was named as holder. Marks: statements; a click opens "
        "the source. The line marks the chosen day.",
        "lane": "Side",
        "holder": "Named as holder",
        "from": "From",
        "to": "To",
        "neighbours": "Near it the sides differ on",
        "neighbour": "{place}, {km} km",
        "none_live": "no place of which both have spoken lately",
        "dormant_near": (
            "{count} place where at least one side has long been silent",
            "{count} places where at least one side has long been silent",
        ),
        "no_neighbours": "Within {km} km the sides differ on no other place.",
    },
)
WHY_WORDS = Words(
    "why",
    {
        "title": "Why this colour?",
        "status_agreed": "Both sides' statements that count name the same: one solid disc.",
        "status_disputed": "The two sides' statements that count name different holders: two tones in "
        "a strong rim.",
        "status_dormant": "The two sides' statements that count name different holders, but at least "
        "one side has long been silent: two tones in a thin rim.",
        "status_one-sided": "Only one side has a statement that counts: the other half is hollow.",
        "status_third-only": "Only third parties have a statement that counts: an outer ring.",
        "status_silent": "No statement counts: a small circle.",
        "status_oblast": "Each side's statement that counts is drawn along the oblast's outline.",
        "stands": "counts: the latest of its side",
        "older": "set aside: its side said something later",
        "authority": "set aside: the same day a speaker of more authority spoke",
        "row": "set aside: the same day the same speaker said more",
        "not-heard": "set aside: its speaker is not heard in this view",
        "later": "set aside: said later than what counts here",
        "later-day": "set aside: speaks of a later day",
        "line": "{day}, {speaker} {says}: {reason}",
    },
)
