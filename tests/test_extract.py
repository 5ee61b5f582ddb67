"""Statements are found in texts in three languages, and none where nobody makes one."""

import csv
import io
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from matplotlib import rc_context
from matplotlib.figure import Figure

from geo.__main__ import main
from geo.extract import Extractor, find_candidates
from geo.extract.article import read_article
from geo.extract.lexicon import FOLDER, Phrasebook, cue_book, phrase_of, read_table
from geo.extract.tokens import LONGEST_SENTENCE, sentences, tokenise
from geo.extract.when import day_said
from geo.model import Controller, DataError, Kind, Side

HERE = Path(__file__).parent / "extract"
# A floor that only goes up: what is right of the labelled fixtures, in per cent.
FLOOR = {"place": 97, "side": 94, "controller": 92, "kind": 85, "both": 90}
MOST_FALSE = 2


def rows(name):
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def extractor(dataset):
    return Extractor(dataset)


def surest(extractor, row):
    found = extractor.candidates(f"{row['title']}\n\n{row['text']}", published=date(2025, 12, 12))
    there = [c for c in found if c.settlement_id == row["settlement_id"]]
    return max(there, key=lambda c: c.sure, default=None)


def test_labelled_sentences_are_read_right(extractor):
    told = [(row, surest(extractor, row)) for row in rows("said")]
    found = [(row, c) for row, c in told if c]
    right = {
        "place": found,
        "side": [c for row, c in found if c.side == row["side"]],
        "controller": [c for row, c in found if c.controller == row["controller"]],
        "kind": [c for row, c in found if c.kind == row["kind"]],
        "both": [
            c for row, c in found if (c.side, c.controller) == (row["side"], row["controller"])
        ],
    }
    shares = {name: 100 * len(there) / len(told) for name, there in right.items()}
    below = {name: share for name, share in shares.items() if share < FLOOR[name]}
    assert not below, [
        (row["text"], c and (c.side, c.kind, c.controller))
        for row, c in told
        if not c or (c.side, c.kind, c.controller) != (row["side"], row["kind"], row["controller"])
    ]


def test_texts_without_a_statement_give_none(extractor):
    texts = rows("nothing")
    assert len(texts) == 60
    false = [(row["text"], c) for row in texts for c in extractor.candidates(row["text"])]
    assert len(false) <= MOST_FALSE, false


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Бої тривають у Куп'янську.", "kupiansk"),
        ("Бои идут в Купянске.", "kupiansk"),
        ("Fighting goes on in Kupyansk.", "kupiansk"),
        ("Бои за Красноармейск продолжаются.", "pokrovsk"),
        ("Росіян вибили з Часового Яру.", "chasiv-yar"),
        ("Бои в Часовом Яре.", "chasiv-yar"),
        ("Бій за Велику Новосілку.", "velyka-novosilka"),
        ("Battles for Velikaya Novosyolka.", "velyka-novosilka"),
        ("Fighting in Kupiansk's centre.", "kupiansk"),
    ],
)
def test_names_are_found_in_their_cases_and_spellings(extractor, text, place):
    assert {unit.place for unit in extractor.units(text)} == {place}


@pytest.mark.parametrize(
    "text",
    [
        "Attacks were repelled in the Pokrovsk direction.",
        "На Покровському напрямку відбито атаки.",
        "Fighting goes on in Kharkiv Oblast.",
        "Бои идут в Херсонской области.",
    ],
)
def test_directions_and_oblasts_are_no_places(extractor, text):
    assert not extractor.units(text)


@pytest.mark.parametrize(
    ("text", "area", "side", "controller"),
    [
        (
            "The entire Luhansk region has been liberated, the Russian Defence Ministry said.",
            "luhansk-oblast",
            Side.RUSSIA,
            Controller.RUSSIA,
        ),
        (
            "Шойгу доложил о взятии под контроль всей Херсонской области.",
            "kherson-oblast",
            Side.RUSSIA,
            Controller.RUSSIA,
        ),
        (
            "Київська область повністю звільнена, повідомив Генштаб ЗСУ.",
            "kyiv-oblast",
            Side.UKRAINE,
            Controller.UKRAINE,
        ),
        (
            "Вся Луганская область под контролем армии России, заявил Пасечник.",
            "luhansk-oblast",
            Side.RUSSIA,
            Controller.RUSSIA,
        ),
    ],
)
def test_statements_on_oblasts_are_found(extractor, text, area, side, controller):
    (found,) = extractor.candidates(text)
    assert (found.settlement_id, found.area_id) == (None, area)
    assert (found.side, found.controller) == (side, controller)


def test_where_something_happens_is_no_statement_on_the_oblast(extractor):
    texts = [
        f"{row.get('title', '')}\n\n{row['text']}" for row in (*rows("nothing"), *rows("said"))
    ]
    texts += [
        "Russian forces captured a village in Luhansk region, the ministry said.",
        "Село Донецької області захоплене, повідомив Генштаб.",
        "Росіян вибили з двох сіл на Харківщині, заявив Синєгубов.",
        "Бои идут в Херсонской области, сообщил Сальдо.",
        "The governor of Kursk region said the captured men were well.",
    ]
    found = [one for text in texts for one in extractor.candidates(text) if one.area_id]
    assert not found


@pytest.mark.parametrize(
    "text",
    [
        "Putin said that Vovchansk will be taken by the end of the year.",
        "Russia's Defence Ministry said its forces hope to take Vovchansk soon.",
        "Russia's Defence Ministry did not say whether Vovchansk had been captured.",
        "Путин заявил, что Вовчанск будет взят до конца года.",
        "Путин заявил, что войска намерены взять Вовчанск.",
        "Путин поставил задачу взять Вовчанск, сообщили в Кремле.",
        "Путін наказав захопити Вовчанськ.",
        "Путін заявив, що Вовчанськ буде взято.",
        "Zelensky said Ukraine would never leave Kramatorsk.",
        "Zelensky said that Ukraine had lost control over Vovchansk.",
        "ISW assessed that Russian forces did not capture Huliaipole.",
    ],
)
def test_what_is_to_come_wished_or_left_open_is_no_statement(extractor, text):
    assert extractor.candidates(text, published=date(2026, 7, 3)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Russian planes struck the town and Russian troops captured Siversk, the Russian Defence "
        "Ministry said.",
        "The Russian Defence Ministry said a task force had captured Siversk.",
        "The Russian Defence Ministry said the brigade, awarded the Order of Suvorov, captured "
        "Siversk.",
    ],
)
def test_planes_and_task_forces_are_no_plans_and_tasks(extractor, text):
    found = extractor.candidates(text, published=date(2026, 7, 3))
    assert [(one.settlement_id, one.kind) for one in found] == [("siversk", Kind.CAPTURED)]


def test_silence_is_no_denial(extractor):
    text = "The Russian Defence Ministry said it had taken Siversk. Kyiv did not comment."
    (found,) = extractor.candidates(text)
    assert (found.side, found.controller) == (Side.RUSSIA, Controller.RUSSIA)


def test_what_a_pronoun_says_is_the_speakers_before(extractor):
    text = (
        "On December 9, President Vladimir Putin spoke to the generals. "
        "He said that the Russian army had taken control of Siversk."
    )
    (found,) = extractor.candidates(text, published=date(2025, 12, 12))
    assert (found.claimant_id, found.controller) == ("ru-putin", Controller.RUSSIA)
    assert found.stated_on == date(2025, 12, 9)


def test_the_longest_name_counts(extractor):
    (unit,) = extractor.units("Fighting goes on in Velyka Novosilka.")
    assert unit.place == "velyka-novosilka"


def test_a_contrast_gives_both_sides_words(extractor):
    text = "Russia said it had captured Siversk, but Ukraine denied that the town was lost."
    found = {(c.side, c.controller) for c in extractor.candidates(text)}
    assert found == {(Side.RUSSIA, Controller.RUSSIA), (Side.UKRAINE, Controller.UKRAINE)}


def test_holding_what_the_other_side_says_it_took_denies_it(extractor):
    holds = "Siversk remains under the control of Ukraine's forces, the General Staff said."
    (alone,) = extractor.candidates(holds)
    assert (alone.kind, alone.side) == (Kind.HOLDS, Side.UKRAINE)
    claim = "Russia's Defence Ministry said it had captured Siversk."
    told = {c.side: c for c in extractor.candidates(f"{claim}\n\n{holds}")}
    assert told[Side.RUSSIA].kind == Kind.CAPTURED
    assert told[Side.UKRAINE].kind == Kind.DENIES
    assert told[Side.UKRAINE].why[-1] == "answers"
    elsewhere = extractor.candidates(f"{claim.replace('Siversk', 'Pokrovsk')}\n\n{holds}")
    assert {c.settlement_id: c.kind for c in elsewhere}["siversk"] == Kind.HOLDS


@pytest.mark.parametrize(
    "thanks",
    [
        "Putin thanked the troops.",
        '"The front moves," Putin said,\n\nthanking the commanders.',
        "Putin spoke of gas. He went on. Putin praised the commanders.",
    ],
)
def test_who_thanks_for_the_report_of_a_capture_says_so_too(extractor, thanks):
    report = "Gerasimov reported to Putin that Siversk had been captured."
    first, second = extractor.candidates(f"{report}\n\n{thanks}", published=date(2025, 12, 11))
    assert (first.claimant_id, second.claimant_id) == ("ru-gerasimov", "ru-putin")
    assert (second.kind, second.settlement_id) == (Kind.CAPTURED, "siversk")
    assert (second.why, second.stated_on) == (("thanks",), date(2025, 12, 11))
    assert second.sure < first.sure


@pytest.mark.parametrize(
    "rest", ["Zelensky thanked the troops.", "Putin said that gas was cheap.", "It rained. Thanks."]
)
def test_thanks_of_others_and_words_on_else_say_nothing(extractor, rest):
    report = "Gerasimov reported to Putin that Siversk had been captured."
    (only,) = extractor.candidates(f"{report}\n\n{rest}")
    assert only.claimant_id == "ru-gerasimov"


def test_a_side_is_not_heard_twice_for_what_one_of_it_said(extractor):
    text = "Gerasimov said that Siversk had been captured.\n\nRussia says it captured Siversk."
    (found,) = extractor.candidates(text)
    assert found.claimant_id == "ru-gerasimov"


def test_who_is_told_does_not_speak(extractor):
    (found,) = extractor.candidates("Gerasimov reported to Putin that Siversk had been captured.")
    assert found.claimant_id == "ru-gerasimov"


def test_a_candidate_says_where_it_stands_and_why(extractor):
    text = "Weather first.\n\nRussia's Defence Ministry said it had captured Siversk."
    (found,) = extractor.candidates(text, published=date(2025, 12, 11))
    assert text[found.start : found.end] == found.sentence
    assert found.sentence.startswith("Russia's Defence Ministry")
    assert found.why == ("said here", "captured (capture)")
    assert (found.kind, found.stated_on) == (Kind.CAPTURED, date(2025, 12, 11))
    assert 0 <= found.sure <= 1


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On Thursday Kyiv said so.", date(2025, 12, 11)),
        ("У вівторок це сказали.", date(2025, 12, 9)),
        ("Это сказали вчера.", date(2025, 12, 11)),
        ("On December 2 an official said so.", date(2025, 12, 2)),
        ("2 грудня про це сказали.", date(2025, 12, 2)),
        ("28 декабря это сказали.", date(2024, 12, 28)),
        ("Putin said so last month.", None),
        ("Kyiv said so.", date(2025, 12, 12)),
    ],
)
def test_days_count_from_the_publication(text, day):
    assert day_said(sentences(text)[0], date(2025, 12, 12)) == day


@pytest.mark.parametrize("said", ["On Thursday", "Yesterday"])
def test_a_day_before_all_days_is_none(said):
    """A feed may say that its article is of the first day there is."""
    assert day_said(sentences(f"{said} Kyiv said so.")[0], date.min) is None


def test_sentences_end_where_they_should():
    text = 'Col. Ivanov spoke.\nHe said: "Yes." Then 3.5 km of the U.K. border.'
    assert [text[s.start : s.end] for s in sentences(text)] == [
        "Col. Ivanov spoke.",
        'He said: "Yes."',
        "Then 3.5 km of the U.K. border.",
    ]


@pytest.mark.parametrize(
    "text", ["Putin said Russia captured Siversk and " * 1000, "a. " * 60_000, "x" * 5_000]
)
def test_what_never_ends_is_cut_and_no_word_is_lost(text):
    found = sentences(text)
    assert max(one.end - one.start for one in found) <= LONGEST_SENTENCE
    assert sum(len(one.tokens) for one in found) == max(len(tokenise(text)), len(found))


def test_a_phrase_of_several_words_goes_before_a_shorter_one():
    book = Phrasebook.of([phrase_of("take*", "a"), phrase_of("taken back", "b")])
    hits = book.find(tokenise("was taken back and takes"))
    assert [hit.kind for hit in hits] == ["b", "a"]


def test_the_lexicon_is_in_order():
    kinds = {row["kind"] for row in read_table("kinds")}
    cues = read_table("cues")
    assert {row["kind"] for row in cues} == kinds
    assert {row["language"] for row in cues} == {"en", "uk", "ru"}
    seen = [(row["lemma"], row["language"]) for row in cues]
    assert len(seen) == len(set(seen))
    assert cue_book().find(tokenise("liberated"))[0].kind == "liberate"
    for path in FOLDER.glob("*.csv"):
        assert path.read_text(encoding="utf-8").endswith("\n")


def test_no_text_is_in_both_fixtures_and_examples():
    examples = {row["text"] for row in read_table("examples")}
    assert not examples & {row["text"] for name in ("said", "nothing") for row in rows(name)}


@pytest.fixture
def command(monkeypatch, capsys):
    def run(content, *arguments):
        class Stdin:
            buffer = io.BytesIO(content)

        monkeypatch.setattr(sys, "stdin", Stdin)
        try:
            code = main(["extract", "--text", "-", *arguments])
        except SystemExit as left:
            code = left.code
        return code, *capsys.readouterr()

    return run


def test_the_command_gives_what_was_agreed(command):
    text = "Russia's Defence Ministry said it had captured Siversk."
    code, out, err = command(text.encode(), "--published", "2025-12-11", "--format", "json")
    assert (code, err) == (0, "")
    (found,) = json.loads(out)
    assert list(found) == [
        *("settlement_id", "area_id", "claimant_id", "side", "kind", "controller"),
        *("stated_on", "sentence", "start", "end", "sure"),
    ]
    assert found["settlement_id"] == "siversk"
    assert found["stated_on"] == "2025-12-11"
    assert text[found["start"] : found["end"]] == found["sentence"]


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"", 0, "no statement on control found"),
        (b"\x00\x01\x02" * 500, 0, "no statement on control found"),
        (b"\xff\xfe\x89PNG", 2, "not UTF-8"),
        (b"a" * 10_000_000, 2, "longer than"),
        ("שלום עולם".encode(), 0, "no statement on control found"),
    ],
)
def test_what_is_no_article_is_one_sentence(command, content, code, said):
    left, out, err = command(content)
    assert left == code
    assert said in out + err
    assert (out + err).count("\n") == 1


PAGE = """<!doctype html><html lang="en"><head><title>A town changes hands</title>
<meta property="og:site_name" content="Example News">
<meta property="article:published_time" content="2025-12-11T10:00:00Z"></head>
<body><nav>Menu</nav><article><h1>A town changes hands</h1>
<p>Russia's Defence Ministry said in its daily briefing that its troops had captured Siversk.</p>
<p>There was no word on losses, and the weather was said to have been bad all week.</p>
</article></body></html>"""


def test_a_page_is_read_with_its_title_outlet_and_day(command):
    article = read_article(PAGE.encode())
    assert (article.title, article.outlet) == ("A town changes hands", "Example News")
    assert article.day == date(2025, 12, 11)
    assert "captured Siversk" in article.text
    assert "Menu" not in article.text
    code, out, _ = command(PAGE.encode(), "--format", "json")
    assert code == 0
    found = max(json.loads(out), key=lambda one: one["sure"])
    assert (found["claimant_id"], found["stated_on"]) == ("ru-mod", "2025-12-11")


def printed(title, *lines):
    """Print lines to a PDF, as a browser or an office program does."""
    content = io.BytesIO()
    with rc_context({"pdf.fonttype": 42}):
        sheet = Figure()
        for at, line in enumerate(lines):
            sheet.text(0.05, 0.9 - 0.05 * at, line)
        made = datetime(2025, 12, 11, tzinfo=UTC)
        sheet.savefig(content, format="pdf", metadata={"Title": title, "CreationDate": made})
    return content.getvalue()


def test_a_pdf_is_read_with_its_title_and_day_and_its_lines_joined(command):
    content = printed(
        "A town changes hands",
        "The Defence Ministry of Russia said in its daily briefing",
        "that the troops of the group it calls South of the army of",
        "Russia had captured Siversk.",
        "Міноборони РФ заявило, що взято під контроль місто",
        "Гуляйполе.",
    )
    article = read_article(content)
    assert (article.title, article.day) == ("A town changes hands", date(2025, 12, 11))
    assert "the army of Russia had captured Siversk.\n" in article.text
    assert "місто Гуляйполе." in article.text
    code, out, _ = command(content, "--format", "json")
    assert code == 0
    found = {one["settlement_id"]: one for one in json.loads(out)}
    assert set(found) == {"siversk", "huliaipole"}
    assert found["siversk"]["stated_on"] == "2025-12-11"


@pytest.mark.parametrize(
    "content",
    [
        b"a\x00b",
        b"   ",
        b"\xff\xfe",
        b"%PDF-1.4 broken",
        printed("A", "b").replace(b"/FlateDecode", b"/FlateDecodX"),  # packed in no known way
        b"<!><body><math>html",  # breaks the parser's own assertion
    ],
)
def test_what_cannot_be_read_is_said(content):
    with pytest.raises(DataError):
        read_article(content)


def test_one_text_can_be_read_at_once(dataset):
    assert find_candidates("", dataset) == []
