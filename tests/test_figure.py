"""The picture shows what the ledger says, carries its words, and is the same bytes each time."""

import io
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageChops

from geo.areas import area_layers
from geo.figure import SIZE, describe, draw_png, extent_of, label_boxes
from geo.load import load_dataset
from geo.model import View
from geo.timeline import take_snapshot
from tests.conftest import day

EXPECTED = Path(__file__).resolve().parent / "expected"
NEAR_SIVERSK = (37.9, 48.75, 38.3, 48.98)
BLUE, ORANGE = (0x00, 0x72, 0xB2), (0xD5, 0x5E, 0x00)


def picture(content):
    return Image.open(io.BytesIO(content)).convert("RGB")


def count(image, colour, box):
    part = np.asarray(image.crop(box)).astype(int)
    return int((abs(part - colour).max(axis=2) < 12).sum())


def around_siversk(dataset, as_of, **options):
    snapshot = take_snapshot(dataset, as_of=day(as_of))
    return draw_png(snapshot, extent=NEAR_SIVERSK, size=(600, 600), place="siversk", **options)


def changed_pixels(seen, expected):
    assert seen.size == expected.size
    red, green, blue = ImageChops.difference(seen, expected).split()
    return sum(ImageChops.lighter(ImageChops.lighter(red, green), blue).histogram()[33:])


def test_left_half_ukraine_right_half_russia(dataset):
    # The extent puts Siversk in the middle of the map; find the middle by its ring's colours.
    before, after = (picture(around_siversk(dataset, d)) for d in ("2025-12-11", "2025-12-23"))
    blue = np.argwhere(abs(np.asarray(before).astype(int) - BLUE).max(axis=2) < 12)
    blue = blue[blue[:, 0] < 400]  # above the legend
    y, x = (int(v) for v in np.median(blue, axis=0))
    middle = int(blue[:, 1].max()) + 1
    left, right = (
        (middle - 14, y - 10, middle - 2, y + 10),
        (middle + 2, y - 10, middle + 14, y + 10),
    )
    assert x < middle
    assert count(before, BLUE, left) > 60 > 12 > count(before, ORANGE, left)
    # Russia's fill carries white lines, so fewer pixels are purely orange.
    assert count(before, ORANGE, right) > 12 > count(before, BLUE, right)
    assert count(after, ORANGE, left) > 12 > count(after, BLUE, left)
    assert count(after, ORANGE, right) > 12


def test_it_looks_as_it_did(dataset):
    seen = picture(around_siversk(dataset, "2025-12-11"))
    assert changed_pixels(seen, Image.open(EXPECTED / "siversk.png").convert("RGB")) < 200
    other = picture(around_siversk(dataset, "2025-12-23"))
    assert changed_pixels(seen, other) > 200  # the budget would catch one changed glyph


def test_the_same_bytes_twice(dataset):
    assert around_siversk(dataset, "2025-12-11") == around_siversk(dataset, "2025-12-11")


def test_size_and_words_inside_the_file(dataset):
    snapshot = take_snapshot(dataset, as_of=day("2025-12-11"))
    image = Image.open(io.BytesIO(draw_png(snapshot, address="https://x.org/?date=2025-12-11")))
    assert image.size == SIZE
    assert image.text["Title"] == "Who says what about control, 11 December 2025"
    assert image.text["Source"] == "https://x.org/?date=2025-12-11"
    assert image.text["Description"] == describe(snapshot)
    assert "The sides disagree: " in describe(snapshot)
    assert "Siversk" in describe(snapshot).split("The sides disagree: ")[1].split(".")[0]


@pytest.mark.parametrize("size", [(1200, 675), (1080, 1080), (1080, 1920), (600, 600)])
def test_names_never_lie_over_each_other_or_the_edge(dataset, size):
    snapshot = take_snapshot(dataset, as_of=day("2025-12-11"))
    boxes = label_boxes(snapshot, size=size)
    assert len(boxes) >= 5
    assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]
    assert all(b.x0 > 0 and b.y0 > 0 and b.x1 < size[0] and b.y1 < size[1] for b in boxes)


def test_a_day_without_statements_says_so(tiny_folder):
    snapshot = take_snapshot(load_dataset(tiny_folder), as_of=day("2020-01-01"))
    assert describe(snapshot).endswith("No statement found.")
    assert picture(draw_png(snapshot)).size == SIZE


def test_strangers_text_is_only_text(tiny_folder):
    path = tiny_folder / "settlements.csv"
    path.write_text(path.read_text().replace("Siversk,", "$x^{2$<img onerror=1>\U0001f600漢,"))
    snapshot = take_snapshot(load_dataset(tiny_folder), as_of=day("2025-12-11"))
    assert picture(draw_png(snapshot, place="siversk")).size == SIZE


@pytest.mark.parametrize("size", [(599, 600), (600, 6001), (0, 0)])
def test_absurd_sizes_are_refused(dataset, size):
    snapshot = take_snapshot(dataset, as_of=day("2025-12-11"))
    with pytest.raises(ValueError, match=r"each side 600 to 6000"):
        draw_png(snapshot, size=size)


def test_the_extent_follows_the_readers_map():
    assert extent_of(View(as_of=day("2025-12-11")), size=SIZE) is None
    view = View(as_of=day("2025-12-11"), centre=(48.0, 37.0), zoom=8)
    west, south, east, north = extent_of(view, size=(512, 256))
    assert (west + east) / 2 == 37.0
    assert east - west == pytest.approx(360 * 512 / (256 * 2**8))  # Leaflet: 256 px a tile
    assert (north - south) == pytest.approx((east - west) / 2 * np.cos(np.radians(48)))


def test_areas_lie_under_the_settlements_and_are_named(dataset):
    snapshot = take_snapshot(dataset, as_of=day("2025-12-11"))
    layers = area_layers(snapshot, ("reach", "oblasts"), lambda _: pytest.fail("no series asked"))
    assert [layer.id for layer in layers] == ["reach", "oblasts"]
    assert layers[1].rows.loc["luhansk-oblast", ["ukraine", "russia"]].tolist() == [
        "contested",
        "russia",
    ]
    plain, drawn = (
        picture(draw_png(snapshot, extent=NEAR_SIVERSK, size=(600, 600), areas=areas))
        for areas in ((), layers)
    )
    # Where no name and no glyph lies, south of Siversk: paper before, stripes of both sides after.
    box = (250, 330, 330, 350)
    assert count(plain, (0xF7, 0xF6, 0xF2), box) > 1000
    assert count(drawn, (0xF7, 0xF6, 0xF2), box) < 100
    assert "Ground around places" in layers[0].title
