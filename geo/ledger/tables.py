"""Tables as pages show them: days, words and links in columns, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd

from geo.ledger.disagreements import BOTH
from geo.model import (
    CONTROLLERS,
    KINDS,
    NO_CLAIM,
    SIDES,
    STATUSES,
    WEB_BEGINS,
    Dataset,
    Side,
    Snapshot,
)
from geo.timeline import codes
from geo.wording import (
    CHANGES_WORDS,
    CONTROLLER_NAMES,
    DISAGREEMENT_WORDS,
    LEDGER_WORDS,
    METHOD_WORDS,
    SIDE_NAMES,
    STATUS_NAMES,
    admin1_name,
    claimant_names,
    place_name,
    place_names,
    says,
    spoken,
)

# Gives the address of the map at a day (YYYY-MM-DD) and a place.
MapLink = Callable[[str, str], str]


def on_web(addresses: pd.Series) -> pd.Series:
    """Keep the addresses that may become links; the others are missing values."""
    return addresses.where(addresses.str.startswith(WEB_BEGINS))


def position_in_words(holder: object) -> str:
    """Name the holder of a position; what is no word stands for no statement."""
    return CONTROLLER_NAMES[holder] if isinstance(holder, str) else CHANGES_WORDS["no_position"]


def statements_shown(dataset: Dataset, found: pd.DataFrame, link: MapLink) -> pd.DataFrame:
    """Make the table of statements for the page.

    Parameters
    ----------
    dataset
        Checked and joined data.
    found
        As `find_statements` gives them.
    link
        Makes the address of the map; it is called once, with gaps for day and place.
    """
    words = LEDGER_WORDS
    said = np.array([[says(kind, controller) for controller in CONTROLLERS] for kind in KINDS])
    names = place_names(dataset, spoken())
    days = found["stated_on"].dt.strftime("%Y-%m-%d")
    places = found["place_id"].astype("str")
    before, between, after = link("{day}", "{place}").replace("{place}", "{day}").split("{day}")
    return pd.DataFrame(
        {
            words["day"]: days,
            words["place"]: found["place_id"].map(names).astype("category"),
            words["map"]: before + days + between + places + after,
            words["side"]: found["side"].map({side: SIDE_NAMES[side] for side in SIDES}),
            words["speaker"]: found["claimant_id"].map(claimant_names(dataset)).astype("str"),
            words["says"]: said[codes(found["kind"]), codes(found["controller"])],
            words["source"]: on_web(found["url"]),
            words["summary"]: found["summary"],
            words["outlet"]: found["outlet"],
            words["admin1"]: found["admin1"].map(lambda name: admin1_name(dataset, name)),
        }
    )


def disagreements_shown(snapshot: Snapshot, rows: pd.DataFrame, link: MapLink) -> pd.DataFrame:
    """Make the table of `disagreements_on` for the page."""
    dataset, words = snapshot.dataset, DISAGREEMENT_WORDS
    as_of = snapshot.as_of.isoformat()
    table = {
        words["place"]: [place_name(dataset, place) for place in rows.index],
        LEDGER_WORDS["map"]: [link(as_of, place) for place in rows.index],
        words["since"]: rows["since"].dt.strftime("%Y-%m-%d"),
        words["days"]: rows["days"],
        words["sort"]: np.where(rows["hard"], words["hard"], words["soft"]),
    }
    said = _said(snapshot, rows[list(SIDES)])
    return pd.DataFrame(table, index=rows.index).join(said)


def dormant_shown(snapshot: Snapshot, rows: pd.DataFrame, link: MapLink) -> pd.DataFrame:
    """Make the table of the dormant rows of `disagreements_on`: who fell silent, and since when.

    The newest silence comes first.
    """
    words, within = DISAGREEMENT_WORDS, snapshot.within
    named = np.array([SIDE_NAMES[Side.UKRAINE], SIDE_NAMES[Side.RUSSIA], words["both"]])
    stated = rows[[f"{side}_stated_on" for side in BOTH]]
    age = (pd.Timestamp(snapshot.as_of) - stated).apply(lambda column: column.dt.days)
    old = (age > (np.inf if within is None else within)).to_numpy()
    both = old.all(axis=1)
    # Where both are silent, nobody has spoken since the later of the two statements.
    since = stated.max(axis=1).where(both, stated.min(axis=1))
    table = pd.DataFrame(
        {
            words["silent"]: named[np.where(both, 2, np.where(old[:, 0], 0, 1))],
            words["silent_since"]: since.dt.strftime("%Y-%m-%d"),
        },
        index=rows.index,
    )
    shown = disagreements_shown(snapshot, rows, link)
    for at, column in enumerate(table, start=2):
        shown.insert(at, column, table[column])
    return shown.loc[since.sort_values(ascending=False, kind="stable").index]


def view_shown(snapshot: Snapshot, link: MapLink) -> pd.DataFrame:
    """Make the table that says what the map shows: every settlement that anybody has spoken of."""
    dataset = snapshot.dataset
    spoken = np.flatnonzero((snapshot.rows != NO_CLAIM).any(axis=1) & dataset.is_settlement)
    places = dataset.places.index[spoken]
    status = np.array([STATUS_NAMES[status] for status in STATUSES])[snapshot.statuses[spoken]]
    as_of = snapshot.as_of.isoformat()
    table = {
        LEDGER_WORDS["place"]: [place_name(dataset, place) for place in places],
        LEDGER_WORDS["map"]: [link(as_of, place) for place in places],
        LEDGER_WORDS["status"]: status,
    }
    rows = pd.DataFrame(snapshot.rows[spoken], index=places, columns=list(SIDES))
    return pd.DataFrame(table, index=places).join(_said(snapshot, rows))


def _said(snapshot: Snapshot, rows: pd.DataFrame) -> pd.DataFrame:
    """Say for each side whom it names, then how old that is and who said it."""
    dataset, words = snapshot.dataset, DISAGREEMENT_WORDS
    named: dict[str, pd.Series] = {}
    details: dict[str, pd.Series] = {}
    for side in SIDES:
        spoke = rows[side] != NO_CLAIM
        claims = dataset.claims.iloc[rows[side].where(spoke, 0)]
        age = (pd.Timestamp(snapshot.as_of) - claims["stated_on"]).dt.days
        holder = claims["controller"].map({c: CONTROLLER_NAMES[c] for c in CONTROLLERS})
        speaker = claims["claimant_id"].map(claimant_names(dataset))
        for key, column, into in (
            ("side_says", holder.astype("str"), named),
            ("side_age", age.astype("Int64"), details),
            ("side_speaker", speaker.astype("str"), details),
        ):
            name = words[key].format(side=SIDE_NAMES[side])
            into[name] = column.set_axis(rows.index).where(spoke)
    return pd.DataFrame(named | details, index=rows.index)


def longest_shown(dataset: Dataset, table: pd.DataFrame, link: MapLink) -> pd.DataFrame:
    """Make the table of the longest disagreements for the page."""
    words = DISAGREEMENT_WORDS
    since = table["since"].dt.strftime("%Y-%m-%d")
    return pd.DataFrame(
        {
            words["place"]: [place_name(dataset, place) for place in table["place_id"]],
            words["since"]: since,
            words["until"]: table["until"].dt.strftime("%Y-%m-%d").fillna(words["still_open"]),
            words["days"]: table["days"],
            words["hard_days"]: table["hard_days"],
            LEDGER_WORDS["map"]: [
                link(day, place) for day, place in zip(since, table["place_id"], strict=True)
            ],
        }
    )


def sources_shown(counts: pd.DataFrame) -> pd.DataFrame:
    """Make the table of `count_sources` for the page."""
    words = METHOD_WORDS
    return pd.DataFrame(
        {
            LEDGER_WORDS["outlet"]: counts.index,
            LEDGER_WORDS["statements"]: counts["statements"].to_numpy(),
            words["claimants"]: counts["claimants"].to_numpy(),
            words["first"]: counts["first"].dt.strftime("%Y-%m-%d").to_numpy(),
            words["last"]: counts["last"].dt.strftime("%Y-%m-%d").to_numpy(),
        }
    )


def hindsight_shown(
    dataset: Dataset, rows: pd.DataFrame, link: MapLink, as_of: date
) -> pd.DataFrame:
    """Make the table of `find_hindsight` for the page."""
    words = CHANGES_WORDS
    later, places = dataset.claims.iloc[rows["claim"]], rows["place_id"]

    return pd.DataFrame(
        {
            LEDGER_WORDS["place"]: [place_name(dataset, place) for place in places],
            LEDGER_WORDS["map"]: [link(as_of.isoformat(), place) for place in places],
            LEDGER_WORDS["side"]: [SIDE_NAMES[side] for side in rows["side"]],
            words["then"]: [position_in_words(holder) for holder in rows["then"]],
            words["now"]: [position_in_words(holder) for holder in rows["now"]],
            words["said_on"]: rows["said_on"].dt.strftime("%Y-%m-%d"),
            LEDGER_WORDS["speaker"]: later["claimant_id"].map(claimant_names(dataset)).to_numpy(),
            LEDGER_WORDS["source"]: on_web(later["url"]).to_numpy(),
            LEDGER_WORDS["summary"]: later["summary"].to_numpy(),
        }
    )
