"""What a reader reads as HTML: every string of the data is text, links go to the web alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.files.load import load_dataset
from geo.ledger.changes import find_changes
from geo.model import SIDES, Controller, Side
from geo.page import STYLE, digest_list, neighbour_list, side_record, statements_on, why_list
from geo.page.template import is_web
from geo.style import COLOURS, INK
from geo.timeline import record_of, take_snapshot
from tests.conftest import day

ATTACK = '</p><script>alert(1)</script>{{ 7*7 }}" onclick=x'


def shot(dataset, as_of, view="all"):
    return take_snapshot(dataset, as_of=day(as_of), view=view)


def claims_in(html):
    return re.findall(r'data-claim="([^"]+)"', html)


def test_the_record_of_siversk_by_hand(tiny_folder):
    snapshot = shot(load_dataset(tiny_folder), "2025-12-12")
    told = side_record(snapshot, "siversk", Side.UKRAINE)
    assert claims_in(told) == ["siversk-2025-12-11-ua-staff", "siversk-2025-12-23-ua-staff"]
    assert told.index("counts on this day") < told.index("Said later (1)")
    assert "11 December 2025 (1 day earlier)" in told
    assert "23 December 2025 (11 days later), of 22 December 2025" in told
    assert (
        '<a href="https://example.org/2" target="_blank" rel="noopener noreferrer">UNN: Not' in told
    )
    assert "no statement found" in side_record(snapshot, "siversk", Side.THIRD)
    assert "no statement found" in side_record(snapshot, "sudzha", Side.RUSSIA)


@pytest.mark.parametrize("view", ["all", "russia", "ru-mod"])
def test_the_record_holds_every_statement_that_is_heard(dataset, view):
    snapshot = shot(dataset, "2024-02-20", view)
    for place in [*dataset.settlements.index[::5], *dataset.oblasts]:
        shown = [key for side in SIDES for key in claims_in(side_record(snapshot, place, side))]
        assert sorted(shown) == sorted(record_of(dataset, place, view=view).index)


def test_rows_are_those_of_the_ledger_and_made_once(dataset):
    rows = statements_on(dataset, "siversk")
    assert rows is statements_on(dataset, "siversk")
    assert [row.id for row in rows] == list(record_of(dataset, "siversk").index)
    with pytest.raises(KeyError):
        statements_on(dataset, "nowhere")


def test_text_of_strangers_stays_text(tiny_folder):
    path = tiny_folder / "claims.csv"
    text = path.read_text(encoding="utf-8")
    for word in ("It said so.", "TASS", "Taken"):
        text = text.replace(word, '"' + ATTACK.replace('"', '""') + '"')
    path.write_text(text, encoding="utf-8")
    dataset = load_dataset(tiny_folder)
    snapshot = shot(dataset, "2025-12-11")
    changes = find_changes(dataset, since=day("2025-12-10"), until=day("2025-12-23"))
    link = lambda of, place: f'?date={of}&place={place}"><script>'  # noqa: E731
    pages = [
        side_record(snapshot, "siversk", Side.RUSSIA),
        why_list(snapshot, "siversk"),
        neighbour_list(snapshot, "siversk", link),
        digest_list(dataset, changes, link),
    ]
    assert "&lt;script&gt;alert(1)" in pages[0]
    for html in pages:
        assert "<script" not in html
        assert 'onclick=x"' not in html


@given(st.text())
def test_only_the_web_is_linked(text):
    assert not is_web(f"javascript:{text}")
    assert is_web(f"https://{text}")


def test_the_sheet_has_the_colours_of_the_map():
    for name in Controller:
        assert f"--{name}: {COLOURS[name]};" in STYLE
    assert f"--rim: {INK};" in STYLE
