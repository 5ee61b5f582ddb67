"""`import geo` in a notebook: a day shows itself, and the notebook in docs/ runs as it is printed."""

import io
import subprocess
import sys
from datetime import date
from html import unescape

import nbformat
import pandas as pd
import pytest
from PIL import Image

import geo
from geo.model import Snapshot, Status
from geo.timelayer import standalone_html
from geo.timeline import take_snapshot
from tests.conftest import ROOT
from tests.geopackage import files_of_project
from tools.notebook import NOTEBOOK, run_notebook, slimmed


@pytest.fixture
def siversk(dataset):
    return geo.snapshot("2025-12-11", place="Сіверськ", dataset=dataset)


def test_the_name_alone_loads_nothing():
    ask = "import geo, sys; print(sorted({name.split('.')[0] for name in sys.modules}))"
    said = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    assert "'geo'" in said
    assert "pandas" not in said


def test_a_day_is_a_snapshot_like_any_other(siversk, dataset):
    day = date(2025, 12, 11)
    assert geo.snapshot(pd.Timestamp(day), dataset=dataset).as_of == day
    plain = take_snapshot(dataset, as_of=day, known_by=day)
    assert isinstance(siversk, Snapshot)
    assert (siversk.rows == plain.rows).all()
    assert siversk.places.loc["siversk", "status"] == Status.DISPUTED
    assert "2025-12-11" in repr(siversk)


def test_a_day_shows_itself_as_a_map_or_as_a_picture(siversk, dataset):
    html = siversk._repr_html_()
    page = standalone_html(dataset, view=siversk.shown, embed=True).decode()
    shown = unescape(html.split('"')[1])  # no quote of the page ends the attribute
    assert len(shown) == len(page)  # folium gives each map another id
    assert shown.endswith("</html>")
    with Image.open(io.BytesIO(siversk._repr_png_())) as picture:
        assert picture.size == (1067, 600)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"day": "2031-01-01"}, "2031-01-01 is outside the ledger: 2022-02-25 to "),
        ({"day": "yesterday"}, "'yesterday' is not a day; expected YYYY-MM-DD"),
        ({"place": "siversc"}, "unknown place 'siversc'; did you mean siversk"),
        ({"clock": "later"}, "later"),
        ({"view": "nobody"}, "unknown view 'nobody'; allowed: all, ukraine"),
        ({"lang": "fr"}, "fr"),
    ],
)
def test_what_does_not_exist_is_named(dataset, wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        geo.snapshot(**{"day": "2025-12-11", "dataset": dataset, **wrong})


def test_a_day_is_saved_by_its_ending(siversk, tmp_path):
    assert b"siversk" in geo.save(siversk, tmp_path / "day.csv").read_bytes()
    with pytest.raises(ValueError, match=r"'day.doc' must end in .png, .csv"):
        geo.save(siversk, tmp_path / "day.doc")
    assert [path.name for path in tmp_path.iterdir()] == ["day.csv"]
    assert files_of_project(geo.save(siversk, tmp_path / "day.gpkg")) == {"day.gpkg"}


def test_a_ledger_of_ones_own_is_read(tiny_folder):
    assert len(geo.load(tiny_folder).settlements) == 2
    assert not hasattr(geo, "nothing")


def printed_of(output):
    """Give what an output says; of a picture only that there is one, for its bytes may differ."""
    data = output.get("data", {})
    return output.get("text"), data.keys(), data.get("text/plain"), data.get("text/html")


def test_the_notebook_runs_as_printed(tmp_path):
    printed = nbformat.read(NOTEBOOK, as_version=4)
    done = slimmed(run_notebook(tmp_path))
    for before, after in zip(printed.cells, done.cells, strict=True):
        kept = [list(map(printed_of, cell.get("outputs", []))) for cell in (before, after)]
        assert kept[0] == kept[1], f"{before.source}: `python -m tools.notebook`"
        for output in after.get("outputs", []):
            assert output.output_type != "error"
            assert output.get("name") != "stderr"
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert "disputed" in text
    assert "<script" not in text
    assert {path.name for path in tmp_path.iterdir()} == {"day.csv", "day.gpkg", "day.html"}
