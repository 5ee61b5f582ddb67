"""What a page offers to take along: `session.offer.table(shown, view, name)`."""

from geo.session.digest import offer_digest as digest
from geo.session.digest import offer_stories as stories
from geo.session.export import offer_data as data
from geo.session.export import offer_exports as exports
from geo.session.film import offer_film as film
from geo.session.picture import offer_picture as picture
from geo.session.reading import offer_table as table

__all__ = [
    "data",
    "digest",
    "exports",
    "film",
    "picture",
    "stories",
    "table",
]
