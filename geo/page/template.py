"""The templates: read once, strict about what they are given, every string escaped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from geo.model import SIDES, WEB_BEGINS
from geo.wording import TABLES, age, day_in_words, says, spoken

FOLDER = Path(__file__).resolve().parent


def is_web(url: str) -> bool:
    """Tell whether an address may become a link."""
    return url.startswith(WEB_BEGINS)


TEMPLATES = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    auto_reload=False,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.globals |= {
    "age": age,
    "day_in_words": day_in_words,
    "is_web": is_web,
    "says": says,
    "sides": SIDES,
    "spoken": spoken,
    "words": TABLES,  # every table of words, read in the language spoken
}


def fill(template: str, **values: Any) -> Markup:
    """Fill a template; what comes out is HTML in which nothing from the data can run."""
    return Markup(TEMPLATES.get_template(template).render(**values))  # noqa: S704 - it escaped


def sheet(*names: str) -> str:
    """Read style sheets of this folder as one."""
    return "".join((FOLDER / name).read_text(encoding="utf-8") for name in names)


# For the pages of the app: what stands in a record, and how it sits in Streamlit's page.
STYLE = f"<style>\n{sheet('record.css', 'app.css')}</style>"
