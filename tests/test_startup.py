"""A command imports what it needs: a short one must not pay for what others use."""

import argparse
import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from geo.__main__ import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
HEAVY = {
    "matplotlib",
    "altair",
    "streamlit",
    "folium",
    "branca",
    "scipy",
    "imageio_ffmpeg",
    "sqlalchemy",
}
# Runs a command, then says on the last line which libraries it has loaded.
TELL = """
import json, sys
from geo.__main__ import main
main()
print()
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


@pytest.mark.parametrize(
    ("command", "allowed"),
    [
        ("validate", set()),
        ("standing --date 2025-12-11 --place siversk", set()),
        ("standing --date 2025-12-11 --format json", set()),
        ("changes --since 2025-12-16 --until 2025-12-23", set()),
        ("cite --date 2025-12-11 --place siversk --format bibtex", set()),
        ("export --date 2025-12-11 --out day.csv", set()),
        ("export --out ledger.gpkg", set()),
        ("areas list", set()),
        (
            "snapshot --date 2025-12-11 --place siversk --out day.png",
            HEAVY - {"streamlit", "altair"},
        ),
    ],
)
def test_a_command_loads_what_it_needs(tiny_folder, tmp_path, command, allowed):
    done = subprocess.run(
        [sys.executable, "-c", TELL, *command.split(), "--data", str(tiny_folder)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        check=True,
        timeout=60,
    )
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert {"geo", "pandas"} <= loaded  # the list is of this command
    assert not loaded & (HEAVY - allowed)


def test_every_command_is_found_in_its_module():
    found = {}
    for name in set(COMMANDS.values()):
        commands = argparse.ArgumentParser().add_subparsers()
        import_module(f"geo.commands.{name}").add_commands(
            commands, argparse.ArgumentParser(add_help=False)
        )
        found |= dict.fromkeys(commands.choices, name)
    assert found == COMMANDS
