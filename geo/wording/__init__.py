"""Words on screen: neutral, always with a speaker, never a verdict."""

from geo.wording.areas import AREAS_WORDS
from geo.wording.changes import CHANGES_WORDS
from geo.wording.cite import CITATION, CITE_WORDS
from geo.wording.claims import (
    BACKGROUND_CREDIT,
    CAVEAT,
    CLAIM_WORDS,
    CONTROLLER_NAMES,
    KIND_NAMES,
    LICENCE,
    SIDE_NAMES,
    STATUS_NAMES,
    admin1_name,
    age,
    alphabetical,
    capital,
    claimant_names,
    day_in_words,
    known_in_words,
    oblast_of,
    place_name,
    place_names,
    says,
    view_in_words,
    view_names,
)
from geo.wording.confirmation import CONFIRMATION_WORDS
from geo.wording.desk import DESK_WORDS, FOUND_BY_WORDS, MEASURED_WORDS
from geo.wording.export import EXPORT_WORDS, FAULT_WORDS
from geo.wording.figure import figure_words
from geo.wording.language import TABLES, Words, catalogue, speak, spoken
from geo.wording.ledger import DISAGREEMENT_WORDS, LEDGER_WORDS, METHOD_WORDS
from geo.wording.map import MAP_WORDS, browser_words
from geo.wording.page import PAGE_WORDS, RECORD_WORDS
from geo.wording.rights import RIGHTS_WORDS
from geo.wording.site import SITE_WORDS
from geo.wording.story import STORY_WORDS, WHY_WORDS

__all__ = [
    "AREAS_WORDS",
    "BACKGROUND_CREDIT",
    "CAVEAT",
    "CHANGES_WORDS",
    "CITATION",
    "CITE_WORDS",
    "CLAIM_WORDS",
    "CONFIRMATION_WORDS",
    "CONTROLLER_NAMES",
    "DESK_WORDS",
    "DISAGREEMENT_WORDS",
    "EXPORT_WORDS",
    "FAULT_WORDS",
    "FOUND_BY_WORDS",
    "KIND_NAMES",
    "LEDGER_WORDS",
    "LICENCE",
    "MAP_WORDS",
    "MEASURED_WORDS",
    "METHOD_WORDS",
    "PAGE_WORDS",
    "RECORD_WORDS",
    "RIGHTS_WORDS",
    "SIDE_NAMES",
    "SITE_WORDS",
    "STATUS_NAMES",
    "STORY_WORDS",
    "TABLES",
    "WHY_WORDS",
    "Words",
    "admin1_name",
    "age",
    "alphabetical",
    "browser_words",
    "capital",
    "catalogue",
    "claimant_names",
    "day_in_words",
    "figure_words",
    "known_in_words",
    "oblast_of",
    "place_name",
    "place_names",
    "says",
    "speak",
    "spoken",
    "view_in_words",
    "view_names",
]
