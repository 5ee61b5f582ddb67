"""The published ledger: valid for us and for Frictionless, explained, sourced, in its place."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from frictionless import Package, system

from geo.files.checks import COLUMNS
from geo.files.corrections import CORRECTION, CORRECTIONS
from geo.files.load import read_codebook
from geo.model import (
    CRS_KM2,
    SIDES,
    STATUSES,
    ClaimantKind,
    Controller,
    Kind,
    Lang,
    PlaceKind,
    Status,
)
from geo.timeline import take_snapshot

DATA = Path(__file__).resolve().parent.parent / "data"


@pytest.fixture(scope="module")
def package():
    return json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_frictionless_finds_no_error():
    with system.use_context(trusted=True):
        report = Package(str(DATA / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "rowNumber", "fieldName", "note"])


def test_frictionless_would_find_one(tmp_path):
    for file in (*DATA.glob("*.csv"), *DATA.glob("*json"), *DATA.glob("*.md")):
        text = file.read_text(encoding="utf-8")
        if file.name == "claims.csv":
            text = text.replace(",siversk,", ",sivresk,", 1)
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert [error[0] for error in report.flatten(["type"])] == ["foreign-key"]


def test_the_package_names_every_column_and_word(package):
    fields = {r["path"]: r["schema"]["fields"] for r in package["resources"] if "schema" in r}
    named = {file: tuple(f["name"] for f in fields[file]) for file in fields}
    assert named == COLUMNS | {CORRECTIONS: CORRECTION}
    words = {
        f["name"]: f["constraints"]["enum"]
        for f in fields["claims.csv"]
        if "enum" in f.get("constraints", {})
    }
    assert words == {"kind": list(Kind), "controller": list(Controller)}
    words = {
        f["name"]: f["constraints"]["enum"]
        for f in fields["claimants.csv"]
        if "enum" in f.get("constraints", {})
    }
    assert words == {"side": list(SIDES), "kind": list(ClaimantKind)}


@pytest.mark.parametrize("file", COLUMNS)
def test_the_codebook_explains_every_column(file):
    codebook = read_codebook(DATA)
    for column in pd.read_csv(DATA / file, nrows=0).columns:
        assert f"`{column}`" in codebook, f"{file}: `{column}` is not explained"
    for word in (*Kind, *Controller, *SIDES, *ClaimantKind):
        assert f"`{word}`" in codebook


@pytest.mark.parametrize("lang", [Lang.UK, Lang.RU])
def test_the_translated_codebook_says_as_much(lang):
    """Line by line the same kind of text with the same words of the files."""
    own, english = (read_codebook(DATA, of).splitlines() for of in (lang, Lang.EN))
    assert own != english
    assert len(own) == len(english)
    for line, other in zip(own, english, strict=True):
        for marks in (r"^[#\d|.-]*", r"`[^`]+`", r"\|", r"\*\*", r"https?://\S+|\w+\.(?:csv|json)"):
            assert sorted(re.findall(marks, line)) == sorted(re.findall(marks, other)), line


def test_the_ledger_is_all_there(dataset):
    said = [dataset.claims_on(kind) for kind in PlaceKind]
    sizes = (dataset.settlements, dataset.claimants, *said)
    assert [len(table) for table in sizes] == [304, 86, 1045, 50]
    assert len(dataset.oblasts) == 10
    assert dataset.first_day.isoformat() == "2022-02-25"
    assert dataset.last_day.isoformat() == "2026-07-04"


def test_every_statement_has_a_link_an_outlet_and_a_summary(dataset):
    claims = dataset.claims
    assert claims["url"].str.match(r"https?://[^/]+\.[a-z]+").all()
    assert (claims["outlet"].str.len() > 1).all()
    assert claims["summary"].str.len().between(20, 300).all()


def test_the_sides_disagree_on_sixty_places_or_more(dataset):
    disputed = STATUSES.index(Status.DISPUTED)
    ever = np.zeros(len(dataset.places), dtype=bool)
    for day in dataset.claims["stated_on"].dt.date.unique():
        ever |= take_snapshot(dataset, as_of=day).statuses == disputed
    ever &= dataset.is_settlement
    assert ever.sum() >= 60


def test_every_settlement_lies_in_its_oblast(dataset):
    areas = dataset.borders[dataset.borders["kind"] == "admin1"].to_crs(CRS_KM2).geometry
    places = dataset.settlements.to_crs(CRS_KM2)
    oblast = places["admin1"].str.lower() + "-oblast"
    away = {
        place: areas[oblast[place]].distance(point) / 1000
        for place, point in places.geometry.items()
    }
    away.pop("snake-island")  # an islet of 0.2 km2 that the background leaves out
    assert max(away.values()) < 3  # km; the background is simplified


def test_summaries_do_not_take_sides(dataset):
    loaded = r"\b(?:liberat\w+|regime|terrorist\w*|admitted|occupiers|orcs?|nazis?)\b"
    summaries = dataset.claims["summary"]
    assert summaries[summaries.str.contains(loaded, case=False)].to_list() == []
