"""Colours are told apart by everybody: computed, not believed."""

from itertools import combinations

import numpy as np
import pytest

from geo.figure.paper import THEMES
from geo.model import Controller
from geo.style import COLOURS, INK, LAND, UNKNOWN, opacity

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
VISION = {
    "normal": np.eye(3),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}  # fmt: skip
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)  # fmt: skip
WHITE = np.array([0.95047, 1.0, 1.08883])


def linear(colour):
    value = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    ratio = TO_XYZ @ np.clip(rgb, 0, 1) / WHITE
    f = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(one, other):
    light = sorted((linear(c) @ TO_XYZ[1] for c in (one, other)), reverse=True)
    return (light[0] + 0.05) / (light[1] + 0.05)


@pytest.mark.parametrize("vision", VISION)
def test_controllers_differ_for_every_reader(vision):
    for one, other in combinations([*COLOURS.values(), UNKNOWN], 2):
        seen = [lab(VISION[vision] @ linear(colour)) for colour in (one, other)]
        assert np.linalg.norm(seen[0] - seen[1]) > 25, (one, other)  # CIE 1976; 2.3 is just visible


def test_contested_differs_in_greyscale_and_the_two_sides_need_their_texture():
    grey = {controller: lab(linear(colour))[0] for controller, colour in COLOURS.items()}
    assert grey[Controller.CONTESTED] - max(grey[Controller.UKRAINE], grey[Controller.RUSSIA]) > 30
    assert abs(grey[Controller.UKRAINE] - grey[Controller.RUSSIA]) < 15  # hence the texture


def test_marks_stand_out_from_the_land():
    for colour in (COLOURS[Controller.UKRAINE], COLOURS[Controller.RUSSIA], UNKNOWN, INK):
        assert contrast(colour, LAND) >= 3  # WCAG 2.2, graphics


def test_statements_pale_after_thirty_and_ninety_days():
    assert [opacity(days) for days in (-5, 0, 30, 31, 90, 91, 900)] == [
        1,
        1,
        1,
        0.7,
        0.7,
        0.45,
        0.45,
    ]


@pytest.mark.parametrize("look", THEMES)
def test_marks_and_words_stand_out_on_light_and_dark_paper(look):
    theme = THEMES[look]
    for colour in (COLOURS[Controller.UKRAINE], COLOURS[Controller.RUSSIA], UNKNOWN, theme.ink):
        assert contrast(colour, theme.land) >= 3  # WCAG 2.2, graphics
    for colour in (theme.ink, theme.muted):
        assert contrast(colour, theme.paper) >= 4.5  # WCAG 2.2, text
    # Contested is light: on light paper its dark line tells it from the land.
    yellow = COLOURS[Controller.CONTESTED]
    assert max(contrast(yellow, theme.land), contrast(yellow, INK)) >= 3
