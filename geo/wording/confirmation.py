"""Words of the page from statement to confirmation."""

from __future__ import annotations

from geo.wording.language import Words

CONFIRMATION_WORDS = Words(
    "confirmation",
    {
        "title": "From statement to confirmation",
        "subtitle": "What followed each side's first statement that it has taken a place. These are "
        "days between statements, not between facts; a place counts once for each time that a side "
        "said it had taken it.",
        "answer": "{side}: {cases} in which it said it had taken a place. Up to {day}, {confirmed} "
        "of these ({share}) were confirmed: {by_other} by {other} alone, {by_third} by third parties "
        "alone, {by_both} by both; half of the confirmed {soon}.",
        "soon": ("within {count} day", "within {count} days"),
        "soon_same": "on the same day",
        "by_ukraine": "Ukraine's side",
        "by_russia": "Russia's side",
        "answer_none": "{side}: {cases} in which it said it had taken a place. Up to {day}, no "
        "confirmation by the other side or a third party was found.",
        "step": "Days until",
        "step_any": "anyone confirms",
        "step_third": "a third party confirms",
        "step_accepted": "the other side confirms",
        "step_denied": "the other side contradicts",
        "side": "Whose statements",
        "cases": ("{count} case", "{count} cases"),
        "open": ("{count} not so far", "{count} not so far"),
        "few": "Too few cases for a figure ({count}; at least {fewest}).",
        "median": "Half within {median} days (95% interval {low} to {high}).",
        "no_median": "Fewer than half so far: no median.",
        "unknown": "unknown",
        "curve_help": "Share of cases not so far, after so many days; open cases count as long as "
        "they have been watched (Kaplan-Meier, log-log interval).",
        "share": "Not so far",
        "days": "Days since the first statement",
        "at_risk": "Cases still watched",
        "sums": "By side and by speaker",
        "who": "Who said it",
        "number": "Cases",
        "confirmed_other": "Other side confirmed",
        "confirmed_third": "Third party confirmed",
        "contradicted": "Contradicted",
        "retracted": "Retracted",
        "half": "Half confirmed within (days)",
        "low": "from",
        "high": "to",
        "withdrawals": "Announcing one's own withdrawal",
        "withdrawals_help": "Days from the other side's first statement of capture to the side's own "
        "announcement that it has withdrawn.",
        "withdrew": "{side}: {cases}",
        "list": "All cases, newest first",
        "place": "Place",
        "first": "First said",
        "by": "{step}: by",
        "after": "{step}: days",
        "denied": "Contradicted",
        "third": "Third party",
        "accepted": "Other side",
        "not_so_far": "Days open",
        "none": "No statement of capture was found for this day and view.",
    },
)
