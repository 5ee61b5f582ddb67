"""The floors hold: imports point down, pages only wire, libraries stay where they belong."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# From the ground up; each may import the ones above it in this list.
FLOORS = [
    "model",
    "parallel",
    "files",
    "wording",
    "style",
    "gazetteer",
    "address",
    "timeline",
    "extract",
    "ledger",
    "areas",
    "desk",
    "cite",
    "layers",
    "timelayer",
    "figure",
    "export",
    "page",
    "notebook",
    "publish",
    "site",
    "session",
    "commands",
    "__main__",
]
ONLY_IN = {
    "streamlit": {"session"},
    "streamlit_folium": {"session"},
    "folium": {"layers", "timelayer"},
    "branca": {"layers", "timelayer"},
    "matplotlib": {"figure"},
    "PIL": {"figure"},
    "imageio_ffmpeg": {"figure"},
    "sqlalchemy": {"desk"},
    "sklearn": set(),  # weights are learnt by tools/, and used without it
}
MODULES = sorted((ROOT / "geo").rglob("*.py"))


def floor_of(path):
    parts = path.relative_to(ROOT / "geo").with_suffix("").parts
    return parts[0]


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (
                [f"geo.{name.name}" for name in node.names]
                if node.module == "geo"
                else [node.module]
            )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_down(path):
    floor = floor_of(path)
    if floor == "__init__":
        assert set(imported(path)) == {"importlib", "typing", "geo.notebook"}  # for types alone
        return
    below = set(FLOORS[: FLOORS.index(floor)]) | {floor, "__version__"}
    used = {name.split(".")[1] for name in imported(path) if name.startswith("geo.")}
    assert used <= below


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_libraries_stay_on_their_floor(path):
    used = {name.split(".")[0] for name in imported(path)}
    strangers = {name for name, floors in ONLY_IN.items() if floor_of(path) not in floors}
    assert not used & strangers


@pytest.mark.parametrize("path", [ROOT / "app.py", *(ROOT / "pages").glob("*.py")], ids=str)
def test_pages_only_wire(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 80


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_stay_readable(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
