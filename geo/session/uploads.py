"""Uploads of all readers together have bounds, so that no visitor fills the server's memory."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.web.server import server

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
