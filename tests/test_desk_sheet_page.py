"""A sheet on the desk's page: its columns and days asked for, its rows seen, every fault told."""

import pytest

from geo.desk.desk import open_desk
from geo.desk.store import latest
from geo.wording import DESK_WORDS
from tests.test_desk_page import local, opened  # noqa: F401

ROWS = [
    [
        "siversk",
        "02/01/2026",
        "ru-mod",
        "holds",
        "russia",
        "It said so.",
        "TASS",
        "https://a.org/1",
    ],
    ["sudzha", "03/01/2026", "ru-mod", "holds", "russia", "Again.", "TASS", "https://a.org/2"],
]


def handed_in(app, *headers, rows=ROWS):
    """Hand in a sheet whose first columns are called as asked."""
    columns = [*headers, "claimant_id", "kind", "controller", "summary", "outlet", "url"]
    content = "\n".join(map(",".join, [columns, *rows])).encode()
    app.file_uploader(key="desk-file").set_value(("new.csv", content, "text/csv"))
    return app.run()


@pytest.fixture
def app(local):  # noqa: F811
    return opened(mode="sheet")


def test_other_people_s_columns_and_days_are_asked_for_and_become_proposals(local, app):  # noqa: F811
    handed_in(app, "Ort", "Tag")
    assert app.error[0].value == "1 fault; nothing can be proposed"
    assert app.code[0].value == "new.csv:1: missing columns: stated_on, settlement_id"
    app.selectbox(key="desk-column-Ort").set_value("settlement_id")
    app.selectbox(key="desk-column-Tag").set_value("stated_on").run()
    app.selectbox(key="desk-dates").set_value("MM/DD/YYYY").run()
    assert app.dataframe[0].value["stated_on"].tolist() == ["2026-02-01", "2026-03-01"]
    app.selectbox(key="desk-dates").set_value("DD/MM/YYYY").run()
    next(one for one in app.button if one.label.startswith(DESK_WORDS["propose"])).click().run()
    assert not app.exception
    assert app.success[0].value == "Proposed: 1–2."
    rows = [one.row for one in latest(open_desk(local).store).proposals.values()]
    assert [row["settlement_id"] for row in rows] == ["siversk", "sudzha"]
    assert [row["stated_on"] for row in rows] == ["2026-01-02", "2026-01-03"]
    next(one for one in app.button if one.label.startswith(DESK_WORDS["propose"])).click().run()
    first, second = app.code[0].value.splitlines()
    assert first.startswith("new.csv:2: claim_id: ")
    assert second.endswith("waits already, as proposal 2")
    assert len(latest(open_desk(local).store).proposals) == 2


def test_what_a_column_means_is_not_taken_for_that_of_another_sheet(app):
    handed_in(app, "Ort", "stated_on")
    app.selectbox(key="desk-column-Ort").set_value("settlement_id").run()
    handed_in(app, "Quelle", "stated_on")
    assert app.selectbox(key="desk-column-Quelle").value == ""


def test_every_fault_is_told_and_nothing_is_stored(local, app):  # noqa: F811
    wrong = [
        ["siversk", "2026-01-02", "ru-mod", "took", *ROWS[0][4:]],
        ["sudzha", "2026-01-02", *ROWS[1][2:-1], "ftp://a.org"],
    ]
    handed_in(app, "settlement_id", "stated_on", rows=wrong)
    assert app.error[0].value == "2 faults; nothing can be proposed"
    kind, url = app.code[0].value.splitlines()
    assert "new.csv:2: kind: 'took' is unknown" in kind
    assert "new.csv:3: url: 'ftp://a.org'" in url
    assert not [one for one in app.button if one.label.startswith(DESK_WORDS["propose"])]
    assert latest(open_desk(local).store).proposals == {}
