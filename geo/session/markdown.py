"""Text that is not ours where Streamlit reads Markdown: it stays text.

Markdown asks an image of a stranger's server for each reader, and makes links and formulas.
"""

from __future__ import annotations

import re

# What means something in Streamlit's Markdown; a colon does before a word, as in `:material/home:`.
MARKS = re.compile(r"([\\`*_{}\[\]<>#+!|~$&-]|:(?=\S))")


def plain(text: str) -> str:
    """Keep text from meaning anything in Markdown."""
    return MARKS.sub(r"\\\1", text)


def told(error: Exception) -> list[str]:
    """Give the sentences of what went wrong."""
    return list(map(str, error.exceptions if isinstance(error, ExceptionGroup) else [error]))


def plain_lines(error: Exception) -> str:
    """Say what went wrong as Markdown, each sentence in a line of its own."""
    return "  \n".join(map(plain, told(error)))
