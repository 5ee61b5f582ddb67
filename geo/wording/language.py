"""The language that words are read in: English in the tables, the others in gettext catalogues.

A table is read when a word is needed, in the language spoken just then. The language is that of
the running page or command (a context variable), not of the whole program: two readers of one
server may read two languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.messages import Catalog
from babel.messages.pofile import read_po

from geo.model import Lang

LOCALE = Path(__file__).resolve().parent / "locale"
# The forms of a counted word in their order in a table or a catalogue, by their CLDR names.
PLURALS = {
    Lang.EN: ("one", "other"),
    Lang.UK: ("one", "few", "many"),
    Lang.RU: ("one", "few", "many"),
}
TABLES: dict[str, Words] = {}  # by name: the catalogues hold each word as name.key

Forms = tuple[str, ...]

_SPOKEN: ContextVar[Lang] = ContextVar("spoken", default=Lang.EN)


def speak(lang: Lang) -> None:
    """Read words in a language from here on."""
    _SPOKEN.set(lang)


def spoken() -> Lang:
    """Give the language that words are read in."""
    return _SPOKEN.get()


class Words(Mapping[str, str]):
    """A table of words that reads them in the language spoken.

    Parameters
    ----------
    name
        Its name in the catalogues.
    english
        The words; a counted word is a pair of forms, for one and for more. {Gaps} are filled in
        by whoever reads the word.
    """

    def __init__(self, name: str, english: Mapping[str, str | Forms]) -> None:
        self.name, self.english = name, dict(english)
        TABLES[name] = self

    def __getitem__(self, key: str) -> str:
        word = self.whole(spoken())[key]
        if not isinstance(word, str):
            raise KeyError(key)  # a counted word has no one form
        return word

    def __iter__(self) -> Iterator[str]:
        return iter(self.of(Lang.EN))

    def __len__(self) -> int:
        return len(self.of(Lang.EN))

    def of(self, lang: Lang) -> dict[str, str]:
        """Give the words in one language, without the counted ones."""
        return {key: word for key, word in self.whole(lang).items() if isinstance(word, str)}

    def counted(self, key: str, count: int, lang: Lang | None = None, **gaps: object) -> str:
        """Choose the form of a counted word; fill in its {count} and other gaps."""
        lang = lang or spoken()
        forms = self.whole(lang)[key]
        form = PLURALS[lang].index(Locale(lang).plural_form(count))
        # English stands in for a missing translation, with fewer forms.
        return forms[min(form, len(forms) - 1)].format(count=count, **gaps)

    def whole(self, lang: Lang) -> dict[str, str | Forms]:
        """Give the whole table in one language; a word that is missing there stays English."""
        return self.english if lang is Lang.EN else _translated(self.name, lang)


@lru_cache(maxsize=64)
def _translated(name: str, lang: Lang) -> dict[str, str | Forms]:
    known = catalogue(lang)
    table = {}
    for key, word in TABLES[name].english.items():
        entry = known.get(word if isinstance(word, str) else word[0], f"{name}.{key}")
        said = (entry.string if entry else None) or ""
        complete = said if isinstance(said, str) else tuple(said) if all(said) else ()
        table[key] = complete or word
    return table


@lru_cache(maxsize=4)
def catalogue(lang: Lang) -> Catalog:
    """Read the gettext catalogue of a language; an empty one before it is first made."""
    path = LOCALE / f"{lang}.po"
    if not path.exists():
        return Catalog(locale=str(lang))
    with path.open("rb") as file:
        return read_po(file, locale=str(lang))
