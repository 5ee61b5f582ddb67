"""The page without a browser: it draws, follows its address, and shows faults of the data."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

APP = Path(__file__).resolve().parent.parent / "app.py"


def run(**address):
    app = AppTest.from_file(str(APP), default_timeout=60)
    for key, value in address.items():
        app.query_params[key] = value
    return app.run()


def shown(app):
    return [*(text.value for text in app.subheader), *(text.value for text in app.caption)]


def test_it_draws_on_the_newest_day():
    app = run()
    assert not app.exception
    assert app.title[0].value == "Frontline Claims"
    assert app.date_input(key="as_of").value.isoformat() == "2026-07-04"
    assert "Statements found up to 4 July 2026." in app.caption[0].value


@pytest.mark.parametrize(
    ("asked", "day"),
    [("2025-03-01", "2025-03-01"), ("banana", "2026-07-04"), ("1999-01-01", "2022-02-26")],
)
def test_the_date_comes_from_the_address(asked, day):
    app = run(date=asked)
    assert app.date_input(key="as_of").value.isoformat() == day
    assert app.query_params["date"] == day


def test_the_record_stands_in_two_columns_with_third_parties_below():
    app = run(date="2025-12-11", place="siversk")
    assert not app.exception
    assert "Siversk" in shown(app)
    assert any("Сіверськ · Северск · Seversk · Donetsk" in text for text in shown(app))


def test_widgets_change_view_and_address():
    app = run(date="2025-12-11", place="siversk")
    app.text_input(key="search").set_value("Бахмут").run()
    assert "Bakhmut" in shown(app)
    app.date_input(key="as_of").set_value("2023-05-20").run()
    app.selectbox(key="heard").set_value("wagner").run()
    assert not app.exception
    assert app.query_params["place"] == "bakhmut"
    assert app.query_params["date"] == "2023-05-20"
    assert app.query_params["view"] == "wagner"


def test_a_broken_folder_shows_every_fault(tiny_folder, monkeypatch):
    monkeypatch.setenv("FRONTLINE_DATA", str(tiny_folder))
    (tiny_folder / "claims.csv").unlink()
    (tiny_folder / "claimants.csv").write_text("")
    app = run()
    assert not app.exception
    assert "2 found" in app.error[0].value
    assert app.code[0].value.splitlines() == [
        "claimants.csv: is empty",
        "claims.csv: is missing in the folder 'tiny'",
    ]
