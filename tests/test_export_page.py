"""The export panel offers what the command offers, and says what is wrong in one sentence."""

from dataclasses import fields
from functools import partial

import pytest

import geo.session.picture
from geo.__main__ import main
from geo.export import EXPORTS, WHOLE_LEDGER
from geo.figure import DPIS, SIZES, Layout, Look, PictureOptions, draw_picture
from geo.model import Lang, View
from geo.session import film
from tests import page
from tests.conftest import day


@pytest.fixture
def drawn(monkeypatch):
    """What the page has drawn: snapshot and options of each real picture."""
    asked = []

    def noted(snapshot, options, **more):
        asked.append((snapshot, options))
        return draw_picture(snapshot, options, **more)

    monkeypatch.setattr(geo.session.picture, "draw_picture", noted)
    return asked


run = partial(page.run, "8_Export")


def labelled(app, label):
    widgets = [*app.selectbox, *app.text_input, *app.number_input, *app.date_input]
    return next(w for w in [*widgets, *app.segmented_control] if w.label == label)


def test_every_option_of_the_command_can_be_asked_for(drawn, capsys):
    app = run(date="2025-12-11", place="siversk", areas="reach")
    for label, value in (
        ("Size", "1080x1080"),
        ("Part of the map", "place"),
        ("Paper", Look.DARK),
        ("Language of the picture", Lang.UK),
        ("Headline", "Who holds what"),
        ("Resolution", 200),
    ):
        labelled(app, label).set_value(value)
    app.toggle(key="only").set_value(True)
    app.run()
    labelled(app, "Kilometres around the place").set_value(50.0)
    changed = {field.name for field in fields(PictureOptions)} - {"dpi"}  # the preview's is 100
    for layout, label, value in (
        (Layout.PAIR, "The other day", None),
        (Layout.VOICES, "The other view", "russia"),
        (Layout.CARD, None, None),
    ):
        labelled(app, "Layout").set_value(layout)
        app.run()
        if value:
            labelled(app, label).set_value(value)
            app.run()
        assert not app.exception
        usual = PictureOptions()
        _, options = drawn[-1]
        changed -= {name for name in changed if getattr(options, name) != getattr(usual, name)}
    assert changed == set()
    with pytest.raises(SystemExit):
        main(["snapshot", "--help"])
    told = capsys.readouterr().out
    own = {field.name for field in fields(PictureOptions)} - {"extent", "address"}
    assert all(f"--{name} " in told for name in own | {"bbox", "radius"})


def test_choices_are_those_of_the_command():
    app = run(date="2025-12-11", place="siversk")
    words = geo.session.picture.EXPORT_WORDS
    assert labelled(app, "Layout").options == [words[f"layout_{layout}"] for layout in Layout]
    assert labelled(app, "Size").options == [words[f"size_{s}"] for s in (*SIZES, "other")]
    assert labelled(app, "Resolution").options == [words[f"dpi_{dpi}"] for dpi in DPIS]
    offered = [button.label for button in app.get("download_button")]
    assert len(offered) == 3 + len(EXPORTS) - 1 + len(WHOLE_LEDGER)


def test_no_two_pictures_of_a_day_have_one_name():
    view = View(as_of=day("2025-12-11"), place="siversk")
    name = partial(geo.session.picture.picture_name, view)
    assert name(PictureOptions(), "png") == "siversk_2025-12-11_known-then_all.png"
    card = PictureOptions(layout=Layout.CARD, place="siversk", lang=Lang.UK, dpi=200)
    assert name(card, "png.txt") == "siversk_2025-12-11_known-then_all_card_200dpi_uk.png.txt"
    pair = PictureOptions(layout=Layout.PAIR, date2=day("2025-12-18"), theme=Look.DARK)
    assert name(pair, "svg") == "siversk_2025-12-11_2025-12-18_known-then_all_pair_dark.svg"
    voices = PictureOptions(layout=Layout.VOICES, view2="ru-mod", size=SIZES["1080x1080"])
    assert name(voices, "pdf") == "siversk_2025-12-11_known-then_all_voices_ru-mod_1080x1080.pdf"


def test_without_a_place_there_is_no_card(drawn):
    app = run(date="2025-12-11")
    words = geo.session.picture.EXPORT_WORDS
    assert words["layout_card"] not in labelled(app, "Layout").options
    assert drawn[-1][1] == PictureOptions(address="?date=2025-12-11", extent=drawn[-1][1].extent)


def test_two_days_stand_in_their_order(drawn):
    app = run(date="2025-12-11")
    labelled(app, "Layout").set_value(Layout.PAIR).run()
    snapshot, options = drawn[-1]
    assert (str(snapshot.as_of), str(options.date2)) == ("2025-12-11", "2025-12-18")
    labelled(app, "The other day").set_value("2025-12-01").run()
    snapshot, options = drawn[-1]
    assert (str(snapshot.as_of), str(options.date2)) == ("2025-12-01", "2025-12-11")


def test_what_is_chosen_for_a_picture_stays_while_another_page_is_open(drawn):
    app = run(date="2025-12-11", place="siversk")
    for label, value in (
        ("Layout", Layout.CARD),
        ("Size", "1080x1080"),
        ("Paper", Look.DARK),
        ("Headline", "Who holds what"),
        ("A frame for", "week"),
    ):
        labelled(app, label).set_value(value)
    app.run()
    app.switch_page("pages/7_Method.py").run()
    app.switch_page("pages/8_Export.py").run()
    assert not app.exception
    _, options = drawn[-1]
    chosen = (options.layout, options.size, options.theme, options.headline)
    assert chosen == (Layout.CARD, SIZES["1080x1080"], Look.DARK, "Who holds what")
    assert app.selectbox(key="film-step").value == "week"


def test_what_makes_no_picture_is_one_sentence_and_data_stay(drawn):
    app = run(date="2025-12-11")
    labelled(app, "Size").set_value("other").run()
    labelled(app, "Width, pixels").set_value(6000)
    labelled(app, "Height, pixels").set_value(6000)
    labelled(app, "Resolution").set_value(300)
    before = len(drawn)
    app.run()
    assert not app.exception
    assert [error.value for error in app.error] == ["6000x6000 at 300 dpi is over 60 megapixels"]
    assert len(drawn) == before
    assert len(app.get("download_button")) == len(EXPORTS) - 1 + len(WHOLE_LEDGER)


def test_a_box_is_read_as_the_command_reads_it(drawn):
    app = run(date="2025-12-11")
    labelled(app, "Part of the map").set_value("box").run()
    box = labelled(app, "West, south, east, north in degrees")
    box.set_value("36,47,38,49").run()
    assert drawn[-1][1].extent == (36, 47, 38, 49)
    labelled(app, "West, south, east, north in degrees").set_value("<b>*,1,2,3").run()
    assert not app.exception
    assert app.error[0].value == r"'\<b\>\*,1,2,3' is not W,S,E,N in degrees"


def test_a_film_that_cannot_be_made_is_one_sentence():
    app = run(date="2025-12-11")
    (last,) = [w for w in app.date_input if w.label == "To"]
    last.set_value("2025-01-01")
    app.button(key="film-go").click().run()
    assert not app.exception
    assert "would end on 2025" in app.error[0].value


def test_a_film_is_made_and_offered_under_its_name():
    app = run(date="2025-12-11", place="siversk", view="russia", clock="now")
    for label, value in (("From", "2025-12-09"), ("A frame for", "statement")):
        (widget,) = [w for w in [*app.date_input, *app.selectbox] if w.label == label]
        widget.set_value(value)
    app.button(key="film-go").click().run()
    assert not app.exception
    name, key = app.session_state["film-made"]
    content = film._films[key]
    assert name == "siversk_2025-12-09_2025-12-11_known-now_russia.mp4"
    assert content[4:8] == b"ftyp"
    assert f"Download {name}" in [button.label for button in app.get("download_button")]
