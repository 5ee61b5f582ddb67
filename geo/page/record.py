"""What one side said of a place: rows that are made once, and the list that shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from typing import Any, cast

import pandas as pd
from markupsafe import Markup

from geo.address import full_address
from geo.cite import report_address
from geo.ledger.groups import group_ids
from geo.model import (
    ALL_SIDES,
    NO_CLAIM,
    SIDES,
    Controller,
    Dataset,
    Kind,
    Lang,
    Side,
    Snapshot,
    View,
)
from geo.page.template import fill
from geo.timeline import hears, record_of, standing_on
from geo.wording import claimant_names, spoken

KEPT = 4000  # places whose rows stay in memory


@dataclass(frozen=True)
class Statement:
    """One row of the record, in plain Python: ready to be shown, without pandas.

    Attributes
    ----------
    id
        Of the claim.
    side, claimant, speaker
        Who said it: side, id and name.
    stated_on, effective_on
        When it was said, and from which day on it holds.
    kind, controller
        What was said.
    summary, outlet, title, url
        What it rests on.
    group
        Equal for statements of the place that repeat each other, see `geo.ledger.groups`.
    """

    id: str
    side: Side
    claimant: str
    speaker: str
    stated_on: date
    effective_on: date
    kind: Kind
    controller: Controller
    summary: str
    outlet: str
    title: str
    url: str
    group: int


def statements_on(dataset: Dataset, place: str) -> tuple[Statement, ...]:
    """Give every statement on a settlement or an oblast, the newest first; made once a place.

    Raises
    ------
    KeyError
        When there is no such place.
    """
    return _statements_on(dataset, place, spoken())


@lru_cache(maxsize=KEPT)
def _statements_on(dataset: Dataset, place: str, lang: Lang) -> tuple[Statement, ...]:
    names = claimant_names(dataset, lang)
    if lang is not Lang.EN:  # the same, but for the speakers' names
        english = _statements_on(dataset, place, Lang.EN)
        return tuple(replace(said, speaker=names[said.claimant]) for said in english)
    claims = record_of(dataset, place)
    # Counted for each place, the oldest first: what is said later, or of another, changes none.
    groups = pd.factorize(group_ids(dataset).reindex(claims.index[::-1]))[0][::-1]
    return tuple(
        _statement(row, names[row.claimant_id], int(group))
        for row, group in zip(cast("Iterable[Any]", claims.itertuples()), groups, strict=True)
    )


def _statement(row: Any, speaker: str, group: int) -> Statement:
    return Statement(
        id=row.Index,
        side=Side(row.side),
        claimant=row.claimant_id,
        speaker=speaker,
        stated_on=row.stated_on.date(),
        effective_on=row.effective_on.date(),
        kind=Kind(row.kind),
        controller=Controller(row.controller),
        summary=row.summary,
        outlet=row.outlet,
        title=row.title,
        url=row.url,
        group=group,
    )


def side_record(snapshot: Snapshot, place: str, side: Side, *, aged: bool = True) -> Markup:
    """List what one side said of a place: up to the day, newest first; later ones folded.

    Parameters
    ----------
    snapshot
        Gives the day, who is heard, and which statement stands.
    place
        Settlement or oblast id.
    side
        Whose statements.
    aged
        Whether each says how old it is on the day, for a reader who chose the day; in a page of its
        own it has an address instead.
    """
    heard = [
        said
        for said in statements_on(snapshot.dataset, place)
        if said.side is side and snapshot.view in (ALL_SIDES, said.side, said.claimant)
    ]
    later = [said for said in heard if said.stated_on > snapshot.as_of]
    return fill(
        "record.html",
        hears=hears(snapshot.dataset, snapshot.view, side),
        side=side,
        as_of=snapshot.as_of,
        aged=aged,
        stands=standing_id(snapshot, place, side),
        spoken_of=heard[len(later) :],
        later=later,
        later_groups=len({said.group for said in later}),
        report=partial(
            report_address, version=snapshot.dataset.version, view=_address(snapshot, place)
        ),
    )


def _address(snapshot: Snapshot, place: str) -> str:
    """Write the address of the view that shows the record."""
    view = View(as_of=snapshot.as_of, clock=snapshot.clock, view=snapshot.view, place=place)
    return full_address(view)


def standing_id(snapshot: Snapshot, place: str, side: Side) -> str | None:
    """Give the id of a side's statement that stands on a place; None when it has not spoken."""
    row = standing_on(snapshot, place)[SIDES.index(side)]
    return None if row == NO_CLAIM else str(snapshot.dataset.claims.index[row])
