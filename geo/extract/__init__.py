"""A text to candidates: statements on control that a program found and a person decides on.

`tokens` cuts a text into sentences and words, `lexicon` finds the words of the tables in
`lexicon/`, `mentions` the places and speakers, `speech` who says it, `statements` what is said of
which place. `classifier` weighs what the lexicon found. `article` brings a page or a PDF to text.
"""

from geo.extract.statements import Candidate, Extractor, find_candidates

__all__ = ["Candidate", "Extractor", "find_candidates"]
