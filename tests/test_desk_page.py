"""The desk's page without a browser: forms to proposals, decisions, refusals."""

import pytest

from geo.desk import open_ledger
from geo.desk.acts import amendment, decide, edit, propose, retraction, rewritten
from geo.desk.desk import heard_now, open_desk
from geo.desk.events import What
from geo.desk.proposals import State
from geo.desk.store import close_stores, latest
from geo.session import rights
from geo.session.desk import RefusalError, decide_here, keep_here, propose_here
from geo.wording import DESK_WORDS
from tests.page import run


@pytest.fixture
def local(monkeypatch, tiny_folder):
    """Give the tiny ledger to a server that counts as a local one."""
    monkeypatch.setenv("FRONTLINE_DATA", str(tiny_folder))
    monkeypatch.setattr(rights, "is_local", lambda: True)
    for module in ("desk", "desk_review"):
        monkeypatch.setattr(f"geo.session.{module}.is_local", lambda: True)
    yield tiny_folder
    close_stores()


def opened(name="Anna", mode="inbox"):
    app = run("9_Desk")
    app.text_input(key="desk-name").set_value(name).run()
    if mode != "inbox":
        app.segmented_control(key="desk-mode").set_value(mode).run()
    assert not app.exception
    return app


def filled(app, *, places=("siversk",), quote="It has taken Siversk."):
    app.text_area(key="desk-text").set_value("It has taken Siversk. <b>No</b> more.")
    app.text_input(key="desk-url").set_value("https://example.org/new")
    app.text_input(key="desk-outlet").set_value("TASS")
    app.selectbox(key="desk-speaker").set_value("ru-mod")
    app.multiselect(key="desk-places").set_value(list(places))
    app.text_input(key="desk-quote").set_value(quote)
    return app.run()


def press(app, label):
    next(one for one in app.button if one.label == DESK_WORDS[label]).click().run()
    assert not app.exception
    return app


def test_a_server_that_is_nobodys_own_has_no_desk(monkeypatch, tiny_folder):
    monkeypatch.setenv("FRONTLINE_DATA", str(tiny_folder))
    app = run("9_Desk")
    assert not app.exception
    assert app.info[0].value == DESK_WORDS["closed"]
    assert not (tiny_folder / "desk.sqlite").exists()


def test_what_writes_refuses_who_has_no_role(tiny_folder):
    desk = open_desk(tiny_folder)
    with pytest.raises(RefusalError):
        propose_here(desk, [], "Anna")
    with pytest.raises(RefusalError):
        decide_here(desk, 1, "accept", "Anna", seen=1)
    with pytest.raises(RefusalError):
        keep_here(desk, "page.html", b"x")
    close_stores()


def test_from_form_to_ledger(local):
    app = filled(opened(mode="new"), places=("siversk", "sudzha"))
    assert "Luhansk" in app.multiselect(key="desk-places").options  # as the ledger names it
    marked = next(html.body for html in app.get("html") if "desk-source" in html.body)
    assert "<mark>It has taken Siversk.</mark>" in marked
    assert "&lt;b&gt;No&lt;/b&gt;" in marked
    effects = [box.value for box in app.info]
    assert any("Sudzha" in text and "no statement" in text for text in effects), effects
    press(app, "propose")
    assert app.success[0].value == "Proposed: 1, 2."
    log = latest(open_desk(local).store)
    assert [one.row["settlement_id"] for one in log.proposals.values()] == ["siversk", "sudzha"]
    assert log.proposals[2].row["summary"].endswith("that Russian troops had taken Sudzha.")
    assert log.proposals[2].row["controller"] == "russia"  # the speaker's own side
    evidence = log.proposals[1].evidence
    assert (evidence["start"], evidence["end"]) == (0, 21)

    app = opened("Boris")
    press(app, "accept")
    assert app.success[0].value == "Proposal 1: accepted."
    press(app, "accept")
    assert len(open_ledger(local).claims) == 6


def test_the_address_of_a_statement_resolves_also_when_it_was_taken_out(local):
    app = run(claim="siversk-2025-12-11-ru-mod")
    view = app.session_state["view"]
    assert (view.place, view.as_of.isoformat()) == ("siversk", "2025-12-11")

    desk = open_desk(local)
    heard = heard_now(desk, latest(desk.store))
    draft = retraction(heard, "siversk-2025-12-11-ru-mod", reason="It never said so")
    propose(desk, [draft], by="Anna")
    decide(desk, 1, What.ACCEPT, by="Boris")
    app = run(claim="siversk-2025-12-11-ru-mod")
    assert not app.exception
    assert app.session_state["view"].place == "siversk"
    told = " ".join(one.value for one in app.text)
    assert "accepted by Boris" in told
    assert "It never said so" in told
    assert "It was a statement of 11 December 2025" in told


def test_faults_stand_below_their_field_and_nothing_is_stored(local):
    app = filled(opened(mode="new"), places=("siversk", "sudzha"))
    app.text_input(key="desk-url").set_value("javascript:alert(1)").run()
    press(app, "propose")
    assert [one.value.count("is not an http(s) address") for one in app.error] == [2]
    app.run()
    assert app.error.len == 0  # it is told once
    assert latest(open_desk(local).store).proposals == {}


def test_without_a_place_nothing_is_proposed(local):
    app = filled(opened(mode="new"))
    app.multiselect(key="desk-places").set_value([]).run()
    press(app, "propose")
    assert [one.value for one in app.error] == ["No place is chosen"]
    assert latest(open_desk(local).store).proposals == {}


def test_a_quote_that_is_not_in_the_text_is_said(local):
    app = filled(opened(mode="new"), quote="It has taken siversk.")
    assert DESK_WORDS["quote_missing"] in [one.value for one in app.warning]


def test_doubles_are_shown_before_anything_is_typed_twice(local):
    app = filled(opened(mode="new"))
    app.date_input(key="desk-day").set_value("2025-12-12").run()
    shown = " ".join(one.value for one in app.warning)
    assert "siversk" in shown
    assert DESK_WORDS["double_day"] in shown


def test_one_accepts_their_own_only_when_alone(local):
    app = filled(opened(mode="new"))
    press(app, "propose")
    app.segmented_control(key="desk-mode").set_value("inbox").run()
    app.segmented_control(key="desk-box").set_value("mine").run()
    assert DESK_WORDS["own"] in [one.value for one in app.caption]
    assert DESK_WORDS["accept"] not in [one.label for one in app.button]
    app.checkbox(key="desk-alone-1").check().run()
    press(app, "accept")
    assert latest(open_desk(local).store).proposals[1].alone


def test_a_row_is_corrected_with_a_reason(local):
    app = opened(mode="correct")
    app.text_input(key="desk-row").set_value("siversk-2025-12-11-ru-mod").run()
    next(one for one in app.text_input if one.label == "outlet").set_value("RIA")
    app.text_input(key="desk-why-siversk-2025-12-11-ru-mod").set_value("It was RIA")
    press(app, "amend")
    assert latest(open_desk(local).store).proposals[1].change.row["outlet"] == "RIA"


def test_a_row_that_another_corrects_meanwhile_is_not_put_back(local):
    app = opened(mode="correct")
    app.text_input(key="desk-row").set_value("siversk-2025-12-11-ru-mod").run()
    desk = open_desk(local)
    heard = heard_now(desk, latest(desk.store))
    draft = amendment(heard, "siversk-2025-12-11-ru-mod", {"title": "Mended"}, reason="so it is")
    propose(desk, [draft], by="Boris")
    decide(desk, 1, What.ACCEPT, by="Clara")
    app.run()
    next(one for one in app.text_input if one.label == "outlet").set_value("RIA")
    app.text_input(key="desk-why-siversk-2025-12-11-ru-mod").set_value("It was RIA")
    press(app, "amend")
    row = latest(desk.store).proposals[2].change.row
    assert (row["title"], row["outlet"]) == ("Mended", "RIA")


def test_nobody_accepts_what_was_changed_since_they_read_it(local):
    press(filled(opened(mode="new")), "propose")
    reader, desk = opened("Boris"), open_desk(local)
    changed = rewritten(latest(desk.store).proposals[1], {"kind": "holds"})
    edit(desk, 1, changed, by="Anna")
    press(reader, "accept")
    assert "proposal 1 was changed by Anna since it was opened" in reader.error[0].value
    assert latest(desk.store).proposals[1].state == State.PROPOSED
    next(one for one in reader.text_input if one.label == "outlet").set_value("RIA")
    edit(desk, 1, rewritten(latest(desk.store).proposals[1], {"title": "Held"}), by="Anna")
    press(reader, "save")
    assert "proposal 1 was changed by Anna since it was opened" in reader.error[0].value
    press(reader, "accept")  # it has been shown anew
    assert latest(desk.store).proposals[1].state == State.ACCEPTED


def test_the_next_text_does_not_keep_the_source_of_the_one_before(local):
    app = press(filled(opened(mode="new")), "propose")
    assert app.text_input(key="desk-url").value  # for another statement of the same text
    app.text_input(key="desk-outlet").set_value("RIA").run()
    app.text_area(key="desk-text").set_value("Another text.").run()
    assert app.text_input(key="desk-url").value == ""
    assert app.text_input(key="desk-title").value == ""
    assert app.text_input(key="desk-outlet").value == "RIA"  # typed since


def test_the_source_goes_with_what_was_thrown_away_and_the_outlet_stays_with_its_address(local):
    app = opened(mode="new")
    text = "Міноборони Росії заявило 11 грудня 2025 року про захоплення Сіверська."
    app.text_area(key="desk-text").set_value(text).run()
    app.text_input(key="desk-url").set_value("https://example.org/a")
    app.text_input(key="desk-archive").set_value("https://web.archive.org/a").run()
    app.button(key="desk-throw").click().run()
    app.text_area(key="desk-text").set_value("Another text.").run()
    assert app.text_input(key="desk-url").value == ""
    assert app.text_input(key="desk-archive").value == ""
    assert app.date_input(key="desk-day").value is None

    app = press(filled(app), "propose")
    app.text_input(key="desk-url").set_value("https://example.org/b").run()
    app.text_area(key="desk-text").set_value("A third text.").run()
    assert app.text_input(key="desk-url").value == "https://example.org/b"
    assert app.text_input(key="desk-outlet").value == "TASS"


def test_where_a_candidate_leaves_the_day_open_it_is_asked_for(local):
    app = opened(mode="new")
    text = "Росіяни раніше вже захопили Сіверськ, заявило Міноборони Росії."
    app.text_area(key="desk-text").set_value(text)
    app.date_input(key="desk-published").set_value(None).run()
    assert app.multiselect(key="desk-places").value == ["siversk"]
    assert app.date_input(key="desk-day").value is None
    press(app, "propose")
    assert any("stated\\_on: '' is blank" in one.value for one in app.error)


def test_a_new_place_and_speaker_come_with_their_statement(local):
    app = opened(mode="new")
    place = {"name": "Dronivka", "name_uk": "Дронівка", "name_ru": "Дроновка", "admin1": "Donetsk",
             "lat": "48.9", "lon": "38", "coord_source": "GeoNames"}  # fmt: skip
    for column, cell in place.items():
        app.text_input(key=f"desk-new-settlements.csv-{column}").set_value(cell)
    app.button(key="desk-add-settlements.csv").click().run()
    app.text_input(key="desk-new-claimants.csv-name").set_value("Some Mapper")
    app.selectbox(key="desk-new-claimants.csv-side").set_value("third")
    app.button(key="desk-add-claimants.csv").click().run()
    filled(app, places=["dronivka"])
    app.selectbox(key="desk-speaker").set_value("some-mapper").run()
    press(app, "propose")
    (proposal,) = latest(open_desk(local).store).proposals.values()
    assert [need.key for need in proposal.needs] == ["dronivka", "some-mapper"]
    assert proposal.row["summary"].startswith("Some Mapper said that")
    assert proposal.row["summary"].endswith("had taken Dronivka.")
    # It waits, and another statement is on the same place; both can be accepted.
    filled(app, places=["dronivka"])
    app.date_input(key="desk-day").set_value("2025-12-12").run()
    press(app, "propose")
    desk = open_desk(local)
    assert [need.key for need in latest(desk.store).proposals[2].needs] == ["dronivka"]
    for number in (1, 2):
        decide(desk, number, What.ACCEPT, by="Boris")
    assert len(open_ledger(local).claims) == 6


def test_a_proposal_is_changed_and_taken_back_with_a_reason(local):
    app = press(filled(opened(mode="new")), "propose")
    app.segmented_control(key="desk-mode").set_value("inbox").run()
    app.segmented_control(key="desk-box").set_value("mine").run()
    next(one for one in app.text_input if one.label == "outlet").set_value("RIA")
    press(app, "save")
    assert latest(open_desk(local).store).proposals[1].row["outlet"] == "RIA"
    assert app.error.len == 0
    press(app, "take_back")
    assert app.error[0].value == "a reason is needed"
    app.text_input(key="desk-reason-1").set_value("It was RIA again")
    press(app, "take_back")
    assert app.success[0].value == "Proposal 1: taken back."


@pytest.mark.parametrize("mode", ["new", "correct", "inbox"])
def test_a_file_that_breaks_while_the_desk_is_open_is_one_sentence(local, mode):
    app = opened(mode=mode)
    (local / "claims.csv").unlink()
    app.run()
    assert not app.exception
    assert app.error[0].value == "claims.csv: is missing in the folder 'tiny'"


def test_a_page_is_fetched_only_where_the_server_says_so(local):
    app = opened(mode="new")
    assert DESK_WORDS["fetch"] not in [one.label for one in app.button]
    app.secrets["desk"] = {"fetch": True}
    app.text_input(key="desk-url").set_value("http://127.0.0.1:1/page").run()
    press(app, "fetch")
    assert "is not on a public address" in app.error[0].value
