"""What the package says of itself: its dependencies are what is imported, and stand in one place."""

import ast
import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from tools.requirements import requirements

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def declared():
    optional = [d for group in PROJECT.get("optional-dependencies", {}).values() for d in group]
    before_versions = (re.split("[<>=~!;]", d)[0] for d in [*PROJECT["dependencies"], *optional])
    return {plain(name) for names in before_versions for name in re.findall(r"[\w.-]+", names)}


def imported():
    for path in [*(ROOT / "geo").rglob("*.py"), ROOT / "app.py", *(ROOT / "pages").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (name.name.split(".")[0] for name in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.split(".")[0]


def test_requirements_are_made_from_the_project():
    written = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert written == requirements(), "change pyproject.toml, then `python -m tools.requirements`"


def test_what_is_imported_is_declared():
    distributions = packages_distributions()
    used = {name: {plain(d) for d in distributions.get(name, [])} for name in imported()}
    undeclared = {name for name, owners in used.items() if owners and not owners & declared()}
    assert undeclared == set()


def test_every_dependency_has_a_lower_bound():
    loose = [d for d in PROJECT["dependencies"] if not re.search("[=>]=", d)]
    assert loose == []


def test_secrets_of_a_server_go_neither_into_git_nor_into_a_package():
    secrets = ".streamlit/secrets.toml"
    assert secrets in (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    targets = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]
    for target in targets["build"]["targets"].values():
        assert f"/{secrets}" in target["exclude"]
