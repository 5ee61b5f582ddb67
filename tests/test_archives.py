"""Archives as people have them: names in every form, claimed layers apart, no day lost uncounted.

All files are made up here, in the shapes of public archives; none of them is anybody's.
"""

import json
import os
import signal
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.areas import Recipe, import_areas, km2_by_day, load_series
from geo.areas.days import moment_in_name
from geo.areas.importing import NOT_KNOWN
from geo.areas.names import Meaning, hint, meaning_of, plain
from geo.model import CONTROLLERS
from tests.shapes import frame, square

RUSSIA, UKRAINE, CONTESTED = "russia", "ukraine", "contested"


def write(path, *features):
    """Write (name, shape) as features of a GeoJSON file; shapes may be missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    body = [
        {"type": "Feature", "properties": {key: name}, "geometry": shape and shapely.geometry.mapping(shape)}
        for key, name, shape in features
    ]  # fmt: skip
    path.write_text(json.dumps({"type": "FeatureCollection", "features": body}))
    return path


def shown(kept, series_id):
    """What a series shows: km² by controller, for each day."""
    table = km2_by_day(load_series(kept / f"{series_id}.parquet"))
    return {
        (day.date().isoformat(), who): round(km2)
        for day, who, km2 in zip(table["observed_on"], table["controller"], table["km2"], strict=True)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("Окуповано /// Occupied /// geoJSON.status.occupied\n", "russia"),
        ("Звільнено 25.03 /// Liberated 25.03\xa0/// geoJSON.status.dismissed_at {{at:25.03}}", "ukraine"),
        ("Статус невідомий /// Unknown status\xa0/// geoJSON.status.unknown", "contested"),
        ("Окуповано /// Occupied", "russia"),
        ("Звільнено /// Taken back\n", "ukraine"),
        ("Звільнено\xa026.03-31.03 /// Taken back 26.03-31.03", "ukraine"),
        ("Під питанням /// Contested\xa0", "contested"),
        ("Статус невідомий /// Unknown status", "contested"),
        ("Окуповано", "russia"),
        ("Окупований Крим /// Occupied Crimea", "russia"),
        ("ОРДЛО /// CADR and CALR\n", "russia"),
        ("Звіль\ufffd\ufffdено /// Liberated", "ukraine"),
        ("Ок\ufffd\ufffdповано /// Occupied", "russia"),
        ("Окупована Абхазія /// Occupied Abkhazia /// geoJSON.territories.abkhazia", "none"),
        ("Окупована Абхазія.\n///\nOccupied Abkhazia.", None),
        ("Придністров'я /// Transnistria", None),
        ("VIEW_RussiaCoTinUkraine_V3", "russia"),
        ("MDS_AssessedRussianAdvanceInUkraine_view", "contested"),
        ("View_AssessedRussianInfiltrationAreasinUkraine_V4", "contested"),
        ("VIEW_ClaimedRussianTerritoryinUkraine_V2", "claimed-russia"),
        ("VIEW_ClaimedUkrainianCounteroffensives_V2", "claimed-ukraine"),
        ("20220401_RussianClaimedCoTinUkraine", "claimed-russia"),
        ("20220401_RussianAssessedCoTinUkraine", "russia"),
        ("20220401_UkrainianClaimedCounterOffensives", "claimed-ukraine"),
        ("20220414_UkrainianReportedPartisanWarfare", "none"),
        ("Luhansk Axis\xa0 [Z]", "russia"),
        ("Zaporizhia and Kherson Axis [Z]", "russia"),
        ("Pre-War Crimea", "russia"),
        ("Russian N Kharkiv Offensive 2", "russia"),
        ("Russian Vovchansk Advances 2026", "russia"),
        ("Sumy Incursion 2", "russia"),
        ("Ukrainian Kursk Incursion", "ukraine"),
        ("зона контролю", None),
    ],
)  # fmt: skip
def test_each_name_says_what_it_says(name, meaning):
    assert meaning_of(plain(name), {}) == meaning


@given(st.text())
def test_any_name_is_read_and_what_the_user_says_of_it_counts_first(name):
    assert meaning_of(plain(name), {}) in {None, *Meaning}
    for meaning in Meaning:
        assert meaning_of(plain(name), {plain(name): str(meaning)}) is meaning


def test_a_meaning_is_a_layer_and_a_controller():
    assert [(m, m.layer, m.controller) for m in Meaning] == [
        ("ukraine", "assessed", "ukraine"),
        ("russia", "assessed", "russia"),
        ("contested", "assessed", "contested"),
        ("claimed-ukraine", "claimed-ukraine", "ukraine"),
        ("claimed-russia", "claimed-russia", "russia"),
        ("none", "assessed", None),
    ]
    assert {m.controller for m in Meaning} == {None, *CONTROLLERS}


@pytest.mark.parametrize(
    ("stem", "moment"),
    [
        ("1648989208", "2022-04-03T12:33:28"),
        ("20230520", "2023-05-20T00:00:00"),
        ("20220401_RussianClaimedCoTinUkraine", "2022-04-01T00:00:00"),
        ("221210_0349", "2022-12-10T03:49:00"),
        ("map-2025-12-11", "2025-12-11T00:00:00"),
        ("20231340", None),
        ("doc", None),
    ],
)
def test_the_moment_in_a_name(stem, moment):
    found = moment_in_name(stem)
    assert (found and found.isoformat()) == moment


def test_the_history_of_two_years_keeps_every_day_whatever_its_names(tmp_path, kept):
    """Five days in the five forms that the names had, one with a collection among the areas."""
    forms = [
        ("Окуповано", "Звільнено", "Під питанням"),
        ("Окуповано /// Occupied\n", "Звільнено /// Taken back", "Під питанням /// Contested"),
        ("Окуповано /// Occupied", "Звільнено /// Liberated\xa0\n", "Статус невідомий /// Unknown status"),
        ("Окуповано /// Occupied\xa0/// geoJSON.status.occupied", "Звільнено/// Liberated\xa0/// geoJSON.status.dismissed\n", "Статус невідомий /// Unknown status /// geoJSON.status.unknown"),
    ]  # fmt: skip
    start = int(datetime(2022, 5, 12, 9, tzinfo=UTC).timestamp())
    for number, (occupied, freed, unknown) in enumerate(forms):
        collection = shapely.GeometryCollection(
            [square(100), shapely.Point(38, 48), shapely.GeometryCollection([square(20, lat=46)])]
        )
        write(
            tmp_path / "in" / f"{start + number * 86400}.geojson",
            ("name", occupied, collection if number == 1 else square(120)),
            ("name", freed, square(50, lat=49.5)),
            ("name", unknown, square(30, lat=47)),
            ("name", "Придністров'я /// Transnistria", square(9, lon=29.5, lat=46.9)),
            ("name", "a flag", shapely.Point(38, 48)),
        )
    report = import_areas([tmp_path / "in"], kept, series_id="test")
    days = [(date(2022, 5, 12) + timedelta(n)).isoformat() for n in range(4)]
    expected = {RUSSIA: 120, UKRAINE: 50, CONTESTED: 30}
    assert shown(kept, "test") == {(day, who): expected[who] for day in days for who in expected}
    assert (len(report.found), len(report.kept), report.lost) == (4, 4, {})
    assert report.counts == {
        "collections taken apart": 2,
        "features that are no areas left out": 5,
        "areas of no side left out": 4,
    }
    assert report.names == {"Придністров'я /// Transnistria": 4}


def archive(folder):
    """Three days of a mapper with a claimed layer, two of them in names that are not known."""
    known = ("VIEW_RussiaCoTinUkraine_V3", "VIEW_ClaimedUkrainianCounteroffensives_V2")
    japanese = ("ロシア軍支配エリア", "ウクライナ軍反撃エリア")
    for number, (control, claimed) in enumerate([japanese, japanese, known]):
        write(
            folder / f"2023051{number}.geojson",
            ("layer", control, square(100 + number)),
            ("layer", claimed, square(40)),  # over the same ground
        )


def test_what_is_known_goes_in_and_the_rest_is_named_with_what_to_paste(tmp_path, kept):
    archive(tmp_path / "in")
    report = import_areas([tmp_path / "in"], kept, series_id="test")
    assert shown(kept, "test") == {("2023-05-12", RUSSIA): 102}
    assert shown(kept, "test-claimed-ukraine") == {("2023-05-12", UKRAINE): 40}
    assert report.lost == {NOT_KNOWN: [date(2023, 5, 10), date(2023, 5, 11)]}
    assert report.names == {"ロシア軍支配エリア": 2, "ウクライナ軍反撃エリア": 2}
    assert report.suggestion == (
        "--map 'ロシア軍支配エリア=russia' --map 'ウクライナ軍反撃エリア=claimed-ukraine'"
    )
    mapping = {"ロシア軍支配エリア": "russia", "ウクライナ軍反撃エリア": "claimed-ukraine"}
    report = import_areas([tmp_path / "in"], kept, series_id="test", recipe=Recipe(mapping=mapping))
    assert shown(kept, "test") == {(f"2023-05-1{n}", RUSSIA): 100 + n for n in range(3)}
    assert (report.lost, report.suggestion) == ({}, "")


def test_strict_is_all_or_nothing(tmp_path, kept):
    archive(tmp_path / "in")
    with pytest.raises(ExceptionGroup) as caught:
        import_areas([tmp_path / "in"], kept, series_id="test", strict=True)
    assert [fault.file for fault in caught.value.exceptions] == ["20230510.geojson", "20230511.geojson"]  # fmt: skip
    assert not list(kept.glob("*"))


def test_one_layer_alone_is_the_series_itself(tmp_path, kept):
    archive(tmp_path / "in")
    recipe = Recipe(layer="claimed-ukraine")
    report = import_areas([tmp_path / "in"], kept, series_id="test", recipe=recipe)
    assert shown(kept, "test") == {("2023-05-12", UKRAINE): 40}
    assert report.counts["areas of other layers left out"] == 1
    assert [path.stem for path in kept.glob("*")] == ["test"]


def test_a_layer_drawn_empty_says_that_nothing_is_claimed_that_day(tmp_path, kept):
    for day, claimed in (("20230601", square(40)), ("20230602", None)):
        write(
            tmp_path / "in" / f"{day}.geojson",
            ("layer", "VIEW_RussiaCoTinUkraine_V3", square(100)),
            ("layer", "VIEW_ClaimedRussianTerritoryinUkraine_V2", claimed),
        )
    import_areas([tmp_path / "in"], kept, series_id="test")
    claimed = shown(kept, "test-claimed-russia")
    assert claimed == {("2023-06-01", RUSSIA): 40, ("2023-06-02", RUSSIA): 0}
    assert set(shown(kept, "test").values()) == {100}


def test_a_folder_of_folders_a_layer_each(tmp_path, kept):
    for day in ("20220401", "20220402"):
        for layer, size in (("RussianAssessedCoTinUkraine", 100), ("RussianClaimedCoTinUkraine", 130), ("UkrainianReportedPartisanWarfare", 5)):  # fmt: skip
            moment = 1_648_771_200_000  # of the first day in both, as copies have it
            frame(square(size), datetime=[moment]).to_file(
                write(tmp_path / "in" / "April" / layer / f"{day}_{layer}.geojson"),
                driver="GeoJSON",
            )
    (tmp_path / "in" / "README.md").write_text("what this is")
    report = import_areas([tmp_path / "in"], kept, series_id="test")
    assert shown(kept, "test") == {("2022-04-01", RUSSIA): 100, ("2022-04-02", RUSSIA): 100}
    assert set(shown(kept, "test-claimed-russia").values()) == {130}
    assert report.counts["files of other kinds left out"] == 1
    assert report.counts["areas of no side left out"] == 2
    assert report.lost == {}


@pytest.mark.parametrize("packed", [False, True], ids=["loose", "in one archive"])
def test_of_several_versions_of_a_day_the_last_counts(tmp_path, kept, packed):
    start = int(datetime(2025, 1, 10, 3, tzinfo=UTC).timestamp())
    files = [
        write(tmp_path / f"{start + hours * 3600}.geojson", ("name", "Окуповано", square(size)))
        for hours, size in ((0, 100), (9, 90), (4, 300))
    ]
    if packed:
        with zipfile.ZipFile(tmp_path / "history.zip", "w") as archive:
            for path in files:
                archive.write(path, path.name)
        files = [tmp_path / "history.zip"]
    report = import_areas(files, kept, series_id="test")
    assert shown(kept, "test") == {("2025-01-10", RUSSIA): 90}
    assert report.counts == {"earlier versions of a day left out": 2}


def test_the_days_of_a_file_are_those_of_its_rows_not_that_of_its_name(tmp_path, kept):
    """A file of many days is named after the day on which somebody made it."""
    who, days = [RUSSIA, RUSSIA, "nobody"], ["2025-12-01", "2025-12-02", "2025-12-03"]
    shapes = [square(100)] * 3
    frame(*shapes, controller=who, date=days).to_file(tmp_path / "export_20260105.geojson")
    report = import_areas([tmp_path], kept, series_id="test")
    assert report.kept == {date(2025, 12, 1), date(2025, 12, 2)}
    assert report.lost == {"no area of a side is in it": [date(2025, 12, 3)]}


def test_a_bad_file_in_an_archive_costs_all_of_its_days_and_they_are_counted(tmp_path, kept):
    files = [
        write(tmp_path / f"2025010{number}.geojson", ("name", "Окуповано", square(100)))
        for number in (1, 2, 3)
    ]
    files[1].write_text('{"type": "FeatureCollection", "features": [')
    with zipfile.ZipFile(tmp_path / "history.zip", "w") as archive:
        for path in files:
            archive.write(path, path.name)
    good = write(tmp_path / "20250104.geojson", ("name", "Окуповано", square(100)))
    report = import_areas([tmp_path / "history.zip", good], kept, series_id="test")
    assert report.kept == {date(2025, 1, 4)}
    assert list(report.lost.values()) == [[date(2025, 1, number) for number in (1, 2, 3)]]


def test_a_bad_file_costs_its_day_alone_and_is_counted(tmp_path, kept):
    write(tmp_path / "a_20250101.geojson", ("name", "Окуповано", square(100)))
    (tmp_path / "b_20250102.geojson").write_text('{"type": "FeatureCollection", "features": [')
    write(tmp_path / "c_20250103.geojson")
    write(tmp_path / "d_20250103.geojson", ("name", "Окуповано", square(100)))
    write(tmp_path / "undated.geojson", ("name", "Окуповано", square(100)))
    report = import_areas([tmp_path], kept, series_id="test")
    assert (report.files, len(report.found), len(report.kept)) == (5, 3, 2)
    assert list(report.lost.values()) == [[date(2025, 1, 2)]]
    assert next(iter(report.lost)).startswith("cannot be read: ")
    assert "undated.geojson: has no day in its name" in " ".join(report.notes)


@settings(max_examples=40)  # files are written and read
@given(st.lists(st.sampled_from(["good", "empty", "broken", "unknown", "far"]), min_size=1, max_size=6))  # fmt: skip
def test_no_day_is_lost_without_being_counted(tmp_path_factory, kinds):
    folder = tmp_path_factory.mktemp("days")
    for number, kind in enumerate(kinds):
        path = folder / "in" / f"2025010{number + 1}.geojson"
        match kind:
            case "empty":
                write(path)
            case "broken":
                write(path).write_text("{")
            case "unknown":
                write(path, ("layer", "зона А", square(100)))
            case "far":
                write(path, ("name", "Окуповано", square(100, lon=60)))
            case _:
                write(path, ("name", "Окуповано", square(100)))
    if "good" not in kinds:
        with pytest.raises(ExceptionGroup):
            import_areas([folder / "in"], folder / "kept", series_id="test")
        return
    report = import_areas([folder / "in"], folder / "kept", series_id="test")
    lost = [day for days in report.lost.values() for day in days]
    assert len(report.found) == len(kinds) == len(report.kept) + len(lost)
    assert len(report.kept) == kinds.count("good")


def test_a_google_maps_file_is_read_by_its_name_its_lines_counted(tmp_path, kept):
    """Copies named yymmdd_HHMM, the map inside as doc.kml: fronts and positions are no areas."""
    inner = tmp_path / "doc.kml"
    shapes = [square(100), shapely.LineString([(38, 48), (38, 49)]), shapely.Point(38, 48)]
    names = ["Russian-occupied", "Frontline", "[22/12/10] Ru Position"]
    frame(*shapes, Name=names).to_file(inner, driver="KML")
    with zipfile.ZipFile(tmp_path / "221210_0349.kmz", "w") as archived:
        archived.write(inner, "doc.kml")
    inner.unlink()
    report = import_areas([tmp_path], kept, series_id="test")
    assert shown(kept, "test") == {("2022-12-10", RUSSIA): 100}
    assert report.counts == {"features that are no areas left out": 2}


@pytest.mark.parametrize(
    ("name", "guess"),
    [
        ("ロシア軍支配エリア", "russia"),
        ("ロシア軍侵攻エリア", "contested"),
        ("ウクライナ軍反撃エリア", "claimed-ukraine"),
        ("зона А", "WHO"),
    ],
)
def test_a_guess_is_offered_where_the_name_holds_one(name, guess):
    assert hint(name) == guess


def test_a_process_that_dies_costs_its_file_and_the_day_is_counted(tmp_path, kept, monkeypatch):
    for number in range(1, 6):
        write(tmp_path / f"0{number}.01.2025.geojson", ("name", "Окуповано", square(100)))
    (tmp_path / "03.01.2025.geojson").write_text("deadly")
    monkeypatch.setattr("geo.areas.importing.SMALL", 0)
    monkeypatch.setattr("geo.areas.importing.take", take_or_die)
    recipe = Recipe(date_pattern="%d.%m.%Y")
    report = import_areas([tmp_path], kept, series_id="test", recipe=recipe, cores=2)
    assert report.lost == {"the process that read it died, twice": [date(2025, 1, 3)]}
    assert len(report.kept) == 4


def take_or_die(task):
    from geo.areas.taking import take

    if task[0].read_text() == "deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    return take(task)


def test_cores_and_cluster_give_the_same_bytes(tmp_path, kept, cluster, monkeypatch):
    monkeypatch.setattr("geo.areas.importing.SMALL", 0)
    archive(tmp_path / "in")
    made = []
    for how in ({"cores": 1}, {"cores": 2}, {"cluster": cluster}):
        import_areas([tmp_path / "in"], kept / str(how), series_id="test", **how)
        made.append([path.read_bytes() for path in sorted((kept / str(how)).glob("*"))])
    assert made[0] == made[1] == made[2]
    assert len(made[0]) == 2


def test_a_status_a_place_and_day_becomes_the_cells_of_its_places(tmp_path, kept):
    """Two days of three places, by VIINA's published columns; a fourth has no cell."""
    cells = [square(100), square(50, lat=49.5), square(20, lat=47)]
    places = tmp_path / "gn_UA_tess.geojson"
    frame(*cells, geonameid=[1.0, 2.0, 3.0], asciiname=["A", "B", "C"]).to_file(places)
    head = "geonameid,date,status_wiki,status_boost,status_dsm,status_isw,status,vcontrol_version"
    said = {20251201: ("RU", "CONTESTED", "UA", "RU"), 20251202: ("RU", "RU", "", "RU")}
    lines = [
        f"{number},{day},UA,UA,UA,,{status},v1"
        for day, statuses in said.items()
        for number, status in enumerate(statuses, start=1)
    ]
    path = tmp_path / "control_latest_2025.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("control_latest_2025.csv", "\n".join([head, *lines]))
    with pytest.raises(ExceptionGroup) as refused:
        import_areas([path], kept, series_id="test")
    assert "--places" in str(refused.value.exceptions[0])
    report = import_areas([path], kept, series_id="test", recipe=Recipe(places=places))
    assert shown(kept, "test") == {
        ("2025-12-01", CONTESTED): 50,
        ("2025-12-01", RUSSIA): 100,
        ("2025-12-01", UKRAINE): 20,
        ("2025-12-02", CONTESTED): 0,
        ("2025-12-02", RUSSIA): 150,
        ("2025-12-02", UKRAINE): 0,
    }
    path = tmp_path / "later.csv"
    for day in ("", "2025-12-03", "99999999999"):
        path.write_text(f"geonameid,date,status\n1,20251203,RU\n1,{day},RU\n")
        with pytest.raises(ExceptionGroup) as refused:
            import_areas([path], kept, series_id="later", recipe=Recipe(places=places))
        assert str(refused.value.exceptions[0]).startswith("later.csv:3: date: ")
    assert (report.days, report.counts) == (
        2,
        {
            "rows without a known status left out": 1,
            "rows of places that the file of places has not left out": 2,
        },
    )
