"""Uploads: bounds of all readers' together, and what an uploader says in the reader's language."""

from __future__ import annotations

import json

import streamlit as st
from starlette.exceptions import HTTPException
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.web.server import server

from geo.wording import PAGE_WORDS

# Streamlit says these in English, and lets nobody say them otherwise. What it says on the button
# stays for those who listen: a button is named by its own text alone.
STYLE = """<style>
.st-key-{key} section[data-testid][role] {{ flex-direction: row; align-items: center; }}
.st-key-{key} section[data-testid][role] > span {{ width: auto; }}
.st-key-{key} section button p {{ font-size: 0; }}
.st-key-{key} [data-testid$="Instructions"] span {{ display: none; }}
.st-key-{key} section button [data-testid="stMarkdownContainer"]::after {{ content: {upload}; }}
.st-key-{key} [data-testid$="Instructions"] > div::after {{ content: {most};
  font-size: 0.875rem; }}
</style>"""
MOST, LARGEST = 2_000, 1_000_000_000  # files, and bytes of all of them, until their readers leave


class BoundedUploads(MemoryUploadedFileManager):
    """Streamlit's store of uploads, which has a bound for each file alone."""

    def add_file(self, session_id: str, file: UploadedFileRec) -> None:
        """Take a file in, or answer that there is no room."""
        held = [each for files in list(self.file_storage.values()) for each in files.values()]
        size = sum(len(each.data) for each in held)
        if len(held) >= MOST or size + len(file.data) > LARGEST:
            raise HTTPException(507, "There is no room for more uploads; try again later.")
        super().add_file(session_id, file)


def bound_uploads() -> None:
    """Have the server that starts next keep uploads within the bounds."""
    vars(server)["MemoryUploadedFileManager"] = BoundedUploads  # its own name for the class


def word_upload(key: str, *, size: int) -> None:
    """Have the uploader of a key say its button and its limit, in MB, in the reader's language."""
    words = (PAGE_WORDS["upload"], PAGE_WORDS["upload_limit"].format(size=size))
    upload, most = (json.dumps(word, ensure_ascii=False) for word in words)
    st.html(STYLE.format(key=key, upload=upload, most=most))
