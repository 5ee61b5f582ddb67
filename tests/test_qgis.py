"""The GeoPackage in the real QGIS: its project opens, and draws what our map draws."""

import json
import subprocess
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from geo.export.geofiles import ledger_gpkg, named_gpkg, standing_gpkg
from geo.model import CRS_KM2, NO_CLAIM, Status
from geo.style import COLOURS, FADING
from geo.timeline import take_snapshot
from tests.programs import needs

pytestmark = needs("qgis")

RENDER = Path(__file__).resolve().parent / "qgis_render.py"
DAY = date(2025, 12, 11)
HALF = 0.35  # degrees of longitude to each side of the place in the middle
SIZE, DPI = (1100, 800), 96
MM = DPI / 25.4  # pixels
WHITE = (255, 255, 255)


def opened(path, at, day=None):
    """Open a file in QGIS around a place; give what its project says, and the picture."""
    out = path.with_suffix(".png")
    tall = HALF * SIZE[1] / SIZE[0]
    box = [str(side) for side in (at.x - HALF, at.y - tall, at.x + HALF, at.y + tall)]
    command = ["/usr/bin/python3", RENDER, path, out, *box, *([day.isoformat()] if day else [])]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=240)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout), np.asarray(Image.open(out).convert("RGB")).astype(int)


def share(picture, colour, x_mm, near=0.8):
    """Which part of a patch so many mm right of the middle has a colour.

    Russia's is crossed by white lines and all is smoothed at its edges, so never the whole.
    """
    column, reach = SIZE[0] / 2 + x_mm * MM, near * MM
    rows = slice(int(SIZE[1] / 2 - reach), int(SIZE[1] / 2 + reach))
    patch = picture[rows, int(column - reach / 2) : int(column + reach / 2)]
    return float((np.abs(patch - np.array(colour)).max(axis=2) <= 3).mean())


def expected(controller, age_days=0):
    """A colour as it is on white at an age."""
    rgb = [int(COLOURS[controller][at : at + 2], 16) for at in (1, 3, 5)]
    opacity = next(value for days, value in FADING if age_days > days or not days)
    return tuple(round(opacity * part + (1 - opacity) * 255) for part in rgb)


@pytest.fixture(scope="module")
def snapshot(dataset):
    return take_snapshot(dataset, as_of=DAY, known_by=DAY)


@pytest.fixture(scope="module")
def day_file(snapshot, tmp_path_factory):
    path = tmp_path_factory.mktemp("qgis") / "day é.gpkg"  # a name that is no plain word
    path.write_bytes(named_gpkg(standing_gpkg(snapshot), path.name))
    return path


def a_place(snapshot, chosen):
    """One that no other stands near to, so that the picture shows it alone."""
    points = snapshot.settlements.geometry.to_crs(CRS_KM2)
    for place in snapshot.settlements.index[chosen]:
        if points.drop(place).distance(points[place]).min() > 8_000:
            return place
    raise AssertionError("no place stands alone")


def said(snapshot, place):
    rows = snapshot.rows[snapshot.dataset.places.index.get_loc(place)]
    claims = snapshot.dataset.claims
    found = [claims.iloc[row] if row != NO_CLAIM else None for row in rows]
    return [
        None if claim is None else (str(claim["controller"]), (pd.Timestamp(DAY) - claim["stated_on"]).days)
        for claim in found
    ]  # fmt: skip


def halves_are(picture, ukraine, russia):
    for x, claim in ((-1.2, ukraine), (1.2, russia)):
        wanted = expected(*claim) if claim else WHITE
        assert share(picture, wanted, x) > (0.2 if claim else 0.8), (x, claim)
        others = [expected(who, claim[1] if claim else 0) for who in COLOURS]
        for other in others:
            assert other == wanted or share(picture, other, x) == 0


def test_the_project_opens_with_its_layers_in_order_and_says_whose_it_is(day_file, snapshot):
    point = snapshot.settlements.geometry["siversk"]
    project, _ = opened(day_file, point)
    assert project["read"]
    assert [(layer["name"], layer["valid"], layer["shown"]) for layer in project["layers"]] == [
        ("places", True, True),
        ("statements", True, False),
        ("borders", True, True),
    ]
    assert project["layers"][0]["rows"] == len(snapshot.settlements)
    assert project["crs"] == "EPSG:4326"
    assert project["title"] == "Frontline Claims: as known on 11 December 2025"
    assert "CC BY 4.0" in project["abstract"]
    assert project["extent"] == pytest.approx([32.4, 46.1, 39.6, 51.7])


def test_the_form_of_a_place_lists_its_statements(day_file, snapshot):
    project, _ = opened(day_file, snapshot.settlements.geometry["siversk"])
    standing = snapshot.standing
    assert {
        place: sorted(claims)
        for place, claims in project["relations"]["statements of places"].items()
    } == {
        place: sorted(standing.index[standing["place_id"] == place])
        for place in snapshot.settlements.index
    }


def test_siversk_is_two_tones_and_an_agreed_place_one(day_file, snapshot):
    ukraine, russia, third = said(snapshot, "siversk")
    assert (ukraine[0], russia[0]) == ("ukraine", "russia")
    _, picture = opened(day_file, snapshot.settlements.geometry["siversk"])
    halves_are(picture, ukraine, russia)
    assert share(picture, expected(*third), -3.7, near=0.3) > 0.2

    statuses = snapshot.statuses[snapshot.dataset.is_settlement]
    agreed = a_place(snapshot, statuses == list(Status).index(Status.AGREED))
    ukraine, russia, _ = said(snapshot, agreed)
    assert ukraine[0] == russia[0]
    _, picture = opened(day_file, snapshot.settlements.geometry[agreed])
    halves_are(picture, ukraine, russia)


def test_a_silent_place_is_hollow_and_small_and_one_voice_leaves_a_half_hollow(day_file, snapshot):
    statuses = snapshot.statuses[snapshot.dataset.is_settlement]
    silent = a_place(snapshot, statuses == list(Status).index(Status.SILENT))
    _, picture = opened(day_file, snapshot.settlements.geometry[silent])
    assert share(picture, WHITE, 0, near=0.5) > 0.8
    assert share(picture, WHITE, -1.9, near=0.4) < 0.2  # where others have a half disc
    one = a_place(snapshot, statuses == list(Status).index(Status.ONE_SIDED))
    _, picture = opened(day_file, snapshot.settlements.geometry[one])
    halves_are(picture, *said(snapshot, one)[:2])


def rim_is(picture):
    """How dark the ring between 2.4 and 3.1 mm is, on the side without a name."""
    row = picture[SIZE[1] // 2]
    left = row[int(SIZE[0] / 2 - 3.1 * MM) : int(SIZE[0] / 2 - 2.4 * MM)]
    return int((left.mean(axis=1) < 120).sum())


def test_a_live_disagreement_has_a_thick_rim_and_a_dormant_one_a_thin(day_file, snapshot):
    statuses = snapshot.statuses[snapshot.dataset.is_settlement]
    disputed = statuses == list(Status).index(Status.DISPUTED)
    places = snapshot.settlements.index
    ages = {place: max(age for _, age in said(snapshot, place)[:2]) for place in places[disputed]}
    third = {place: said(snapshot, place)[2] for place in ages}
    live = next(p for p, age in ages.items() if age <= 90 and not third[p])
    dormant = next(p for p, age in ages.items() if age > 90 and not third[p])
    widths = [
        rim_is(opened(day_file, snapshot.settlements.geometry[place])[1])
        for place in (live, dormant)
    ]
    assert widths[0] > widths[1]


def test_the_time_controller_plays_the_whole_ledger(dataset, tmp_path):
    path = tmp_path / "ledger.gpkg"
    path.write_bytes(named_gpkg(ledger_gpkg(dataset), path.name))
    at = dataset.settlements.geometry["siversk"]
    for day in (date(2025, 12, 1), DAY, date(2025, 12, 24)):
        project, picture = opened(path, at, day)
        snapshot = take_snapshot(dataset, as_of=day, known_by=day)
        for x, claim in zip((-1.2, 1.2), said_on(snapshot, day), strict=True):
            wanted = expected(*claim) if claim else None
            assert wanted is None or share(picture, wanted, x) > 0.2, (day, x, claim)
            others = [expected(who, claim[1] if claim else 0) for who in COLOURS]
            assert all(share(picture, other, x) == 0 for other in others if other != wanted)
    assert project["days"][0] == dataset.claims["stated_on"].min().date().isoformat()
    assert [layer["temporal"] for layer in project["layers"]] == [True, False]


def said_on(snapshot, day):
    rows = snapshot.rows[snapshot.dataset.places.index.get_loc("siversk")][:2]
    claims = snapshot.dataset.claims
    return [
        (str(claims["controller"].iloc[row]), (pd.Timestamp(day) - claims["stated_on"].iloc[row]).days)
        if row != NO_CLAIM
        else None
        for row in rows
    ]  # fmt: skip
