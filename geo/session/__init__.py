"""The only Streamlit inside geo: pages, the view they share, and the widgets around it.

A page opens, and then reads as sentences: `session.ask.day(…)`, `session.show.map(…)`,
`session.offer.table(…)`, `session.fill.proposal(…)`. Each of the four is a list of what there is;
a widget's code is where its line says.
"""

from geo.publish import codebook, series_files
from geo.session import ask, fill, offer, show
from geo.session.areas import cut_of
from geo.session.desk import open_desk_page
from geo.session.markdown import plain
from geo.session.page import follow_view, open_page
from geo.session.reading import heard_cases, map_link, open_reading
from geo.session.serving import serve

__all__ = [
    "ask",
    "codebook",
    "cut_of",
    "fill",
    "follow_view",
    "heard_cases",
    "map_link",
    "offer",
    "open_desk_page",
    "open_page",
    "open_reading",
    "plain",
    "series_files",
    "serve",
    "show",
]
