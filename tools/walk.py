"""How one statement goes from its row to a pixel, to a picture and to a file: the steps.

`python -m tools.architecture` writes them into docs/architecture.md; a test holds that every
function that is named here exists.
"""

from __future__ import annotations

from typing import NamedTuple


class Step(NamedTuple):
    """One step: the file, the function in it, and what becomes of the statement there."""

    file: str
    function: str
    what: str


WALK: dict[str, tuple[Step, ...]] = {
    "From a row to the ledger": (
        Step("geo/desk/publication.py", "publish", "a proposal that a second person accepted becomes a row of `data/claims.csv`; a row written by hand is the same row"),
        Step("geo/files/load.py", "load_dataset", "the file is read as text, each cell as it stands; nothing is guessed"),
        Step("geo/files/checks.py", "all_faults", "every cell is checked against the codebook; all faults of all files come at once, with file, row and column"),
        Step("geo/files/join.py", "join_tables", "the claim gets its side, its place and its order of say: one row of `Dataset.claims`"),
    ),
    "To what stands on a day": (
        Step("geo/timeline.py", "standing_rows", "of the claims of a side on a place that were stated by `known_by` and hold from the day or before, the one stated last stands"),
        Step("geo/timeline.py", "resolve_status", "what the two sides make of each other: agreed, disputed, one-sided, third-only, silent"),
        Step("geo/timeline.py", "take_snapshot", "a `Snapshot`, the narrow waist: all that is drawn or written starts from one"),
    ),
    "To a pixel": (
        Step("geo/timelayer/payload.py", "encode_ledger", "the whole ledger becomes columns of numbers, days since the first, codes for words: sent once"),
        Step("geo/publish.py", "publish", "the columns lie where the app serves files, named by their content"),
        Step("geo/session/map.py", "show_map", "the page gets a map that never changes, and the command that says what it shows"),
        Step("geo/timelayer/bundle.py", "bundle", "the browser's modules are joined to one script"),
        Step("geo/timelayer/ledger.js", "decodeLedger", "in the browser the columns become typed arrays again"),
        Step("geo/timelayer/shown.js", "makeShown", "the slider asks for a day: the same rules of time, held to the same cases; only the places that changed are told on"),
        Step("geo/timelayer/glyphs.js", "glyphState", "positions and ages of the sides become one number for each look of a glyph"),
        Step("geo/timelayer/glyphs.js", "drawPart", "left half, right half, rim, ring: each drawn once in a size"),
        Step("geo/timelayer/sparse.js", "makeSparse", "the pixels of the parts are put together for the places that changed, and what lies over them"),
        Step("geo/timelayer/painter.js", "SettlementLayer", "and reach the canvas of the map within one frame of the display"),
    ),
    "To the words beside it": (
        Step("geo/page/record.py", "side_record", "what the side said, with speaker, day, outlet and link, from a template that escapes every text"),
    ),
    "To a picture": (
        Step("geo/figure/picture.py", "draw_picture", "matplotlib draws the snapshot without a browser: the same bytes every time"),
        Step("geo/figure/frame.py", "add_glyph", "the same glyph, by the same colours of `geo/style.py`"),
        Step("geo/figure/alt.py", "describe", "beside it lies what it shows, in plain sentences"),
        Step("geo/figure/manifest.py", "write_manifest", "and what it was made of, to make it again"),
    ),
    "To a file": (
        Step("geo/export/tables.py", "statement_table", "a row with the statement, its place as a point, and what the file answers: day, clock, view, version, licence"),
        Step("geo/export/geofiles.py", "standing_gpkg", "one function a format turns the table into bytes"),
        Step("geo/files/write.py", "write_file", "which are written whole, or not at all"),
    ),
}  # fmt: skip
