"""What strangers hand in never runs, never loops for ever, never names a path."""

import csv
import io
import json
import zipfile

import pytest
from openpyxl import Workbook
from pypdf import PdfWriter

from geo.desk import DeskError, copytext
from geo.desk.acts import propose
from geo.desk.desk import open_desk
from geo.desk.evidence import LARGEST, evidence_of, find_quote, keep
from geo.desk.sheets import UNPACKED, drafts_of, forms_of_days, read_sheet
from geo.desk.store import close_stores, locked
from geo.desk.tables import copies
from geo.desk.verify import verify
from geo.model import DataError
from tests.some import draft

PAGE = """<html><head><title>Taken</title><script>alert('run')</script></head><body><article>
<p>The ministry said on Friday that its troops had taken Siversk after a long battle there.</p>
<p>&lt;script&gt;alert(2)&lt;/script&gt; is how a page may be quoted in the text of a page.</p>
<p onclick="alert(3)">Another sentence that is long enough to be taken for a part of the text.</p>
</article></body></html>"""


@pytest.fixture
def desk(tiny_folder):
    yield open_desk(tiny_folder)
    close_stores()


def test_a_page_is_kept_whole_and_its_text_read(desk):
    copy = keep(desk, "../../etc/passwd.html", PAGE.encode())
    assert "had taken Siversk" in copy.text
    assert "alert('run')" not in copy.text
    assert copy.article.title == "Taken"
    at = find_quote(copy.text, "its troops had taken Siversk")
    assert copy.text[slice(*at)] == "its troops had taken Siversk"
    assert find_quote(copy.text, "its troops had taken siversk") is None
    assert keep(desk, "again.html", PAGE.encode()) == copy
    evidence = evidence_of(copy=copy, quote="its troops had taken Siversk", archive="")
    assert set(evidence) == {"quote", "copy", "text", "start", "end"}
    assert "passwd" not in json.dumps(evidence)


def test_a_pdf_gives_its_text_and_a_broken_one_none(desk):
    out = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(out)
    assert keep(desk, "page.pdf", out.getvalue()).text == ""
    assert keep(desk, "broken.pdf", b"%PDF-1.7 nonsense").text == ""


def test_a_pdf_whose_pages_go_round_ends(desk):
    looping = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n"
        b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"
    )
    assert keep(desk, "loop.pdf", looping).text == ""


def test_reading_is_ended_when_it_takes_too_long(monkeypatch):
    monkeypatch.setattr(copytext, "SECONDS", 0.01)
    assert copytext.article_of("text/html", PAGE.encode()) == copytext.NOTHING


@pytest.mark.parametrize("name", ["page.exe", "page", "page.svg", ".html"])
def test_other_kinds_of_copies_are_refused(desk, name):
    with pytest.raises(DeskError, match="ends in one of"):
        keep(desk, name, b"x")


def test_copies_have_a_bound(desk):
    with pytest.raises(DeskError, match="larger than 20 MB"):
        keep(desk, "big.txt", b"x" * (LARGEST + 1))
    with pytest.raises(DeskError, match="is empty"):
        keep(desk, "none.txt", b"")


def test_ten_million_characters_are_cut_and_controls_go(desk):
    copy = keep(desk, "long.txt", ("\u202e\x00a\n" * 2_500_000).encode())
    assert len(copy.text) <= copytext.LONGEST
    assert set(copy.text) == {"a", "\n"}


def test_a_changed_text_of_a_copy_is_found(desk):
    copy = keep(desk, "page.txt", b"It has taken it.")
    rests = evidence_of(copy=copy, quote="taken", archive="")
    propose(desk, [draft(evidence=rests)], by="Anna")
    assert verify(desk) == []
    with locked(desk.store) as connection:
        own = copies.c.sha256 == copy.sha256
        connection.execute(copies.update().where(own).values(text="It has lost it."))
    assert verify(desk) == [f"the text of copy {copy.sha256[:12]} was changed"]


def workbook(rows):
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read_and_its_formulas_are_not(desk):
    sheet = read_sheet("new.xlsx", workbook([["place", "summary"], ["siversk", "=1+1"]]))
    assert sheet.rows[0]["place"] == "siversk"
    assert sheet.rows[0]["summary"] == ""  # what was not worked out by anybody is blank


def test_a_workbook_that_unpacks_without_end_is_refused():
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/worksheets/sheet1.xml", "w") as file,
    ):
        for _ in range(UNPACKED // 2**20 + 1):
            file.write(b"\0" * 2**20)
    with pytest.raises(DataError, match="unpacks to more than 100 MB"):
        read_sheet("bomb.xlsx", out.getvalue())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("a.csv", b"a,b\n1\n"),
        ("a.csv", b"\xff\xfe"),
        ("a.csv", b"a\n\0\n"),
        ("a.csv", b"a\n" + b'"' + b"x" * 200_000),
        ("a.csv", b"a,b,a\n1,2,3\n"),
        ("a.xlsx", b"PK\x03\x04 no"),
        ("a.xlsx", workbook([["a", "a"], [1, 2]])),
        ("a.json", b"{"),
        ("a.json", b"[" * 100_000),
        ("a.json", b'{"a": 1}'),
        ("a.exe", b"x"),
    ],
)
def test_broken_sheets_are_named(name, content):
    earlier = csv.field_size_limit(10**9)  # the process's own: some library may have raised it
    try:
        with pytest.raises(DataError) as fault:
            read_sheet(f"../secret/{name}", content)
    finally:
        csv.field_size_limit(earlier)
    assert str(fault.value).startswith(f"{name}:")


def test_two_columns_for_one_field_are_named(desk):
    sheet = read_sheet("new.csv", b"place,town,title\nsiversk,sudzha,x\n")
    mapping = {"place": "settlement_id", "town": "settlement_id"}
    with pytest.raises(ExceptionGroup) as bad:
        drafts_of(sheet, mapping=mapping, places=["siversk"])
    told = "new.csv:1: settlement_id: several columns are mapped to it: 'place', 'town'"
    assert told in map(str, bad.value.exceptions)


@pytest.mark.parametrize(
    ("days", "forms"),
    [
        (["2026-01-02"], ["YYYY-MM-DD"]),
        (["02.01.2026"], ["DD.MM.YYYY"]),
        (["02/01/2026"], ["DD/MM/YYYY", "MM/DD/YYYY"]),
        (["02/01/2026", "13/01/2026"], ["DD/MM/YYYY"]),
        (["02/01/2026", "01/13/2026"], ["MM/DD/YYYY"]),
        (["tomorrow"], []),
    ],
)
def test_forms_of_days_are_told_by_all_of_them(days, forms):
    content = "\n".join(["day", *days, ""]).encode()
    assert forms_of_days(read_sheet("new.csv", content), {"day": "stated_on"}) == forms


def test_a_day_that_two_forms_fit_is_asked_about():
    columns = "place_id,stated_on,claimant_id,kind,controller,summary,outlet,url"
    sheet = read_sheet("new.csv", f"{columns}\nsiversk,02/01/2026,a,b,c,d,e,f\n".encode())
    with pytest.raises(ExceptionGroup) as bad:
        drafts_of(sheet, mapping={}, places=["siversk"])
    assert "DD/MM/YYYY or MM/DD/YYYY; say which" in str(bad.value.exceptions[0])
    (made,) = drafts_of(sheet, mapping={}, places=["siversk"], form="MM/DD/YYYY")
    assert made.change.row["stated_on"] == "2026-02-01"
    assert made.change.row["claim_id"] == "siversk-2026-02-01-a"
