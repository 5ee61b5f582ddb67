"""A QGIS project inside the GeoPackage: layers in order, where and when to look, whose they are.

QGIS keeps projects in the table `qgis_projects`, each zipped and in hexadecimal. A layer is found
by the file's name beside the project, so the project is made for a name.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

PROJECT = "frontline"
# As QGIS itself makes the table.
TABLE = "CREATE TABLE qgis_projects (name TEXT PRIMARY KEY, metadata BLOB, content BLOB)"
WGS84 = (
    "<spatialrefsys><proj4>+proj=longlat +datum=WGS84 +no_defs</proj4><srsid>3452</srsid>"
    "<srid>4326</srid><authid>EPSG:4326</authid><description>WGS 84</description>"
    "<projectionacronym>longlat</projectionacronym><ellipsoidacronym>EPSG:7030</ellipsoidacronym>"
    "<geographicflag>true</geographicflag></spatialrefsys>"
)
MOMENT = "1980-01-01 00:00:00"  # no moment of writing: the same ledger, the same bytes
DAY = "T00:00:00Z"


@dataclass(frozen=True)
class Layer:
    """A layer of the project: its table, its style as `qgis` makes it, whether it is drawn."""

    table: str
    geometry: str
    style: str
    shown: bool = True

    @property
    def id(self) -> str:
        """Its id in the project; QGIS reads none that is as short as a table's name."""
        return _id(self.table)


@dataclass(frozen=True)
class Relation:
    """Rows of a table that belong to a row of another, by a column that both have.

    QGIS lists them in the form of that row, which opens when a reader identifies it on the map.
    """

    rows: str
    of: str
    by: str


@dataclass(frozen=True)
class Project:
    """What a project says: words for people, layers from the top, the box and the days to show.

    Attributes
    ----------
    extent
        West, south, east, north in degrees.
    days
        The first and last that the time controller plays; None: it is off.
    """

    title: str
    abstract: str
    rights: str
    layers: tuple[Layer, ...]
    extent: tuple[float, float, float, float]
    days: tuple[date, date] | None
    relations: tuple[Relation, ...] = ()


def project_row(project: Project, file_name: str) -> tuple[str, str, str]:
    """Give the row of `qgis_projects` for a GeoPackage of this name."""
    about = {"last_modified_time": MOMENT, "last_modified_user": "Frontline Claims"}
    return PROJECT, json.dumps(about), _packed(_document(project, file_name))


def rename_project(content: str, before: str, after: str) -> str:
    """Make the content of a row of `qgis_projects` for another name of the file."""
    with zipfile.ZipFile(io.BytesIO(bytes.fromhex(content))) as archive:
        document = archive.read(f"{PROJECT}.qgs").decode()
    return _packed(document.replace(f"./{before}|", f"./{_attribute(after)}|"))


def _packed(document: str) -> str:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(f"{PROJECT}.qgs"), document)
    return packed.getvalue().hex()


def _attribute(text: str) -> str:
    return escape(text, {'"': "&quot;"})


def _document(project: Project, file_name: str) -> str:
    tree = "".join(
        f'<layer-tree-layer id="{layer.id}" name="{layer.table}" providerKey="ogr" '
        f'checked="{"Qt::Checked" if layer.shown else "Qt::Unchecked"}" expanded="0" '
        f"source={quoteattr(_source(layer, file_name))}/>"
        for layer in project.layers
    )
    order = "".join(f'<layer id="{layer.id}"/>' for layer in project.layers)
    sides = dict(zip(("xmin", "ymin", "xmax", "ymax"), project.extent, strict=True))
    box = "".join(f"<{side}>{value}</{side}>" for side, value in sides.items())
    corners = " ".join(f'{side}="{value}"' for side, value in sides.items())
    controller, time_range = _time(project)
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        f'<qgis projectname={quoteattr(project.title)} version="3.22.0">'
        f"<title>{escape(project.title)}</title><projectCrs>{WGS84}</projectCrs>"
        f"<layer-tree-group>{tree}</layer-tree-group>"
        f'<mapcanvas name="theMapCanvas"><units>degrees</units><extent>{box}</extent>'
        f"<destinationsrs>{WGS84}</destinationsrs></mapcanvas>"
        f'<ProjectViewSettings UseProjectScales="0"><DefaultViewExtent {corners}>{WGS84}'
        "</DefaultViewExtent></ProjectViewSettings>"
        f"<projectlayers>{''.join(_layer(layer, file_name) for layer in project.layers)}"
        f"</projectlayers><layerorder>{order}</layerorder>"
        f"<relations>{''.join(map(_relation, project.relations))}</relations>"
        f"<properties>{controller}"
        '<SpatialRefSys><ProjectionsEnabled type="int">1</ProjectionsEnabled></SpatialRefSys>'
        '<Paths><Absolute type="bool">false</Absolute></Paths></properties>'
        f"<projectMetadata><type>dataset</type><title>{escape(project.title)}</title>"
        f"<abstract>{escape(project.abstract)}</abstract>"
        f"<rights>{escape(project.rights)}</rights></projectMetadata>"
        f"{time_range}</qgis>"
    )


def _id(table: str) -> str:
    return f"frontline_{table}"


def _relation(relation: Relation) -> str:
    rows, of, by = relation.rows, relation.of, relation.by
    return (
        f'<relation id="{_id(rows)}_of_{of}" name="{rows} of {of}" strength="Association" '
        f'referencingLayer="{_id(rows)}" referencedLayer="{_id(of)}">'
        f'<fieldRef referencingField="{by}" referencedField="{by}"/></relation>'
    )


def _source(layer: Layer, file_name: str) -> str:
    return f"./{file_name}|layername={layer.table}"


def _layer(layer: Layer, file_name: str) -> str:
    labels = int("<labeling" in layer.style)
    return (
        f'<maplayer type="vector" geometry="{layer.geometry}" labelsEnabled="{labels}" '
        f'simplifyDrawingHints="0" readOnly="0"><id>{layer.id}</id>'
        f"<datasource>{escape(_source(layer, file_name))}</datasource>"
        f"<layername>{layer.table}</layername><srs>{WGS84}</srs>"
        f'<provider encoding="UTF-8">ogr</provider>{layer.style}</maplayer>'
    )


def _time(project: Project) -> tuple[str, str]:
    """Open QGIS's time controller, animated over the days: how it stands, and its range."""
    if not project.days:
        return "", ""
    first, last = (day.isoformat() + DAY for day in project.days)
    controller = (
        '<TemporalControllerWidget><NavigationMode type="int">1</NavigationMode>'
        f'<StartDateTime type="QString">{first}</StartDateTime>'
        f'<EndDateTime type="QString">{last}</EndDateTime></TemporalControllerWidget>'
    )
    time_range = (
        '<ProjectTimeSettings timeStepUnit="d" timeStep="1" frameRate="5" '
        'cumulativeTemporalRange="0"><TemporalRange>'
        f"<start>{first}</start><end>{last}</end></TemporalRange></ProjectTimeSettings>"
    )
    return controller, time_range
