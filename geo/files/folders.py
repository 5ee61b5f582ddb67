"""Where things lie: in a checkout beside geo/; once installed inside geo/, which nobody writes to.

What the app writes then goes to folders of the user: what can be made again to the cache, what a
reader added to the ledger to the data folder.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

from geo.files.write import write_file

NAME = "frontline-claims"
GEO = Path(__file__).resolve().parent.parent
PACKED = GEO / "packed"  # made by the wheel alone; see pyproject.toml
ROOT = PACKED if PACKED.is_dir() else GEO.parent
DATA = ROOT / "data"


def kept_folder(data: Path) -> Path:
    """Give the folder for what a reader adds to the ledger of a folder: its own, if we may."""
    return user_data_path(NAME) if data == PACKED / "data" else data


def areas_folder(data: Path) -> Path:
    """Give the folder of the imported series that belong to the ledger of a folder."""
    return kept_folder(data) / "areas"


@cache
def app_folder() -> Path:
    """Give the folder that the app runs from, with app.py, pages/ and a static/ to write to.

    Streamlit serves the static/ beside app.py and no other; of an installed app a copy is kept in
    the user's cache, one for each content, so that two versions can run at a time.

    Raises
    ------
    OSError
        The cache cannot be written to.
    """
    if ROOT != PACKED:
        return ROOT
    files = {
        path.relative_to(ROOT): path.read_bytes()
        for part in ("app.py", "pages/*.py", ".streamlit/*.toml")
        for path in sorted(ROOT.glob(part))
    }
    digest = hashlib.sha256(repr(files).encode()).hexdigest()[:12]
    folder = user_cache_path(NAME) / f"app-{digest}"
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        if not (folder / path).exists():
            write_file(folder / path, content)
    return folder
