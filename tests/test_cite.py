"""Citations: hand-worked ones, and their formats read back."""

import re

import bibtexparser
import pytest
from bibtexparser.bparser import BibTexParser
from hypothesis import given
from hypothesis import strategies as st

from geo.__main__ import main
from geo.cite import CITATIONS, Work, apa, bibtex, chicago, cite_claim, cite_view, plain, ris
from geo.timeline import take_snapshot
from tests.conftest import day

ADDRESS = "https://claims.example/?date=2025-12-11&place=siversk"


@pytest.fixture(scope="module")
def view(dataset):
    snapshot = take_snapshot(dataset, as_of=day("2025-12-11"))
    return cite_view(snapshot, place="siversk", address=ADDRESS, accessed=day("2026-07-05"))


@pytest.fixture(scope="module")
def claim(dataset):
    return cite_claim(dataset, "siversk-2025-12-11-ru-putin", accessed=day("2026-07-05"))


def test_a_view_in_words(view, dataset):
    title = "Statements on control of places, Siversk: as known on 11 December 2025, all sides"
    version = dataset.version
    assert apa(view) == (
        f"Frontline Claims. (2025, December 11). {title} [ledger version {version}]. Frontline "
        "Claims: who says what about control of places. "
        f"Retrieved July 5, 2026, from {ADDRESS}"
    )
    assert chicago(view) == (
        f"Frontline Claims. “{title}.” Frontline Claims: who says what about control of places, "
        f"December 11, 2025. ledger version {version}. Accessed July 5, 2026. {ADDRESS}."
    )
    assert plain(view) == (
        f"Frontline Claims, “{title}”, 11 December 2025, Frontline Claims: who says what about "
        f"control of places, ledger version {version}, seen on 5 July 2026. {ADDRESS}"
    )


@pytest.mark.parametrize("name", CITATIONS)
def test_one_statement_names_speaker_day_outlet_and_link(claim, dataset, name):
    row = dataset.claims.loc["siversk-2025-12-11-ru-putin"]
    text = CITATIONS[name](claim)
    for part in (
        "Vladimir Putin, President of Russia",
        row["outlet"],
        row["url"],
        "2025",
        dataset.version,
    ):
        assert part in text
    assert "says Russia has captured it" in text


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("withdrew", "says its side has withdrawn from a part of it"),
        ("denies", "denies the opposing statement, says it is contested"),
    ],
)
def test_what_was_said_of_a_contested_place_is_cited_as_such(dataset, kind, words):
    claims = dataset.claims
    said = claims.index[(claims["kind"] == kind) & (claims["controller"] == "contested")]
    assert f": {words} (" in cite_claim(dataset, said[0], accessed=day("2026-07-05")).title


def entry_of(text):
    parser = BibTexParser(common_strings=False)
    (entry,) = bibtexparser.loads(text, parser).entries
    return entry


def test_bibtex_is_parsed_back(view, claim, dataset):
    entry = entry_of(bibtex(view))
    assert (entry["ENTRYTYPE"], entry["ID"]) == (
        "misc",
        "frontline-2025-12-11-2025-12-11-all-siversk",
    )
    assert (entry["year"], entry["month"], entry["day"]) == ("2025", "12", "11")
    assert (entry["url"], entry["urldate"]) == (ADDRESS, "2026-07-05")
    assert dataset.version in entry["note"]
    assert entry_of(bibtex(claim))["author"] == "{Vladimir Putin, President of Russia}"


TEXTS = st.text(alphabet=st.sampled_from("aЖ \\{}~^&%$#_@,=\"'\r\n"), min_size=1, max_size=30)


def hostile(text):
    return Work(
        text,
        text,
        "key",
        day("2025-12-11"),
        text,
        f"https://x.example/{text}",
        text,
        day("2026-07-05"),
    )


@given(TEXTS)
def test_no_text_breaks_out_of_its_bibtex_field(text):
    written = bibtex(hostile(f"x{text}x"))
    entry = entry_of(written)
    assert set(entry) == {
        *("ENTRYTYPE", "ID", "author", "title", "howpublished"),
        *("year", "month", "day", "note", "url", "urldate"),
    }
    spared = {"\\", "{", "}", "&", "%", "$", "#", "_", "~", "^"}
    bare = re.sub(r"\\text[a-z]+\{\}|\\[&%$#_]", "", entry["howpublished"])
    assert not spared & set(bare)


@given(TEXTS)
def test_ris_lines_are_tags_ended_by_cr_lf(text):
    lines = ris(hostile(f"x{text}x")).split("\r\n")
    assert lines.pop() == ""
    assert [line[:6] for line in lines] == [
        f"{tag}  - " for tag in ("TY", "ID", "AU", "TI", "T2", "PY", "DA", "UR", "Y2", "N1", "ER")
    ]
    assert not [line for line in lines if "\n" in line or "\r" in line]


def test_ris_in_full(view, dataset):
    assert ris(view) == (
        "TY  - ELEC\r\n"
        "ID  - frontline-2025-12-11-2025-12-11-all-siversk\r\n"
        "AU  - Frontline Claims\r\n"
        "TI  - Statements on control of places, Siversk: as known on 11 December 2025, all sides\r\n"
        "T2  - Frontline Claims: who says what about control of places\r\n"
        "PY  - 2025\r\n"
        "DA  - 2025/12/11/\r\n"
        f"UR  - {ADDRESS}\r\n"
        "Y2  - 2026/07/05/\r\n"
        f"N1  - ledger version {dataset.version}\r\n"
        "ER  - \r\n"
    )


def test_the_command_cites_a_view_and_a_statement(capsys):
    base = ["--base", "https://claims.example/", "--accessed", "2026-07-05"]
    assert (
        main(["cite", "--date", "2025-12-11", "--place", "siversk", "--format", "ris", *base]) == 0
    )
    assert "UR  - https://claims.example/?date=2025-12-11&place=siversk" in capsys.readouterr().out
    assert main(["cite", "--claim", "siversk-2025-12-11-ru-putin", *base]) == 0
    assert "Vladimir Putin" in capsys.readouterr().out


def test_an_address_is_cited_whole_and_only_where_it_opens_the_view(monkeypatch, capsys):
    monkeypatch.setenv("FRONTLINE_BASE", "https://site.example/")
    cite = ["cite", "--date", "2025-12-11", "--format", "ris"]
    for options, address in (
        ([], ["UR  - https://site.example/?date=2025-12-11"]),
        (["--base", "https://app.example/"], ["UR  - https://app.example/?date=2025-12-11"]),
        (["--base", "https://app.example/", "--known-by", "2025-12-20"], []),
    ):
        assert main([*cite, *options]) == 0
        said = capsys.readouterr().out.splitlines()
        assert [line.strip() for line in said if line.startswith("UR")] == address


def test_a_log_that_cannot_be_read_is_bad_data(tiny_folder, capsys):
    (tiny_folder / "history.jsonl").write_text("no event\n", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["cite", "--claim", "gone", "--data", str(tiny_folder)])
    said = capsys.readouterr().err
    assert (ended.value.code, said) == (1, "history.jsonl:1: is not an event of a desk's log\n")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--claim", "nothing"], "unknown statement 'nothing'"),
        (["--claim", "siversk-2025-12-11-ru-putin", "--view", "russia"], "need a --date"),
        (["--date", "2025-12-11", "--place", "siver"], "unknown place 'siver'"),
    ],
)
def test_bad_use_is_one_sentence(capsys, options, sentence):
    with pytest.raises(SystemExit) as ended:
        main(["cite", *options])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1
