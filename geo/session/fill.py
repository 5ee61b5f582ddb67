"""Forms in which a person brings something in: `session.fill.proposal(desk, dataset, name)`."""

from geo.session.areas import import_areas_form as import_areas
from geo.session.desk_correct import correct_form as correction
from geo.session.desk_form import propose_form as proposal
from geo.session.desk_sheet import sheet_form as sheet

__all__ = [
    "correction",
    "import_areas",
    "proposal",
    "sheet",
]
