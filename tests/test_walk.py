"""The drawing of the house is of this house, and its walk goes through rooms that exist."""

import ast
import re
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import ROOT
from tests.test_architecture import FLOORS
from tools.architecture import DRAWING, TEXT, builds_on, drawing, height, text
from tools.walk import WALK

STEPS = [step for steps in WALK.values() for step in steps]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.file}:{step.function}")
def test_every_step_is_a_function_that_exists(step):
    source = (ROOT / step.file).read_text(encoding="utf-8")
    if step.file.endswith(".py"):
        assert step.function in {getattr(node, "name", "") for node in ast.parse(source).body}
    else:
        assert re.search(rf"^export (function|const|class) {step.function}\b", source, re.M)


def test_the_walk_begins_with_a_row_and_ends_with_a_file(dataset):
    (claim,) = re.findall(r"`([a-z0-9-]+)` is a row", text())
    assert claim in dataset.claims.index
    files = [step.file for step in STEPS]
    assert files[1] == "geo/files/load.py"
    assert files[-1] == "geo/files/write.py"
    assert {"geo/timelayer/painter.js", "geo/figure/picture.py"} <= set(files)


def test_page_and_drawing_are_up_to_date():
    for path, made in ((TEXT, text()), (DRAWING, drawing())):
        assert path.read_text(encoding="utf-8") == made, "run `python -m tools.architecture`"


def test_each_room_is_drawn_once_above_those_it_builds_on():
    drawn = [
        "".join(each.itertext()) for each in ET.fromstring(drawing()) if each.tag.endswith("text")
    ]
    assert sorted(drawn) == sorted(room.strip("_") for room in FLOORS)
    assert height("model") == 0
    assert all(height(room) > height(other) for room in FLOORS for other in builds_on(room))
