"""The tables that all formats write, worked by hand on the tiny ledger."""

from datetime import date

import pandas as pd
import pytest

from geo.export.tables import (
    LEDGER_COLUMNS,
    SAID,
    STANDING_COLUMNS,
    about,
    place_table,
    records,
    stands_until,
    statement_table,
    with_days_as_text,
)
from geo.files.load import load_dataset
from geo.timeline import take_snapshot


@pytest.fixture
def tiny(tiny_folder):
    return load_dataset(tiny_folder)


@pytest.fixture
def snapshot(tiny):
    day = date(2025, 12, 22)  # the withdrawal of the 23rd holds already, but is not yet known
    return take_snapshot(tiny, as_of=day, known_by=day, view="ukraine")


def test_the_whole_ledger_has_no_day_and_no_status(tiny):
    assert set(STANDING_COLUMNS) - set(LEDGER_COLUMNS) == {"status", "live", "age_days", "as_of"}
    assert about(tiny).keys() & {"as_of", "known_by", "view"} == {"known_by", "view"}
    assert (about(tiny)["known_by"], about(tiny)["view"]) == ("2025-12-23", "all")
    assert statement_table(tiny).columns.tolist() == [*LEDGER_COLUMNS, "geometry"]


def test_a_day_answers_for_itself(tiny, snapshot):
    said = about(tiny, snapshot)
    assert (said["as_of"], said["known_by"], said["view"]) == (
        "2025-12-22",
        "2025-12-22",
        "ukraine",
    )
    assert said["ledger_version"] == tiny.version


def test_statements_name_their_place_one_way_or_the_other(tiny):
    table = statement_table(tiny).set_index("claim_id")
    settled = table.loc["siversk-2025-12-11-ru-mod"]
    assert (settled["settlement_id"], settled["area_id"]) == ("siversk", "")
    assert (settled.geometry.x, settled.geometry.y) == (settled["lon"], settled["lat"])
    area = table.loc["luhansk-oblast-2025-07-01-ru-mod"]
    assert (area["settlement_id"], area["area_id"]) == ("", "luhansk-oblast")
    assert tiny.places.geometry["luhansk-oblast"].contains(area.geometry)
    assert (area["claimant"], area["side"]) == ("Russian Ministry of Defence", "russia")


def test_what_stands_has_its_age_and_the_status_of_its_place(snapshot):
    (row,) = records(statement_table(snapshot.dataset, snapshot))
    assert (row["claim_id"], row["age_days"]) == ("siversk-2025-12-11-ua-staff", 11)
    assert (row["status"], row["stated_on"]) == ("one-sided", "2025-12-11")


def test_a_statement_stands_to_the_day_before_the_next_of_its_side_on_its_place():
    rows = [  # place, side, day of the statement, last day on which it stood
        ("p", "ukraine", 1, 3), ("p", "russia", 2, None), ("p", "ukraine", 4, 4),
        ("q", "ukraine", 4, None), ("p", "ukraine", 4, 8), ("p", "ukraine", 9, None),
    ]  # fmt: skip
    until = stands_until(
        pd.DataFrame(
            {
                "settlement_id": [row[0] for row in rows],
                "area_id": "",
                "side": [row[1] for row in rows],
                "stated_on": pd.to_datetime([f"2025-01-0{row[2]}" for row in rows]),
            }
        )
    )
    assert [None if pd.isna(day) else day.day for day in until] == [row[3] for row in rows]


def test_a_side_that_has_not_spoken_is_left_empty(snapshot):
    table = place_table(snapshot).set_index("settlement_id")
    assert table.index.tolist() == ["siversk", "sudzha"]
    siversk, sudzha = table.loc["siversk"], table.loc["sudzha"]
    assert siversk["ukraine_claim_id"] == "siversk-2025-12-11-ua-staff"
    assert siversk["ukraine_age_days"] == 11
    assert siversk["ukraine_stated_on"] == pd.Timestamp("2025-12-11")
    assert siversk[[f"russia_{column}" for column in SAID]].isna().all()
    assert (
        sudzha[[f"{side}_{column}" for side in ("ukraine", "russia", "third") for column in SAID]]
        .isna()
        .all()
    )
    assert (siversk["status"], sudzha["status"]) == ("one-sided", "silent")


def test_each_side_has_its_own_columns(tiny):
    day = date(2025, 12, 12)
    table = place_table(take_snapshot(tiny, as_of=day, known_by=day)).set_index("settlement_id")
    said = table.loc["siversk"]
    assert (said["ukraine_controller"], said["russia_controller"]) == ("ukraine", "russia")
    assert (said["ukraine_kind"], said["russia_kind"]) == ("denies", "captured")
    assert said["russia_claimant"] == "Russian Ministry of Defence"
    assert said["status"] == "disputed"


def test_words_of_lists_leave_as_text_numbers_as_numbers(tiny, snapshot):
    for table in (statement_table(tiny), place_table(snapshot)):
        kinds = {name: str(kind) for name, kind in table.drop(columns="geometry").dtypes.items()}
        assert "category" not in kinds.values()
        assert "object" not in kinds.values()
        assert kinds["lat"] == "float64"


def test_days_are_text_and_gaps_are_none(tiny, snapshot):
    table = with_days_as_text(statement_table(tiny))
    assert "geometry" not in table
    assert set(table["stated_on"]) == {"2025-07-01", "2025-12-11", "2025-12-23"}
    row = records(place_table(snapshot))[1]
    assert (row["settlement_id"], row["russia_stated_on"], row["russia_age_days"]) == (
        "sudzha",
        None,
        None,
    )
    assert list(map(type, (row["lat"], row["name"]))) == [float, str]
