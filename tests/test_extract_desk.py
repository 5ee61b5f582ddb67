"""Candidates on the desk: the form filled, proposed, thrown away, missed; all of it counted."""

import json

import pytest

from geo.__main__ import main
from geo.desk.desk import open_desk
from geo.desk.readings import Reading, all_readings, keep_reading, score
from geo.desk.store import close_stores, latest
from tests.test_desk_page import local, opened, press  # noqa: F401

TEXT = (
    "A town disputed\n\n"
    "Russia's Defence Ministry said that its troops had captured Siversk. "
    "The General Staff of Ukraine denied that Siversk had been captured. "
    "It rained."
)


def pasted(app):
    app.text_area(key="desk-text").set_value(TEXT).run()
    assert not app.exception
    return app


@pytest.mark.usefixtures("local")
def test_the_form_is_filled_with_what_is_surest(local):  # noqa: F811
    app = pasted(opened(mode="new"))
    assert app.multiselect(key="desk-places").value == ["siversk"]
    assert app.selectbox(key="desk-kind").value in ("captured", "denies")
    quote = app.text_input(key="desk-quote").value
    assert quote in TEXT
    marked = next(html.body for html in app.get("html") if "desk-source" in html.body)
    assert "<mark>" in marked


@pytest.mark.usefixtures("local")
def test_a_statement_on_an_oblast_fills_the_form_with_it():
    app = opened(mode="new")
    text = "The entire Luhansk region has been liberated, the Russian Defence Ministry said."
    app.text_area(key="desk-text").set_value(text).run()
    assert not app.exception
    assert app.multiselect(key="desk-places").value == ["luhansk-oblast"]


def test_what_is_proposed_and_thrown_away_is_kept(local):  # noqa: F811
    app = pasted(opened(mode="new"))
    first = app.text_input(key="desk-quote").value
    press(app, "throw_away")
    assert app.text_input(key="desk-quote").value not in ("", first)
    app.text_input(key="desk-url").set_value("https://example.org/new")
    app.text_input(key="desk-outlet").set_value("Example").run()
    if app.selectbox(key="desk-speaker").value is None:
        app.selectbox(key="desk-speaker").set_value("ua-staff").run()
    press(app, "propose")
    assert app.success[0].value == "Proposed: 1."
    kept = all_readings(open_desk(local))
    assert [(one.found is not None, one.made is not None) for one in kept] == [
        (True, False),
        (True, True),
    ]
    assert kept[1].made["settlement_id"] == "siversk"
    assert not latest(open_desk(local).store).proposals[1].needs


def test_a_missed_statement_opens_the_form_with_its_sentence(local):  # noqa: F811
    app = pasted(opened(mode="new"))
    app.selectbox(key="desk-missed").set_value(3).run()
    assert app.text_input(key="desk-quote").value == "It rained."
    assert app.multiselect(key="desk-places").value == []


def test_fields_are_counted_by_hand(tmp_path, capsys):
    found = {"settlement_id": "siversk", "kind": "captured", "claimant_id": None}
    readings = [
        Reading(found, {**found, "claimant_id": "ru-mod"}),  # the speaker was left open
        Reading(found, {**found, "kind": "holds", "claimant_id": "ru-mod"}),
        Reading(found, None),
        Reading(None, {**found, "claimant_id": "isw"}),
    ]
    told = {one.field: (one.right, one.found, one.made) for one in score(readings)}
    assert told["statement"] == (2, 3, 3)
    assert told["kind"] == (1, 3, 3)
    assert told["claimant_id"] == (0, 0, 3)
    desk = open_desk(tmp_path, str(tmp_path / "desk.sqlite"))
    for one in readings:
        keep_reading(desk, "0" * 64, one, by="Anna")
    assert all_readings(desk) == readings
    close_stores()
    command = ["extract", "--score", str(tmp_path / "desk.sqlite"), "--format", "json"]
    assert main(command) == 0
    (statement, *_) = json.loads(capsys.readouterr().out)
    assert statement["precision"] == statement["recall"] == pytest.approx(2 / 3)
    close_stores()
