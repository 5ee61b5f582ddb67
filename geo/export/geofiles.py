"""Files of geographic programs: GeoPackage (OGC 12-128) with styles, and GeoParquet 1.0."""

from __future__ import annotations

import io
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from threading import Lock

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pyogrio

from geo.export.qgis import as_document, borders_style, places_style, statements_style
from geo.export.qgis_project import TABLE, Layer, Project, Relation, project_row, rename_project
from geo.export.tables import about, place_table, stands_until, statement_table
from geo.model import Dataset, Lang, Snapshot
from geo.style import FRONT
from geo.wording import known_in_words

FILE_NAME = "export.gpkg"  # until a name is given
STATEMENTS_OF_PLACES = Relation("statements", of="places", by="settlement_id")
STYLES = {"borders": borders_style, "statements": statements_style, "places": places_style}
# The table in which QGIS looks for a layer's style, as QGIS itself makes it.
LAYER_STYLES = """
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256), f_table_schema TEXT(256),
    f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT,
    styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
    update_time DATETIME)
"""
_WRITING = Lock()


def standing_gpkg(snapshot: Snapshot) -> bytes:
    """Write one day: layers borders, statements (the standing ones) and places, and `about`.

    The QGIS project in it draws the places; the layer of statements is off, and those of a place
    are a table in the form that opens where a reader identifies it.
    """
    dataset = snapshot.dataset
    layers = {
        "borders": _borders(dataset),
        "statements": _spanned(statement_table(dataset, snapshot)),
        "places": place_table(snapshot),
    }
    title = f"Frontline Claims: {known_in_words(snapshot.as_of, snapshot.known_by, Lang.EN)}"
    return _gpkg(layers, about(dataset, snapshot), dataset, title, days=None)


def ledger_gpkg(dataset: Dataset) -> bytes:
    """Write the whole ledger: layers borders and statements, and the table `about`.

    The QGIS project in it plays the statements day by day.
    """
    layers = {"borders": _borders(dataset), "statements": _spanned(statement_table(dataset))}
    days = dataset.first_day, dataset.last_day
    return _gpkg(layers, about(dataset), dataset, "Frontline Claims: the whole ledger", days=days)


def named_gpkg(content: bytes, file_name: str) -> bytes:
    """Make the project of a GeoPackage for the name that the file is to have."""
    with tempfile.TemporaryDirectory(prefix="frontline-") as folder:
        path = Path(folder) / FILE_NAME
        path.write_bytes(content)
        with closing(sqlite3.connect(path)) as database:
            [row] = database.execute("SELECT content FROM qgis_projects").fetchall()
            renamed = rename_project(row[0], FILE_NAME, file_name)
            database.execute("UPDATE qgis_projects SET content = ?", (renamed,))
            database.commit()
        return path.read_bytes()


def standing_parquet(snapshot: Snapshot) -> bytes:
    """Write the standing claims of a day as points."""
    table = statement_table(snapshot.dataset, snapshot)
    return _parquet(table, about(snapshot.dataset, snapshot))


def ledger_parquet(dataset: Dataset) -> bytes:
    """Write all claims as points."""
    return _parquet(statement_table(dataset), about(dataset))


def _borders(dataset: Dataset) -> gpd.GeoDataFrame:
    return dataset.borders[["name", "kind", "country", "geometry"]].reset_index()


def _spanned(statements: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return statements.assign(stands_until=stands_until(statements))


def _gpkg(
    layers: dict[str, gpd.GeoDataFrame],
    answers: dict[str, str],
    dataset: Dataset,
    title: str,
    *,
    days: tuple[date, date] | None,
) -> bytes:
    # The newest statement's day stands for the day of writing: the same ledger, the same bytes.
    written = f"{dataset.last_day.isoformat()}T00:00:00.000Z"
    described = "; ".join(f"{key}: {value}" for key, value in answers.items())
    rows = pd.DataFrame({"what": list(answers), "value": list(answers.values())})
    with tempfile.TemporaryDirectory(prefix="frontline-") as folder:
        path = Path(folder) / FILE_NAME
        with _gdal_says(written):
            for name, layer in layers.items():
                shape = "MultiPolygon" if name == "borders" else "Point"
                pyogrio.write_dataframe(
                    _dated(layer),
                    path,
                    layer=name,
                    driver="GPKG",
                    use_arrow=True,  # the other way has no type for a day
                    geometry_type=shape,
                    promote_to_multi=name == "borders",
                    layer_options={"GEOMETRY_NAME": "geom", "DESCRIPTION": described},
                    dataset_metadata=answers,
                )
            pyogrio.write_dataframe(rows, path, layer="about", driver="GPKG")
        with closing(sqlite3.connect(path)) as database:
            _add_styles(database, list(layers), written)
            relations = (STATEMENTS_OF_PLACES,) if "places" in layers else ()
            project = Project(
                title, described, answers["licence"], _drawn(layers), FRONT, days, relations
            )
            _add_project(database, project, written)
            database.commit()
        return path.read_bytes()


@contextmanager
def _gdal_says(moment: str) -> Iterator[None]:
    """Have GDAL take a moment for now. Its settings are the whole program's: one file at a time."""
    with _WRITING:
        before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": moment})
        try:
            yield
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})


def _add_styles(database: sqlite3.Connection, layers: list[str], written: str) -> None:
    database.execute(LAYER_STYLES)
    database.executemany(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
        "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, "
        "update_time) VALUES ('', '', ?, 'geom', ?, ?, '', 1, 'Frontline Claims', '', ?)",
        [(name, name, as_document(STYLES[name]()), written) for name in layers],
    )
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change) "
        "VALUES ('layer_styles', 'attributes', 'layer_styles', ?)",
        (written,),
    )


def _drawn(layers: Iterable[str]) -> tuple[Layer, ...]:
    """Put the layers in order, from the top; statements are off where places say the same."""
    names = [name for name in STYLES if name in layers]
    return tuple(
        Layer(
            name,
            "Polygon" if name == "borders" else "Point",
            STYLES[name](),
            shown=name != "statements" or "places" not in names,
        )
        for name in reversed(names)
    )


def _add_project(database: sqlite3.Connection, project: Project, written: str) -> None:
    database.execute(TABLE)
    database.execute("INSERT INTO qgis_projects VALUES (?, ?, ?)", project_row(project, FILE_NAME))
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change) "
        "VALUES ('qgis_projects', 'attributes', 'qgis_projects', ?)",
        (written,),
    )


def _dated(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Write days as days: a GeoPackage has a type for them, and they have no clock or zone."""
    days = layer.select_dtypes("datetime")
    return layer.assign(**{name: days[name].dt.date for name in days})


def _parquet(table: gpd.GeoDataFrame, answers: dict[str, str]) -> bytes:
    buffer, whole = io.BytesIO(), io.BytesIO()
    table.to_parquet(buffer, index=False, write_covering_bbox=False)
    arrow = pq.read_table(buffer)
    own = {f"frontline:{key}": value for key, value in answers.items()}
    pq.write_table(
        arrow.replace_schema_metadata({**(arrow.schema.metadata or {}), **own}),
        whole,
        compression="zstd",
    )
    return whole.getvalue()
