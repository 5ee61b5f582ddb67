"""The tools: borders are built from shapes worked by hand; changes in a rule are made and noticed."""

import io
import json
import tarfile
from dataclasses import replace
from textwrap import dedent

import pytest
import shapely

from geo.layers import LIMITS
from tools import mutants
from tools.borders.__main__ import main
from tools.borders.coverage import SEA, partition, simplify
from tools.borders.sources import GROUND, BuildError, areas_of, countries_of, read_json

WEST, EAST = shapely.box(20, 45, 30, 50), shapely.box(30, 45, 40, 50)
# Two squares that share the edge x = 30; the second one's ring walks it backwards (~0).
TOPOLOGY = {
    "transform": {"scale": [1, 1], "translate": [20, 45]},
    "arcs": [
        [[10, 0], [0, 5]],
        [[10, 5], [-10, 0], [0, -5], [10, 0]],
        [[10, 0], [10, 0], [0, 5], [-10, 0]],
    ],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "West"}},
                {"type": "MultiPolygon", "arcs": [[[2, ~0]]], "properties": {"name": "East"}},
            ]
        }
    },
}


def test_countries_are_decoded_with_their_shared_edge():
    found = dict(countries_of(TOPOLOGY))
    assert found.keys() == {"West", "East"}
    assert found["West"].equals(WEST)
    assert found["East"].equals(EAST)


def test_countries_beyond_what_a_reader_can_see_are_left_out():
    assert GROUND == LIMITS
    moved = TOPOLOGY | {"transform": {"scale": [1, 1], "translate": [60, 45]}}
    assert list(countries_of(moved)) == []


def collection(**shapes):
    return {
        "features": [
            {"properties": {"name": name}, "geometry": json.loads(shapely.to_geojson(shape))}
            for name, shape in shapes.items()
        ]
    }


def test_areas_that_are_not_wanted_go_together():
    areas = areas_of(collection(West=WEST, East=EAST), {"West": ("west", "West")}, rest="other")
    assert areas["west"].equals(WEST)
    assert areas["other"].equals(EAST)
    with pytest.raises(BuildError, match=r"lacks the areas \['north'\]"):
        areas_of(collection(West=WEST), {"North": ("north", "North")}, rest="other")


def test_a_partition_has_no_gap_and_no_overlap_and_areas_win():
    wide = shapely.box(28, 45, 40, 50)  # reaches two degrees into the area
    gap = shapely.box(40, 45, 40.5, 50)  # land of nobody beside the country
    atoms = partition({"area": WEST}, {"country": wide}, gap)
    assert atoms.keys() == {"area", "country", SEA}
    assert atoms["area"].equals(WEST)
    assert atoms["country"].equals(shapely.box(30, 45, 40.5, 50))
    assert shapely.coverage_is_valid(list(atoms.values()))
    assert shapely.union_all(list(atoms.values())).equals(shapely.box(*GROUND))


def test_simplifying_keeps_shared_edges_shared():
    middle = [(30 + (0.001 if i % 2 else 0), 45 + i / 100) for i in range(501)]  # a saw
    west = shapely.Polygon([(20, 45), *middle, (20, 50)])
    east = shapely.Polygon([(40, 45), *middle, (40, 50)])
    atoms = simplify(partition({"west": west}, {"east": east}, shapely.Polygon()), areas={"west"})
    assert shapely.coverage_is_valid(list(atoms.values()))
    assert shapely.get_num_coordinates(atoms["west"]) < 40


def package(folder, **files):
    path = folder / "package.tgz"
    with tarfile.open(path, "w:gz") as made:
        for name, text in files.items():
            member = tarfile.TarInfo(f"package/{name}.json")
            member.size = len(text)
            made.addfile(member, io.BytesIO(text.encode()))
    return path


def test_a_file_is_read_out_of_its_package_or_named(tmp_path):
    made = package(tmp_path, good='{"a": 1}', bad="{")
    assert read_json(made, "good.json") == {"a": 1}
    for member in ("bad.json", "none.json"):
        with pytest.raises(BuildError, match=rf"package.tgz: cannot read '{member}'"):
            read_json(made, member)


def test_a_folder_that_is_missing_is_said_before_anything_is_fetched(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["borders", "--out", str(tmp_path / "none" / "b.geojson")])
    monkeypatch.setenv("PATH", "")
    assert main() == 1
    assert capsys.readouterr().err == f"{tmp_path / 'none'} is not a folder\n"


RULE = dedent(
    '''
    def within(days: int, *, limit: float = 90) -> bool:
        """Say whether 1 < 2."""
        return not (days < 0) and days - 1 <= limit or zip((), strict=True)
    '''
)


def test_a_rule_is_changed_in_every_small_way_and_nothing_else():
    made = list(mutants.mutants_of("rule.py", RULE))
    changes = {(mutant.before, mutant.after) for mutant in made}
    assert {
        ("days < 0", "(days <= 0)"),
        ("days - 1", "(days + 1)"),
        ("0", "(1)"),
        ("90", "(91)"),
        ("not days < 0", "(days < 0)"),
    } <= changes
    assert len(made) == len({mutant.source for mutant in made}) == 9
    for mutant in made:
        compile(mutant.source, "rule.py", "exec")
        assert '"""Say whether 1 < 2."""' in mutant.source
        assert "strict=True" in mutant.source


def test_a_change_is_noticed_by_the_modules_own_tests_alone(monkeypatch):
    module = "geo/export/tables.py"
    source = (mutants.ROOT / module).read_text(encoding="utf-8")
    whole = mutants.Mutant(module, 0, "", "", source)
    broken = replace(whole, source=source.replace('"view": ALL_SIDES', '"view": ""'))
    assert broken != whole
    assert not mutants.is_noticed(whole)
    assert mutants.is_noticed(broken)
    assert (mutants.ROOT / module).read_text(encoding="utf-8") == source


def test_every_module_of_rules_has_its_tests():
    for module, names in mutants.TESTS.items():
        assert (mutants.ROOT / module).exists(), module
        for name in names.split():
            assert (mutants.ROOT / "tests" / f"{name}.py").exists(), name
