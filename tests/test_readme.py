"""The README's commands run, and it names what there is."""

import re
import shlex
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from PIL import Image

import geo.__main__
from geo.__main__ import main
from geo.desk.store import close_stores
from tests.test_figure import changed_pixels

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.strip()
    for line in README.split("## Command line")[1].splitlines()
    if line.startswith("    ") and line.split()[0] in geo.__main__.COMMANDS
]
AREAS, DESK = ([one for one in COMMANDS if one.split()[0] == group] for group in ("areas", "desk"))


@pytest.mark.parametrize("command", [c for c in COMMANDS if c not in (*AREAS, *DESK)])
def test_each_printed_command_runs(command, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(shlex.split(command)) == 0
    assert capsys.readouterr().out
    if "--out" in command:
        made = re.search(r"--out (\S+)", command)[1]
        beside = (
            {f"{made}.txt", f"{made}.json"} if made.endswith((".png", ".svg", ".pdf")) else set()
        )
        assert {path.name for path in tmp_path.iterdir()} == {made} | beside
        if (ROOT / "docs" / made).exists():
            shown = [
                Image.open(folder / made).convert("RGB") for folder in (ROOT / "docs", tmp_path)
            ]
            assert changed_pixels(*shown) < 150


def test_the_commands_on_areas_run_in_their_order(tmp_path, tiny_folder, monkeypatch, capsys):
    files = tmp_path / "files"
    files.mkdir()
    monkeypatch.chdir(tmp_path)
    for name, west in (("20251101", 38.2), ("20251201", 38.0)):
        frame = gpd.GeoDataFrame(geometry=[shapely.box(west, 48.8, 38.6, 49)], crs="EPSG:4326")
        frame.to_file(files / f"{name}.geojson", driver="GeoJSON")
    assert len(AREAS) == 4
    for command in AREAS:
        arguments = shlex.split(command.replace("PATH…", str(files)))
        assert main([*arguments, "--data", str(tiny_folder)]) == 0
        assert capsys.readouterr().out
    assert (tmp_path / "change.gpkg").exists()


def test_the_commands_of_the_desk_run_in_their_order(tmp_path, tiny_folder, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    cells = "siversk,2.1.2026,ru-mod,holds,russia,It said so.,TASS,https://example.org/1"
    header = "place,date,claimant_id,kind,controller,summary,outlet,url"
    Path("new.csv").write_text(f"{header}\n{cells}\n", encoding="utf-8")
    assert {line.split()[1] for line in DESK} == {
        *("propose", "list", "show", "accept", "amend", "retract", "publish", "verify")
    }
    for command in DESK:
        line = command.replace("CLAIM-ID", "siversk-2025-12-11-ru-mod")
        assert main([*shlex.split(line, comments=True), "--data", str(tiny_folder)]) == 0
        assert capsys.readouterr().out
    assert "siversk-2026-01-02-ru-mod" in (tiny_folder / "claims.csv").read_text(encoding="utf-8")
    close_stores()


def test_every_module_and_picture_is_named():
    for module in (ROOT / "geo").glob("[a-z]*.py"):
        assert f"`geo/{module.name}`" in README
    for name in re.findall(r"!\[[^]]+\]\(([^)]+)\)", README):
        with Image.open(ROOT / name) as picture:
            assert picture.width >= 1000


def test_the_pictures_to_publish_are_made_by_printed_commands():
    made = {match[1] for command in COMMANDS if (match := re.search(r"--out (\S+)", command))}
    assert {"card.png", "pair.png", "voices.png"} <= made
