"""Words of the digest of changes, of hindsight and of stories."""

from __future__ import annotations

from geo.wording.language import Words

CHANGES_WORDS = Words(
    "changes",
    {
        "title": "What changed",
        "subtitle": "New statements, changed positions, disagreements that opened, closed, woke or "
        "went dormant between two days: a digest to copy, or to watch by Atom.",
        "since": "After",
        "heading": "What changed after {since}, up to {until}",
        "statements": "New statements",
        "positions": "Changed positions",
        "opened": "Disagreements opened",
        "closed": "Disagreements closed",
        "woke": "Disagreements that woke",
        "dormant": "Disagreements gone dormant",
        "nothing": "Nothing found.",
        "statement": "{day}, {place}: {speaker} {says}.",
        "position": "{place}: {side}, from “{before}” to “{after}” ({speaker}, {day}).",
        "no_position": "no statement",
        "opened_on": "{place}: the sides differ since {day} ({speaker} {says}).",
        "opened_dormant": "{place}: the sides differ since {day} ({speaker} {says}), dormant from the "
        "first: the other side had long been silent.",
        "woke_on": "{place}: live again since {turned} ({speaker} {says}).",
        "dormant_on": "{place}: dormant since {turned}; {side} last spoke on {day} ({speaker} {says}).",
        "closed_on": (
            "{place}: after {count} day the sides no longer differ on {day} ({speaker} {says}).",
            "{place}: after {count} days the sides no longer differ on {day} ({speaker} {says}).",
        ),
        "hindsight": "Two clocks",
        "hindsight_help": "Places that look different by what was said later about {day}: as known "
        "then beside as known now, and the later statement.",
        "hindsight_none": "Nothing that was said later changes what this day looks like.",
        "then": "As known then",
        "now": "As known now",
        "said_on": "Said on",
        "map": "on the map",
        "copy": "Copy",
        "download_md": "Digest (Markdown)",
        "download_txt": "Digest (text)",
        "download_xml": "Feed (Atom)",
        "stories": "Places and days to begin with",
        "story_settled": "{place}, {day}: the sides differed for {days} days, then said the same",
        "story_longest": "{place}, {day}: of the live disagreements the longest, {days} days",
        "story_newest": "{place}, {day}: the newest disagreement",
        "story_dormant": "{place}, {day}: the newest to go dormant, one side fell silent",
        "story_most": "{place}, {day}: the most statements, {count}",
    },
)
