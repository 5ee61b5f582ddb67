"""Every kind of fault is found, named by file, row, column and value, and none hides another."""

import os
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from geo.__main__ import main
from geo.commands.options import BAD_DATA
from geo.files.corrections import CORRECTION, CORRECTIONS, corrections_text, read_corrections
from geo.files.load import LARGEST_FILE, load_dataset, read_text
from geo.files.write import write_files
from geo.model import CRS, DataError, PlaceKind


def faults(folder):
    with pytest.raises(ExceptionGroup) as caught:
        load_dataset(folder)
    assert all(isinstance(fault, DataError) for fault in caught.value.exceptions)
    return [str(fault) for fault in caught.value.exceptions]


def edit(folder, file, old, new, count=1):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def test_settlements_and_oblasts_are_places_and_what_is_said_of_them_one_table(tiny_folder):
    dataset = load_dataset(tiny_folder)
    claim = dataset.claims.loc["siversk-2025-12-11-ru-mod"]
    assert (claim.geometry.x, claim.geometry.y) == (38.0968, 48.8649)
    assert dataset.claims.crs == dataset.settlements.crs == CRS
    assert dataset.places["kind"].to_dict() == {
        "siversk": "settlement", "sudzha": "settlement", "luhansk-oblast": "oblast",
    }  # fmt: skip
    assert dataset.oblasts == ("luhansk-oblast",)
    assert list(dataset.claims["place_id"]) == [*["siversk"] * 3, "luhansk-oblast"]
    (whole,) = dataset.claims_on(PlaceKind.OBLAST).geometry
    assert whole.bounds == (38, 48, 40, 50)
    oblast = dataset.places.loc["luhansk-oblast"]
    assert (oblast["lat"], oblast["lon"], oblast["admin1"]) == (49, 39, "Luhansk")
    assert (oblast["name_uk"], oblast["aliases"]) == ("", "")
    edit(tiny_folder, "borders.geojson", "[40,50],[38,50]", "[40,50.33333],[38.11111,50.33333]")
    oblast = load_dataset(tiny_folder).places.loc["luhansk-oblast"]
    # One point inside is 49.166665 N, 39.02777 E; to four digits, as settlements.csv has them.
    assert (oblast["lat"], oblast["lon"]) == (49.1667, 39.0278)
    assert claim.effective_on == claim.stated_on  # a blank effective_on


# file, text to replace, its bad stand-in, what the one fault must say
BAD_CELLS = [
    ("claims.csv", ",russia,It said so", ",rusia,It said so", r":2: controller: 'rusia'.*contested"),
    ("claims.csv", ",captured,", ",taken,", r":2: kind: 'taken' is unknown; allowed: captured"),
    ("claims.csv", "siversk,2025-12-11,,ru", "seversk,2025-12-11,,ru", r":2: settlement_id: 'seversk'"),
    ("claims.csv", ",ru-mod,captured", ",ru-mid,captured", r":2: claimant_id: 'ru-mid' is unknown"),
    ("claims.csv", ",2025-12-11,,ru", ",11.12.2025,,ru", r":2: stated_on: '11.12.2025'.*YYYY-MM-DD"),
    ("claims.csv", ",2025-12-11,,ru", ",2025-02-30,,ru", r":2: stated_on: '2025-02-30' is not a day"),
    ("claims.csv", ",2025-12-11,,ru", ",,,ru", r":2: stated_on: '' is blank"),
    ("claims.csv", ",2025-12-22,", ",2025-12-24,", r":4: effective_on: '2025-12-24' is after stated_on"),
    ("claims.csv", "withdrew,russia", "withdrew,ukraine", r":4: controller: 'ukraine' contradicts.*allowed: contested, russia"),
    ("claims.csv", "denies,ukraine", "denies,russia", r":3: controller: 'russia' contradicts kind 'denies'"),
    ("claims.csv", "captured,russia", "captured,contested", r":2: controller: 'contested' contradicts"),
    ("claims.csv", "https://example.org/1", "javascript:alert(1)", r":2: url: 'javascript:alert\(1\)'.*http"),
    ("claims.csv", "https://example.org/1", "", r":2: url: '' is blank"),
    ("claims.csv", "It said so.", "", r":2: summary: '' is blank"),
    ("claims.csv", "It said so.", "=HYPERLINK(1)", r":2: summary: '=HYPERLINK\(1\)' would run"),
    ("claims.csv", "It said so.", "@SUM(1)", r":2: summary: '@SUM\(1\)' would run"),
    ("claims.csv", "It said so.", "a\x07b", r":2: summary: 'a\\x07b' holds a control"),
    ("claims.csv", "It said so.", "a\u202eb", r":2: summary: .*holds a control"),
    ("claims.csv", "2025-12-23-ua-staff,s", "2025-12-11-ua-staff,s", r":4: claim_id: .*earlier row"),
    ("claims.csv", "siversk-2025-12-11-ru-mod,", "../etc,", r":2: claim_id: '../etc' is not an id"),
    ("settlements.csv", "48.8649,38.0968", "38.0968,48.8649", r":2: lat: '38.0968' is outside; lat and lon swapped"),
    ("settlements.csv", "48.8649", "8.8649", r":2: lat: '8.8649' is outside the theatre; allowed: 43 to 55"),
    ("settlements.csv", "48.8649,38.0968", "38.0968,48.8649", r":2: lon: '48.8649' is outside; lat and lon swapped"),
    ("settlements.csv", "48.8649", "58.8649", r":2: lat: '58.8649' is outside the theatre; allowed: 43 to 55"),
    ("settlements.csv", "38.0968", "98.0968", r":2: lon: '98.0968' is outside the theatre; allowed: 20 to 46"),
    ("settlements.csv", "48.8649", "north", r":2: lat: 'north' is no number"),
    ("settlements.csv", "48.8649", "nan", r":2: lat: 'nan' is no number"),
    ("settlements.csv", "10875", "10.5", r":2: population: '10.5' is not a whole number"),
    ("settlements.csv", "10875", "108\u06635", r":2: population: '108\u06635' is not a whole number"),
    ("settlements.csv", "Kursk,RU", "Kursk,Russia", r":3: country: 'Russia' is not an ISO"),
    ("settlements.csv", "sudzha,", "siversk,", r":3: id: 'siversk' stands in an earlier row"),
    ("claimants.csv", "ua-brigade,", "russia,", r":3: id: 'russia' is the name of a view"),
    ("claims.csv", ",2025-12-11,,ru", ",0001-01-01,,ru", r":2: stated_on: '0001-01-01' is not a day"),
    ("claimants.csv", ",russia,", ",moscow,", r":4: side: 'moscow' is unknown; allowed: ukraine"),
    ("claimants.csv", ",monitor", ",blog", r":5: kind: 'blog' is unknown; allowed: government"),
    ("area_claims.csv", "luhansk-oblast,2025", "atlantis,2025", r":2: area_id: 'atlantis'.*borders.geojson"),
    ("settlements.csv", "sudzha,", "luhansk-oblast,", r":3: id: 'luhansk-oblast' is the id of an area in borders"),
    ("area_claims.csv", "luhansk-oblast-2025-07-01-ru-mod", "siversk-2025-12-23-ua-staff", r":2: claim_id: .*stands in claims.csv too"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "says"), BAD_CELLS, ids=[b[3] for b in BAD_CELLS])
def test_a_bad_cell_is_named(tiny_folder, file, old, new, says):
    edit(tiny_folder, file, old, new)
    found = faults(tiny_folder)
    assert any(re.fullmatch(f"{re.escape(file)}{says}.*", fault) for fault in found), found


def test_a_third_party_cannot_withdraw(tiny_folder):
    edit(tiny_folder, "claims.csv", ",ru-mod,captured,russia", ",isw,withdrew,russia")
    assert faults(tiny_folder) == [
        "claims.csv:2: controller: 'russia' contradicts kind 'withdrew' said by side 'third'; "
        "allowed: none, for it has nothing to withdraw"
    ]


def test_statements_of_nobody_are_named(tiny_folder):
    path = tiny_folder / "claimants.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    found = faults(tiny_folder)
    assert len(found) == 4
    assert all("is unknown; allowed are the ids in claimants.csv" in fault for fault in found)


def test_faults_of_all_files_come_together(tiny_folder):
    edit(tiny_folder, "settlements.csv", "48.8649", "north")
    edit(tiny_folder, "claimants.csv", ",monitor", ",blog")
    edit(tiny_folder, "claims.csv", ",captured,", ",taken,")
    edit(tiny_folder, "claims.csv", "https://example.org/3", "ftp://example.org")
    edit(tiny_folder, "area_claims.csv", "luhansk-oblast,2025", "atlantis,2025")
    (tiny_folder / "borders.geojson").write_text("{}")
    files = [fault.split(":")[0] for fault in faults(tiny_folder)]
    assert sorted(set(files)) == [
        "borders.geojson",
        "claimants.csv",
        "claims.csv",
        "settlements.csv",
    ]  # area ids cannot be judged without borders
    assert files.count("claims.csv") == 2


def test_a_missing_file_is_one_fault_without_echoes(tiny_folder):
    (tiny_folder / "settlements.csv").unlink()
    assert faults(tiny_folder) == ["settlements.csv: is missing in the folder 'tiny'"]


def test_a_missing_folder_is_said_for_each_file(tmp_path):
    assert len(faults(tmp_path / "nowhere")) == 5


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda raw: b"", r"claims\.csv: is empty"),
        (lambda raw: raw.replace(b",", b";"), r"claims\.csv:1: .*semicolons.*save it with commas"),
        (lambda raw: raw.replace(b"outlet", b"channel"), r"claims\.csv:1: missing columns: outlet; extra columns: 'channel'.*"),
        (lambda raw: raw.replace(b"title,url", b"url,title"), r"claims\.csv:1: .*another order.*"),
        (lambda raw: raw.replace(b"It left.", "Вони".encode("cp1251")), r"claims\.csv:4: is not UTF-8 \(byte 0xc2\).*Windows-1251"),
        (lambda raw: raw.replace(b"It left.", b"It\0left."), r"claims\.csv:4: .*NUL.*"),
        (lambda raw: raw.replace(b"UNN,Left,", b"UNN,"), r"claims\.csv:4: has 10 cells; expected 11 cells"),
        (lambda raw: raw.replace(b"UNN,Left,", b"UNN,Left,x,"), r"claims\.csv:4: has 12 cells.*"),
        (lambda raw: raw.replace(b"\nsiversk-2025-12-23", b"\n\nsiversk-2025-12-23"), r"claims\.csv:4: is blank.*"),
        (lambda raw: raw.replace(b"It left.", b'"It\nleft."'), r"claims\.csv:4: summary: .*line break.*"),
        (lambda raw: raw.replace(b"It left.", b'"It left.') + b"x\n", r"claims\.csv:4: has 8 cells; .*closing quote missing\?"),
        (lambda raw: raw.replace(b"It left.", b'"It left.') + b"x\n" * 100_000, r"claims\.csv:4: .*too long; is a closing quote missing\?"),
        (lambda raw: b"a" * 300_000, r"claims\.csv:1: missing columns: claim_id.*"),
        (lambda raw: b"\0" * 1000, r"claims\.csv:1: holds a NUL byte.*"),
    ],
)  # fmt: skip
def test_a_broken_file_gets_one_clear_sentence(tiny_folder, change, says):
    path = tiny_folder / "claims.csv"
    path.write_bytes(change(path.read_bytes()))
    found = faults(tiny_folder)
    assert len(found) == 1
    assert re.fullmatch(says, found[0], re.S), found


def test_a_ledger_without_statements_is_a_fault(tiny_folder):
    path = tiny_folder / "claims.csv"
    path.write_text(path.read_text().splitlines()[0] + "\n")
    assert faults(tiny_folder) == ["claims.csv: holds no statement; at least one is needed"]


def test_rows_are_counted_past_line_breaks(tiny_folder):
    edit(tiny_folder, "claims.csv", "It said so.", '"It\nsaid so."')
    edit(tiny_folder, "claims.csv", "withdrew", "fled")
    rows = [fault.split(":")[1] for fault in faults(tiny_folder)]
    assert rows == ["2", "5"]


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: raw + b"\n\n",
    ],
    ids=["byte order mark", "CRLF", "trailing blank lines"],
)
def test_harmless_habits_of_editors_are_accepted(tiny_folder, change):
    before = load_dataset(tiny_folder).claims
    path = tiny_folder / "claims.csv"
    path.write_bytes(change(path.read_bytes()))
    assert (
        load_dataset(tiny_folder)
        .claims.drop(columns="geometry")
        .equals(before.drop(columns="geometry"))
    )


def test_a_huge_file_is_not_read(tiny_folder):
    with (tiny_folder / "claims.csv").open("ab") as file:
        os.truncate(file.fileno(), 200 * 2**20)  # sparse
    assert LARGEST_FILE < 200 * 2**20
    assert faults(tiny_folder) == ["claims.csv: is 200 MB large; at most 190 MB are read"]


@pytest.mark.parametrize(
    "text",
    ["{", "[]", '{"type":"FeatureCollection","features":[{"properties":{}}]}', "[" * 100_000],
    ids=["cut off", "no features", "no properties", "too deep"],
)
def test_broken_borders_are_one_fault(tiny_folder, text):
    (tiny_folder / "borders.geojson").write_text(text)
    found = faults(tiny_folder)
    assert len(found) == 1
    assert found[0].startswith("borders.geojson: is not a GeoJSON")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"luhansk-oblast"', '["luhansk-oblast"]', r"\"\['luhansk-oblast'\]\": .*plain text"),
        ('"name":"Luhansk"', '"name":null', r"'luhansk-oblast': .*plain text"),
        ('"name":"Luhansk"', '"name":"Lu\u202ehansk"', r"'luhansk-oblast': .*plain text"),
        ('"luhansk-oblast"', '"../luhansk"', r"'../luhansk' is not an id"),
        ('"luhansk-oblast"', '"ukraine"', r"'ukraine' is repeated.*"),
        ('"admin1"', '"town"', r"'luhansk-oblast' .*kind is not country or admin1"),
        ("[38,48]", "[3800000,4800000]", r"'luhansk-oblast' is not a polygon in degrees.*"),
        ("Polygon", "LineString", r"is not a GeoJSON.*"),
    ],
)
def test_a_bad_border_is_named(tiny_folder, old, new, says):
    edit(tiny_folder, "borders.geojson", old, new, count=-1)
    found = faults(tiny_folder)
    assert re.fullmatch(rf"borders\.geojson: {says}", found[0]), found


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("2026-1-1,a,b,c,d,e", "2: day: '2026-1-1' is not a day; expected YYYY-MM-DD"),
        ('2026-01-01,a,b,c,d,"e\nf"\n2026-01-01,a', "4: has 2 cells; expected 6 cells"),
        ('2026-01-01,a,b,c,d,"e' + "x\n" * 100_000, "2: holds a cell that is far too long; "
         "is a closing quote missing?"),
    ],
    ids=["no day", "too few cells", "no end"],
)  # fmt: skip
def test_a_fault_of_the_corrections_is_named_with_its_row(tiny_folder, capsys, rows, says):
    path = tiny_folder / CORRECTIONS
    path.write_text(f"{','.join(CORRECTION)}\n{rows}\n", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["validate", "--data", str(tiny_folder)])
    assert ended.value.code == BAD_DATA
    assert capsys.readouterr().err == f"{CORRECTIONS}:{says}\n"


def test_whoever_reads_while_files_are_published_finds_them(tmp_path):
    files = {f"{number}.csv": b"x\n" for number in range(5)}
    write_files(tmp_path, files)
    found = []

    def read_on():
        while not done.is_set():
            found.extend(read_text(tmp_path, file) for file in files)

    done = Event()
    with ThreadPoolExecutor(1) as readers:
        reading = readers.submit(read_on)
        for _ in range(60):
            write_files(tmp_path, files)
        done.set()
        reading.result(timeout=60)
    assert set(found) == {"x\n"}


def test_corrections_are_read_as_text_in_their_order(tiny_folder):
    assert read_corrections(tiny_folder).empty
    rows = [
        ("2026-01-02", "a", "outlet", "", "NA", "It, was"),
        ("2026-01-01", "b", "x", "1", "2", "y"),
    ]
    text = corrections_text(read_corrections(tiny_folder), rows)
    (tiny_folder / CORRECTIONS).write_text(f"\ufeff{text}\n", encoding="utf-8")
    found = read_corrections(tiny_folder)
    assert list(found.itertuples(index=False, name=None)) == rows


def test_the_version_follows_the_content_alone(tiny_folder):
    before = load_dataset(tiny_folder).version
    path = tiny_folder / "claims.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_dataset(tiny_folder).version == before
    edit(tiny_folder, "claims.csv", "It left.", "It went.")
    assert load_dataset(tiny_folder).version != before
