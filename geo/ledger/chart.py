"""Counts over time as charts; days go as text, a Date in the browser's zone could be another."""

from __future__ import annotations

from datetime import date
from typing import Final

import altair as alt
import pandas as pd

from geo.model import SIDES, Controller, Side
from geo.style import COLOURS, PAGE_INK, UNKNOWN
from geo.wording import DISAGREEMENT_WORDS, LEDGER_WORDS, SIDE_NAMES

SIDE_COLOURS = {
    Side.UKRAINE: COLOURS[Controller.UKRAINE],
    Side.RUSSIA: COLOURS[Controller.RUSSIA],
    Side.THIRD: UNKNOWN,
}
UTC_DAY: Final = "utcyearmonthdate"  # Vega-Lite's; as an axis reads a day, in no zone
MONTHS = alt.Axis(format="%Y-%m")  # the same in every language


def day_tip(column: str, title: str) -> alt.Tooltip:
    """Tell a day as YYYY-MM-DD where an axis reads its column too, which makes it a number.

    By UTC, as the axis: a Date of the browser's zone could be the day before.
    """
    return alt.Tooltip(f"{column}:T", timeUnit=UTC_DAY, format="%Y-%m-%d", title=title)


def weekly_chart(table: pd.DataFrame) -> alt.VConcatChart:
    """Draw how many statements a week each side made: a row of bars a side, on one scale."""
    weeks = table["stated_on"] - pd.to_timedelta(table["stated_on"].dt.day_of_week, unit="D")
    counts = (
        pd.DataFrame({"week": weeks.dt.strftime("%Y-%m-%d"), "side": table["side"].astype(str)})
        .value_counts()
        .reset_index(name="count")
    )
    days = [weeks.min().strftime("%Y-%m-%d"), weeks.max().strftime("%Y-%m-%d")]
    most = int(counts["count"].max())
    rows = []
    for side in SIDES:
        own = counts[counts["side"] == side]
        bars = alt.Chart(own, height=56, title=alt.Title(SIDE_NAMES[side], anchor="start"))
        rows.append(
            bars.mark_bar(color=SIDE_COLOURS[side], width=3).encode(
                x=alt.X("week:T", timeUnit=UTC_DAY, title=None, axis=MONTHS).scale(domain=days),
                y=alt.Y("count:Q", title=None, axis=alt.Axis(tickMinStep=1)).scale(
                    domain=[0, most]
                ),
                tooltip=[
                    day_tip("week", LEDGER_WORDS["week"]),
                    alt.Tooltip("count:Q", title=LEDGER_WORDS["statements"]),
                ],
            )
        )
    chart: alt.VConcatChart = alt.vconcat(*rows)
    return chart


def open_chart(counts: pd.DataFrame, *, day: date) -> alt.LayerChart:
    """Draw how many disagreements were live as a line, and dormant as a pale one, in steps.

    A rule marks the day. `counts` is of `count_open`.
    """
    words = DISAGREEMENT_WORDS
    changed = counts[(counts != counts.shift(1)).any(axis=1) | (counts.index == counts.index[-1])]
    rows = changed.assign(day=changed.index.strftime("%Y-%m-%d"))
    axis = alt.X("day:T", timeUnit=UTC_DAY, title=None, axis=MONTHS)
    named = {"live": words["live"], "dormant": words["dormant"]}
    lines = rows.melt("day", list(named), var_name="which", value_name="open")
    lines["which"] = lines["which"].map(named)
    which = alt.Color("which:N", title=None).legend(orient="top")
    # Never hue alone: the pale line is thin and dashed as well.
    steps = (
        alt.Chart(lines, height=180)
        .mark_line(interpolate="step-after")
        .encode(
            x=axis,
            y=alt.Y("open:Q", title=LEDGER_WORDS["open"], axis=alt.Axis(tickMinStep=1)),
            color=which.scale(domain=list(named.values()), range=[alt.expr(PAGE_INK), UNKNOWN]),
            strokeDash=alt.StrokeDash("which:N", legend=None).scale(
                domain=list(named.values()), range=[[1, 0], [3, 2]]
            ),
            strokeWidth=alt.StrokeWidth("which:N", legend=None).scale(
                domain=list(named.values()), range=[2.5, 1.2]
            ),
            tooltip=[
                day_tip("day", LEDGER_WORDS["day"]),
                alt.Tooltip("which:N", title=words["sort"]),
                alt.Tooltip("open:Q", title=LEDGER_WORDS["open"]),
            ],
        )
    )
    rule = (
        alt.Chart(pd.DataFrame({"day": [day.isoformat()]}))
        .mark_rule(color=alt.expr(PAGE_INK), strokeDash=[4, 3])
        .encode(x=axis)
    )
    chart: alt.LayerChart = steps + rule
    return chart
