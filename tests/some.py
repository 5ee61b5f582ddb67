"""Some of everything: a few places of the published ledger, quick to bake; a statement to propose."""

import csv
from pathlib import Path

from geo.desk.desk import Draft
from geo.desk.proposals import Action, Change
from geo.files.checks import COLUMNS

ROOT = Path(__file__).resolve().parent.parent
PLACES = ("siversk", "yampil", "sudzha")


def cut_ledger(folder, places=PLACES, oblasts=None):
    """Write the published ledger's files with the statements on these places, and on oblasts.

    `oblasts` has the ids of those to keep; all when left out.
    """
    folder.mkdir(parents=True)
    for path in (ROOT / "data").iterdir():
        if path.suffix in {".md", ".json", ".geojson", ".csv"}:
            (folder / path.name).write_bytes(path.read_bytes())
    keep = {
        "settlements.csv": lambda row: row["id"] in places,
        "claims.csv": lambda row: row["settlement_id"] in places,
        "area_claims.csv": lambda row: oblasts is None or row["area_id"] in oblasts,
    }
    spoken = set()
    for name, wanted in keep.items():
        spoken |= {row.get("claimant_id") for row in cut_file(folder / name, wanted)}
    cut_file(folder / "claimants.csv", lambda row: row["id"] in spoken)
    return folder


def cut_file(path, wanted):
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = [row for row in reader if wanted(row)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, reader.fieldnames, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return rows


def draft(claim_id="siversk-2026-01-02-ru-mod", *, day="2026-01-02", evidence=None):
    """Draft a statement that fits the tiny ledger: Russia's side says that it holds Siversk."""
    cells = [claim_id, "siversk", day, "", "ru-mod", "holds", "russia", "It said it holds it."]
    row = dict(
        zip(COLUMNS["claims.csv"], [*cells, "TASS", "", "https://example.org/9"], strict=True)
    )
    return Draft(Change(Action.ADD, "claims.csv", row), evidence=evidence or {})
