"""What changed, hindsight and stories: by hand, by rule, and read back by other programs."""

import json
from datetime import timedelta
from xml.etree import ElementTree

import feedparser
import numpy as np
import pandas as pd
import pytest

from geo.__main__ import main
from geo.files.load import load_dataset
from geo.ledger import disagreements, phases
from geo.ledger.browse import Question, find_statements
from geo.ledger.changes import find_changes, find_hindsight
from geo.ledger.digest import digest
from geo.ledger.disagreements import open_disagreements
from geo.ledger.stories import find_stories
from geo.model import CONTROLLERS, SIDES, Clock
from geo.page.digest import DIGESTS, digest_atom, digest_markdown, map_links
from geo.timeline import known_by, take_snapshot
from tests.conftest import day
from tests.page import run


@pytest.fixture(scope="module")
def week(dataset):
    return find_changes(dataset, since=day("2025-12-16"), until=day("2025-12-23"))


def test_the_week_of_siversk(dataset, week):
    moved = week.positions.set_index(["place_id", "side"])
    assert moved.loc[("siversk", "ukraine"), ["before", "after"]].tolist() == ["ukraine", "russia"]
    assert ("siversk", "russia") not in moved.index
    assert set(week.closed["place_id"]) == {"siversk", "myrnohrad"}
    assert set(week.opened["place_id"]) == {"dronivka", "serebrianka-siversk"}
    (closed,) = [line for line in digest(dataset, week)["closed"] if line.place == "siversk"]
    assert closed.text == (
        "Siversk: after 13 days the sides no longer differ on 23 December 2025 "
        "(General Staff of the Armed Forces of Ukraine says its side has withdrawn from it)."
    )


@pytest.mark.parametrize(
    ("since", "until", "place", "what"),
    [
        ("2025-12-09", "2025-12-10", "siversk", "opened"),
        ("2025-08-29", "2025-08-30", "kupiansk", "opened"),
        ("2025-12-22", "2025-12-23", "siversk", "closed"),
    ],
)
def test_the_day_of_a_change(dataset, since, until, place, what):
    found = find_changes(dataset, since=day(since), until=day(until))
    assert place in set(getattr(found, what)["place_id"])
    day_before = find_changes(dataset, since=day(since) - timedelta(1), until=day(since))
    assert place not in set(getattr(day_before, what)["place_id"])


@pytest.mark.parametrize("clock", list(Clock))
def test_changes_lead_from_one_day_to_the_other(dataset, clock):
    generator = np.random.default_rng(7)
    span = (dataset.last_day - dataset.first_day).days
    ever = disagreements(dataset, clock=clock)
    counts = open_disagreements(ever, first=dataset.first_day, last=dataset.last_day)
    for _ in range(12):
        first, second = sorted(generator.choice(span, 2, replace=False).tolist())
        since, until = (dataset.first_day + timedelta(n) for n in (first, second))
        found = find_changes(dataset, since=since, until=until, clock=clock)
        before, after = (
            take_snapshot(dataset, as_of=d, known_by=known_by(dataset, as_of=d, clock=clock))
            for d in (since, until)
        )
        positions = before.positions.copy()
        rows = dataset.places.index.get_indexer(found.positions["place_id"])
        for row, change in zip(rows, found.positions.itertuples(), strict=True):
            positions[row, SIDES.index(change.side)] = CONTROLLERS.index(change.after)
        assert (positions == after.positions).all()
        assert len(found.opened) - len(found.closed) == counts.iloc[second] - counts.iloc[first]


def test_every_new_statement_is_in_one_group(dataset, week):
    found = find_statements(dataset, Question(first=day("2025-12-17"), last=day("2025-12-23")))
    assert week.statements["count"].sum() == len(found)
    assert len(week.statements) <= len(found)


@pytest.mark.parametrize("until", ["2025-12-16", "2025-12-23"])
def test_days_in_the_wrong_order_are_refused(dataset, until):
    with pytest.raises(ValueError, match=f"2025-12-23 is not before {until}"):
        find_changes(dataset, since=day("2025-12-23"), until=day(until))


def test_hindsight_is_what_both_clocks_differ_in(dataset):
    found = find_hindsight(dataset, as_of=day("2025-11-30"))
    pokrovsk = found.set_index("place_id").loc["pokrovsk"]
    assert pokrovsk[["side", "then", "now"]].tolist() == ["russia", "contested", "russia"]
    assert pokrovsk["said_on"].date() == day("2025-12-01")
    assert find_hindsight(dataset, as_of=dataset.last_day).empty
    assert (found["said_on"].dt.date > day("2025-11-30")).all()


def test_the_first_story_is_siversk_in_december(dataset):
    stories = find_stories(dataset)
    assert (stories[0].place, stories[0].day, stories[0].reason) == (
        "siversk", day("2025-12-11"), "settled",
    )  # fmt: skip
    told = {story.reason: story for story in stories}
    assert len({story.place for story in stories}) == len(stories)
    # One disagreement alone is live on the newest day, so there is no other to be the newest.
    assert list(told) == ["settled", "longest", "dormant", "most"]
    open_ones = disagreements(dataset).query("closed_by < 0").set_index("place_id")
    assert told["longest"].place == "kostiantynivka"
    assert told["longest"].number == open_ones["days"]["kostiantynivka"] == 223
    slept = phases(dataset).set_index("place_id").loc[told["dormant"].place]
    last = slept.iloc[-1] if isinstance(slept, pd.DataFrame) else slept
    assert (last["live"], last["since"].date()) == (False, told["dormant"].day)


def test_atom_is_read_by_another_reader(dataset, week):
    feed = digest_atom(dataset, week, map_links(dataset, "https://example.org/"))
    read = feedparser.parse(feed.encode())
    assert not read.bozo
    assert read.version == "atom10"
    assert len(read.entries) == sum(map(len, digest(dataset, week).values()))
    assert len({entry.id for entry in read.entries}) == len(read.entries)
    entry = next(
        entry for entry in read.entries if entry.title.startswith("23 December 2025, Siversk")
    )
    assert entry.updated == "2025-12-23T00:00:00Z"
    links = {link.rel: link.href for link in entry.links}
    assert links["alternate"].startswith("https://example.org/?date=2025-12-23&place=siversk")
    assert links["related"].startswith("https://unn.ua/")
    assert feed == digest_atom(dataset, week, map_links(dataset, "https://example.org/"))


def test_every_line_has_speaker_day_outlet_and_link(dataset, week):
    names = set(dataset.claimants["name"])
    for lines in digest(dataset, week).values():
        for line in lines:
            assert any(name in line.text for name in names)
            assert line.links
            assert all(outlet for outlet, _ in line.links)
            assert all(url.startswith("http") for _, url in line.links)


HOSTILE = "<script>x</script> ]]> [a](javascript:b) \x0b =1+1"


def test_hostile_text_stays_text(tiny_folder):
    path = tiny_folder / "claims.csv"
    text = path.read_text(encoding="utf-8")
    outlet = pd.read_csv(path)["outlet"].iloc[-1]
    path.write_text(text.replace(outlet, HOSTILE.replace("\x0b", "")), encoding="utf-8")
    dataset = load_dataset(tiny_folder)
    changes = find_changes(dataset, since=dataset.first_day, until=dataset.last_day)
    links = map_links(dataset, "")
    root = ElementTree.fromstring(digest_atom(dataset, changes, links))
    assert any("<script>x</script> ]]>" in (node.text or "") for node in root.iter())
    shown = digest_markdown(dataset, changes, links)
    assert "<script" not in shown
    assert "](javascript" not in shown
    assert json.loads(DIGESTS["json"](dataset, changes, links))["ledger_version"] == dataset.version


@pytest.mark.parametrize("format_", list(DIGESTS))
def test_the_command_writes_each_format(capsys, format_):
    asked = ["changes", "--since", "2025-12-16", "--until", "2025-12-23", "--format", format_]
    assert main(asked) == 0
    out = capsys.readouterr().out
    assert "Siversk" in out
    assert "https://unn.ua/" in out


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--since", "2025-12-23", "--until", "2025-12-16"], "is not before"),
        (["--view", "moon"], "unknown view 'moon'"),
        (["--since", "yesterday"], "'yesterday' is not a day"),
    ],
)
def test_bad_use_is_one_sentence(capsys, options, sentence):
    with pytest.raises(SystemExit) as ended:
        main(["changes", *options])
    assert ended.value.code == 2
    assert sentence in capsys.readouterr().err


def test_the_page_shows_the_first_day_of_all():
    app = run("4_Changes", date="2022-02-25")
    assert not app.exception
    assert str(app.date_input[1].value) == "2022-02-24"
    assert not app.info or "Nothing found" not in app.info[0].value


@pytest.mark.parametrize("lang", ["en", "uk", "ru"])
def test_the_page_draws(lang):
    app = run("4_Changes", date="2025-12-23", lang=lang)
    assert not app.exception
    app.date_input[1].set_value("2025-12-23").run()
    assert not app.exception
    assert app.info


def test_a_story_opens_its_view():
    app = run()
    app.button(key="story-settled").click().run()
    assert not app.exception
    assert (app.query_params["place"], app.query_params["date"]) == ("siversk", "2025-12-11")
