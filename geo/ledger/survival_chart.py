"""The survival curve as a chart: steps, interval, along the foot the cases still watched."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from geo.ledger.confirmation import Survival
from geo.style import PAGE_INK, UNKNOWN
from geo.wording import CONFIRMATION_WORDS

WATCHED = 7  # columns of the numbers below the curve


def survival_chart(found: Survival) -> alt.LayerChart:
    """Draw the share of cases that were still open after so many days."""
    words, curve = CONFIRMATION_WORDS, found.curve
    longest = float(curve["days"].max())
    axis = (
        alt.X("days:Q", title=words["days"]).axis(format="d").scale(domain=[0, longest], nice=False)
    )
    share = alt.Y("share:Q", title=words["share"]).axis(format=".0%").scale(domain=[0, 1])
    tip = [
        alt.Tooltip("days:Q", title=words["days"]),
        alt.Tooltip("share:Q", title=words["share"], format=".0%"),
        alt.Tooltip("at_risk:Q", title=words["at_risk"]),
    ]
    band = (
        alt.Chart(curve.dropna(subset=["low", "high"]), height=240)
        .mark_area(interpolate="step-after", color=UNKNOWN, opacity=0.3)
        .encode(x=axis, y=alt.Y("low:Q", title=words["share"]), y2="high:Q")
    )
    steps = (
        alt.Chart(curve, height=240)
        .mark_line(interpolate="step-after", color=UNKNOWN, strokeWidth=2.5)
        .encode(x=axis, y=share, tooltip=tip)
    )
    layers = [band, steps]
    if found.median is not None:
        middle = pd.DataFrame({"days": [0.0, found.median, found.median], "share": [0.5, 0.5, 0.0]})
        layers.append(
            alt.Chart(middle)
            .mark_line(color=alt.expr(PAGE_INK), strokeDash=[4, 3])
            .encode(x=axis, y=share)
        )
    ticks = np.linspace(0, longest, WATCHED).round()
    at = np.searchsorted(curve["days"], ticks, side="left").clip(max=len(curve) - 1)
    numbers = curve.iloc[at].assign(days=ticks)
    watched = (
        alt.Chart(numbers)
        .mark_text(color=alt.expr(PAGE_INK), fontSize=12, dy=-8)
        .encode(x=axis, y=alt.datum(0), text="at_risk:Q", tooltip=tip)
    )
    return alt.LayerChart(layer=[*layers, watched])
