"""Drafts of new statements: one for each place, with an id of its own and a neutral summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from geo.desk.desk import Draft
from geo.desk.heard import CLAIMS, Heard, Row, row_now, table_now
from geo.desk.proposals import Action, Change
from geo.desk.sheets import claim_id_of
from geo.files.checks import COLUMNS
from geo.model import WEB_BEGINS, Controller, Kind

# The ledger's summaries are in English, whatever language the desk speaks.
TROOPS = {
    Controller.UKRAINE: "Ukrainian troops",
    Controller.RUSSIA: "Russian troops",
    Controller.CONTESTED: "neither side alone",
}
SUMMARIES = {
    Kind.CAPTURED: "{who} said that {troops} had taken {{place}}.",
    Kind.RECAPTURED: "{who} said that {troops} had retaken {{place}}.",
    Kind.HOLDS: "{who} said that {troops} held {{place}}.",
    Kind.DENIES: "{who} denied that {{place}} had been taken and said that {troops} held it.",
    Kind.WITHDREW: "{who} said that its troops had withdrawn from {{place}}.",
    Kind.FOOTHOLD: "{who} said that attacking troops were in a part of {{place}}.",
    Kind.CONTESTED: "{who} said that fighting went on inside {{place}}.",
    Kind.APPROACHING: "{who} said that fighting went on near {{place}}, held by {troops}.",
}


def summary_of(kind: Kind, controller: Controller, who: str) -> str:
    """Write a first summary, with {place} for the place; a person makes it fit.

    Parameters
    ----------
    who
        The speaker's name; what follows a comma, the office, is left out.
    """
    return SUMMARIES[kind].format(who=who.partition(",")[0], troops=TROOPS[controller])


def drafts_for(
    heard: Heard,
    cells: Row,
    places: Mapping[str, str],
    *,
    taken: Collection[str],
    needs: Sequence[Change] = (),
    evidence: Mapping[str, Any] | None = None,
) -> list[Draft]:
    """Draft the same statement for each of some places.

    Parameters
    ----------
    heard
        The ledger with what is accepted.
    cells
        What the statements share, by column; the summary may hold {place}.
    places
        Id of a settlement or an area to its name.
    taken
        Ids of statements that wait.
    needs
        New places and claimants; each draft takes those that it names.
    evidence
        As in `Proposal`.
    """
    used = set(taken)
    drafts = []
    for row, (place, name) in enumerate(places.items(), start=1):
        file = CLAIMS[1] if place in heard.areas else CLAIMS[0]
        columns = COLUMNS[file]
        own = cells | {columns[1]: place}
        own["summary"] = cells.get("summary", "").replace("{place}", name)
        own["claim_id"] = _free_id(heard, file, claim_id_of(own, place), used)
        used.add(own["claim_id"])
        drafts.append(
            Draft(
                Change(Action.ADD, file, {column: own.get(column, "") for column in columns}),
                needs=tuple(one for one in needs if one.key in (place, cells.get("claimant_id"))),
                evidence=evidence or {},
                file=place,
                row=0 if len(places) == 1 else row,
            )
        )
    return drafts


def outlet_of(heard: Heard, url: str) -> str:
    """Give the outlet that the ledger names most often for the host of an address; "" for none."""
    try:
        host = urlsplit(url).hostname if url.startswith(WEB_BEGINS) else None
    except ValueError:  # somebody is still typing it
        return ""
    if not host:
        return ""
    found = Counter[str]()
    for table in (table_now(heard, file) for file in CLAIMS):
        found.update(table.loc[table["url"].str.contains(f"://{host}/", regex=False), "outlet"])
    return max(found, key=found.__getitem__, default="")


def _free_id(heard: Heard, file: str, wanted: str, used: Collection[str]) -> str:
    """Give a second statement of a claimant on a place and day a number."""
    number, found = 1, wanted
    while found in used or row_now(heard, file, found):
        number += 1
        found = f"{wanted}-{number}"
    return found
