"""Run the notebook in docs/ and keep what it shows: `python -m tools.notebook`.

The map is kept as its picture alone: as a page it would bring the libraries inside of it, and
where notebooks are read on the web no script runs.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = ROOT / "docs" / "ledger.ipynb"


def run_notebook(folder: Path) -> Any:
    """Run the notebook's cells in a new kernel, in a folder that they may write to."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=120,
        resources={"metadata": {"path": str(folder)}},
        kernel_name="python3",
    )
    client.execute(env=os.environ | {"PYTHONPATH": str(ROOT)})
    return notebook


def slimmed(notebook: Any) -> Any:
    """Leave out the page of a map that also has a picture, and when the cells were run."""
    notebook.metadata.pop("language_info", None)
    for cell in notebook.cells:
        cell.metadata.clear()
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                output.data.pop("text/html", None)
    return notebook


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        nbformat.write(slimmed(run_notebook(Path(folder))), NOTEBOOK)
