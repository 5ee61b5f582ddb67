"""Words of the page on control areas."""

from __future__ import annotations

from geo.wording.language import Words

AREAS_WORDS = Words(
    "areas",
    {
        "title": "Control areas",
        "subtitle": "What mappers reported as controlled, by day. None are shipped: many publishers "
        "forbid redistribution. Import files that you may use; they stay on this machine.",
        "import": "Import files",
        "files": "GeoJSON, GeoPackage, Shapefile (zipped), KML, KMZ, FlatGeobuf, GeoParquet; one file "
        "a day with the day in its name, or one file with a date column",
        "series": "Name of the series (lower-case letters, digits, hyphens)",
        "claimant": "Who published it (id of a claimant of the ledger, whose name the series then bears)",
        "licence": "Terms of the publisher, kept with the series",
        "controller": "Who controls the areas",
        "controller_auto": "as the files say",
        "date_column": "Column of the day, when it is not recognised",
        "import_go": "Import",
        "imported": "{series}: {files}, {days}.",
        "whole_files": ("{count} file", "{count} files"),
        "whole_days": ("{count} day", "{count} days"),
        "nothing_new": "{series}: nothing new in these files.",
        "days_lost": (
            "{count} day left out, {first} to {last}: {why}",
            "{count} days left out, {first} to {last}: {why}",
        ),
        "none": "No series has been imported yet.",
        "choose": "Series",
        "compare": "Compared with",
        "another_day": "another day of the same series",
        "day2": "Earlier day",
        "outside": "{series} has no observation on or before {day}.",
        "km2": "{controller}: km²",
        "share": "{km2:+,.1f} km² since {day} ({share:+.3f}% of Ukraine)",
        "observed_on": "Observed on",
        "controlled_by": "Controlled by",
        "chart": "km² a day; the line marks the chosen day",
        "observed": "Latest observation: {day} ({age}).",
        "imported_on": "Imported {day} from {files}.",
        "imported_more": "{files} and {count} more",
        "cut": "{controller}: {change} {km2:,.1f} km²; places inside: {places}",
        "download_cut": "Difference ({ending})",
        "download_km2": "km² a day (CSV)",
        "derived": "Derived from the imported map {name}: not statements",
        "no_places": "none of the ledger",
        "between": "{second} against {first} on {day}: gained is what only {second} shows, lost what "
        "only {first} shows.",
        "gained": "gained",
        "lost": "lost",
        "kept": "in both",
        "delays": "Statements against this map",
        "shown_on": "First on the map",
        "days": "Days between",
        "delays_help": "Each side's first statement of capture of a place since the first observation, "
        "and the first day that this map shows the place inside that side's area. Derived from the "
        "map by the product; negative when the map was first, empty when not so far.",
    },
)
