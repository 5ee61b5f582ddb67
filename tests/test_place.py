"""One place's story by hand-worked sentences; why it has its colour, for every place and day."""

from datetime import timedelta

import pytest

from geo.ledger.neighbours import NEAR_KM, disputed_neighbours
from geo.ledger.story import tell_story
from geo.ledger.timeline_chart import story_chart
from geo.ledger.why import Reason, explain
from geo.model import NO_CLAIM, Clock, Lang
from geo.page import neighbour_list, why_list
from geo.timeline import known_by, record_of, take_snapshot
from tests.conftest import day
from tests.page import run


def shot(dataset, as_of, clock=Clock.THEN, view="all"):
    until = known_by(dataset, as_of=day(as_of), clock=clock)
    return take_snapshot(dataset, as_of=day(as_of), known_by=until, view=view)


SIVERSK = (
    "On 11 December 2025 Russia's side said it had captured Siversk; "
    "Ukraine's side contradicted it the same day"
)


def test_an_oblast_that_was_chosen_stays_chosen():
    app = run("1_Settlement", date="2025-12-11", place="luhansk-oblast")
    assert not app.exception
    assert "Luhansk Oblast" in [box.value for box in app.subheader]
    assert any("data-claim" in part.proto.body for part in app.get("html"))


def test_the_sentence_tells_only_of_who_is_heard(dataset):
    told = tell_story(shot(dataset, "2025-12-11", view="ukraine"), "siversk")
    assert told.startswith("Ukraine's side: ")
    assert told.endswith(
        "Russia's side: not heard in this view; Third parties: not heard in this view."
    )


@pytest.mark.parametrize(
    ("as_of", "clock", "rest"),
    [
        (
            "2025-12-11",
            Clock.THEN,
            "; no confirmation by anyone else was found up to 11 December 2025.",
        ),
        (
            "2025-12-22",
            Clock.THEN,
            "; 10 days later Institute for the Study of War named Russia as holder.",
        ),
        (
            "2025-12-11",
            Clock.NOW,
            "; 10 days later Institute for the Study of War named Russia as holder; 12 days later "
            "General Staff of the Armed Forces of Ukraine announced a withdrawal.",
        ),
    ],
)
def test_the_story_of_siversk(dataset, as_of, clock, rest):
    assert tell_story(shot(dataset, as_of, clock), "siversk") == SIVERSK + rest


@pytest.mark.parametrize(
    ("place", "as_of", "begin", "part"),
    [
        (
            "kupiansk",
            "2025-11-20",
            "On 20 November 2025 Russia's side said it had captured",
            "contradicted it the same day",
        ),
        ("avdiivka", "2024-02-17", "On 17 February 2024 Russia's side said", "the same day"),
        (
            "bakhmut",
            "2023-05-20",
            "On 20 May 2023 Russia's side said",
            "contradicted it the same day",
        ),
        ("sudzha", "2024-08-15", "On 15 August 2024 Ukraine's side said", "no confirmation"),
        (
            "kherson",
            "2022-11-11",
            "On 11 November 2022 Ukraine's side said",
            "announced a withdrawal",
        ),
    ],
)
def test_other_stories(dataset, place, as_of, begin, part):
    told = tell_story(shot(dataset, as_of), place)
    assert told.startswith(begin)
    assert part in told


def test_before_any_capture_each_side_is_told(dataset):
    told = tell_story(shot(dataset, "2025-09-15"), "siversk")
    assert told.startswith("Ukraine's side: no statement found; Russia's side: Valery Gerasimov")


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        (
            Lang.UK,
            "Сіверськ: 11 грудня 2025 року російська сторона заявила про встановлення контролю; "
            "українська сторона заперечила це того самого дня; через 10 днів про контроль Росії "
            "заявили інші (Інститут вивчення війни (ISW)); через 12 днів оголошено про відхід "
            "(Генеральний штаб Збройних сил України).",
        ),
        (
            Lang.RU,
            "Северск: 11 декабря 2025 года российская сторона заявила об установлении контроля; "
            "украинская сторона возразила в тот же день; через 10 дней о контроле России заявили "
            "другие (Институт изучения войны (ISW)); через 12 дней объявлено об отходе "
            "(Генеральный штаб Вооружённых сил Украины).",
        ),
    ],
)
def test_the_story_in_other_languages(dataset, speaking, lang, sentence):
    speaking(lang)
    assert tell_story(shot(dataset, "2025-12-23"), "siversk") == sentence


def test_every_place_has_a_story_in_every_language(dataset, speaking):
    for lang in Lang:
        speaking(lang)
        for as_of in ("2022-04-01", "2024-02-20"):
            snapshot = shot(dataset, as_of, Clock.NOW)
            for place in dataset.settlements.index[::4]:
                told = tell_story(snapshot, place)
                assert told.endswith(".")
                assert "{" not in told


@pytest.mark.parametrize("clock", list(Clock))
@pytest.mark.parametrize("view", ["all", "russia", "ru-mod"])
def test_every_claim_has_one_reason_and_what_stands_stands(dataset, clock, view):
    places = [*dataset.settlements.index[::3], *dataset.oblasts]
    said = {place: sorted(record_of(dataset, place).index) for place in places}
    for number in range(0, (dataset.last_day - dataset.first_day).days, 321):
        as_of = dataset.first_day + timedelta(number)
        snapshot = shot(dataset, as_of.isoformat(), clock, view)
        for place in places:
            explained = explain(snapshot, place)
            assert sorted(explained.index) == said[place]
            rows = snapshot.rows[dataset.places.index.get_loc(place)]
            stands = explained.index[explained["reason"] == Reason.STANDS]
            assert set(stands) == set(dataset.claims.index[rows[rows != NO_CLAIM]])


def test_reasons_worked_by_hand(dataset):
    reasons = explain(shot(dataset, "2025-12-11"), "siversk")["reason"]
    assert reasons["siversk-2025-12-11-ru-putin"] == Reason.STANDS
    assert reasons["siversk-2025-12-11-ru-medvedev"] == Reason.AUTHORITY
    assert reasons["siversk-2025-12-23-ua-general-staff"] == Reason.LATER
    assert reasons["siversk-2025-12-10-ua-eastern-command"] == Reason.OLDER
    heard = explain(shot(dataset, "2025-12-11", view="ukraine"), "siversk")["reason"]
    assert heard["siversk-2025-12-11-ru-putin"] == Reason.NOT_HEARD
    told = why_list(shot(dataset, "2025-12-11"), "siversk")
    assert "different holders: two tones in a strong rim" in told
    assert "<b>11 December 2025, Vladimir Putin" in told


def test_neighbours_are_near_disputed_and_sorted(dataset):
    snapshot = shot(dataset, "2025-12-11")
    near = disputed_neighbours(snapshot, "siversk")
    assert "siversk" not in near.index
    assert (near["live"].astype(int).diff().dropna() <= 0).all()  # the live come first
    for _, own in near.groupby("live"):
        assert own["km"].is_monotonic_increasing
    assert near["km"].max() <= NEAR_KM
    everywhere = disputed_neighbours(
        take_snapshot(dataset, as_of=snapshot.as_of, within=None), "siversk"
    )
    assert set(everywhere.index) == set(near.index)
    assert everywhere["live"].all()
    assert (snapshot.settlements["status"][near.index] == "disputed").all()
    # Siversk 48.865 N 38.097 E, Yampil 48.923 N 37.953 E: 6.5 km north, 10.5 km west.
    assert near["km"]["yampil"] == pytest.approx(12.4, abs=0.8)
    assert "date=2025-12-11&amp;place=yampil" in neighbour_list(
        snapshot, "siversk", lambda d, p: f"./?date={d}&place={p}"
    )


def test_the_chart_knows_no_more_than_its_clock(dataset):
    chart = story_chart(shot(dataset, "2025-12-11"), "siversk").to_dict()
    rows = [row for data in chart["datasets"].values() for row in data]
    assert max(row["stated_on"] for row in rows if "stated_on" in row) == "2025-12-11"
    links = [row["url"] for row in rows if "url" in row]
    assert links
    assert all(link.startswith("http") for link in links)
    later = story_chart(shot(dataset, "2025-12-11", Clock.NOW), "siversk").to_dict()
    stated = [r["stated_on"] for d in later["datasets"].values() for r in d if "stated_on" in r]
    assert max(stated) >= "2025-12-23"


def test_the_page_of_a_place():
    app = run("1_Settlement", date="2025-12-11", place="siversk")
    assert not app.exception
    assert app.subheader[0].value == "Siversk"
    assert "Russia's side said it had captured Siversk" in app.markdown[0].value
    app.text_input(key="search").set_value("Куп'янськ").run()
    assert not app.exception
    assert app.subheader[0].value == "Kupiansk"


def test_without_a_place_it_asks_for_one():
    app = run("1_Settlement", date="2025-12-11")
    assert app.info[0].value.startswith("Find a place above")
    app.button(key="story-settled").click().run()
    assert app.subheader[0].value == "Siversk"


@pytest.mark.parametrize(
    ("lang", "name", "told"),
    [("uk", "Сіверськ", "російська сторона"), ("ru", "Северск", "российская сторона")],
)
def test_the_page_speaks(lang, name, told):
    app = run("1_Settlement", date="2025-12-11", place="siversk", lang=lang)
    assert not app.exception
    assert app.subheader[0].value == name
    assert told in app.markdown[0].value
