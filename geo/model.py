"""The nouns: word lists, coordinate systems, the one error, and what is carried between floors."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

CRS = "EPSG:4326"  # at rest and for the map: degrees, x = lon, y = lat
CRS_KM2 = "EPSG:6933"  # equal area; for areas only
THEATRE = (20.0, 43.0, 46.0, 55.0)  # west, south, east, north: a swapped lat/lon falls outside


class Side(StrEnum):
    UKRAINE = "ukraine"
    RUSSIA = "russia"
    THIRD = "third"


class ClaimantKind(StrEnum):
    GOVERNMENT = "government"
    MILITARY = "military"
    MILITIA = "militia"
    MONITOR = "monitor"
    OFFICIAL_ABROAD = "official-abroad"


class Controller(StrEnum):
    UKRAINE = "ukraine"
    RUSSIA = "russia"
    CONTESTED = "contested"


class PlaceKind(StrEnum):
    SETTLEMENT = "settlement"
    OBLAST = "oblast"


class Kind(StrEnum):
    CAPTURED = "captured"
    HOLDS = "holds"
    DENIES = "denies"
    WITHDREW = "withdrew"
    RECAPTURED = "recaptured"
    FOOTHOLD = "foothold"
    CONTESTED = "contested"
    APPROACHING = "approaching"


class Lang(StrEnum):
    """The languages that pages and pictures speak."""

    EN = "en"
    UK = "uk"
    RU = "ru"


class Status(StrEnum):
    AGREED = "agreed"
    DISPUTED = "disputed"
    ONE_SIDED = "one-sided"
    THIRD_ONLY = "third-only"
    SILENT = "silent"


class Clock(StrEnum):
    """What a day is judged by: what had been said by then, or all that has been said since."""

    THEN = "then"
    NOW = "now"


# Positions in these tuples are the codes in arrays, in the browser's payload too.
SIDES = tuple(Side)
CONTROLLERS = tuple(Controller)
STATUSES = tuple(Status)
KINDS = tuple(Kind)
NO_CLAIM = -1
ALL_SIDES = "all"
WITHIN = 90  # days; how old both sides' statements may be for a disagreement to count as live
# Areas that we derive or that the ledger holds; no series of control areas may take these names.
REACH, OBLASTS = "reach", "oblasts"
OWN_AREAS = (REACH, OBLASTS)
WEB_BEGINS = ("https://", "http://")  # how an address begins that may become a link
OTHER_SIDE = {Side.UKRAINE: Side.RUSSIA, Side.RUSSIA: Side.UKRAINE}


def allowed_controllers(kind: Kind, side: Side) -> frozenset[Controller]:
    """Say which controllers a claim of this kind by this side may name; none: the pair is wrong.

    The table is that of the codebook, data/README.md.
    """
    belligerents = {Controller.UKRAINE, Controller.RUSSIA}
    other = {Controller(OTHER_SIDE[side])} if side in OTHER_SIDE else set()
    table = {
        Kind.CAPTURED: belligerents,
        Kind.HOLDS: belligerents,
        Kind.APPROACHING: belligerents,
        Kind.RECAPTURED: belligerents - other,
        Kind.FOOTHOLD: {Controller.CONTESTED},
        Kind.CONTESTED: {Controller.CONTESTED},
        Kind.WITHDREW: other | {Controller.CONTESTED} if other else set(),
        Kind.DENIES: set(Controller) - other,
    }
    return frozenset(table[kind])


class DataError(ValueError):
    """One cell breaks the codebook, or one file cannot be read.

    Parameters
    ----------
    file, row, column
        Where, as an editor counts: the header is row 1. Row 0 stands for the whole file,
        an empty column for the whole row.
    problem
        What is wrong, with the bad value and what is allowed.
    """

    def __init__(self, file: str, row: int, column: str, problem: str) -> None:
        place = ":".join(part for part in (file, str(row) if row else "") if part)
        super().__init__(": ".join(part for part in (place, column, problem) if part))
        self.file, self.row, self.column, self.problem = file, row, column, problem


@dataclass(frozen=True, eq=False)
class Dataset:
    """All published data, checked and joined. Made by `geo.files.join`; read, never changed.

    Attributes
    ----------
    places
        Index: id. The settlements in the gazetteer's order, then the oblasts: the areas of the
        first level in the borders file. Columns of settlements.csv and `kind` (PlaceKind);
        points and outlines in EPSG:4326. An oblast lies in itself (`admin1`) and has its `lat`,
        `lon` at a point inside of it.
    claimants
        Index: id, in order of authority; columns of claimants.csv.
    claims
        Index: claim_id. Columns of claims.csv, `place_id` for the settlement or the oblast, plus
        `side` and the place's geometry. Sorted by place, side and *order of say*: the later row of
        a place and side overrides the earlier one. Word-list and id columns are categorical;
        dates are datetime64.
    borders
        Index: id; name, name_uk, name_ru (blank where unknown), kind (country, admin1), country.
        Polygons in EPSG:4326.
    version
        First 12 hex digits of the SHA-256 of the ledger's files.
    """

    places: gpd.GeoDataFrame
    claimants: pd.DataFrame
    claims: gpd.GeoDataFrame
    borders: gpd.GeoDataFrame
    version: str

    @cached_property
    def is_settlement(self) -> NDArray[np.bool_]:
        """Which of the places are settlements; they come first."""
        settled: NDArray[np.bool_] = (self.places["kind"] == PlaceKind.SETTLEMENT).to_numpy()
        return settled

    @cached_property
    def settlements(self) -> gpd.GeoDataFrame:
        """The gazetteer: the places that are settlements, as points."""
        return self.places[self.is_settlement]

    @cached_property
    def oblasts(self) -> tuple[str, ...]:
        """Ids of the oblasts that anybody made a statement on."""
        spoken_of = np.zeros(len(self.places), dtype=bool)
        spoken_of[self.claims["place_id"].cat.codes.to_numpy()] = True
        return tuple(self.places.index[spoken_of & ~self.is_settlement])

    def claims_on(self, kind: PlaceKind) -> gpd.GeoDataFrame:
        """Keep the claims on the places of one kind."""
        on = self.places["kind"].to_numpy()[self.claims["place_id"].cat.codes]
        return self.claims[on == kind]

    @cached_property
    def first_day(self) -> date:
        """The day of the first statement: the time axis begins here."""
        first: date = self.claims["stated_on"].min().date()
        return first

    @cached_property
    def last_day(self) -> date:
        """The day of the newest statement: up to here the ledger knows anything."""
        last: date = self.claims["stated_on"].max().date()
        return last


@dataclass(frozen=True)
class View:
    """What one reader looks at; the same as the address of the page.

    Attributes
    ----------
    as_of
        The day asked about.
    clock
        As known then, or as known now.
    view
        Who is heard: "all", a side, or a claimant's id.
    place
        Id of the settlement, or of the oblast, whose record is open.
    centre
        (lat, lon) in degrees.
    zoom
        Leaflet's zoom level.
    areas
        Which areas are shown: "reach", "oblasts", ids of series, "FIRST~SECOND": how they differ.
    only
        The status of the places that are shown, None for all; of the disputed ones, the live.
    within
        How many days old both sides' standing statements may be for a disagreement to be live;
        None: any age, so that all are.
    lang
        The language of our words.
    """

    as_of: date
    clock: Clock = Clock.THEN
    view: str = ALL_SIDES
    place: str | None = None
    centre: tuple[float, float] | None = None
    zoom: float | None = None
    areas: tuple[str, ...] = ()
    only: Status | None = None
    within: int | None = WITHIN
    lang: Lang = Lang.EN


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What was being said on one day. All drawing and export starts here.

    Attributes
    ----------
    dataset
        Where it was taken from.
    as_of, known_by
        The day asked about; statements made after `known_by` are left out.
    view
        Who is heard: "all", a side, or a claimant's id.
    within
        See `View.within`.
    rows
        Shape (places, sides): row of `dataset.claims` that stands, or NO_CLAIM.
    positions
        The same shape: code in CONTROLLERS of each standing claim, or NO_CLAIM.
    statuses
        Shape (places,): code in STATUSES.
    live
        Shape (places,): whether the place is disputed and the disagreement is live.
    """

    dataset: Dataset
    as_of: date
    known_by: date
    view: str
    within: int | None
    rows: NDArray[np.intp] = field(repr=False)
    positions: NDArray[np.int8] = field(repr=False)
    statuses: NDArray[np.int8] = field(repr=False)
    live: NDArray[np.bool_] = field(repr=False)

    @property
    def clock(self) -> Clock:
        """As known then when nothing said after the day itself is heard."""
        return Clock.THEN if self.known_by <= self.as_of else Clock.NOW

    @cached_property
    def places(self) -> gpd.GeoDataFrame:
        """The places with `status` and a column a side: the controller it names, or None."""
        words = np.array([*CONTROLLERS, None], dtype=object)
        columns = {side.value: words[self.positions[:, i]] for i, side in enumerate(SIDES)}
        status = np.array(STATUSES, dtype=object)[self.statuses]
        return self.dataset.places.assign(status=status, **columns)

    @cached_property
    def settlements(self) -> gpd.GeoDataFrame:
        """The `places` that are settlements."""
        return self.places[self.dataset.is_settlement]

    @cached_property
    def standing(self) -> gpd.GeoDataFrame:
        """The standing claims, one row a place and side, with `age_days` at `as_of`.

        The age is negative when the statement came after the day it speaks of.
        """
        claims = self.dataset.claims.iloc[self.rows[self.rows != NO_CLAIM]]
        age = (pd.Timestamp(self.as_of) - claims["stated_on"]).dt.days
        return claims.assign(age_days=age)
