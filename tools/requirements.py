"""Write requirements.txt from pyproject.toml: `python -m tools.requirements`."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = "# Made from pyproject.toml by `python -m tools.requirements`; change it there.\n"


def requirements() -> str:
    """Give what requirements.txt holds, from the dependencies in pyproject.toml."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    return HEAD + "".join(f"{dependency}\n" for dependency in project["dependencies"])


if __name__ == "__main__":
    (ROOT / "requirements.txt").write_text(requirements(), encoding="utf-8", newline="\n")
