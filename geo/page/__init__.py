"""What a reader reads as HTML, from templates that escape every string of the data.

One source for the Streamlit pages and the site: a template of `templates/` for each part, and a
thin function that fills it.
"""

from geo.page.areas import difference_list
from geo.page.changes import digest_list
from geo.page.place import names_of, neighbour_list, why_list
from geo.page.record import Statement, side_record, standing_id, statements_on
from geo.page.table import table_list
from geo.page.template import STYLE, fill
from geo.page.timeline import Span, timeline

__all__ = [
    "STYLE",
    "Span",
    "Statement",
    "difference_list",
    "digest_list",
    "fill",
    "names_of",
    "neighbour_list",
    "side_record",
    "standing_id",
    "statements_on",
    "table_list",
    "timeline",
    "why_list",
]
