"""One place's story as a chart: a lane a side, bars for what stood, marks for statements."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from geo.ledger.chart import UTC_DAY, day_tip
from geo.ledger.positions import position_spans
from geo.ledger.tables import on_web
from geo.model import CONTROLLERS, SIDES, Snapshot
from geo.style import COLOURS, INK, PAGE_INK
from geo.timeline import record_of
from geo.wording import CONTROLLER_NAMES, LEDGER_WORDS, SIDE_NAMES, STORY_WORDS, claimant_names

ROOM = 0.3  # of the whole time; a narrower bar does not hold its label
MONTHLY = alt.Axis(format="%Y-%m", tickCount="month", labelOverlap=True)
LABEL: dict[str, Any] = {"align": "left", "dx": 5, "fontSize": 11, "fontWeight": "bold"}


def story_chart(snapshot: Snapshot, place: str) -> alt.LayerChart:
    """Draw what stood on a settlement and what was said, as far as the clock knows."""
    words = STORY_WORDS
    bars, marks = _bars(snapshot, place), _marks(snapshot, place)
    names = [CONTROLLER_NAMES[controller] for controller in CONTROLLERS]
    lanes = [SIDE_NAMES[side] for side in SIDES]
    lane = alt.Y("lane:N", title=None, sort=lanes, axis=alt.Axis(labelLimit=200))
    lane = lane.scale(domain=lanes)
    colour = alt.Color("holder:N", title=words["holder"]).legend(orient="bottom", titleLimit=0)
    colour = colour.scale(domain=names, range=[COLOURS[controller] for controller in CONTROLLERS])

    def day(name: str) -> alt.X:
        return alt.X(f"{name}:T", timeUnit=UTC_DAY, title=None, axis=MONTHLY)

    spans = (
        alt.Chart(bars, height=270)
        .mark_bar(height=26, stroke=INK, strokeWidth=0.6)
        .encode(
            x=day("since"),
            x2=alt.X2("end:T", timeUnit=UTC_DAY),
            y=lane,
            color=colour,
            tooltip=[
                alt.Tooltip("lane:N", title=words["lane"]),
                alt.Tooltip("holder:N", title=words["holder"]),
                day_tip("since", words["from"]),
                day_tip("until", words["to"]),
            ],
        )
    )
    text = alt.Chart(bars[bars["wide"]]).encode(x=day("since"), y=lane, text="holder:N")
    labels = text.mark_text(**LABEL, color=INK)
    paper = text.mark_text(**LABEL, color="white", stroke="white", strokeWidth=3)
    points = (
        alt.Chart(marks)
        .mark_point(
            size=70,
            filled=True,
            fill="white",
            stroke=alt.expr(PAGE_INK),
            strokeWidth=1.6,
            yOffset=20,
        )
        .encode(
            x=day("stated_on"),
            y=lane,
            shape=alt.Shape("lane:N", legend=None).scale(
                domain=lanes, range=["circle", "diamond", "triangle-up"]
            ),
            href="url:N",
            tooltip=[
                day_tip("stated_on", LEDGER_WORDS["day"]),
                alt.Tooltip("claimant:N", title=LEDGER_WORDS["speaker"]),
                alt.Tooltip("summary:N", title=LEDGER_WORDS["summary"]),
                alt.Tooltip("outlet:N", title=LEDGER_WORDS["outlet"]),
            ],
        )
    )
    rule = (
        alt.Chart(pd.DataFrame({"day": [snapshot.as_of.isoformat()]}))
        .mark_rule(color="#7A7A7A", strokeWidth=2, strokeDash=[4, 3])
        .encode(x=day("day"))
    )
    # The marks lie on top, so that those of the chosen day can be met under its rule.
    return alt.LayerChart(layer=[spans, rule, paper, labels, points])


def _bars(snapshot: Snapshot, place: str) -> pd.DataFrame:
    dataset = snapshot.dataset
    spans = position_spans(dataset, clock=snapshot.clock, view=snapshot.view)
    own = spans[spans["place"] == dataset.places.index.get_loc(place)]
    last = pd.Timestamp(snapshot.known_by)
    own = own[own["since"] <= last]
    until = own["until"].fillna(last).clip(upper=last)
    whole = max((last - own["since"].min()).days, 1) if len(own) else 1
    return pd.DataFrame(
        {
            "lane": [SIDE_NAMES[SIDES[side]] for side in own["side"]],
            "holder": [CONTROLLER_NAMES[CONTROLLERS[code]] for code in own["controller"]],
            "since": own["since"].dt.strftime("%Y-%m-%d"),
            "until": until.dt.strftime("%Y-%m-%d"),
            "end": (until + pd.Timedelta(days=1)).dt.strftime("%Y-%m-%d"),
            "wide": (until - own["since"]).dt.days / whole > ROOM,
        }
    )


def _marks(snapshot: Snapshot, place: str) -> pd.DataFrame:
    said = record_of(snapshot.dataset, place, view=snapshot.view)
    said = said[said["stated_on"] <= pd.Timestamp(snapshot.known_by)]
    names = claimant_names(snapshot.dataset)
    return pd.DataFrame(
        {
            "lane": [SIDE_NAMES[side] for side in said["side"]],
            "stated_on": said["stated_on"].dt.strftime("%Y-%m-%d"),
            "claimant": said["claimant_id"].astype("str").map(names),
            "summary": said["summary"],
            "outlet": said["outlet"],
            "url": on_web(said["url"]),
        }
    )
