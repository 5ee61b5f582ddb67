"""km² a day as a chart."""

from __future__ import annotations

from datetime import date

import altair as alt
import pandas as pd

from geo.ledger.chart import UTC_DAY, day_tip
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

    The last one counts until the chosen day; drawn as a point, it would not be seen.

    Parameters
    ----------
    table
        As `km2_by_day` gives it.
    day
        Marked by a line.
    """
    words = AREAS_WORDS
    named = {str(controller): CONTROLLER_NAMES[controller] for controller in COLOURS}
    newest = table["observed_on"].max()
    end = max(pd.Timestamp(day), newest + pd.Timedelta(days=1))
    last = table[table["observed_on"] == newest].assign(day=end)
    rows = pd.concat([table.assign(day=table["observed_on"]), last])
    # Days go as text: a Date in the browser's zone could be the day before.
    rows = rows.assign(
        day=rows["day"].dt.strftime("%Y-%m-%d"),
        observed_on=rows["observed_on"].dt.strftime("%Y-%m-%d"),
        controller=rows["controller"].map(named),
    )
    axis = alt.X("day:T", title=None, timeUnit=UTC_DAY, axis=alt.Axis(format="%Y-%m-%d"))
    domain = list(named.values())
    # One legend tells both, colour and dashes: without a legend of the one, none is drawn.
    color = alt.Color("controller:N", title=None).legend(orient="top")
    dash = alt.StrokeDash("controller:N", title=None).legend(orient="top")
    lines = (
        alt.Chart(rows)
        .mark_line(interpolate="step-after")
        .encode(
            x=axis,
            y=alt.Y("km2:Q", title="km²", scale=alt.Scale(zero=False)).axis(format=",.1~f"),
            color=color.scale(domain=domain, range=list(COLOURS.values())),
            strokeDash=dash.scale(domain=domain, range=[DASHES[each] for each in COLOURS]),
            tooltip=[
                day_tip("observed_on", words["observed_on"]),
                alt.Tooltip("controller:N", title=words["controlled_by"]),
                alt.Tooltip("km2:Q", title="km²", format=",.1f"),
            ],
        )
    )
    mark = pd.DataFrame({"day": [day.isoformat()]})
    rule = alt.Chart(mark).mark_rule(color=alt.expr(PAGE_INK), strokeDash=[4, 3]).encode(x=axis)
    chart: alt.LayerChart = lines + rule
    return chart
