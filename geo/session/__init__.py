"""The only Streamlit inside geo: pages, the view they share, and the widgets that ask for it."""

from geo.publish import series_files, series_of
from geo.session.areas import ask_comparison, import_areas_form
from geo.session.ask import ask_areas, ask_background, ask_clock, ask_day, ask_place, ask_view
from geo.session.page import (
    MAP_KEY,
    hear_map,
    map_of,
    open_page,
    page_address,
    serve,
    show_citations,
    tell_map,
)
from geo.session.reading import map_address, offer_table, open_reading

__all__ = [
    "MAP_KEY",
    "ask_areas",
    "ask_background",
    "ask_clock",
    "ask_comparison",
    "ask_day",
    "ask_place",
    "ask_view",
    "hear_map",
    "import_areas_form",
    "map_address",
    "map_of",
    "offer_table",
    "open_page",
    "open_reading",
    "page_address",
    "series_files",
    "series_of",
    "serve",
    "show_citations",
    "tell_map",
]
