"""The browser's files where they are served: those in use stay, those of an earlier ledger go."""

import os
from time import time

import pytest

from geo import publish
from geo.areas.series import write_series
from geo.files.load import load_dataset
from tests.conftest import day
from tests.shapes import series_of, square


@pytest.fixture
def served(tiny_folder, tmp_path, monkeypatch):
    """Serve a tiny ledger with one series from a folder of its own."""
    folder = tmp_path / "static"
    folder.mkdir()
    monkeypatch.setenv("FRONTLINE_DATA", str(tiny_folder))
    monkeypatch.setattr(publish, "static_folder", lambda: folder)
    series = series_of((day("2025-12-01"), "russia", square()))
    write_series(series, tiny_folder / "areas" / "test.parquet")
    return folder


def test_a_server_that_starts_keeps_what_others_serve_of_the_same_ledger(served, tiny_folder):
    dataset = load_dataset(tiny_folder)
    encoded = publish.publish_series(dataset, publish.series_files()["test"])["file"]
    names = {*publish.publish(dataset), encoded}
    (served / "areas-0123456789abcdef.json").write_text("of a series that is gone")
    assert {path.name for path in served.iterdir()} > names
    for path in served.iterdir():
        os.utime(path, times=(0, time() - publish.KEEP - 60))
    publish.publish(load_dataset(tiny_folder))  # as another process does
    assert {path.name for path in served.iterdir()} == names
