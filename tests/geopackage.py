"""What the QGIS project in a GeoPackage says, read without QGIS."""

import io
import re
import sqlite3
import zipfile
from contextlib import closing


def files_of_project(path):
    """Name the files in which the project in a GeoPackage looks for its layers."""
    with closing(sqlite3.connect(path)) as database:
        [(packed,)] = database.execute("SELECT content FROM qgis_projects").fetchall()
    with zipfile.ZipFile(io.BytesIO(bytes.fromhex(packed))) as archive:
        document = archive.read("frontline.qgs").decode()
    return set(re.findall(r"<datasource>\./(.*?)\|layername=", document))
