"""Words of the first page and of the record of a place."""

from __future__ import annotations

from geo.wording.language import Words

PAGE_WORDS = Words(
    "page",
    {
        "title": "Frontline Claims",
        "subtitle": "Who says what about control of places in the Russo-Ukrainian war: each side's "
        "dated, sourced statements beside each other, on any day. Statements found up to {day}.",
        "opener": "Find, day, view",
        "newest": "newest statement {day}, {age}",
        "newest_ago": ("{count} day ago", "{count} days ago"),
        "bad_data": "The data files need a fix before the map can be shown ({count} found):",
        "search": "Find a place",
        "upload": "Choose a file",
        "upload_limit": "at most {size} MB",
        "search_hint": "Siversk, Сіверськ, Северск …",
        "search_none": "No place of that name in the ledger.",
        "search_near": "No place is called “{text}”; this one is like it: {place}.",
        "search_others": "Also:",
        "as_of": "Day",
        "as_of_help": "Or drag the slider in the map.",
        "clock": "Judged by statements",
        "clock_then": "As known then",
        "clock_now": "As known now",
        "clock_help": "As known then: only what had been said by the chosen day. As known now: also "
        "what was said later about that day.",
        "view": "Who is heard",
        "view_help": "All sides beside each other, one side, or the map according to one speaker.",
        "only": "Only where the sides disagree",
        "areas": "Areas",
        "areas_reach": "Around places",
        "areas_between": "{first} against {second}",
        "areas_oblasts": "Whole oblasts",
        "areas_help": "Around places: ground within 8 km, derived from the statements, not a front "
        "line. Whole oblasts: statements on an oblast. Others: control areas that were imported.",
        "layers": "Layers",
        "background": "Background",
        "offline": "Offline borders",
        "background_help": "Only the offline background asks nothing of the network.",
        "choose": "Choose a place in the map or by its name to read what each side said of it.",
        "take_away": "Take it with you",
        "download_png": "Picture (PNG)",
        "download_csv": "Statements (CSV)",
        "download_geojson": "Places (GeoJSON)",
        "download_html": "Page with slider (HTML)",
        "download_xlsx": "Spreadsheet (XLSX)",
        "download_gpkg": "Layers for QGIS (GeoPackage)",
        "download_kml": "Google Earth (KML)",
        "download_parquet": "Table of points (GeoParquet)",
        "language": "Language",
        "page_map": "Map",
        "page_settlement": "Place",
        "page_ledger": "Ledger",
        "page_disagreements": "Disagreements",
        "page_changes": "What changed",
        "page_confirmation": "Confirmation",
        "page_areas": "Areas",
        "page_method": "Method",
        "page_export": "Export",
        "page_desk": "Desk",
        "to_map": "To the map",
        "download_table": "This table (CSV)",
        "share": "Address of this view",
        "address": "This address opens the same view again:",
    },
)

RECORD_WORDS = Words(
    "record",
    {
        "oblast": "Statements on the oblast as a whole",
        "said_later": ("Said later ({count})", "Said later ({count})"),
        "stands": "counts on this day",
        "stands_now": "counts now",
        "effective": ", of {day}",
        "report": "Report an error",
        "retracted": "The statement {id} was taken out of the ledger on {day}, accepted by {by}. "
        "Reason: {reason}",
    },
)
