"""Words on screen: neutral, always with a speaker, never a verdict."""

from geo.wording.areas import AREAS_WORDS
from geo.wording.cite import CITE_WORDS
from geo.wording.claims import (
    AGES,
    BACKGROUND_CREDIT,
    CAVEAT,
    CLOCK_NAMES,
    CONTROLLER_NAMES,
    LICENCE,
    MONTHS,
    NO_STATEMENT,
    SIDE_NAMES,
    STATUS_NAMES,
    age,
    day_in_words,
    known_in_words,
    says,
    view_in_words,
    view_names,
)
from geo.wording.figure import (
    FIGURE_WORDS,
    Lang,
    day_in,
    known_in,
    says_in,
    view_in,
)
from geo.wording.map import MAP_WORDS, browser_words
from geo.wording.page import PAGE_WORDS, RECORD_WORDS

__all__ = [
    "AGES",
    "AREAS_WORDS",
    "BACKGROUND_CREDIT",
    "CAVEAT",
    "CITE_WORDS",
    "CLOCK_NAMES",
    "CONTROLLER_NAMES",
    "FIGURE_WORDS",
    "LICENCE",
    "MAP_WORDS",
    "MONTHS",
    "NO_STATEMENT",
    "PAGE_WORDS",
    "RECORD_WORDS",
    "SIDE_NAMES",
    "STATUS_NAMES",
    "Lang",
    "age",
    "browser_words",
    "day_in",
    "day_in_words",
    "known_in",
    "known_in_words",
    "says",
    "says_in",
    "view_in",
    "view_in_words",
    "view_names",
]
