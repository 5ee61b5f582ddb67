"""The command line keeps its promises: formats, sentences instead of tracebacks, exit codes."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import shapely
from PIL import Image

from geo.__main__ import main, run_program

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def run(tiny_folder, capsys):
    """Run a command on the tiny ledger: exit code, standard output, standard error."""

    def command(*arguments, data=tiny_folder):
        try:
            code = main([*map(str, arguments), "--data", str(data)])
        except SystemExit as left:
            code = left.code
        return code, *capsys.readouterr()

    return command


def python_m_geo(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "geo", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=60,
        **options,
    )


def test_validate_counts_the_published_ledger(dataset):
    done = python_m_geo("validate")
    assert (done.returncode, done.stderr) == (0, b"")
    said = done.stdout.decode()
    assert f"{len(dataset.settlements)} settlements" in said
    assert "1045 claims, 50 area claims" in said
    assert dataset.version in said
    assert said.endswith("No faults found.\n")


def test_every_fault_is_listed_one_a_line(run, tiny_folder):
    claims = tiny_folder / "claims.csv"
    text = claims.read_text(encoding="utf-8")
    text = text.replace(",captured,russia,", ",captured,rusia,").replace("2025-12-23", "2025-13-23")
    claims.write_text(text, encoding="utf-8")
    (tiny_folder / "settlements.csv").unlink()
    code, out, err = run("validate")
    assert (code, out) == (1, "")
    assert "claims.csv:2: controller: 'rusia'" in err
    assert "claims.csv:4: stated_on: '2025-13-23'" in err
    assert "settlements.csv: is missing" in err
    assert "Traceback" not in err
    assert all(line.split(":")[0].endswith((".csv", ".geojson")) for line in err.splitlines())


def test_bad_data_stops_every_command(run, tmp_path):
    nowhere = tmp_path / "nowhere"
    for command in (
        ("validate",),
        ("standing", "--date", "2025-12-11"),
        ("snapshot", "--date", "2025-12-11", "--out", tmp_path / "day.png"),
        ("export", "--out", tmp_path / "all.csv"),
    ):
        code, out, err = run(*command, data=nowhere)
        assert (code, out) == (1, "")
        assert "claims.csv: is missing" in err
    assert not list(tmp_path.glob("*.*"))


def test_a_ledger_without_statements_is_bad_data(run, tiny_folder):
    claims = tiny_folder / "claims.csv"
    claims.write_text(claims.read_text(encoding="utf-8").split("\n")[0] + "\n", encoding="utf-8")
    code, out, err = run("standing", "--date", "2025-12-11")
    assert (code, out) == (1, "")
    assert err.startswith("claims.csv: ")


def test_standing_json_holds_the_promised_format_literally(run):
    code, out, err = run("standing", "--date", "2025-12-11", "--format", "json")
    assert (code, err) == (0, "")
    said = {"stated_on": "2025-12-11", "effective_on": "2025-12-11", "age_days": 0}
    assert json.loads(out) == [
        {
            "settlement_id": "siversk",
            "name": "Siversk",
            "admin1": "Donetsk",
            "lat": 48.8649,
            "lon": 38.0968,
            "status": "disputed",
            "ukraine": {
                "claim_id": "siversk-2025-12-11-ua-staff",
                "claimant_id": "ua-staff",
                "kind": "denies",
                "controller": "ukraine",
                "url": "https://example.org/2",
                **said,
            },
            "russia": {
                "claim_id": "siversk-2025-12-11-ru-mod",
                "claimant_id": "ru-mod",
                "kind": "captured",
                "controller": "russia",
                "url": "https://example.org/1",
                **said,
            },
            "third": None,
        },
        {
            "settlement_id": "sudzha",
            "name": "Sudzha",
            "admin1": "Kursk",
            "lat": 51.1978,
            "lon": 35.2722,
            "status": "silent",
            "ukraine": None,
            "russia": None,
            "third": None,
        },
    ]


def siversk(run, *options):
    code, out, _ = run("standing", "--place", "siversk", "--format", "json", *options)
    assert code == 0
    (record,) = json.loads(out)
    sides = (record["ukraine"], record["russia"])
    return record["status"], *(said["controller"] if said else None for said in sides)


def test_standing_follows_day_clock_and_view(run):
    assert siversk(run, "--date", "2025-12-10") == ("silent", None, None)
    assert siversk(run, "--date", "2025-12-11") == ("disputed", "ukraine", "russia")
    assert siversk(run, "--date", "2025-12-22") == ("disputed", "ukraine", "russia")
    # Said on the 23rd, of the 22nd.
    for later in (("--clock", "now"), ("--known-by", "2025-12-23")):
        assert siversk(run, "--date", "2025-12-22", *later) == ("agreed", "russia", "russia")
    assert siversk(run, "--date", "2025-12-23") == ("agreed", "russia", "russia")
    before = ("--date", "2025-12-23", "--known-by", "2025-12-01")
    assert siversk(run, *before) == ("silent", None, None)
    for view in ("russia", "ru-mod"):
        assert siversk(run, "--date", "2025-12-23", "--view", view) == ("one-sided", None, "russia")


def test_standing_table_is_aligned_text(run):
    code, out, err = run("standing", "--date", "2025-12-11")
    assert (code, err) == (0, "")
    heading, *rows = out.splitlines()
    assert heading == "as known on 11 December 2025, all sides"
    assert [re.split(" {2,}", row) for row in rows] == [
        ["place", "status", "ukraine", "russia", "third"],
        [
            *("Siversk", "disputed", "ukraine (ua-staff denies 2025-12-11)"),
            *("russia (ru-mod captured 2025-12-11)", "no statement found"),
        ],
        ["Sudzha", "silent", *["no statement found"] * 3],
    ]
    assert (
        len({row.index(cell) for row, cell in zip(rows, ("status", "disp", "silent"), strict=True)})
        == 1
    )


def test_standing_csv_can_be_cut_to_one_place(run):
    code, out, _ = run("standing", "--date", "2025-12-11", "--format", "csv", "--place", "siversk")
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["settlement_id"], row["side"]) for row in rows] == [
        ("siversk", "ukraine"),
        ("siversk", "russia"),
    ]
    _, out, _ = run("standing", "--date", "2025-12-11", "--format", "csv", "--place", "sudzha")
    assert len(out.splitlines()) == 1


def test_days_outside_the_ledger_are_answered(run):
    assert siversk(run, "--date", "1999-12-31") == ("silent", None, None)
    code, out, err = run("standing", "--date", "2030-01-01", "--format", "json")
    assert code == 0
    assert json.loads(out)[0]["status"] == "agreed"
    assert err == "the newest statement found is of 2025-12-23\n"


def test_snapshot_draws_a_picture(run, tmp_path):
    path = tmp_path / "day.png"
    day = ("--date", "2025-12-11")
    code, out, err = run("snapshot", *day, "--place", "siversk", "--size", "800x600", "--out", path)
    assert (code, out, err) == (0, f"{path}\n{path}.txt\n{path}.json\n", "")
    with Image.open(path) as picture:
        picture.load()
        assert (picture.format, picture.size) == ("PNG", (800, 600))
        assert "place=siversk" in picture.text["Source"]


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_a_manifest_makes_the_same_file_again(run, tmp_path, ending):
    first, again = tmp_path / f"day.{ending}", tmp_path / f"again.{ending}"
    day = ("--date", "2025-12-11", "--place", "siversk", "--radius", "20", "--lang", "ru")
    assert run("snapshot", *day, "--layout", "card", "--theme", "dark", "--out", first)[0] == 0
    assert run("snapshot", "--from-manifest", f"{first}.json", "--out", again)[0] == 0
    assert again.read_bytes() == first.read_bytes()
    assert "Северск: кто что заявляет" in Path(f"{first}.txt").read_text(encoding="utf-8")


def test_a_manifest_is_only_for_its_own_ledger_and_format(run, tmp_path, tiny_folder):
    path = tmp_path / "day.png"
    assert run("snapshot", "--date", "2025-12-11", "--out", path)[0] == 0
    again = ("snapshot", "--from-manifest", f"{path}.json", "--out")
    assert "is of a .png file, not .svg" in run(*again, tmp_path / "b.svg")[2]
    assert "only --out and --data" in run(*again, tmp_path / "b.png", "--lang", "uk")[2]
    claims = tiny_folder / "claims.csv"
    claims.write_text(claims.read_text(encoding="utf-8").replace("It left.", "Left."), "utf-8")
    code, _, err = run(*again, tmp_path / "b.png")
    assert code == 2
    assert "the picture would not be the same" in err
    assert "Traceback" not in err


def test_a_box_changes_the_picture(run, tmp_path):
    pictures = []
    for name, box in (("a.png", "37,48,39,49"), ("b.png", "34,50,36,52")):
        path = tmp_path / name
        assert run("snapshot", "--date", "2025-12-11", "--bbox", box, "--out", path)[0] == 0
        pictures.append(path.read_bytes())
    assert pictures[0] != pictures[1]


def test_a_picture_carries_no_address_that_would_show_something_else(run, tmp_path):
    path = tmp_path / "day.png"
    until = ("--known-by", "2025-12-20")
    assert run("snapshot", "--date", "2025-12-11", *until, "--out", path)[0] == 0
    with Image.open(path) as picture:
        assert not picture.text.get("Source")


def test_animate_makes_a_film_and_nothing_else(run, tmp_path):
    path = tmp_path / "film.gif"
    days = ("--from", "2025-12-10", "--to", "2025-12-12")
    assert run("animate", *days, "--size", "600x600", "--out", path) == (0, f"{path}\n", "")
    with Image.open(path) as film:
        assert (film.n_frames, film.size) == (3, (600, 600))
    assert [made.name for made in tmp_path.iterdir() if made.is_file()] == ["film.gif"]


def test_snapshot_makes_a_page(run, tmp_path):
    path = tmp_path / "day.html"
    code, out, _ = run("snapshot", "--date", "2025-12-11", "--clock", "now", "--out", path)
    assert (code, out) == (0, f"{path}\n")
    page = path.read_text(encoding="utf-8")
    assert "<title>Frontline Claims, 11 December 2025</title>" in page
    assert '"clock":"now"' in page.replace(" ", "")


def test_export_of_a_day_and_of_the_whole_ledger(run, tmp_path):
    day, ledger, places = (tmp_path / name for name in ("day.csv", "all.csv", "day.geojson"))
    assert run("export", "--out", ledger)[0] == 0
    assert run("export", "--date", "2025-12-11", "--view", "russia", "--out", day)[0] == 0
    assert run("export", "--date", "2025-12-22", "--clock", "now", "--out", places)[0] == 0
    assert len(ledger.read_text(encoding="utf-8").splitlines()) == 1 + 3 + 1
    rows = list(csv.DictReader(io.StringIO(day.read_text(encoding="utf-8"))))
    assert [(row["claim_id"], row["view"]) for row in rows] == [
        ("siversk-2025-12-11-ru-mod", "russia"),
        ("luhansk-oblast-2025-07-01-ru-mod", "russia"),
    ]
    collection = json.loads(places.read_text(encoding="utf-8"))
    assert (collection["as_of"], collection["known_by"]) == ("2025-12-22", "2025-12-23")
    assert collection["features"][0]["properties"]["status"] == "agreed"


DAY = ("--date", "2025-12-11")
FILM = ("--from", "2025-12-11", "--to", "2025-12-12")
BAD_USE = [
    ((), "COMMAND"),
    (("nonsense",), "nonsense"),
    (("standing",), "--date"),
    (("standing", "--date", "11.12.2025"), "'11.12.2025' is not a day; expected YYYY-MM-DD"),
    (("standing", "--date", "20251211"), "expected YYYY-MM-DD"),
    (("standing", "--date", "2025-W50-4"), "expected YYYY-MM-DD"),  # a day by its week
    (("standing", "--date", "2025-02-30"), "'2025-02-30' is not a day"),
    (("standing", *DAY, "--known-by", "soon"), "'soon' is not a day"),
    (("standing", *DAY, "--clock", "later"), "choose from"),
    (("standing", *DAY, "--clock", "now", "--known-by", "2025-12-12"), "not allowed with"),
    (("standing", *DAY, "--format", "xml"), "choose from"),
    (
        ("standing", *DAY, "--view", "nato"),
        "unknown view 'nato'; allowed: all, ukraine, russia, th",
    ),
    (("standing", *DAY, "--place", "Северск"), "'Северск'; did you mean siversk?"),
    (("standing", *DAY, "--place", "reykjavik"), "unknown place 'reykjavik'\n"),
    (("snapshot", *DAY), "--out"),
    (("snapshot", *DAY, "--out", "day.gif"), "'day.gif' must end in .png, .svg, .pdf, .html"),
    (("snapshot", *DAY, "--out", "day"), "must end in .png, .svg, .pdf, .html"),
    (("snapshot", *DAY, "--out", "a.png", "--bbox", "1,2,3"), "'1,2,3' is not W,S,E,N"),
    (("snapshot", *DAY, "--out", "a.png", "--bbox", "38,48,37,49"), "not a box W,S,E,N inside"),
    (("snapshot", *DAY, "--out", "a.png", "--bbox", "nan,48,39,49"), "not a box W,S,E,N inside"),
    (("snapshot", *DAY, "--out", "a.png", "--size", "big"), "'big' is not a size such as"),
    (("snapshot", *DAY, "--out", "a.png", "--size", "9x9"), "9x9 is not made; each side 600"),
    (("snapshot", *DAY, "--out", "a.png", "--size", f"{'9' * 5000}x9"), "size"),
    (("snapshot", *DAY, "--out", "a.png", "--place", "siversck"), "did you mean siversk?"),
    (("snapshot", *DAY, "--out", "a.html", "--size", "800x600"), "are for .png"),
    (("snapshot", "--out", "a.png"), "needs a --date"),
    (("snapshot", *DAY, "--out", "a.png", "--radius", "20"), "--radius is about a --place"),
    (("snapshot", *DAY, "--out", "a.png", "--radius", "nan"), "not a radius of 1 to 1000 km"),
    (("snapshot", *DAY, "--out", "a.png", "--layout", "card"), "card needs --place"),
    (("snapshot", *DAY, "--out", "a.png", "--date2", "2025-12-23"), "for the layout pair"),
    (("snapshot", *DAY, "--out", "a.png", "--lang", "fr"), "choose from"),
    (
        ("snapshot", *DAY, "--out", "a.png", "--layout", "voices", "--view2", "nato"),
        "unknown view 'nato'",
    ),
    (("snapshot", "--from-manifest", "none.json", "--out", "a.png"), "cannot be read"),
    (
        ("snapshot", *DAY, "--out", "a.html", "--known-by", "2025-12-20"),
        "--clock then or --clock n",
    ),
    (("snapshot", "--date", "2030-01-01", "--out", "a.html"), "2025-07-01 to 2025-12-23"),
    (("animate", "--from", "2025-12-11", "--out", "a.gif"), "--to"),
    (("animate", *FILM, "--out", "a.avi"), "must end in .mp4, .gif"),
    (("animate", "--from", "2025-12-23", "--to", "2025-12-11", "--out", "a.gif"), "before it"),
    (("animate", *FILM, "--out", "a.mp4", "--size", "801x600"), "both sides must be even"),
    (("animate", *FILM, "--out", "a.gif", "--step", "year"), "invalid"),
    (("animate", *FILM, "--out", "a.gif", "--known-by", "2025-12-23"), "--clock then or"),
    (("changes", "--until", "0001-01-01"), "0001-01-01 is not before 0001-01-01"),
    (("changes", "--corrections", "--within", "30"), "--corrections lists all there are"),
    (("changes", "--corrections", "--clock", "now"), "--corrections lists all there are"),
    (("changes", "--base", "javascript:alert(1)"), "is no address such as https://example.org/"),
    (("cite", *DAY, "--base", "example.org"), "'example.org' is no address such as https://"),
    (("animate", *FILM, "--out", "nowhere/a.mp4"), "nowhere/a.mp4 cannot be written: there is no"),
    (("site", "out", "--cluster", "host"), "'host' is no address of a Dask scheduler such as tcp:"),
    (("areas", "import", "x", "--series", "reach"), "'reach' is the name of areas of ours"),
    (
        ("areas", "stats", "--series", "x", "--from", "2025-12-02", "--to", "2025-12-01"),
        "is before",
    ),
    (("areas", "diff", "--series", "x", *DAY, "--date2", "2025-12-10"), "is before --date"),
    (("desk", "verify", "--by", "Anna"), "--by is for --adopt"),
    (("desk", "publish", "--by", "Anna", "--lang", "en"), "--lang: these are for --site"),
    (("cite", "--claim", ""), "unknown statement ''"),
    (("export", "--out", "all.xml"), "'all.xml' must end in .csv, .geojson"),
    (("export", "--out", "all.csv", "--view", "russia"), "need a --date"),
    (("export", "--out", "all.csv", "--within", "30"), "need a --date"),
    (("cite", "--claim", "x", "--within", "30"), "need a --date"),
    (("export", *DAY, "--out", "all.csv", "--place", "siversk"), "--place"),
]


@pytest.mark.parametrize(("arguments", "sentence"), BAD_USE, ids=range(len(BAD_USE)))
def test_bad_use_is_named_and_writes_nothing(run, tmp_path, monkeypatch, arguments, sentence):
    monkeypatch.chdir(tmp_path)
    before = list(tmp_path.iterdir())
    if arguments:
        code, out, err = run(*arguments)
    else:
        done = python_m_geo()
        code, out, err = done.returncode, done.stdout.decode(), done.stderr.decode()
    assert (code, out) == (2, "")
    assert sentence in err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == before


@pytest.mark.parametrize("ending", ["png", "html"])
def test_a_path_that_cannot_be_written_is_named(run, tmp_path, ending):
    missing = tmp_path / "nowhere" / f"day.{ending}"
    code, out, err = run("snapshot", *DAY, "--out", missing)
    assert (code, out, err) == (2, "", f"{missing} cannot be written: No such file or directory\n")
    folder = tmp_path / f"folder.{ending}"
    folder.mkdir()
    code, out, err = run("snapshot", *DAY, "--out", folder)
    assert (code, out, err) == (2, "", f"{folder} cannot be written: Is a directory\n")
    assert not list(tmp_path.glob(".*"))
    assert not list(folder.iterdir())


def test_a_reader_that_had_enough_is_no_error(tiny_folder):
    read, write = os.pipe()
    os.close(read)
    arguments = ("standing", *DAY, "--format", "json", "--data", tiny_folder)
    done = subprocess.run(
        [sys.executable, "-m", "geo", *map(str, arguments)],
        cwd=ROOT,
        stdout=write,
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_command_that_is_stopped_ends_as_a_shell_tells_of_it(monkeypatch):
    def stopped():
        raise KeyboardInterrupt

    monkeypatch.setattr("geo.__main__.main", stopped)
    with pytest.raises(SystemExit) as ended:
        run_program()
    assert ended.value.code == 130


def test_output_is_utf8_wherever_it_runs(tiny_folder):
    arguments = ("standing", *DAY, "--format", "csv", "--data", tiny_folder)
    done = python_m_geo(*arguments, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert "Сіверськ" in done.stdout.decode("utf-8")
    assert b"\r" not in done.stdout


def test_the_published_ledger_answers_for_the_worked_example(dataset, capsys):
    days = {
        "2025-12-01": ("one-sided", None, "contested"),
        "2025-12-11": ("disputed", "ukraine", "russia"),
        "2025-12-22": ("disputed", "ukraine", "russia"),
        "2025-12-23": ("agreed", "russia", "russia"),
    }
    for day, expected in days.items():
        assert main(["standing", "--date", day, "--place", "siversk", "--format", "json"]) == 0
        (record,) = json.loads(capsys.readouterr().out)
        sides = (record["ukraine"], record["russia"])
        positions = (said["controller"] if said else None for said in sides)
        assert (record["status"], *positions) == expected
    after = dataset.last_day + timedelta(days=1)
    assert main(["standing", "--date", after.isoformat()]) == 0
    assert str(dataset.last_day) in capsys.readouterr().err


def test_areas_from_import_to_difference(run, tiny_folder, tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    for day, west in (("20251101", 38.2), ("20251210", 38.0)):
        shape = shapely.box(west, 48.8, 38.6, 48.95)
        frame = gpd.GeoDataFrame({"who": ["R"]}, geometry=[shape], crs="EPSG:4326")
        frame.to_file(folder / f"{day}.geojson", driver="GeoJSON")
    code, out, err = run("areas", "import", str(folder), "--series", "test")
    assert (code, out) == (1, "")
    assert err.splitlines()[0].startswith("20251101.geojson: does not say who controls its areas")
    by = ("--controller-column", "who", "--map", "R=russia")
    code, out, _ = run("areas", "import", str(folder), "--series", "test", *by)
    assert (code, out.split("\n")) == (0, [
        "     files  2",
        "days found  2",
        " days kept  2",
        "test: 2 days, 2025-11-01 to 2025-12-10, then russia 734 km²; written",
        "",
    ])  # fmt: skip
    assert run("areas", "import", str(folder), "--series", "test", *by)[1].endswith("nothing new\n")
    assert run("areas", "list")[1] == (
        "test: by nobody named, 2 days, 2025-11-01 to 2025-12-10, licence: not noted, "
        f"imported {datetime.now(UTC).date()} from 20251101.geojson, 20251210.geojson\n"
    )
    code, out, _ = run("areas", "stats", "--series", "test", "--format", "csv")
    assert out.splitlines() == [
        "observed_on,controller,km2",
        "2025-11-01,russia,489.45",
        "2025-12-10,russia,734.18",
    ]
    later = ("areas", "stats", "--series", "test", "--from", "2026-01-01")
    assert run(*later)[1] == "no observation in these days\n"
    told = json.loads(run("areas", "stats", "--series", "test", "--format", "json")[1])
    assert [round(row["km2"], 2) for row in told["change"]] == [244.73]
    out = tmp_path / "difference.gpkg"
    code, said, _ = run(
        "areas", "diff", "--series", "test", "--date", "2025-11-05", "--date2", "2025-12-31",
        "--out", str(out),
    )  # fmt: skip
    assert said.splitlines()[:2] == ["russia: gained 244.73 km²", "russia: kept 489.45 km²"]
    read = pyogrio.read_dataframe(out)
    assert read[["change", "settlements"]].to_numpy().tolist() == [
        ["gained", "siversk"],
        ["kept", ""],
    ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("stats", "--series", "x"), "unknown series 'x'; there are: none"),
        (("import", "nowhere", "--series", "X"), "--series: 'X' is not an id"),
        (("import", "nowhere.zip", "--series", "x"), "nowhere.zip: cannot be read: No such file"),
    ],
)
def test_bad_use_of_areas_is_one_sentence(run, arguments, sentence):
    code, _, err = run("areas", *arguments)
    assert code in (1, 2)
    assert sentence in err
    assert "Traceback" not in err


def test_a_picture_cannot_be_embedded(capsys, tmp_path):
    with pytest.raises(SystemExit) as ended:
        main(["snapshot", "--date", "2025-12-11", "--embed", "--out", str(tmp_path / "x.png")])
    assert ended.value.code == 2
    assert capsys.readouterr().err == "--embed is for .html; a picture has nothing to embed\n"
    assert not list(tmp_path.iterdir())
