"""Draw a GeoPackage with the real QGIS, as it opens; run by Debian's own Python.

    python3 qgis_render.py FILE.gpkg OUT.png WEST SOUTH EAST NORTH [DAY]

Writes what the project in the file says, as JSON. With a day, QGIS's time controller stands there.
"""

import json
import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("XDG_RUNTIME_DIR", "/tmp")

from qgis.core import (  # Debian's, on no package index
    QgsApplication,
    QgsDateTimeRange,
    QgsExpressionContext,
    QgsExpressionContextScope,
    QgsExpressionContextUtils,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QDateTime, QSize, Qt

SIZE, DPI = (1100, 800), 96


def describe(project):
    root = project.layerTreeRoot()
    extent = project.viewSettings().defaultViewExtent()
    moments = project.timeSettings().temporalRange()
    return {
        "title": project.title(),
        "crs": project.crs().authid(),
        "abstract": project.metadata().abstract(),
        "rights": project.metadata().rights() if hasattr(project.metadata(), "rights") else None,
        "extent": [extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()],
        "days": [m.toString("yyyy-MM-dd") for m in (moments.begin(), moments.end())],
        "layers": [
            {
                "name": node.layer().name(),
                "valid": node.layer().isValid(),
                "shown": node.isVisible(),
                "rows": node.layer().featureCount(),
                "temporal": node.layer().temporalProperties().isActive(),
            }
            for node in root.findLayers()
        ],
        "relations": {
            relation.name(): {
                row["settlement_id"]: [
                    said["claim_id"] for said in relation.getRelatedFeatures(row)
                ]
                for row in relation.referencedLayer().getFeatures()
            }
            for relation in project.relationManager().relations().values()
            if relation.isValid()
        },
    }


def draw(project, out, box, day):
    settings = QgsMapSettings()
    nodes = project.layerTreeRoot().findLayers()
    settings.setLayers([node.layer() for node in nodes if node.isVisible()])
    settings.setOutputSize(QSize(*SIZE))
    settings.setOutputDpi(DPI)
    settings.setDestinationCrs(project.crs())
    settings.setExtent(QgsRectangle(*box))
    context = QgsExpressionContext()
    context.appendScope(QgsExpressionContextUtils.globalScope())
    if day:
        start = QDateTime.fromString(day, "yyyy-MM-dd")
        start.setTimeSpec(Qt.UTC)
        settings.setIsTemporal(True)
        settings.setTemporalRange(QgsDateTimeRange(start, start.addDays(1), True, False))
        scope = QgsExpressionContextScope()
        scope.setVariable("map_start_time", start)
        context.appendScope(scope)
    settings.setExpressionContext(context)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(out)


def main():
    path, out, *rest = sys.argv[1:]
    box, day = [float(side) for side in rest[:4]], (rest[4:] or [None])[0]
    app = QgsApplication([], False)
    app.initQgis()
    project = QgsProject.instance()
    read = project.read(f"geopackage:{path}?projectName=frontline")
    sys.stdout.write(json.dumps({"read": read, **describe(project)}))
    draw(project, out, box, day)
    project.clear()
    app.exitQgis()


main()
