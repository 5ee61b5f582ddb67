"""The card in the map says by which rule a place has its colour, as the pages beside it do."""

import re
from html import unescape

import pytest
from playwright.sync_api import expect

from geo.ledger.groups import group_ids
from geo.model import STATUSES, Clock, Lang, View
from geo.page import why_list
from geo.timelayer import standalone_html
from geo.timeline import known_by, take_snapshot
from geo.wording import claimant_names
from tests.browser.app import time_frame
from tests.conftest import day

WHY_CASES = (
    ("siversk", "2025-12-11", "then", "all"),
    ("siversk", "2025-12-22", "now", "all"),
    ("kupiansk", "2025-11-21", "then", "russia"),
    ("bakhmut", "2023-05-21", "then", "all"),
    ("avdiivka", "2024-02-17", "now", "all"),
    ("luhansk-oblast", "2024-01-01", "then", "all"),
)


def test_the_card_gives_the_reasons_that_python_gives(open_page, server, dataset):
    frame = time_frame(open_page(server))
    frame.evaluate("frontline.select('siversk')")
    card = frame.get_by_test_id("place-card")
    card.get_by_text("Why this colour?").click()
    for place, as_of, clock, view in WHY_CASES:
        frame.evaluate(
            """([place, date, clock, view]) => {
                frontline.setClock(clock); frontline.setView(view); frontline.setDate(date);
                frontline.select(place);
            }""",
            [place, as_of, clock, view],
        )
        until = known_by(dataset, as_of=day(as_of), clock=Clock(clock))
        snapshot = take_snapshot(dataset, as_of=day(as_of), known_by=until, view=view)
        expected = re.findall(r"<li>(.*?)</li>", why_list(snapshot, place))
        assert len(expected) >= 2
        shown = card.locator(".fl-reasons li").evaluate_all(
            "(items) => items.map((li) => [li.textContent, Boolean(li.querySelector('strong'))])"
        )
        assert shown == [
            [unescape(line.removeprefix("<b>").removesuffix("</b>")), line.startswith("<b>")]
            for line in expected
        ]


def test_the_card_counts_a_repeated_statement_once(open_page, server, dataset):
    """What one speaker repeats within two days is one group, in the card as in Python."""
    frame = time_frame(open_page(server))
    groups = group_ids(dataset)
    places = dataset.claims["place_id"]
    repeated = groups[groups.duplicated(keep=False)].index.intersection(places.index)
    for place in sorted(set(places[repeated])):
        frame.evaluate("(place) => frontline.select(place)", place)
        expected = groups[places.index[places == place]].nunique()
        counted = frame.get_by_test_id("place-card").get_by_text(f"{expected} statements up to")
        expect(counted).to_be_visible()


def test_the_card_says_who_fell_silent(open_page, server, dataset):
    """As many days as Python counts; with any age allowed nothing is dormant."""
    frame = time_frame(open_page(f"{server}/?date=2025-12-11"))
    snapshot = take_snapshot(dataset, as_of=day("2025-12-11"))
    places = list(dataset.places.index)
    disputed = [p for p in places if STATUSES[snapshot.statuses[places.index(p)]] == "disputed"]
    live = [place for place in disputed if snapshot.live[places.index(place)]]
    assert 0 < len(live) < len(disputed)
    assert [p for p in disputed if frame.evaluate("(p) => frontline.isLive(p)", p)] == live
    stands = snapshot.rows[places.index("enerhodar")][:2]
    stated = list(dataset.claims["stated_on"].iloc[stands])
    side = "Ukraine" if stated[0] < stated[1] else "Russia"
    days = (day("2025-12-11") - min(stated).date()).days
    frame.evaluate("frontline.select('enerhodar')")
    card = frame.get_by_test_id("place-card")
    expect(card).to_contain_text(f"the sides disagree; {side}'s side last spoke {days} days ago")
    legend = frame.get_by_test_id("legend")
    expect(legend).to_contain_text("silent for over 90 days")
    frame.evaluate("frontline.setWithin(365)")
    expect(legend).to_contain_text("silent for over 365 days")
    frame.evaluate("frontline.setWithin(null)")
    expect(card).not_to_contain_text("last spoke")
    expect(legend).not_to_contain_text("thinner rim")
    assert frame.evaluate("frontline.isLive('enerhodar')")


def test_only_disagreements_means_the_live_ones(open_page, server, dataset):
    frame = time_frame(open_page(f"{server}/?date=2025-12-11&only=disputed"))
    frame.wait_for_function("frontline.visible().length > 0 && frontline.visible().length < 60")
    snapshot = take_snapshot(dataset, as_of=day("2025-12-11"))
    live = set(dataset.places.index[snapshot.live])
    assert set(frame.evaluate("frontline.visible()")) <= live
    frame.evaluate("frontline.setWithin(null)")
    assert set(frame.evaluate("frontline.visible()")) - live


@pytest.mark.parametrize("lang", [Lang.UK, Lang.RU])
def test_the_card_names_speakers_in_the_readers_language(dataset, tmp_path, open_page, lang):
    path = tmp_path / "saved.html"
    view = View(as_of=day("2025-12-11"), place="siversk", lang=lang)
    path.write_bytes(standalone_html(dataset, view=view))
    page = open_page(path.as_uri())
    card = page.get_by_test_id("place-card")
    for speaker in ("ua-eastern-command", "ru-putin", "deepstate"):
        expect(card).to_contain_text(claimant_names(dataset, lang)[speaker])
