"""The only Streamlit inside geo: pages, the view they share, and the widgets that ask for it."""

from geo.publish import codebook, series_files, series_of
from geo.session.areas import ask_comparison, cut_of, import_areas_form, show_cut, show_source
from geo.session.ask import (
    ask_areas,
    ask_clock,
    ask_day,
    ask_layers,
    ask_only,
    ask_place,
    ask_view,
    ask_within,
)
from geo.session.desk import open_desk_page
from geo.session.desk_correct import correct_form, show_corrections
from geo.session.desk_form import propose_form
from geo.session.desk_review import show_inbox
from geo.session.desk_sheet import sheet_form
from geo.session.digest import ask_since, offer_digest, offer_stories
from geo.session.export import offer_data, offer_exports
from geo.session.film import offer_film
from geo.session.filter import ask_question
from geo.session.map import show_map
from geo.session.measured import show_measured
from geo.session.page import (
    follow_view,
    open_page,
    page_address,
    show_age,
    show_citations,
)
from geo.session.picture import ask_picture, offer_picture
from geo.session.reading import (
    heard_cases,
    map_address,
    map_link,
    offer_table,
    open_reading,
    plain,
    show_derived,
    show_median,
    show_record,
    show_table,
    show_view,
    show_why,
)
from geo.session.rights import RefusalError, Role, may, offer_sign_in, require
from geo.session.serving import serve

__all__ = [
    "RefusalError",
    "Role",
    "ask_areas",
    "ask_clock",
    "ask_comparison",
    "ask_day",
    "ask_layers",
    "ask_only",
    "ask_picture",
    "ask_place",
    "ask_question",
    "ask_since",
    "ask_view",
    "ask_within",
    "codebook",
    "correct_form",
    "cut_of",
    "follow_view",
    "heard_cases",
    "import_areas_form",
    "map_address",
    "map_link",
    "may",
    "offer_data",
    "offer_digest",
    "offer_exports",
    "offer_film",
    "offer_picture",
    "offer_sign_in",
    "offer_stories",
    "offer_table",
    "open_desk_page",
    "open_page",
    "open_reading",
    "page_address",
    "plain",
    "propose_form",
    "require",
    "series_files",
    "series_of",
    "serve",
    "sheet_form",
    "show_age",
    "show_citations",
    "show_corrections",
    "show_cut",
    "show_derived",
    "show_inbox",
    "show_map",
    "show_measured",
    "show_median",
    "show_record",
    "show_source",
    "show_table",
    "show_view",
    "show_why",
]
