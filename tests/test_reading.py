"""The pages that read the ledger: what they show, what they take from the address."""

import pandas as pd
import pytest

from geo.areas import import_areas
from geo.ledger import (
    Question,
    all_statements,
    count_sources,
    disagreements,
    disagreements_on,
    find_statements,
    of_kind,
    statements_shown,
)
from geo.model import Lang, PlaceKind
from geo.timeline import take_snapshot
from tests.conftest import ROOT, day
from tests.page import run
from tests.test_page import grown


def test_all_statements_are_there_once_newest_first(dataset):
    table = all_statements(dataset)
    assert len(table) == len(dataset.claims)
    assert table.index.is_unique
    assert table["stated_on"].is_monotonic_decreasing
    assert {"luhansk-oblast", "siversk"} <= set(table["place_id"])


@pytest.mark.parametrize("text", ["Сіверськ", "северск", "SIVERSK", "seversk"])
def test_text_finds_a_place_by_any_of_its_names(dataset, text):
    found = find_statements(dataset, Question(text=text))
    assert set(find_statements(dataset, Question(place="siversk")).index) <= set(found.index)
    assert len(found) < 60


def test_questions_narrow_each_other(dataset):
    asked = Question(
        first=day("2025-12-01"), last=day("2025-12-31"), sides=("russia",), place="siversk"
    )
    found = find_statements(dataset, asked)
    assert set(found["side"]) == {"russia"}
    assert found["stated_on"].between("2025-12-01", "2025-12-31").all()
    assert "siversk-2025-12-11-ru-putin" in found.index
    speakers = find_statements(dataset, Question(text="putin"))
    assert "ru-putin" in set(speakers["claimant_id"])
    assert find_statements(dataset, Question(text="no such words (")).empty


def test_rows_link_to_their_place_at_their_day(dataset):
    found = find_statements(dataset, Question(place="siversk", last=day("2025-12-11")))
    shown = statements_shown(dataset, found, lambda day, place: f"./?date={day}&place={place}")
    assert shown["On the map"].iloc[0] == "./?date=2025-12-11&place=siversk"
    assert shown["Says"].iloc[0].startswith(("says", "denies"))
    assert shown["Source"].str.startswith("http").all()


def test_disagreements_of_a_day(dataset):
    snapshot = take_snapshot(dataset, as_of=day("2025-12-11"))
    rows = disagreements_on(
        snapshot, of_kind(dataset, disagreements(dataset), PlaceKind.SETTLEMENT)
    )
    assert rows.loc["siversk", ["since", "days", "hard"]].tolist() == [
        pd.Timestamp("2025-12-10"), 2, True,
    ]  # fmt: skip
    assert dataset.claims.index[rows.loc["siversk", "russia"]].startswith("siversk-2025-12-11-ru")
    assert len(rows) == (snapshot.settlements["status"] == "disputed").sum()
    assert rows["since"].is_monotonic_increasing


def test_sources_by_count(dataset):
    counts = count_sources(dataset)
    assert counts["statements"].sum() == len(all_statements(dataset))
    assert counts["statements"].is_monotonic_decreasing
    assert (counts["first"] <= counts["last"]).all()


def test_the_ledger_page_filters():
    app = run("2_Ledger", date="2025-12-31", place="siversk")
    assert not app.exception
    before = app.markdown[0].value
    app.multiselect(key="sides").set_value(["russia"]).run()
    app.toggle(key="place-only").set_value(True).run()
    assert not app.exception
    assert app.markdown[0].value != before
    assert set(app.dataframe[0].value["Side"]) == {"Russia's side"}
    assert set(app.dataframe[0].value["Place"]) == {"Siversk"}
    app.text_input(key="text").set_value("zzzz").run()
    assert app.info[0].value == "No statement answers this."


@pytest.mark.parametrize("lang", ["en", "uk", "ru"])
@pytest.mark.parametrize("page", ["2_Ledger", "3_Disagreements", "7_Method"])
def test_pages_draw_in_every_language(page, lang):
    app = run(page, date="2025-12-11", lang=lang)
    assert not app.exception
    assert app.dataframe[0].value.shape[0] > 5


def test_the_page_on_disagreements_follows_the_day():
    app = run("3_Disagreements", date="2025-12-11")
    assert "Siversk" in set(app.dataframe[0].value["Place"])
    app = run("3_Disagreements", date="2025-12-23")
    assert "Siversk" not in set(app.dataframe[0].value["Place"])
    assert (
        run("3_Disagreements", date="2022-02-25", view="russia")
        .info[0]
        .value.startswith("The sides do not")
    )
    app.toggle(key="only").set_value(True).run()
    assert app.query_params["only"] == "disputed"


def test_the_method_page_is_the_codebook():
    app = run("7_Method")
    assert any("Rules of time" in text.value for text in app.markdown)
    ukrainian = run("7_Method", lang="uk")
    assert any("Правила часу" in text.value for text in ukrainian.markdown)
    assert len(app.dataframe[0].value) > 20


@pytest.mark.parametrize("page", [path.stem for path in sorted((ROOT / "pages").glob("*.py"))])
def test_titles_are_in_the_readers_language(page):
    titles = {lang: run(page, date="2025-12-11", lang=lang).title[0].value for lang in Lang}
    assert titles[Lang.EN] not in (titles[Lang.UK], titles[Lang.RU])


def test_the_ledger_page_sets_what_maps_show_apart(tiny_folder, tmp_path, monkeypatch):
    monkeypatch.setenv("FRONTLINE_DATA", str(tiny_folder))
    import_areas(grown(tmp_path), tiny_folder / "areas", series_id="test")
    (tiny_folder / "areas" / "bad.parquet").write_bytes(b"PAR1")
    app = run("2_Ledger", date="2025-12-23")
    assert not app.exception
    assert app.warning[0].value.startswith("bad.parquet: is no series")
    assert app.expander[0].label == "Derived from the imported map test: not statements"
    derived = app.dataframe[1].value
    assert set(derived["Place"]) == {"Siversk"}
    assert derived["Summary"].str.startswith("Derived: the series test shows the place").all()
    assert not app.dataframe[0].value["Summary"].str.startswith("Derived").any()
