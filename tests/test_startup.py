"""A command imports what it needs: a short one must not pay for what others use."""

import argparse
import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

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
# One after another in one process, the one that may load more last: what one has loaded is there
# in all that follow.
LIGHT = (
    "validate",
    "standing --date 2025-12-11 --place siversk",
    "standing --date 2025-12-11 --format json",
    "changes --since 2025-12-16 --until 2025-12-23",
    "cite --date 2025-12-11 --place siversk --format bibtex",
    "export --date 2025-12-11 --out day.csv",
    "export --out ledger.gpkg",
    "areas list",
)
PICTURE = "snapshot --date 2025-12-11 --place siversk --out day.png"
# Runs commands, and says after each, on a line of its own, which modules have been loaded.
TELL = """
import json, sys
from geo.__main__ import main
for command in sys.argv[2:]:
    main([*command.split(), "--data", sys.argv[1]])
    print()
    print("LOADED", json.dumps(sorted(sys.modules)))
"""


def test_a_command_loads_what_it_needs(tiny_folder, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", TELL, str(tiny_folder), *LIGHT, PICTURE],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        check=True,
        timeout=60,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith(b"LOADED ")]
    for command, line in zip([*LIGHT, PICTURE], lines, strict=True):
        modules = json.loads(line.removeprefix(b"LOADED "))
        loaded = {name.partition(".")[0] for name in modules}
        own = f"geo.commands.{COMMANDS[command.split()[0]]}"
        assert {"pandas", own} <= loaded | set(modules)  # the list is of this command
        allowed = HEAVY - {"streamlit", "altair"} if command == PICTURE else set()
        assert not loaded & (HEAVY - allowed), command


def test_every_command_is_found_in_its_module():
    found = {}
    for name in set(COMMANDS.values()):
        commands = argparse.ArgumentParser().add_subparsers()
        import_module(f"geo.commands.{name}").add_commands(
            commands, argparse.ArgumentParser(add_help=False)
        )
        found |= dict.fromkeys(commands.choices, name)
    assert found == COMMANDS
