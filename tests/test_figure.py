"""The picture shows what the ledger says, carries its words, and is the same bytes each time."""

import io
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pypdf
import pytest
from PIL import Image, ImageChops

from benchmarks.make_ledger import write_ledger
from geo.areas import area_layers, no_series
from geo.figure import (
    FORMATS,
    SIZE,
    SIZES,
    Layout,
    Look,
    PictureOptions,
    draw_picture,
    extent_around,
    extent_of,
    read_manifest,
    write_manifest,
)
from geo.figure.alt import second_snapshot
from geo.figure.card import CARD_SIZE, MAP_SIZE, Told, _title, write_card
from geo.figure.sheet import compose
from geo.files.load import load_dataset
from geo.model import Controller, Lang, Status, View
from geo.timeline import take_snapshot
from tests.conftest import day

EXPECTED = Path(__file__).resolve().parent / "expected"
NEAR_SIVERSK = (37.9, 48.75, 38.3, 48.98)
BLUE, ORANGE = (0x00, 0x72, 0xB2), (0xD5, 0x5E, 0x00)
SVG = "{http://www.w3.org/2000/svg}"
SIVERSK = PictureOptions(extent=NEAR_SIVERSK, size=(600, 600), place="siversk")
LAYOUTS = {
    "sheet": PictureOptions(),
    "card": PictureOptions(layout=Layout.CARD, place="siversk", extent=NEAR_SIVERSK),
    "pair": PictureOptions(layout=Layout.PAIR, date2=day("2025-12-23")),
    "voices": PictureOptions(layout=Layout.VOICES, view2="russia"),
}


@pytest.fixture(scope="module")
def snapshot(dataset):
    return take_snapshot(dataset, as_of=day("2025-12-11"))


def picture(content):
    return Image.open(io.BytesIO(content)).convert("RGB")


def count(image, colour, box):
    part = np.asarray(image.crop(box)).astype(int)
    return int((abs(part - colour).max(axis=2) < 12).sum())


def around_siversk(dataset, as_of):
    return draw_picture(take_snapshot(dataset, as_of=day(as_of)), SIVERSK).content


def changed_pixels(seen, expected):
    assert seen.size == expected.size
    red, green, blue = ImageChops.difference(seen, expected).split()
    return sum(ImageChops.lighter(ImageChops.lighter(red, green), blue).histogram()[33:])


def svg_of(snapshot, options=None):
    return ElementTree.fromstring(draw_picture(snapshot, options, ending="svg").content)


def texts(root):
    return ["".join(node.itertext()) for node in root.iter(f"{SVG}text")]


def pdf_text(content):
    (page,) = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(page.extract_text().split())


def test_left_half_ukraine_right_half_russia(dataset):
    before, after = (picture(around_siversk(dataset, d)) for d in ("2025-12-11", "2025-12-23"))
    middle, y = 297, 248  # where the extent puts Siversk
    left, right = (
        (middle - 11, y - 8, middle - 2, y + 8),
        (middle + 2, y - 8, middle + 11, y + 8),
    )
    assert count(before, BLUE, left) > 60 > 12 > count(before, ORANGE, left)
    # Russia's fill carries white lines, so fewer pixels are purely orange.
    assert count(before, ORANGE, right) > 12 > count(before, BLUE, right)
    assert count(after, ORANGE, left) > 12 > count(after, BLUE, left)
    assert count(after, ORANGE, right) > 12


def test_it_looks_as_it_did(dataset):
    seen = picture(around_siversk(dataset, "2025-12-11"))
    assert changed_pixels(seen, Image.open(EXPECTED / "siversk.png").convert("RGB")) < 150
    other = picture(around_siversk(dataset, "2025-12-23"))
    assert changed_pixels(seen, other) > 150  # the budget would catch one changed glyph


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_manifest_makes_the_same_bytes_again(dataset, snapshot, layout, ending):
    options = replace(
        LAYOUTS[layout],
        lang=Lang.UK,
        theme=Look.DARK,
        headline="Тест & <b>",
        extent=NEAR_SIVERSK,  # few places; the disputed ones below are drawn again whole
    )
    drawn = draw_picture(snapshot, options, ending=ending)
    manifest = write_manifest(snapshot, options, ending=ending, shown=drawn.shown)
    again, read, made = read_manifest(manifest, dataset)
    assert (read, made) == (options, ending)
    assert draw_picture(again, read, ending=made).content == drawn.content
    assert b"siversk-2025-12-11-ru-putin" in manifest


def test_a_manifest_of_another_ledger_or_of_nothing_is_refused(dataset, snapshot, tiny_folder):
    manifest = write_manifest(snapshot, SIVERSK, ending="png", shown=NEAR_SIVERSK)
    with pytest.raises(ValueError, match="the picture would not be the same"):
        read_manifest(manifest, load_dataset(tiny_folder))
    for bad in (b"", b"[]", b"{}", b"\xff", b"[" * 100_000):
        with pytest.raises(ValueError, match="no manifest"):
            read_manifest(bad, dataset)
    for old, new in (
        (b'"siversk"', b'"nowhere"'),
        (b'"sheet"', b'"poster"'),
        (b'"2025-12-11"', b'"yesterday"'),
        (b'"extent": [', b'"extent": ["x",'),
        (b'"png"', b'"exe"'),
        (b'"dpi"', b'"dip"'),
    ):
        assert old in manifest
        with pytest.raises(ValueError, match="do not make a picture"):
            read_manifest(manifest.replace(old, new), dataset)
    for option, value in (
        ("size", [float("inf"), 675]),
        ("extent", [37, 88, 38, 120]),
        ("extent", [float("-inf"), 48, 38, 49]),
    ):
        changed = json.loads(manifest)
        changed["options"][option] = value
        with pytest.raises(ValueError, match="do not make a picture"):
            read_manifest(json.dumps(changed).encode(), dataset)


@pytest.mark.parametrize(
    ("dpi", "size"), [(100, (1200, 675)), (200, (2400, 1350)), (300, (3600, 2025))]
)
def test_png_sizes_and_words_inside(snapshot, dpi, size):
    options = PictureOptions(dpi=dpi, address="https://x.org/?date=2025-12-11")
    drawn = draw_picture(snapshot, options)
    image = Image.open(io.BytesIO(drawn.content))
    assert image.size == size
    assert image.text["Title"] == "Who says what about control, 11 December 2025"
    assert image.text["Source"] == options.address
    assert image.text["Description"] == drawn.alt
    assert "As known on 11 December 2025, all sides." in drawn.alt
    assert "Siversk" in drawn.alt.split("The sides disagree: ")[1].split(".")[0]


@pytest.mark.parametrize("size", SIZES)
def test_every_ready_size_is_exact(snapshot, size):
    drawn = draw_picture(snapshot, PictureOptions(size=SIZES[size]))
    assert Image.open(io.BytesIO(drawn.content)).size == SIZES[size]


def test_pdf_is_a_sheet_of_a4_with_its_letters_inside(snapshot):
    options = PictureOptions(size=SIZES["a4-landscape"], lang=Lang.UK, address="?date=2025-12-11")
    drawn = draw_picture(snapshot, options, ending="pdf")
    reader = pypdf.PdfReader(io.BytesIO(drawn.content))
    (page,) = reader.pages
    assert [float(side) for side in page.mediabox[2:]] == pytest.approx([842, 595], abs=1)
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    inside = [
        f["/DescendantFonts"][0].get_object() if "/DescendantFonts" in f else f for f in fonts
    ]
    assert all("/FontFile2" in font["/FontDescriptor"].get_object() for font in inside)
    assert all("DejaVuSans" in font["/BaseFont"] for font in fonts)
    assert reader.metadata.subject == drawn.alt
    assert "/CreationDate" not in reader.metadata
    words = pdf_text(drawn.content)
    assert "Хто що заявляє про контроль, 11 грудня 2025 року" in words
    assert "Маріуполь" in words
    assert "?date=2025-12-11" in words


def test_svg_has_text_as_text_and_a_group_for_each_place(dataset, snapshot):
    drawn = draw_picture(snapshot, ending="svg")
    root = ElementTree.fromstring(drawn.content)
    groups = {node.get("id") for node in root.iter(f"{SVG}g")}
    west, south, east, north = drawn.shown
    shown = dataset.settlements.cx[west + 0.3 : east - 0.3, south + 0.3 : north - 0.3]
    assert len(shown) > 150
    assert {f"settlement-{name}" for name in shown.index} <= groups
    assert "Mariupol" in texts(root)
    assert root.find(f"{SVG}title").text == "Who says what about control, 11 December 2025"
    assert root.find(f"{SVG}desc").text == drawn.alt
    assert not [node for node in root.iter(f"{SVG}text") if "DejaVu Sans" not in node.get("style")]


def test_a_card_names_speakers_in_its_language_and_tells_who_is_not_heard(dataset):
    heard = take_snapshot(dataset, as_of=day("2025-12-11"), view="russia")
    options = PictureOptions(layout=Layout.CARD, place="siversk", lang=Lang.UK)
    said = " ".join(texts(svg_of(heard, options)))
    assert "Vladimir Putin" not in said
    assert "заяви цієї сторони тут не враховано" in said


def test_a_picture_carries_all_that_makes_it_citable(dataset, snapshot):
    said = " ".join(texts(svg_of(snapshot, PictureOptions(address="?date=2025-12-11"))))
    for words in (
        "As known on 11 December 2025, all sides",
        "Statements published by: The Kyiv Independent",
        f"ledger {dataset.version}.",
        "CC BY 4.0",
        "Open this view: ?date=2025-12-11",
        "strong rim: the sides disagree",
        "thin rim: one side has long been silent",
        "200 km",
        "They are statements, not verified control.",
    ):
        assert words in said


@pytest.mark.parametrize("size", [(1200, 675), (1080, 1080), (600, 600)])
def test_what_is_counted_stands_under_the_headline_however_long_the_view_is_named(dataset, size):
    day_after = day("2026-07-04")
    heard = take_snapshot(dataset, as_of=day("2025-12-11"), known_by=day_after, view="ua-syrskyi")
    options = PictureOptions(size=size, lang=Lang.RU, only=Status.DISPUTED, extent=NEAR_SIVERSK)
    lines = [t.get_text() for t in compose(heard, options, no_series).paper.figure.texts]
    # One voice disagrees with nobody; that is no silence.
    assert "Здесь таких населённых пунктов в этот день нет" in lines
    assert "Заявлений не найдено" not in " ".join(lines)


@pytest.mark.parametrize("size", [(1080, 1080), (600, 600)])
def test_a_map_that_shows_more_than_was_asked_for_keeps_every_note(dataset, snapshot, size):
    """Its outlets would take a line more than the room, which the asked extent has set."""
    place = dataset.settlements.loc["veselivka-sumy"]
    around = extent_around(place["lat"], place["lon"], km=10)
    options = PictureOptions(size=size, extent=around, address="?date=2025-12-11")
    figure = compose(snapshot, options, no_series).paper.figure
    lines = [text.get_text() for text in figure.texts]
    assert any(line.endswith("?date=2025-12-11") for line in lines)
    assert any("Statements published by: Ukrainska Pravda" in line for line in lines)
    assert re.search(r" and \d+ more", " ".join(lines))


def test_a_title_of_a_card_that_is_too_long_says_that_it_goes_on():
    assert _title("Siversk") == (["Siversk"], 50)
    speaker = "Oleksandr Syrskyi, commander-in-chief (ground forces until 2024)"
    lines, size = _title(speaker)
    assert (" ".join(lines), size) == (speaker, 28)
    lines, size = _title("a long name " * 20)
    assert (len(lines), size) == (4, 28)
    assert lines[-1].endswith("…")


def test_no_word_of_a_card_lies_over_its_map():
    ground = Image.new("RGB", MAP_SIZE, "#0000FF")
    head = "Novomykolaivka (Dnipropetrovsk), 13 September 2025"
    told = [Told(head, "says Russia has captured it " * 4, Controller.RUSSIA)]
    words = {"kicker": "Frontline Claims", "title": "long " * 60, "foot": "as it is " * 30}
    card = picture(write_card(ground, told=told, **words))
    assert len(card.crop((CARD_SIZE[0] - MAP_SIZE[0], 0, *CARD_SIZE)).getcolors()) == 1


def test_the_card_tells_who_when_what_and_where_it_was_published(snapshot):
    lines = texts(svg_of(snapshot, LAYOUTS["card"]))
    said = " ".join(lines)
    assert "Siversk: who says what about control, 11 December 2025" in lines
    assert "Vladimir Putin, President of Russia says Russia has captured it" in said
    assert "LIGA.net" in lines
    assert "27 November 2025" in lines
    assert "23 December 2025" not in lines


def test_the_pair_rings_and_lists_what_changed(dataset, snapshot):
    drawn = draw_picture(snapshot, LAYOUTS["pair"], ending="svg")
    root = ElementTree.fromstring(drawn.content)
    lines = texts(root)
    assert "Siversk: Ukraine's side, Ukraine → Russia" in lines
    assert "Siversk: Ukraine's side, Ukraine → Russia." in drawn.alt
    after = take_snapshot(dataset, as_of=day("2025-12-23"))
    places = {line.split(":")[0] for line in lines if ": " in line and ("→" in line or "…" in line)}
    changed = (snapshot.positions != after.positions).any(axis=1)
    assert places == set(dataset.places["name"][changed & dataset.is_settlement])
    groups = [node.get("id") for node in root.iter(f"{SVG}g")]
    assert {"settlement-siversk-1", "settlement-siversk-2"} <= set(groups)
    same = draw_picture(snapshot, replace(LAYOUTS["pair"], date2=day("2025-12-11")), ending="svg")
    assert "No side changed its position on the places shown between the two days." in texts(
        ElementTree.fromstring(same.content)
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [("2025-12-11", "2025-12-23"), ("2025-12-20", "2025-12-20"), ("2026-07-04", "2026-07-04")],
    ids=["as known then", "by a day between", "as known now"],
)
def test_the_second_day_of_a_pair_hears_no_more_than_was_asked_for(dataset, first, second):
    snapshot = take_snapshot(dataset, as_of=day("2025-12-11"), known_by=day(first))
    assert second_snapshot(snapshot, LAYOUTS["pair"]).known_by == day(second)


def test_two_voices_stand_side_by_side(dataset):
    ukraine = take_snapshot(dataset, as_of=day("2025-12-11"), view="ukraine")
    lines = texts(svg_of(ukraine, LAYOUTS["voices"]))
    assert "As known on 11 December 2025, Ukraine's side only · Russia's side only" in lines
    assert "Ukraine's side only" in lines
    assert "Russia's side only" in lines


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("size", [(1200, 675), (1080, 1920), (600, 600)])
def test_names_never_lie_over_each_other_or_the_edge(snapshot, size, layout):
    composed = compose(snapshot, replace(LAYOUTS[layout], size=size), no_series)
    boxes, paper = composed.names, composed.paper
    assert len(boxes) >= 3
    crossing = [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]
    assert not crossing
    assert all(b.x0 > 0 and b.y0 > 0 and b.x1 < paper.wide and b.y1 < paper.tall for b in boxes)


def test_names_never_collide_among_hundreds_of_places(tmp_path):
    write_ledger(tmp_path, places=800, claims=8000, days=1000)
    snapshot = take_snapshot(load_dataset(tmp_path), as_of=day("2024-06-01"))
    options = PictureOptions(extent=(34.0, 46.5, 38.5, 50.5))
    composed = compose(snapshot, options, no_series)
    artists = composed.paper.figure.artists
    glyphs = [a for a in artists if (a.get_gid() or "").startswith("settlement-")]
    assert len(glyphs) > 300
    assert len(composed.names) > 25
    assert not [pair for pair in combinations(composed.names, 2) if pair[0].overlaps(pair[1])]
    root = ElementTree.fromstring(draw_picture(snapshot, options, ending="svg").content)
    groups = {group.get("id") for group in root.iter(f"{SVG}g")}
    assert len({name for name in groups if (name or "").startswith("settlement-")}) == len(glyphs)


def test_only_the_disputed_places_are_shown_named_and_counted(dataset, snapshot):
    options = PictureOptions(only=Status.DISPUTED)
    drawn = draw_picture(snapshot, options, ending="svg")
    groups = {group.get("id") for group in ElementTree.fromstring(drawn.content).iter(f"{SVG}g")}
    assert "settlement-siversk" in groups
    assert not {"settlement-izium", "settlement-sloviansk", "settlement-bakhmut"} & groups
    words = "shown only: the sides disagree, both spoke within 90 days"
    assert words in " ".join(texts(ElementTree.fromstring(drawn.content)))
    assert words in drawn.alt
    assert "Only one side has spoken" not in drawn.alt
    manifest = write_manifest(snapshot, options, ending="svg", shown=drawn.shown)
    again = draw_picture(*read_manifest(manifest, dataset)[:2], ending="svg")
    assert again.content == drawn.content
    disputed = set(dataset.places.index[snapshot.live])
    used = dataset.claims.loc[json.loads(manifest)["claims"], "place_id"]
    assert set(used) <= disputed


def test_pictures_drawn_at_once_are_the_same_bytes(snapshot):
    small = PictureOptions(size=(600, 600))
    alone = {ending: draw_picture(snapshot, small, ending=ending).content for ending in FORMATS}
    with ThreadPoolExecutor(4) as pool:
        drawn = pool.map(lambda e: (e, draw_picture(snapshot, small, ending=e)), [*FORMATS] * 2)
        assert {(ending, picture.content == alone[ending]) for ending, picture in drawn} == {
            (ending, True) for ending in FORMATS
        }


def test_the_second_day_is_the_later_one(snapshot):
    options = PictureOptions(layout=Layout.PAIR, date2=day("2025-12-10"))
    with pytest.raises(ValueError, match="second day, 2025-12-10, is before the first, 2025-12-11"):
        draw_picture(snapshot, options)


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("size", [(1200, 675), (600, 600)])
def test_no_line_of_text_leaves_the_paper(snapshot, size, layout, lang):
    options = replace(LAYOUTS[layout], size=size, lang=lang, address="?date=2025-12-11")
    figure = compose(snapshot, options, no_series).paper.figure
    wide, tall = figure.bbox.size
    for text in figure.texts:
        box = text.get_window_extent()
        inside = box.x0 >= 0 and box.y0 >= 0 and box.x1 <= wide and box.y1 <= tall
        assert inside, text.get_text()


def test_the_name_of_a_voice_is_cut_to_its_map(dataset):
    speaker = "ua-syrskyi"
    snapshot = take_snapshot(dataset, as_of=day("2025-12-11"), view=speaker)
    options = replace(LAYOUTS["voices"], size=(600, 1080), lang=Lang.RU)
    figure = compose(snapshot, options, no_series).paper.figure
    over = [text for text in figure.texts if text.get_text().startswith("По словам: Александр")]
    assert [text.get_text()[-1] for text in over] == ["…"]
    assert all(text.get_window_extent().x1 <= figure.bbox.width for text in figure.texts)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_day_without_statements_says_so(tiny_folder, layout):
    snapshot = take_snapshot(load_dataset(tiny_folder), as_of=day("2020-01-01"))
    options = LAYOUTS[layout]
    options = replace(options, date2=day("2020-01-02")) if options.date2 else options
    drawn = draw_picture(snapshot, options, ending="svg")
    assert "No statement found." in drawn.alt
    said = " ".join(texts(ElementTree.fromstring(drawn.content)))
    assert "No statement found for this day, this area and this view" in said


HOSTILE = "$x^{2$ & </svg><img onerror=1>"


def test_strangers_text_is_only_text(tiny_folder):
    dataset = load_dataset(tiny_folder)
    # The loader refuses control characters, so this is put where no loader looks again.
    dataset = replace(
        dataset,
        places=dataset.places.assign(name=HOSTILE),
        claimants=dataset.claimants.assign(name=HOSTILE),
        claims=dataset.claims.assign(outlet=f"{HOSTILE}\x00\U0001f600漢"),
    )
    snapshot = take_snapshot(dataset, as_of=day("2025-12-11"))
    options = PictureOptions(
        layout=Layout.CARD, place="siversk", headline=HOSTILE, extent=NEAR_SIVERSK
    )
    root = svg_of(snapshot, options)
    assert f"{HOSTILE}?\U0001f600?" in texts(root)
    assert texts(root).count(HOSTILE) >= 2  # headline and name
    assert root.find(f"{SVG}title").text == HOSTILE
    assert not list(root.iter("img")) + list(root.iter(f"{SVG}img"))
    assert HOSTILE in pdf_text(draw_picture(snapshot, options, ending="pdf").content)
    assert picture(draw_picture(snapshot, options).content).size == SIZE


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"size": (599, 600)}, "each side 600 to 6000"),
        ({"size": (600, 6001)}, "each side 600 to 6000"),
        ({"size": (6000, 6000), "dpi": 300}, "is over 60 megapixels"),
        ({"dpi": 72}, "72 dpi are not made; one of 100, 200, 300"),
        ({"headline": "x" * 141}, "at most 140 letters"),
        ({"layout": Layout.CARD}, "card needs --place"),
        ({"layout": Layout.PAIR}, "pair needs --date2"),
        ({"layout": Layout.VOICES}, "voices needs --view2"),
        ({"view2": "russia"}, "--view2 is for the layout voices"),
    ],
)
def test_options_that_make_no_picture_are_refused(changes, sentence):
    with pytest.raises(ValueError, match=sentence):
        PictureOptions(**changes)


def test_the_extent_follows_the_readers_map():
    assert extent_of(View(as_of=day("2025-12-11")), size=SIZE) is None
    view = View(as_of=day("2025-12-11"), centre=(48.0, 37.0), zoom=8)
    west, south, east, north = extent_of(view, size=(512, 256))
    assert (west + east) / 2 == 37.0
    assert east - west == pytest.approx(360 * 512 / (256 * 2**8))  # Leaflet: 256 px a tile
    assert (north - south) == pytest.approx((east - west) / 2 * np.cos(np.radians(48)))


def test_the_extent_around_a_place_holds_its_radius():
    west, south, east, north = extent_around(60.0, 30.0, km=111.32)
    assert (south, north) == pytest.approx((59.0, 61.0))
    assert (west, east) == pytest.approx((28.0, 32.0))  # a degree of longitude is half as long


def test_areas_lie_under_the_settlements_and_are_named(dataset, snapshot):
    layers = area_layers(snapshot, ("reach", "oblasts"), no_series)
    assert [layer.id for layer in layers] == ["reach", "oblasts"]
    assert layers[1].rows.loc["luhansk-oblast", ["ukraine", "russia"]].tolist() == [
        "contested",
        "russia",
    ]
    plain, drawn = (
        draw_picture(snapshot, replace(SIVERSK, areas=areas))
        for areas in ((), ("reach", "oblasts"))
    )
    # Around Siversk, between its glyph and the edge of its ground: land before, stripes after.
    land, box = (0xF7, 0xF6, 0xF2), (322, 236, 352, 262)
    assert count(picture(plain.content), land, box) > 500
    assert count(picture(drawn.content), land, box) < 50
    assert "derived from statements, not a front line" in drawn.alt
    assert "derived from" not in plain.alt
    with pytest.raises(ValueError, match="no series 'deepstate'"):
        draw_picture(snapshot, replace(SIVERSK, areas=("deepstate",)))
