"""Bring the catalogues up to the tables: new words appear, to be translated; old ones go."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from babel.messages import Catalog
from babel.messages.pofile import write_po

import geo.wording  # noqa: F401  (fills TABLES)
from geo.files.write import write_file
from geo.model import Lang
from geo.wording.language import LOCALE, PLURALS, TABLES, catalogue

DAY = datetime(2026, 7, 4, tzinfo=UTC)  # the same words, the same bytes


def brought_up(lang: Lang) -> Catalog:
    """Make the catalogue of a language that holds exactly the words of the tables."""
    known = catalogue(lang)
    whole = Catalog(
        locale=str(lang),
        project="Frontline Claims",
        version="1",
        fuzzy=False,
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        creation_date=DAY,
        revision_date=DAY,
        header_comment="# Words of Frontline Claims; made up to date by: python -m geo.wording",
    )
    for name, table in TABLES.items():
        for key, word in table.english.items():
            context = f"{name}.{key}"
            forms = word if isinstance(word, tuple) else (word,)
            entry = known.get(forms[0], context)
            empty = "" if len(forms) == 1 else ("",) * len(PLURALS[lang])
            whole.add(word, entry.string if entry else empty, context=context)
    return whole


if __name__ == "__main__":
    for lang in Lang:
        if lang is not Lang.EN:
            buffer = io.BytesIO()
            write_po(buffer, brought_up(lang), width=100)
            write_file(LOCALE / f"{lang}.po", buffer.getvalue())
