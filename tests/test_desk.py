"""The desk keeps what people propose and decide: rules, log, files, and the command line."""

import json
import os
import shutil
import subprocess
from xml.etree import ElementTree

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from geo.__main__ import main
from geo.cite import report_address
from geo.desk import DeskError, open_ledger
from geo.desk.acts import amendment, decide, propose
from geo.desk.desk import heard_now, open_desk
from geo.desk.doubles import doubles
from geo.desk.drafting import outlet_of
from geo.desk.events import Event, What, chain_faults, next_event
from geo.desk.heard import hear
from geo.desk.history import HISTORY, history_text, read_history
from geo.desk.proposals import Action, Change, Log, fold
from geo.desk.publication import publish
from geo.desk.rows import revise
from geo.desk.store import close_stores, latest, store_url
from geo.files.write import STAGED
from geo.model import DataError, Side
from geo.page import side_record
from geo.page.feed import ATOM
from geo.timeline import take_snapshot
from tests.conftest import FILES
from tests.some import draft

HEADER = "claim_id,settlement_id,stated_on,effective_on,claimant_id,kind,controller,summary,outlet,title,url\n"
HELD = "siversk-2026-01-02-ru-mod,siversk,2026-01-02,,ru-mod,holds,russia,It said it holds it.,TASS,Held,https://example.org/9\n"


@pytest.fixture
def desk(tiny_folder, capsys, tmp_path, store, monkeypatch):
    """Run a command of the desk on the tiny ledger: exit code, standard output and error."""
    if store:
        monkeypatch.setenv("FRONTLINE_DESK", store)

    def command(*arguments):
        try:
            code = main([*map(str, arguments), "--data", str(tiny_folder)])
        except SystemExit as left:
            code = left.code
        return code, *capsys.readouterr()

    def run(*arguments):
        return command("desk", *arguments)

    def propose(rows=HELD, by="Anna", *more, header=HEADER):
        sheet = tmp_path / "new.csv"
        sheet.write_text(header + rows, encoding="utf-8")
        return run("propose", sheet, "--by", by, *more)

    run.folder, run.propose, run.command = tiny_folder, propose, command
    return run


def listed(desk):
    code, out, _ = desk("list", "--format", "json")
    assert code == 0
    return json.loads(out)


def test_two_pairs_of_eyes_bring_a_statement_into_the_ledger(desk):
    code, out, err = desk.propose()
    assert (code, out, err) == (0, "1: siversk-2026-01-02-ru-mod proposed\n", "")
    before = open_ledger(desk.folder)
    code, _, err = desk("accept", 1, "--by", "Anna")
    assert code == 2
    assert "a second person must accept it" in err
    assert desk("accept", 1, "--by", "Boris")[0] == 0
    (record,) = listed(desk)
    assert list(record) == "proposal state action claim_id by at decided_by decided_at".split()
    assert (record["state"], record["by"], record["decided_by"]) == ("accepted", "Anna", "Boris")
    after = open_ledger(desk.folder)
    assert set(after.claims.index) - set(before.claims.index) == {"siversk-2026-01-02-ru-mod"}
    assert after.version != before.version
    code, out, _ = desk.command("standing", "--date", "2026-01-03", "--format", "json")
    assert "siversk-2026-01-02-ru-mod" in out


def test_nobody_accepts_their_own_however_they_write_their_name(desk):
    desk.propose(by="Anna  Ivanova")
    for name in ("Anna Ivanova", " anna IVANOVA", "ANNA ivanova"):
        assert desk("accept", 1, "--by", name)[0] == 2
    assert listed(desk)[0]["state"] == "proposed"


def test_a_desk_of_one_says_so(desk):
    desk.propose()
    assert desk("accept", 1, "--by", "Anna", "--alone")[0] == 0
    assert "one pair of eyes" in desk("list")[1]
    desk.propose(HELD.replace("01-02", "01-03"))
    desk("accept", 2, "--by", "Boris")
    desk.propose(HELD.replace("01-02", "01-04"))
    code, _, err = desk("accept", 3, "--by", "Anna", "--alone")
    assert code == 2
    assert "Boris can accept it" in err


def test_a_second_decision_is_refused_with_who_and_when(desk):
    desk.propose()
    assert desk("reject", 1, "--by", "Boris", "--reason", "Not said there.")[0] == 0
    at = listed(desk)[0]["decided_at"]
    for action in (("accept", 1), ("reject", 1, "--reason", "x"), ("retract", 1, "--reason", "x")):
        code, _, err = desk(*action, "--by", "Clara")
        assert code == 2
        assert err == f"proposal 1 was rejected by Boris on {at}\n"
    assert "decided_reason: Not said there." in desk("show", 1)[1]
    assert desk("accept", 7, "--by", "Clara")[::2] == (2, "there is no proposal 7\n")


def test_an_edit_takes_an_acceptance_back(desk):
    desk.propose()
    desk("accept", 1, "--by", "Boris")
    assert (
        desk("amend", 1, "--set", "outlet=RIA", "--reason", "It was RIA", "--by", "Boris")[0] == 0
    )
    assert listed(desk)[0]["state"] == "proposed"
    assert "siversk-2026-01-02-ru-mod" not in open_ledger(desk.folder).claims.index
    assert desk("accept", 1, "--by", "Boris")[0] == 2  # he wrote it last
    assert desk("accept", 1, "--by", "Anna")[0] == 0
    assert open_ledger(desk.folder).claims["outlet"]["siversk-2026-01-02-ru-mod"] == "RIA"


def test_only_its_writer_takes_a_proposal_back(desk):
    desk.propose()
    assert desk("retract", 1, "--by", "Boris", "--reason", "x")[0] == 2
    assert desk("retract", 1, "--by", "Anna", "--reason", "Misread")[0] == 0
    assert listed(desk)[0]["state"] == "retracted"


def test_every_fault_is_named_and_nothing_is_stored(desk):
    rows = HELD.replace("holds,russia", "holds,rusia") + HELD.replace(
        "siversk,2026-01-02", "nowhere,2026-13-02"
    )
    code, out, err = desk.propose(rows)
    assert (code, out) == (1, "")
    assert "new.csv:2: controller: 'rusia' is unknown; allowed: ukraine, russia, contested" in err
    assert "new.csv:3: stated_on: '2026-13-02' is not a day; expected YYYY-MM-DD" in err
    assert "new.csv:3: settlement_id: 'nowhere' is unknown" in err
    assert "new.csv:3: claim_id: 'siversk-2026-01-02-ru-mod' stands in an earlier row too" in err
    assert listed(desk) == []


def test_a_published_id_is_not_proposed_again(desk):
    code, _, err = desk.propose(
        HELD.replace("siversk-2026-01-02-ru-mod", "siversk-2025-12-11-ru-mod", 1)
    )
    assert code == 1
    assert "stands in an earlier row too" in err


@pytest.mark.parametrize("cell", ["=1+1", "a\u202eb", "a\x07b"])
def test_hostile_cells_are_faults(desk, cell):
    assert desk.propose(HELD.replace("It said it holds it.", cell))[0] == 1


@pytest.mark.parametrize("name", ["", " ", "=cmd", "a\nb", "x" * 81, "a\u202eb"])
def test_a_name_is_plain_text(desk, name):
    assert desk.propose(by=name)[0] == 2
    assert listed(desk) == []


def test_of_two_with_one_id_the_second_no_longer_fits(desk):
    desk.propose()
    desk.propose(HELD.replace("It said it holds", "It told that it holds"), by="Clara")
    assert desk("accept", 1, "--by", "Boris")[0] == 0
    code, _, err = desk("accept", 2, "--by", "Boris")
    assert code == 1
    assert "proposal 2: claim_id: 'siversk-2026-01-02-ru-mod' stands in an earlier row too" in err


def test_what_waits_already_is_not_proposed_again(desk):
    """A button was pressed twice, or a sheet was sent again."""
    desk.propose()
    code, out, err = desk.propose(by="Clara")
    assert (code, out) == (1, "")
    assert "claim_id: 'siversk-2026-01-02-ru-mod' waits already, as proposal 1" in err
    assert len(listed(desk)) == 1
    desk("reject", 1, "--by", "Boris", "--reason", "Not said there.")
    assert desk.propose(by="Clara")[0] == 0


def git(folder, *arguments):
    command = ["git", "-c", "user.name=x", "-c", "user.email=x@y", "-C", folder, *arguments]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def test_publishing_adds_one_line_at_its_place(desk):
    git(desk.folder, "init", "-q")
    git(desk.folder, "add", ".")
    git(desk.folder, "commit", "-qm", "before")
    desk.propose()
    desk("accept", 1, "--by", "Boris")
    accepted = open_ledger(desk.folder)
    assert desk("publish", "--by", "Boris")[0] == 0
    assert git(desk.folder, "diff", "--numstat") == "1\t0\tclaims.csv\n"
    published = open_ledger(desk.folder)
    assert published.version == accepted.version
    assert published.claims.equals(accepted.claims)
    ids = [line.split(",")[0] for line in (desk.folder / "claims.csv").read_text().splitlines()[1:]]
    assert ids == sorted(ids)
    assert desk("verify")[0] == 0
    assert desk("publish", "--by", "Boris")[1].startswith("0 proposals")
    lines = (desk.folder / "history.jsonl").read_text().splitlines()
    assert [json.loads(line)["what"] for line in lines] == ["propose", "accept", "publish"]


def test_corrections_and_retractions_are_published_with_their_reason(desk):
    one, other = "siversk-2025-12-11-ru-mod", "siversk-2025-12-23-ua-staff"
    desk(
        "amend",
        one,
        "--set",
        "outlet=RIA",
        "--set",
        "title=Took it",
        "--reason",
        "It was RIA",
        "--by",
        "Anna",
    )
    desk("retract", other, "--reason", "Never said", "--by", "Anna")
    assert [record["action"] for record in listed(desk)] == ["retract", "amend"]
    desk("accept", 1, 2, "--by", "Boris")
    day = listed(desk)[0]["decided_at"][:10]
    assert other not in open_ledger(desk.folder).claims.index
    before = main_says(desk.folder)
    assert len(before.findall(f"{{{ATOM}}}entry")) == 3  # accepted is enough
    assert "Never said" in ElementTree.tostring(before, encoding="unicode")
    desk("publish", "--by", "Boris")
    assert (desk.folder / "corrections.csv").read_text() == (
        "day,claim_id,column,old,new,reason\n"
        f"{day},{one},outlet,TASS,RIA,It was RIA\n"
        f"{day},{one},title,Taken,Took it,It was RIA\n"
        f"{day},{other},claim_id,{other},,Never said\n"
    )
    assert other not in (desk.folder / "claims.csv").read_text()
    assert desk("verify")[0] == 0
    assert ElementTree.tostring(main_says(desk.folder)) == ElementTree.tostring(before)


def main_says(folder):
    """Give the feed of corrections as the command writes it."""
    out = folder.parent / "corrections.xml"
    main(["changes", "--corrections", "--format", "atom", "--data", str(folder), "--out", str(out)])
    return ElementTree.parse(out).getroot()


def test_a_cell_that_was_changed_back_and_forth_ends_as_it_was_changed_last(desk):
    key = "siversk-2025-12-11-ru-mod"
    was = open_ledger(desk.folder).claims.loc[key, "outlet"]
    for number, outlet in enumerate(["RIA", was, "RIA"], start=1):
        assert desk("amend", key, "--set", f"outlet={outlet}", "--reason", "R", "--by", "A")[0] == 0
        assert desk("accept", number, "--by", "B")[0] == 0
    assert open_ledger(desk.folder).claims.loc[key, "outlet"] == "RIA"
    assert desk("publish", "--by", "A")[0] == 0
    assert desk("verify")[0] == 0


def test_an_amendment_needs_a_row_a_column_and_a_change(desk):
    known = "siversk-2025-12-11-ru-mod"
    for target, cell, told in (
        ("nothing", "outlet=x", "the ledger has no row 'nothing'"),
        (known, "colour=x", "has no column 'colour'"),
        (known, "claim_id=x", "never changes"),
        (known, "outlet=TASS", "has these values already"),
    ):
        code, _, err = desk("amend", target, "--set", cell, "--reason", "x", "--by", "Anna")
        assert code == 2
        assert told in err
    assert desk("amend", known, "--set", "kind=denies", "--reason", "x", "--by", "Anna")[0] == 0
    code, _, err = desk(
        "amend",
        known,
        "--set",
        "controller=ukraine",
        "--set",
        "kind=recaptured",
        "--reason",
        "x",
        "--by",
        "Anna",
    )
    assert code == 1
    assert "claims.csv siversk-2025-12-11-ru-mod: controller: 'ukraine' contradicts kind" in err


def test_an_outlet_follows_from_an_address_that_the_ledger_knows(tiny_folder):
    heard = hear(tiny_folder, [])
    addresses = (
        "https://example.org/77",
        "https://other.example/",
        "http://[ex",
        "javascript:x",
        "",
    )
    assert [outlet_of(heard, address) for address in addresses] == ["TASS", "", "", "", ""]


def test_what_an_amendment_changes_is_no_double_of_it(tiny_folder):
    desk = open_desk(tiny_folder)
    heard = heard_now(desk, latest(desk.store))
    key = "siversk-2025-12-11-ru-mod"
    propose(desk, [amendment(heard, key, {"outlet": "RIA"}, reason="It was RIA")], by="Anna")
    proposals = latest(desk.store).proposals
    found, _ = doubles(heard, proposals[1].row, proposals.values(), own=1)
    assert key not in {one.claim_id for one in found}
    found, _ = doubles(heard, proposals[1].row, [])
    assert (found[0].claim_id, found[0].why) == (key, "day")
    close_stores()


def test_a_place_in_use_is_not_retracted(desk):
    code, _, err = desk("retract", "siversk", "--reason", "x", "--by", "Anna")
    assert code == 1
    assert "claims.csv:2: settlement_id: 'siversk' is unknown" in err


def test_new_places_and_claimants_come_with_the_statement(desk, tmp_path):
    places = tmp_path / "places.csv"
    places.write_text(
        "id,name,name_uk,name_ru,admin1,country,lat,lon,population,aliases,coord_source\n"
        "lyman,Lyman,Лиман,Лиман,Donetsk,UA,48.9864,37.8111,,,GeoNames\n"
        "izium,Izium,Ізюм,Изюм,Kharkiv,UA,49.2122,37.2567,,,GeoNames\n", encoding="utf-8"
    )  # fmt: skip
    who = tmp_path / "who.csv"
    who.write_text(
        "id,name,side,kind,below\nru-head,The Head,russia,government,ua-brigade\n", encoding="utf-8"
    )
    rows = "".join(
        f"lyman-2026-01-0{day}-ru-head,lyman,2026-01-0{day},,ru-head,holds,russia,Said it.,TASS,,https://example.org/{day}\n"
        for day in (1, 2)
    )
    code, _, err = desk.propose(rows)
    assert (code, err.count("is unknown")) == (1, 4)
    asked = (rows, "Anna", "--settlements", places, "--claimants", who)
    known = who.read_text(encoding="utf-8")
    who.write_text(known.replace("ua-brigade", "ua-brigad"), encoding="utf-8")
    code, _, err = desk.propose(*asked)
    assert (code, "below: 'ua-brigad' is unknown; allowed are the ids in claimants.csv" in err) == (
        1, True,
    )  # fmt: skip
    who.write_text(known, encoding="utf-8")
    code, _, err = desk.propose(*asked)
    assert (code, err) == (0, "left out, for no statement names it: izium\n")
    assert desk("accept", 2, 1, "--by", "Boris")[0] == 0
    ledger = open_ledger(desk.folder)
    assert list(ledger.claimants.index) == ["ua-staff", "ua-brigade", "ru-head", "ru-mod", "isw"]
    desk("publish", "--by", "Boris")
    assert open_ledger(desk.folder).version == ledger.version
    assert desk("verify")[0] == 0


def test_what_another_rests_on_is_not_changed_away(desk, tmp_path):
    places = tmp_path / "places.csv"
    places.write_text(
        "id,name,name_uk,name_ru,admin1,country,lat,lon,population,aliases,coord_source\n"
        "lyman,Lyman,Лиман,Лиман,Donetsk,UA,48.98,37.8,,,GeoNames\n",
        encoding="utf-8",
    )
    first, second = (HELD.replace("siversk", "lyman").replace("01-02", f"01-0{d}") for d in (2, 3))
    desk.propose(first, "Anna", "--settlements", places)
    desk("accept", 1, "--by", "Boris")
    desk.propose(second)
    desk("accept", 2, "--by", "Boris")
    change = ("amend", 1, "--set", "title=Other", "--reason", "so it is", "--by", "Anna")
    code, _, err = desk(*change)
    assert code == 2
    assert "another that is accepted rests on proposal 1: without it, claims.csv" in err
    assert len(open_ledger(desk.folder).claims) == 6
    gone = ("retract", "lyman-2026-01-03-ru-mod", "--reason", "never said", "--by", "Anna")
    assert desk(*gone)[0] == 0
    desk("accept", 3, "--by", "Boris")
    code, _, err = desk("amend", 2, "--set", "title=Other", "--reason", "so it is", "--by", "Anna")
    assert (code, "proposal 3 would retract lyman-2026-01-03-ru-mod" in err) == (2, True)
    assert desk("publish", "--by", "Boris")[0] == 0
    assert (desk("verify")[0], desk.command("validate")[0]) == (0, 0)


def test_an_id_that_a_statement_on_an_oblast_has_is_refused(desk):
    code, _, err = desk.propose(HELD.replace("siversk-2026-01-02", "luhansk-oblast-2025-07-01"))
    assert code == 1
    assert "'luhansk-oblast-2025-07-01-ru-mod' stands in area_claims.csv too" in err
    desk.propose()
    asked = ("--set", "claim_id=luhansk-oblast-2025-07-01-ru-mod", "--reason", "so", "--by", "Anna")
    assert desk("amend", 1, *asked)[0] == 1


@pytest.mark.parametrize("year", ["2036", "2000"])
def test_a_year_that_cannot_be_is_refused(desk, year):
    code, _, err = desk.propose(HELD.replace("2026", year))
    assert code == 1
    assert (
        f"stated_on: '{year}-01-02' is out of bounds; allowed are the days from 2014-01-01" in err
    )


def test_a_folder_that_was_restored_is_adopted_and_published_anew(desk, tmp_path):
    kept = shutil.copytree(desk.folder, tmp_path / "kept")
    desk.propose()
    desk("accept", 1, "--by", "Boris")
    assert desk("publish", "--by", "Boris")[0] == 0
    (desk.folder / "history.jsonl").unlink()
    shutil.copy(kept / "claims.csv", desk.folder / "claims.csv")
    assert desk("verify", "--adopt", "restored a backup", "--by", "Boris")[0] in (0, 1)
    assert desk("publish", "--by", "Boris")[0] == 0
    assert desk("verify") == (0, "5 events, 1 proposals. No faults found.\n", "")


def test_a_cell_without_a_header_is_not_lost(desk):
    header, row = HEADER.replace("\n", ",\n"), HELD.replace("\n", ",A remark\n")
    code, _, err = desk.propose(row, header=header)
    assert (code, err) == (1, "new.csv:2: holds 'A remark' in a column without a header\n")
    assert desk.propose(HELD.replace("\n", ",\n"), header=header)[0] == 0


def test_one_bad_day_in_a_sheet_is_one_fault(desk):
    header = HEADER.removeprefix("claim_id,")
    row = HELD.partition(",")[2]
    days = [f"{number:02}.01.2026" for number in range(13, 23)]
    rows = "".join(row.replace("2026-01-02", day) for day in [*days, "23.01.26"])
    code, _, err = desk.propose(rows, header=header)
    assert (code, err.count("new.csv:")) == (1, 1)
    assert "new.csv:12: stated_on: '23.01.26' is not a day" in err
    code, out, _ = desk.propose(rows.replace("23.01.26", "23.01.2026"), header=header)
    assert (code, out.count("proposed")) == (0, 11)


def test_folders_that_share_a_store_publish_each_for_itself(tiny_folder, tmp_path, monkeypatch):
    monkeypatch.setenv("FRONTLINE_DESK", f"sqlite:///{tmp_path / 'shared.sqlite'}")
    other = shutil.copytree(tiny_folder, tmp_path / "other")
    for number, outlet in enumerate(("RIA", "Interfax"), start=1):
        change = ["--set", f"outlet={outlet}", "--reason", "so it is", "--by", "Anna"]
        key, where = "siversk-2025-12-11-ru-mod", ["--data", str(tiny_folder)]
        assert main(["desk", "amend", key, *change, *where]) == 0
        assert main(["desk", "accept", str(number), "--by", "Boris", *where]) == 0
        assert main(["desk", "publish", "--by", "Boris", *where]) == 0
    assert main(["desk", "publish", "--by", "Boris", "--data", str(other)]) == 0
    assert (other / "claims.csv").read_bytes() == (tiny_folder / "claims.csv").read_bytes()
    for folder in (other, tiny_folder):
        assert main(["desk", "verify", "--data", str(folder)]) == 0
    close_stores()


def test_a_claimant_joins_a_file_that_names_them_in_english_alone(desk, tmp_path):
    path, who = desk.folder / "claimants.csv", tmp_path / "who.csv"
    short = 'id,name,side,kind\nua-staff,"Staff, General",ukraine,military\nru-mod,MoD,russia,military\n'
    path.write_text(short, encoding="utf-8")
    for number, (header, row, expected) in enumerate((
        ("id,name,side,kind", "ru-one,One,russia,military", short + "ru-one,One,russia,military\n"),
        ("id,name,name_uk,side,kind", "ru-two,Two,Два,russia,military", """\
id,name,name_uk,name_ru,side,kind,aliases
ua-staff,"Staff, General",,,ukraine,military,
ru-mod,MoD,,,russia,military,
ru-one,One,,,russia,military,
ru-two,Two,Два,,russia,military,
"""),
    ), start=1):  # fmt: skip
        who.write_text(
            f"{header},below\n{row},{path.read_text().splitlines()[-1].split(',')[0]}\n",
            encoding="utf-8",
        )
        rows = HELD.replace("ru-mod", row.split(",")[0])
        assert desk.propose(rows, "Anna", "--claimants", who)[::2] == (0, "")
        assert desk("accept", number, "--by", "Boris")[0] == 0
        heard = open_ledger(desk.folder)
        assert desk("publish", "--by", "Boris")[0] == 0
        assert path.read_text(encoding="utf-8") == expected
        assert open_ledger(desk.folder).version == heard.version
        assert desk("verify")[::2] == (0, "")


CELL = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029"), max_size=8
)


@given(
    st.lists(
        st.tuples(st.from_regex(r"[a-z0-9]{1,4}", fullmatch=True), CELL),
        unique_by=lambda row: row[0],
    )
)
def test_what_is_added_and_taken_out_again_leaves_the_text_as_it_was(rows):
    text = HEADER + HELD
    added = [
        Change(Action.ADD, "claims.csv", {"claim_id": key, "summary": cell}) for key, cell in rows
    ]
    taken = [Change(Action.RETRACT, "claims.csv", None, change.row) for change in added]
    grown = revise("claims.csv", text, added)
    assert grown.count("\n") == text.count("\n") + len(rows)
    assert revise("claims.csv", grown, added) == grown  # what is there already is left alone
    assert revise("claims.csv", grown, taken[::-1]) == text


def test_a_claimant_put_on_top_of_an_ordered_file_is_found_again():
    text = "id,name,side,kind\nalpha,A,ukraine,military\nbeta,B,russia,military\n"
    zeta = {"id": "zeta", "name": "Z", "side": "third", "kind": "monitor"}
    changes = [
        Change(Action.ADD, "claimants.csv", zeta, below=""),
        Change(Action.AMEND, "claimants.csv", zeta | {"name": "Y"}, zeta),
    ]
    assert revise("claimants.csv", text, changes).splitlines()[1] == "zeta,Y,third,monitor"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("\n", "\n\n", "claims.csv:2: is blank; expected 11 cells"),
        (",Held,", ",", "claims.csv:2: has 10 cells; expected 11 cells"),
        ("It said", '"It\nsaid"', "claims.csv:2: holds a line break in a cell"),
        ("outlet", "channel", "claims.csv:1: missing columns: outlet"),
    ],
)
def test_a_broken_file_is_named_beside_what_is_accepted_too(old, new, told):
    new_row = Change(Action.ADD, "claims.csv", {"claim_id": "x"})
    with pytest.raises(DataError) as fault:
        revise("claims.csv", (HEADER + HELD).replace(old, new, 1), [new_row])
    assert str(fault.value).startswith(told)


def test_a_desk_in_a_folder_without_a_ledger_says_what_is_missing(desk):
    for file in ("claims.csv", "borders.geojson"):
        (desk.folder / file).unlink()
        code, _, err = desk.propose()
        assert (code, err) == (1, f"{file}: is missing in the folder 'tiny'\n")
        (desk.folder / file).write_text(FILES[file], encoding="utf-8")


@given(CELL, st.text(st.characters(exclude_categories=("Cs",))))
def test_the_published_log_is_read_as_it_was_written(tmp_path_factory, name, quote):
    payload = {"evidence": {"quote": quote}}
    event = next_event(
        None, at="2026-01-01T00:00:00Z", by=name, what="propose", proposal=1, payload=payload
    )
    folder = tmp_path_factory.mktemp("log")
    (folder / HISTORY).write_text(history_text([event, event]), encoding="utf-8")
    assert read_history(folder) == (event, event)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql://desk:secret@127.0.0.1:secret/desk", "cannot be read: signs of a password"),
        ("postgresql://desk:secret@127.0.0.1:1/desk", "does not answer: connection failed"),
        ("sqlite:////", "does not answer: unable to open"),
        ("other://secret", "kept in SQLite or PostgreSQL"),
    ],
)
def test_a_store_that_cannot_be_opened_is_one_sentence_without_its_password(
    tiny_folder, address, told
):
    with pytest.raises(DeskError, match=told) as error:
        open_desk(tiny_folder, address)
    assert "secret" not in str(error.value)


def test_an_event_that_cannot_be_read_is_met_again():
    event = next_event(
        None, at="2026-01-01T00:00:00Z", by="Anna", what="accept", proposal=1, payload=[]
    )
    log = Log()
    for _ in range(2):
        with pytest.raises(DeskError, match="event 1 was changed"):
            fold(log, [event])
        assert log.seq == 0


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=6), st.data())
def test_a_chain_shows_every_change(steps, data):
    chain, last = [], None
    for by, text in steps:
        last = next_event(
            last, at="2026-01-01T00:00:00Z", by=by, what="propose", proposal=1, payload={"x": text}
        )
        chain.append(last)
    assert list(chain_faults(chain)) == []
    at = data.draw(st.integers(0, len(chain) - 1))
    column = data.draw(st.sampled_from(["at", "by", "what", "payload", "before", "hash"]))
    changed = vars(chain[at]) | {column: vars(chain[at])[column] + "x"}
    assert list(chain_faults([*chain[:at], Event(**changed), *chain[at + 1 :]]))
    if at < len(chain) - 1:
        assert list(chain_faults([*chain[:at], *chain[at + 1 :]]))


@pytest.fixture
def published(desk):
    """Make a desk that published three proposals and has one waiting."""
    desk.propose(HELD + HELD.replace("01-02", "01-03"))
    desk(
        "amend",
        "siversk-2025-12-11-ru-mod",
        "--set",
        "outlet=RIA",
        "--reason",
        "RIA",
        "--by",
        "Anna",
    )
    desk("accept", 1, 2, 3, "--by", "Boris")
    desk("publish", "--by", "Boris")
    desk.propose(HELD.replace("01-02", "01-04"))
    assert desk("verify")[0] == 0
    return desk


def tamper(desk, statement):
    """Change the store behind the desk's back, as another program would."""
    engine = sa.create_engine(store_url(desk.folder, None))
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
    close_stores()  # as a new process


@pytest.mark.parametrize("seq", [1, 4, 8])
def test_a_changed_event_is_found_and_named(published, seq):
    for column in ("at", "by", "what", "payload", "before", "hash"):
        tamper(published, f"UPDATE events SET {column} = {column} || 'x' WHERE seq = {seq}")
        code, _, err = published("verify")
        assert (code, column, f"event {seq}" in err) == (1, column, True)
        tamper(
            published,
            f"UPDATE events SET {column} = substr({column}, 1, length({column}) - 1) WHERE seq = {seq}",
        )
        assert published("verify")[0] == 0


def test_a_missing_event_is_found(published):
    tamper(published, "DELETE FROM events WHERE seq = 4")
    assert "event 4 is missing" in published("verify")[2]


def test_a_changed_copy_is_found(published):
    tamper(published, "UPDATE copies SET text = 'y', content = substr(content, 2)")
    assert "was changed" in published("verify")[2]


@pytest.mark.parametrize(
    "file",
    [
        "claims.csv",
        "settlements.csv",
        "claimants.csv",
        "area_claims.csv",
        "corrections.csv",
        "history.jsonl",
    ],
)
def test_a_changed_file_is_found_and_its_row_named(published, file):
    path = published.folder / file
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    lines[1] = lines[1].replace("s", "S", 1) if "s" in lines[1] else "x" + lines[1]
    path.write_text("".join(lines), encoding="utf-8")
    code, _, err = published("verify")
    assert code == 1
    assert f"{file}" in err
    path.write_text(text, encoding="utf-8")
    assert published("verify")[0] == 0


def test_changes_by_hand_are_adopted_with_a_reason(published):
    path = published.folder / "claims.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("UNN", "UNIAN"), encoding="utf-8")
    assert published("verify")[0] == 1
    assert published("verify", "--adopt", "Merged by hand", "--by", "Anna")[0] == 0
    assert published("verify")[0] == 0


def test_a_new_clone_goes_on_with_the_published_log(published):
    if os.environ.get("FRONTLINE_DESK"):
        tamper(published, "DELETE FROM events")
        tamper(published, "DELETE FROM copies")
    else:
        (published.folder / "desk.sqlite").unlink()
    assert published.propose(HELD.replace("01-02", "01-09"))[1].startswith("4:")
    assert [record["proposal"] for record in listed(published)] == [4, 3, 2, 1]
    published("accept", 4, "--by", "Boris")
    published("publish", "--by", "Boris")
    assert published("verify")[0] == 0


def test_a_published_log_that_was_changed_is_not_taken_over(tiny_folder):
    desk = open_desk(tiny_folder)
    propose(desk, [draft()], by="Anna")
    decide(desk, 1, What.ACCEPT, by="Boris")
    publish(desk, by="Boris")
    close_stores()
    (tiny_folder / "desk.sqlite").unlink()
    path = tiny_folder / HISTORY
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Boris", "Clara", 1), encoding="utf-8")
    desk = open_desk(tiny_folder)
    with pytest.raises(DeskError, match=r"history.jsonl, is not whole: event 2 was changed"):
        propose(desk, [draft("siversk-1")], by="Anna")
    assert latest(desk.store).seq == 0
    path.write_text(text.replace('"proposals"', '"proposed"'), encoding="utf-8")
    with pytest.raises(ExceptionGroup) as faults:
        open_ledger(tiny_folder)
    (fault,) = faults.value.exceptions
    assert str(fault) == "history.jsonl:3: is not an event of a desk's log"
    close_stores()


def test_a_publication_that_was_interrupted_is_read_and_finished(desk):
    """Stop between the rename that makes the new files count and their way to their places."""
    desk.propose()
    desk("accept", 1, "--by", "Boris")
    expected = open_ledger(desk.folder).version
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("geo.files.write.finish_files", lambda folder: None)
        publish(open_desk(desk.folder), by="Boris")
    assert (desk.folder / STAGED).is_dir()
    assert open_ledger(desk.folder).version == expected
    assert desk("verify")[0] == 0
    assert not (desk.folder / STAGED).exists()
    assert "siversk-2026-01-02-ru-mod" in (desk.folder / "claims.csv").read_text(encoding="utf-8")


def test_a_retracted_statement_is_still_cited_and_says_so(desk):
    gone = "siversk-2025-12-23-ua-staff"
    desk("retract", gone, "--reason", "Never said", "--by", "Anna")
    cite = ("cite", "--claim", gone, "--accessed", "2026-01-01")
    assert "retracted" not in desk.command(*cite)[1]
    desk("accept", 1, "--by", "Boris")
    for _ in ("accepted", "published"):
        code, out, _ = desk.command(*cite)
        assert code == 0
        assert f"statement {gone}, retracted from Frontline Claims on" in out
        assert "Never said" in out
        desk("publish", "--by", "Boris")
    assert desk.command("cite", "--claim", "nothing")[0] == 2


@pytest.mark.parametrize(
    ("base", "address"),
    [
        ("", ""),
        ("javascript:alert(1)", ""),
        (
            "mailto:desk@example.org",
            "mailto:desk@example.org?subject=a-1%20%28v%29&body=%3Fdate%3Dx",
        ),
        (
            "https://example.org/new?l=1",
            "https://example.org/new?l=1&claim_id=a-1&version=v&view=%3Fdate%3Dx",
        ),
        ("https://example.org/{claim_id}?t={view}", "https://example.org/a-1?t=%3Fdate%3Dx"),
    ],
)
def test_an_error_is_reported_where_the_server_says(monkeypatch, base, address):
    monkeypatch.setenv("FRONTLINE_REPORTS", base)
    assert report_address("a-1", version="v", view="?date=x") == address


def test_the_record_links_to_where_errors_are_reported(dataset, monkeypatch):
    snapshot = take_snapshot(dataset, as_of=dataset.last_day)
    assert "Report an error" not in side_record(snapshot, "siversk", Side.RUSSIA)
    monkeypatch.setenv("FRONTLINE_REPORTS", "https://example.org/new")
    record = side_record(snapshot, "siversk", Side.RUSSIA)
    assert record.count("Report an error") == record.count("data-claim=")
    assert f"version={dataset.version}" in record
