"""Programs beside the app that some tests run, and what happens on a machine without one.

A test says `pytestmark = needs("nginx")` or `@needs("nginx")`. Where the program is missing it is
left out and the last lines of the run name it; in CI, which installs all (.ci/programs), nothing
is left out and it fails.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest


def _qgis() -> bool:
    python = "/usr/bin/python3"  # Debian's QGIS speaks to Debian's Python alone
    ask = [python, "-c", "import qgis.core"]
    return Path(python).exists() and subprocess.run(ask, capture_output=True).returncode == 0


PROGRAMS: dict[str, Callable[[], bool]] = {
    "nginx": lambda: bool(shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")),
    "postgresql": lambda: any(Path("/usr/lib/postgresql").glob("*/bin/initdb")),
    "qgis": _qgis,
}


def needs(program: str) -> pytest.MarkDecorator:
    """Mark a test as one that runs a program; see above."""
    if program not in PROGRAMS:
        raise ValueError(f"{program!r} is not in tests/programs.py")
    return pytest.mark.needs(program)


def missing(item: pytest.Item) -> str:
    """Name the program that a test needs and this machine lacks; "" when there is none."""
    if os.environ.get("CI"):
        return ""
    named = [mark.args[0] for mark in item.iter_markers("needs")]
    return next((program for program in named if not _is_there(program)), "")


@cache
def _is_there(program: str) -> bool:
    return PROGRAMS[program]()
