"""What a page asks its reader for: `session.ask.day(dataset, view)`."""

from geo.session.areas import ask_comparison as comparison
from geo.session.digest import ask_since as since
from geo.session.filter import ask_question as question
from geo.session.filter import ask_step as step
from geo.session.picture import ask_picture as picture
from geo.session.switches import ask_areas as areas
from geo.session.switches import ask_clock as clock
from geo.session.switches import ask_day as day
from geo.session.switches import ask_layers as layers
from geo.session.switches import ask_only as only
from geo.session.switches import ask_place as place
from geo.session.switches import ask_view as view
from geo.session.switches import ask_within as within

__all__ = [
    "areas",
    "clock",
    "comparison",
    "day",
    "layers",
    "only",
    "picture",
    "place",
    "question",
    "since",
    "step",
    "view",
    "within",
]
