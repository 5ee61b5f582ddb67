"""`areas import` on the terminal: a table in which every file and day is counted, and what to paste."""

import pytest

from geo.__main__ import main
from tests.shapes import square
from tests.test_archives import write


@pytest.fixture
def imported(tiny_folder, tmp_path, capsys):
    """Import a folder of files made by (name, features) as a command; code, output, errors."""

    def command(files, *options):
        for name, *features in files:
            write(tmp_path / "in" / name, *features)
        arguments = ["areas", "import", tmp_path / "in", "--series", "m", "--data", tiny_folder]
        try:
            code = main([*map(str, arguments), *options])
        except SystemExit as left:
            code = left.code
        return code, *capsys.readouterr()

    return command


def days(count, layer, first=1):
    return [
        (f"202306{number:02}.geojson", ("layer", layer, square(100)))
        for number in range(first, first + count)
    ]


def test_the_table_counts_what_is_kept_and_lost_and_says_what_to_paste(imported):
    files = [
        *days(2, "支配 ロシア"),
        *days(3, "VIEW_RussiaCoTinUkraine_V3", 3),
        ("20230606.geojson",),
    ]
    code, out, err = imported(files)
    assert (code, err) == (0, "")
    told = [" ".join(line.split()) for line in out.splitlines()]
    assert told[-10:] == [
        "files 6",
        "days found 6",
        "days kept 3",
        "2 left out its areas have no name that is known (2023-06-01 to 2023-06-02)",
        "1 left out no area of a side is in it (2023-06-06 to 2023-06-06)",
        "2 areas of 1 unknown names:",
        "2 '支配 ロシア'",
        "Import again, once these are right, with:",
        "--map '支配 ロシア=russia'",
        "m: 3 days, 2023-06-03 to 2023-06-05, then russia 100 km²; written",
    ]
    code, out, _ = imported([], "--map", "支配 ロシア=russia")
    assert code == 0
    assert "days kept  5" in out
    assert "Import again" not in out


def test_strict_prints_every_fault_and_writes_nothing(imported, tiny_folder):
    code, out, err = imported([*days(2, "зона"), *days(1, "Russian control", 3)], "--strict")
    assert (code, out) == (1, "")
    assert [line.split(":")[0] for line in err.splitlines()] == ["20230601.geojson", "20230602.geojson"]  # fmt: skip
    assert not list(tiny_folder.rglob("*.parquet"))


def test_many_notes_go_to_a_file_beside_the_series(imported, tiny_folder):
    code, out, _ = imported(
        [
            (name, feature, ("layer", "VIEW_RussiaCoTinUkraine_V3", square(9, lon=60)))
            for name, feature in days(25, "VIEW_RussiaCoTinUkraine_V3")
        ]
    )
    assert code == 0
    report = tiny_folder / "areas" / "m.report.txt"
    assert out.splitlines()[0] == f"25 notes, file by file: {report}"
    notes = report.read_text(encoding="utf-8").splitlines()
    assert notes[0] == "20230601.geojson: 1 areas outside the theatre left out"
    assert len(notes) == 25


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--map", "x=nobody"), "'nobody' is unknown; allowed: ukraine, russia, contested, claimed-ukraine, claimed-russia, none"),
        (("--date-pattern", "%d.%m"), "'%d.%m' does not tell one day from others"),
        (("--date-pattern", "%d.%d.%Y"), "'%d.%d.%Y' does not tell one day from others"),
        (("--cores", "0"), "'0' is no number of processes; allowed: 1 or more"),
        (("--cluster", "tcp://127.0.0.1:9"), "no Dask scheduler answers at 'tcp://127.0.0.1:9'"),
    ],
)  # fmt: skip
def test_bad_options_are_one_sentence(imported, monkeypatch, options, sentence):
    monkeypatch.setattr("geo.parallel.PATIENCE", 1)
    monkeypatch.setattr("geo.areas.importing.SMALL", 0)
    code, _, err = imported(days(2, "Russian control"), *options)
    assert code == 2
    assert sentence in err
