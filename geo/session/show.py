"""What a page shows: `session.show.map(dataset, key=…, height=…)`."""

from geo.session.areas import show_cut as cut
from geo.session.areas import show_difference as difference
from geo.session.areas import show_source as source
from geo.session.desk_correct import show_corrections as corrections
from geo.session.desk_review import show_inbox as inbox
from geo.session.map import show_map as map
from geo.session.measured import show_measured as measured
from geo.session.page import show_age as age
from geo.session.reading import show_delays as delays
from geo.session.reading import show_derived as derived
from geo.session.reading import show_median as median
from geo.session.reading import show_record as record
from geo.session.reading import show_table as table
from geo.session.reading import show_view as view

__all__ = [
    "age",
    "corrections",
    "cut",
    "delays",
    "derived",
    "difference",
    "inbox",
    "map",
    "measured",
    "median",
    "record",
    "source",
    "table",
    "view",
]
