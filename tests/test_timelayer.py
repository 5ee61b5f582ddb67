"""What goes to the browser is whole, small and cannot run."""

import json
import re

import numpy as np
import shapely

from geo.model import View
from geo.timelayer import Command, browser_files, command, standalone_html, time_map
from geo.timelayer.payload import dump, encode_borders, encode_ledger, encode_texts
from tests.conftest import day

ATTACK = "</script><script>alert(1)</script>{{7*7}}{{{%raw%}}{#&\u2028"


def test_the_payload_holds_every_claim_in_order_of_say(dataset):
    payload = json.loads(dump(encode_ledger(dataset)))
    claims, places = payload["claims"], payload["places"]
    days, on = [], 0
    for step in claims["days_on"]:
        on += step
        days.append(on)
    back = dict(claims["effective_back"])
    where = [place for place, count in enumerate(places["claims"]) for _ in range(count)]
    for number, claim in enumerate(dataset.claims.itertuples()):
        assert places["id"][where[number]] == claim.place_id
        assert payload["claimants"]["id"][claims["claimant"][number]] == claim.claimant_id
        assert payload["kinds"][claims["said"][number] // 3] == claim.kind
        assert payload["controllers"][claims["said"][number] % 3] == claim.controller
        assert days[number] == (claim.stated_on.date() - dataset.first_day).days
        assert back.get(number, 0) == (claim.stated_on - claim.effective_on).days
    assert set(payload["odd_ids"].values()) == {
        "mykolaiv-2022-03-04-ua-kim-2",
        "piatykhatky-2023-06-18-ru-rogov-2",
    }
    assert len(days) == 1045 + 50
    assert payload["oblasts"] == 10


def test_texts_come_in_the_same_order(dataset):
    urls = [url for piece in encode_texts(dataset) for url in piece["url"]]
    assert urls == list(dataset.claims["url"])


def test_borders_come_as_rings_within_a_step_of_where_they_are(dataset):
    coded = json.loads(dump(encode_borders(dataset)))
    assert coded["id"] == list(dataset.borders.index)
    assert sum(coded["rings"]) == len(coded["lengths"])
    steps = np.array(coded["points"]).reshape(-1, 2)
    ends = np.cumsum(coded["lengths"])
    rings = [run.cumsum(axis=0) / coded["grid"] for run in np.split(steps, ends[:-1])]
    first = 0
    for shape, count in zip(dataset.borders.geometry, coded["rings"], strict=True):
        own = np.concatenate(rings[first : first + count])
        assert np.abs(own - shapely.get_coordinates(shape)).max() <= 0.5 / coded["grid"] + 1e-9
        first += count


def test_dumped_text_can_stand_in_a_script_of_a_template():
    dumped = dump({"text": ATTACK, "nested": [[{"a": {}}]]}).decode()
    assert json.loads(dumped) == {"text": ATTACK, "nested": [[{"a": {}}]]}
    assert not re.search(r"[<>&\u2028]|\{[{%#]", dumped)


def test_file_names_follow_their_content(dataset):
    names = list(browser_files(dataset))
    assert names == list(browser_files(dataset))
    assert all(re.fullmatch(r"[a-z0-9]+-[0-9a-f]{16}\.(js|css|json)", name) for name in names)


def test_the_map_of_the_app_asks_for_our_files_alone_and_stays_the_same(dataset):
    names = list(browser_files(dataset))
    made = time_map(names, folder="../x/")
    asked = [address for _, address in (*made.default_js, *made.default_css)]
    assert all(address.startswith(("../x/", "data:")) for address in asked)
    assert len(made.get_root().render()) < 20_000  # no ledger in what every rerun sends


def test_a_command_carries_the_view_and_only_moves_when_told(dataset):
    view = View(as_of=day("2025-12-11"), place="siversk", centre=(48.0, 37.0), zoom=9)
    assert command(view, background=None)["centre"] == (48.0, 37.0)
    assert "centre" not in command(view, background=None, move=False)
    assert '"date":"2025-12-11"' in Command(command(view, background=None)).command


def test_the_saved_page_names_no_host(dataset):
    page = standalone_html(dataset, view=View(as_of=day("2025-12-11"))).decode()
    sources = re.findall(r"<(?:script|link|img|iframe)\b[^>]*?(?:src|href)=\"([^\"]{0,40})", page)
    assert sources
    assert all(source.startswith("data:") for source in sources)
    assert "<title>Frontline Claims, 11 December 2025</title>" in page
