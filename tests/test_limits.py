"""Values on the limit and days on the edge: hand-worked answers that one changed sign would miss."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest
from hypothesis import given

from geo.address import clamp_centre, clamp_day, clamp_zoom, look_at, read_address, write_address
from geo.files.load import load_dataset
from geo.ledger import all_statements
from geo.ledger.changes import find_changes, find_hindsight
from geo.ledger.confirmation import FEWEST, capture_cases, days_to, summary, survival
from geo.ledger.groups import GROUP_DAYS, first_of_groups, group_ids
from geo.ledger.stories import find_stories
from geo.model import View
from geo.style import HOME_ZOOM, PLACE_ZOOM, ZOOM_RANGE
from tests.conftest import day
from tests.test_load import edit, faults
from tests.test_timeline import ORIGIN, ROWS, ledger

# Speakers of the random ledgers: a and b are of Ukraine's side, c and d of Russia's, e a third.


def said(place, number, speaker, controller, back=0):
    return (place, ORIGIN + timedelta(days=number), back, speaker, controller)


def spread(rows):
    """Make a ledger whose statements were published somewhere."""
    data = ledger(rows)
    return replace(data, claims=data.claims.assign(outlet="X", url="https://example.org/"))


def on(number):
    return ORIGIN + timedelta(days=number)


def groups_of(rows):
    data = ledger(rows)
    ids = group_ids(data)
    return [ids[f"claim-{number}"] for number in range(len(rows))]


def test_a_group_holds_the_second_day_after_its_first_and_not_the_third():
    assert GROUP_DAYS == 2
    one, same, other = groups_of([said("p", n, "a", "ukraine") for n in (0, 2, 3)])
    assert one == same != other
    # The window is that of the first statement: a new one does not carry it on.
    again = groups_of([said("p", n, "a", "ukraine") for n in (0, 1, 2, 3, 5, 6)])
    assert [again.index(group) for group in again] == [0, 0, 0, 3, 3, 5]


def test_no_group_reaches_from_one_voice_into_the_next():
    """What a says last and b first are neighbours in order, and eleven days apart."""
    rows = [said("p", 11, "a", "ukraine"), said("p", 0, "b", "ukraine")]
    rows += [
        said("p", 11, "b", "ukraine"),
        said("p", 0, "b", "russia"),
        said("q", 0, "a", "ukraine"),
    ]
    assert len(set(groups_of(rows))) == len(rows)


@given(ROWS.filter(bool))
def test_a_group_is_of_one_voice_and_of_the_days_that_its_first_begins(rows):
    data = ledger(rows)
    table = all_statements(data).assign(group=group_ids(data))
    groups = table.groupby("group")
    voice = ["place_id", "claimant_id", "controller"]
    assert (groups[voice].nunique() == 1).all(axis=None)
    oldest = groups["stated_on"].min()
    first = first_of_groups(data, table).set_index("group")
    assert first["stated_on"].to_dict() == oldest.to_dict()
    assert (groups["stated_on"].max() - oldest).dt.days.max() <= GROUP_DAYS
    # A group ends: what the same voice says next is beyond the window of its first.
    begun = first.sort_values("stated_on").groupby(voice, observed=True)["stated_on"]
    assert (begun.diff().dropna().dt.days > GROUP_DAYS).all()


def test_what_was_said_on_the_first_day_had_been_said_and_on_the_last_day_is_new():
    rows = [said("p", number, "a", "ukraine") for number in (0, 3, 6, 9)]
    found = find_changes(spread(rows), since=on(3), until=on(6))
    assert list(found.statements.index) == ["claim-2"]
    found = find_changes(spread(rows), since=on(2), until=on(7))
    assert list(found.statements.index) == ["claim-2", "claim-1"]  # newest first


def test_a_view_leaves_out_what_it_does_not_hear():
    rows = [
        said("p", 1, "a", "ukraine"),
        said("p", 2, "b", "contested"),
        said("p", 3, "c", "russia"),
    ]
    data = spread(rows)

    def heard(view):
        return set(find_changes(data, since=on(0), until=on(9), view=view).statements.index)

    assert heard("all") == {"claim-0", "claim-1", "claim-2"}
    assert heard("ukraine") == {"claim-0", "claim-1"}
    assert heard("russia") == {"claim-2"}
    assert heard("b") == {"claim-1"}
    assert heard("third") == set()


def test_a_group_that_changed_is_told_once_with_all_its_outlets():
    rows = [said("p", number, "a", "ukraine") for number in (1, 2, 3)]
    data = spread(rows)
    data = replace(data, claims=data.claims.assign(outlet=["X", "Y", "Z"], url=["x", "y", "z"]))
    (first,) = find_changes(data, since=on(0), until=on(9)).statements.itertuples()
    assert (first.Index, first.outlets, first.urls, first.count) == (
        "claim-0", ["X", "Y", "Z"], ["x", "y", "z"], 3,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("since", "until", "opened", "closed"),
    [(3, 6, 0, 1), (2, 5, 1, 0), (2, 3, 1, 0), (2, 6, 1, 1), (6, 7, 0, 0), (5, 6, 0, 1)],
)
def test_a_disagreement_opens_and_closes_on_the_day_of_a_statement(since, until, opened, closed):
    # They differ on days 3, 4 and 5; on day 6 Ukraine's side says the same.
    rows = [said("p", 1, "a", "ukraine"), said("p", 3, "c", "russia"), said("p", 6, "a", "russia")]
    found = find_changes(spread(rows), since=on(since), until=on(until))
    assert (len(found.opened), len(found.closed)) == (opened, closed)


def test_positions_are_those_at_the_end_of_both_days():
    rows = [said("p", 1, "a", "ukraine"), said("p", 3, "a", "contested")]
    (moved,) = find_changes(spread(rows), since=on(1), until=on(3)).positions.itertuples()
    assert (moved.place_id, moved.side, moved.before, moved.after) == (
        "p", "ukraine", "ukraine", "contested",
    )  # fmt: skip
    assert find_changes(spread(rows), since=on(1), until=on(2)).positions.empty
    (first,) = find_changes(spread(rows), since=on(0), until=on(1)).positions.itertuples()
    assert pd.isna(first.before)


def test_it_went_dormant_the_day_after_its_statement_grew_too_old_and_woke_by_a_word():
    rows = [said("p", 0, "a", "ukraine"), said("p", 1, "c", "russia"), said("p", 8, "b", "ukraine")]
    data = spread([*rows, said("p", 9, "d", "russia")])

    def turns(since, until):
        found = find_changes(data, since=on(since), until=on(until), within=3)
        return len(found.dormant), len(found.woke)

    # Ukraine's word is three days old on day 3. On day 8 it is new, and Russia's is too old.
    assert turns(0, 3) == (0, 0)
    assert turns(3, 4) == (1, 0)
    assert turns(4, 8) == (0, 0)
    assert turns(8, 9) == (0, 1)
    assert turns(2, 9) == (1, 1)
    found = find_changes(data, since=on(3), until=on(9), within=3)
    assert data.claims.index[found.dormant["claim"]].tolist() == ["claim-0"]
    assert data.claims.index[found.woke["claim"]].tolist() == ["claim-3"]


def test_of_those_opened_the_ones_that_were_live_at_once_come_first():
    rows = [
        said("p", 0, "a", "ukraine"),
        said("p", 9, "c", "russia"),
        said("p", 10, "a", "ukraine"),
    ]
    rows += [said("q", 8, "a", "ukraine"), said("q", 9, "c", "russia")]
    found = find_changes(spread(rows), since=on(8), until=on(10), within=3)
    # On p Ukraine's word was nine days old; it was renewed a day later.
    assert found.opened[["place_id", "live"]].to_numpy().tolist() == [["q", True], ["p", False]]
    assert found.woke["place_id"].tolist() == ["p"]
    assert found.dormant.empty


def test_a_later_word_on_an_earlier_day_is_hindsight():
    rows = [said("p", 1, "a", "ukraine"), said("p", 6, "a", "contested", back=3)]
    data = ledger(rows)
    (seen,) = find_hindsight(data, as_of=on(3)).itertuples()
    assert list(seen[1:]) == ["p", "ukraine", "ukraine", "contested", 1, pd.Timestamp(on(6))]
    assert find_hindsight(data, as_of=on(2)).empty
    assert find_hindsight(data, as_of=on(6)).empty


def test_a_disagreement_of_one_day_opens_on_that_day():
    rows = [said("p", 1, "a", "ukraine"), said("p", 3, "c", "russia"), said("p", 4, "a", "russia")]
    data = spread(rows)
    withdrew = data.claims.index == "claim-2"
    kinds = data.claims["kind"].where(~withdrew, "withdrew")
    data = replace(data, claims=data.claims.assign(kind=kinds))
    story = find_stories(data)[0]
    assert (story.reason, story.place, story.day, story.number) == ("settled", "p", on(3), 1)


def test_exactly_the_fewest_cases_and_exactly_a_half():
    assert FEWEST == 5
    days = pd.DataFrame({"days": [1, 2, 3, 4, 5, 6], "open": False})
    assert survival(days).median == 3  # the share is a half from the third day on
    assert survival(days[: FEWEST - 1]) is None
    assert survival(days[:FEWEST]).median == 3
    since = pd.Timestamp(ORIGIN)
    steps = ("denied", "third", "accepted", "retracted")
    cases = pd.DataFrame(
        {
            "side": ["russia"] * FEWEST + ["ukraine"] * (FEWEST - 1),
            "stated_on": since,
            **{f"{step}_on": pd.Series([since] + [pd.NaT] * (2 * FEWEST - 2)) for step in steps},
        }
    )
    table = summary(cases, "side", until=on(9))
    assert list(table.index) == ["russia", "ukraine"]  # most cases first
    assert table.loc["russia", "contradicted"] == 1 / FEWEST
    assert pd.isna(table.loc["ukraine", "contradicted"])


def cases_in(rows, *, holding=()):
    """Give the cases of a ledger in which all that names its own side is a capture, but for some."""
    data = ledger(rows)
    own = data.claims["side"].astype(str) == data.claims["controller"].astype(str)
    taken = own & ~data.claims.index.isin(holding)
    words = taken.map({True: "captured", False: "holds"})
    kinds = pd.Categorical(words, data.claims["kind"].cat.categories)
    data = replace(data, claims=data.claims.assign(kind=kinds))
    return capture_cases(data, until=data.last_day)


def test_what_follows_a_case_by_the_day():
    rows = [
        said("p", 2, "c", "russia"),
        said("p", 2, "a", "contested"),
        said("p", 5, "e", "russia"),
    ]
    rows += [said("p", 7, "a", "russia")]
    (case,) = cases_in(rows).itertuples()
    assert case.Index == "claim-0"
    # The same day counts, and a third party's word of the fifth, Ukraine's of the seventh.
    told = [
        (getattr(case, f"{step}_on") - case.stated_on).days
        for step in ("denied", "third", "accepted")
    ]
    assert told == [0, 3, 5]
    assert pd.isna(case.retracted_on)


def test_what_a_third_party_had_said_counts_from_the_first_day():
    early = [said("p", 0, "e", "russia"), said("p", 2, "c", "russia")]
    (case,) = cases_in(early).itertuples()
    assert (case.third_on, case.third_by) == (case.stated_on, "e")
    # It took that back before.
    (case,) = cases_in(
        [said("p", 0, "e", "russia"), said("p", 1, "e", "ukraine"), early[1]]
    ).itertuples()
    assert pd.isna(case.third_on)


def test_what_a_third_party_says_on_the_day_of_the_first_statement_is_not_taken_back_by_that_day():
    rows = [
        said("p", 2, "c", "russia"),
        said("p", 2, "e", "russia"),
        said("p", 2, "e", "contested"),
    ]
    (case,) = cases_in(rows).itertuples()
    assert (case.third_on, case.third_id) == (case.stated_on, "claim-1")


def test_what_is_said_on_the_day_of_the_next_case_belongs_to_that_one():
    rows = [said("p", 1, "c", "russia"), said("p", 3, "a", "ukraine"), said("p", 6, "c", "russia")]
    cases = cases_in([*rows, said("p", 6, "e", "russia"), said("p", 8, "a", "russia")])
    russia = cases[cases["side"] == "russia"]
    assert russia["stated_on"].dt.date.tolist() == [on(1), on(6)]
    assert russia["third_id"].fillna("none").tolist() == ["none", "claim-3"]
    assert russia["accepted_id"].fillna("none").tolist() == ["none", "claim-4"]


def test_a_side_takes_its_word_back_only_before_the_other_has_said_that_it_took_the_place():
    first, back = said("p", 1, "c", "russia"), said("p", 5, "c", "ukraine")
    (case,) = cases_in([first, back]).itertuples()
    assert (case.retracted_id, case.retracted_on.date()) == ("claim-1", on(5))
    taken, doubt = said("p", 2, "a", "ukraine"), said("p", 3, "a", "contested")
    russia = cases_in([first, back, taken, doubt]).set_index("side").loc["russia"]
    assert russia[["denied_id", "retracted_id"]].isna().all()


def test_saying_that_it_still_holds_a_place_lets_no_new_case_of_the_other_begin():
    rows = [said("p", 1, "c", "russia"), said("p", 2, "a", "ukraine"), said("p", 3, "c", "russia")]
    (case,) = cases_in(rows, holding=["claim-1"]).itertuples()
    assert (case.Index, case.denied_id) == ("claim-0", "claim-1")
    assert len(cases_in(rows)) == 3


def test_a_case_of_a_claim_on_an_oblast_is_none(dataset):
    cases = capture_cases(dataset, until=dataset.last_day)
    assert not cases["place_id"].isin(dataset.oblasts).any()


def test_the_other_sides_capture_begins_a_case_and_denies_nothing():
    rows = [said("p", 1, "c", "russia"), said("p", 4, "a", "ukraine"), said("p", 6, "c", "russia")]
    cases = cases_in(rows)
    assert list(cases.index) == ["claim-0", "claim-1", "claim-2"]
    assert cases[["denied_on", "accepted_on"]].isna().all(axis=None)
    days = days_to(cases, ("accepted",), until=on(11))
    assert days["days"].tolist() == [10, 7, 5]
    assert days["open"].all()


def test_looking_at_a_place_comes_close_enough_and_no_further_out(dataset):
    view = View(as_of=dataset.last_day)
    assert look_at(view, dataset, "siversk").zoom == PLACE_ZOOM
    assert look_at(replace(view, zoom=PLACE_ZOOM - 1), dataset, "siversk").zoom == PLACE_ZOOM
    assert look_at(replace(view, zoom=PLACE_ZOOM + 3), dataset, "siversk").zoom == PLACE_ZOOM + 3
    assert look_at(replace(view, zoom=PLACE_ZOOM + 3), dataset, "luhansk-oblast").zoom == HOME_ZOOM


def test_zoom_and_centre_in_the_address(dataset):
    def read(**address):
        view = read_address(address, dataset)
        return view.centre, view.zoom

    assert read(lat="48", lon="37") == ((48, 37), HOME_ZOOM)
    assert read(lat="48", lon="37", zoom="11") == ((48, 37), 11)
    assert read(lat="48") == (None, None)
    assert read(place="siversk", lat="48", lon="37") == ((48, 37), PLACE_ZOOM)
    assert read(place="siversk", zoom="12")[1] == 12
    written = write_address(View(as_of=dataset.last_day, centre=(48.0, 37.0)))
    assert written["zoom"] == f"{HOME_ZOOM:g}"


def test_what_lies_on_the_edge_of_what_exists_stays(dataset):
    assert [clamp_zoom(zoom) for zoom in ZOOM_RANGE] == list(ZOOM_RANGE)
    assert (clamp_zoom(ZOOM_RANGE[0] - 0.1), clamp_zoom(ZOOM_RANGE[1] + 0.1)) == ZOOM_RANGE
    for corner in ((43, 20), (55, 46)):
        assert clamp_centre(*corner) == corner
    assert clamp_centre(42.9, 46.1) == (43, 46)
    for bad in ((float("nan"), 37), (48, float("nan"))):
        with pytest.raises(ValueError, match="not a number"):
            clamp_centre(*bad)
    for edge in (dataset.first_day, dataset.last_day):
        assert clamp_day(edge, dataset) == edge
    assert clamp_day(dataset.first_day - timedelta(days=1), dataset) == dataset.first_day
    assert clamp_day(dataset.last_day + timedelta(days=1), dataset) == dataset.last_day


ON_THE_LIMIT = [
    ("48.8649,38.0968", "43,20", None),
    ("48.8649,38.0968", "55,46", None),
    ("48.8649,38.0968", "42.9999,38.0968", "lat: '42.9999' is outside the theatre"),
    ("48.8649,38.0968", "55.0001,38.0968", "lat: '55.0001' is outside the theatre"),
    ("48.8649,38.0968", "48.8649,19.9999", "lon: '19.9999' is outside the theatre"),
    ("48.8649,38.0968", "48.8649,46.0001", "lon: '46.0001' is outside the theatre"),
    # 43 and 20 the other way round are swapped; 43, 43 is a place.
    ("48.8649,38.0968", "20,43", "lat and lon swapped"),
    ("48.8649,38.0968", "46,55", "lon: '55' is outside; lat and lon swapped"),
    ("48.8649,38.0968", "43,43", None),
    ("10875", "99999999", None),
    ("10875", "100000000", "population: '100000000' is not a whole number"),
]


@pytest.mark.parametrize(("old", "new", "fault"), ON_THE_LIMIT, ids=lambda value: str(value))
def test_a_coordinate_or_a_number_on_the_limit(tiny_folder, old, new, fault):
    edit(tiny_folder, "settlements.csv", old, new)
    if fault:
        assert any(fault in found for found in faults(tiny_folder)), faults(tiny_folder)
    else:
        assert load_dataset(tiny_folder).places.loc["siversk"] is not None


def test_a_statement_may_be_of_its_own_day_and_of_the_first_days_of_the_century(tiny_folder):
    edit(tiny_folder, "claims.csv", "2025-12-23,2025-12-22", "2025-12-23,2025-12-23")
    assert load_dataset(tiny_folder).claims["effective_on"].max() == pd.Timestamp("2025-12-23")
    edit(tiny_folder, "claims.csv", "2025-12-23,2025-12-23", "2025-12-23,2025-12-24")
    assert any("'2025-12-24' is after stated_on" in fault for fault in faults(tiny_folder))
    edit(tiny_folder, "claims.csv", "2025-12-23,2025-12-24", "2000-01-01,2000-01-01")
    assert load_dataset(tiny_folder).first_day == day("2000-01-01")


def test_a_bad_value_is_shown_whole_up_to_sixty_characters(tiny_folder):
    edit(tiny_folder, "claimants.csv", "monitor", "m" * 60)
    assert any(f"'{'m' * 60}'" in fault for fault in faults(tiny_folder))
    edit(tiny_folder, "claimants.csv", "m" * 60, "m" * 61)
    assert any(f"'{'m' * 57}...'" in fault for fault in faults(tiny_folder))
