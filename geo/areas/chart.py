"""km² a day as a chart."""

from __future__ import annotations

from datetime import date

import altair as alt
import pandas as pd

from geo.ledger.chart import day_tip
from geo.model import Controller
from geo.style import COLOURS, PAGE_INK
from geo.wording import AREAS_WORDS, CONTROLLER_NAMES

DASHES = {
    Controller.UKRAINE: [1, 0],
    Controller.RUSSIA: [6, 2],
    Controller.CONTESTED: [2, 2],
}


def km2_chart(table: pd.DataFrame, *, day: date) -> alt.LayerChart:
    """Draw the areas of a series as steps, an observation counting until the next.

    Parameters
    ----------
    table
        As `km2_by_day` gives it.
    day
        Marked by a line.
    """
    words = AREAS_WORDS
    named = {str(controller): CONTROLLER_NAMES[controller] for controller in COLOURS}
    # Days go as text: a Date in the browser's zone could be the day before.
    rows = table.assign(
        observed_on=table["observed_on"].dt.strftime("%Y-%m-%d"),
        controller=table["controller"].map(named),
    )
    axis = alt.X("observed_on:T", title=None, timeUnit="utcyearmonthdate")
    lines = (
        alt.Chart(rows)
        .mark_line(interpolate="step-after")
        .encode(
            x=axis,
            y=alt.Y("km2:Q", title="km²", scale=alt.Scale(zero=False)),
            color=alt.Color("controller:N", title=None).scale(
                domain=list(named.values()), range=list(COLOURS.values())
            ),
            strokeDash=alt.StrokeDash("controller:N", legend=None).scale(
                domain=list(named.values()), range=[DASHES[each] for each in COLOURS]
            ),
            tooltip=[
                day_tip("observed_on", words["observed_on"]),
                alt.Tooltip("controller:N", title=words["controlled_by"]),
                alt.Tooltip("km2:Q", title="km²", format=",.1f"),
            ],
        )
    )
    mark = pd.DataFrame({"observed_on": [day.isoformat()]})
    rule = alt.Chart(mark).mark_rule(color=alt.expr(PAGE_INK), strokeDash=[4, 3]).encode(x=axis)
    chart: alt.LayerChart = lines + rule
    return chart
