"""What changed between two days: statements, positions, disagreements."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from geo.ledger.browse import Question, find_statements
from geo.ledger.disagreements import disagreements
from geo.ledger.groups import group_ids
from geo.ledger.phases import phases
from geo.model import ALL_SIDES, CONTROLLERS, SIDES, WITHIN, Clock, Dataset, Snapshot
from geo.timeline import heard_claims, known_by, take_snapshot


@dataclass(frozen=True, eq=False)
class Changes:
    """What changed after one day, up to another.

    Attributes
    ----------
    since, until
        The days compared; what was said on `since` itself had been said.
    statements
        One row a group of statements (see `group_ids`), newest first: the columns of
        `all_statements` for its first one, `outlets` and `urls` of all, `count`.
    positions
        Columns place_id, side, before, after (controllers; None: no statement), claim (the
        row in `Dataset.claims` that stands now).
    opened, closed
        Rows of `disagreements` that began after `since`; that ended. One that did both is in both.
        Those opened have a column `live`: whether they were at once, and live ones come first.
    woke, dormant
        Rows of `phases` of disagreements that became live again after `since`; that fell dormant.
    """

    since: date
    until: date
    statements: pd.DataFrame
    positions: pd.DataFrame
    opened: pd.DataFrame
    closed: pd.DataFrame
    woke: pd.DataFrame
    dormant: pd.DataFrame


def find_changes(
    dataset: Dataset,
    *,
    since: date,
    until: date,
    clock: Clock = Clock.THEN,
    view: str = ALL_SIDES,
    within: int | None = WITHIN,
) -> Changes:
    """Compare two days; `within` tells live disagreements from dormant ones, see `phases`.

    Raises
    ------
    ValueError
        When the days are in the wrong order, or the view is unknown.
    """
    if since >= until:
        raise ValueError(f"{since} is not before {until}")
    ever = disagreements(dataset, clock=clock, view=view)
    turns = phases(dataset, clock=clock, view=view, within=within)
    after, by = pd.Timestamp(since), pd.Timestamp(until)

    def between(days: pd.Series) -> pd.Series:
        return (days > after) & (days <= by)

    first = turns[turns["phase"] == 0].set_index("disagreement")
    opened = ever.assign(live=first["live"])[between(ever["since"])]
    turned = turns[between(turns["since"]) & (turns["phase"] > 0)]
    return Changes(
        since=since,
        until=until,
        statements=_statements(dataset, since, until, view),
        positions=_positions(dataset, since, until, clock, view),
        opened=opened.sort_values("live", ascending=False, kind="stable"),
        # A disagreement ends with the first day on which the sides no longer differ.
        closed=ever[between(ever["until"] + pd.Timedelta(days=1))],
        woke=turned[turned["live"]],
        dormant=turned[~turned["live"]],
    )


def _statements(dataset: Dataset, since: date, until: date, view: str) -> pd.DataFrame:
    found = find_statements(dataset, Question(first=since + timedelta(days=1), last=until))
    heard = heard_claims(dataset, view)  # raises for an unknown view
    if heard is not None:
        found = found[heard[dataset.claims.index.get_indexer(found.index)]]
    found = found.assign(group=group_ids(dataset).reindex(found.index))
    oldest_first = found.iloc[::-1]
    outlets: dict[int, Any] = defaultdict(list)
    urls: dict[int, Any] = defaultdict(list)
    for group, outlet, url in zip(
        *(oldest_first[name].tolist() for name in ("group", "outlet", "url")), strict=True
    ):
        outlets[group].append(outlet)
        urls[group].append(url)
    first = oldest_first[~oldest_first["group"].duplicated()].assign(
        outlets=list(outlets.values()),  # in the order of their first ones
        urls=list(urls.values()),
        count=[len(each) for each in urls.values()],
    )
    return first.sort_values("stated_on", ascending=False, kind="stable")


def _positions(dataset: Dataset, since: date, until: date, clock: Clock, view: str) -> pd.DataFrame:
    return _differing(*(_shot(dataset, day, clock, view) for day in (since, until)))


def _shot(dataset: Dataset, day: date, clock: Clock, view: str) -> Snapshot:
    until = known_by(dataset, as_of=day, clock=clock)
    return take_snapshot(dataset, as_of=day, known_by=until, view=view)


def _differing(before: Snapshot, after: Snapshot) -> pd.DataFrame:
    """List the positions that are not the same in two snapshots: see `Changes.positions`."""
    place, side = changed = (before.positions != after.positions).nonzero()
    words = [*CONTROLLERS, None]  # the last for NO_CLAIM, -1
    return pd.DataFrame(
        {
            "place_id": after.dataset.places.index[place],
            "side": [SIDES[lane] for lane in side],
            "before": [words[code] for code in before.positions[changed]],
            "after": [words[code] for code in after.positions[changed]],
            "claim": after.rows[changed],
        }
    )


def find_hindsight(dataset: Dataset, *, as_of: date, view: str = ALL_SIDES) -> pd.DataFrame:
    """List the positions of a day that look different by what was said later.

    Returns
    -------
    Columns: place_id, side, then, now (controllers; None: no statement), claim (row in
    `Dataset.claims` that stands now: a later statement only ever adds or overrides, so there is
    one), said_on (datetime64: the day it was stated).
    """
    then, now = (_shot(dataset, as_of, clock, view) for clock in (Clock.THEN, Clock.NOW))
    found = _differing(then, now).rename(columns={"before": "then", "after": "now"})
    return found.assign(said_on=dataset.claims["stated_on"].to_numpy()[found["claim"]])
