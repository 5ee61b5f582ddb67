"""How a file becomes a Dataset, and how files are written.

`load` reads each file of a data folder as text and splits it into cells; `checks` finds every
fault of every cell, with file, row and column, and `borders` the first of the outlines; `join`
gives the checked claims their side, their point and their order of say: a `Dataset`. `write`
writes a file whole, or not at all.
"""

from geo.files.load import load_dataset, read_codebook
from geo.files.write import write_file

__all__ = ["load_dataset", "read_codebook", "write_file"]
