"""File bytes between clients and blob storage: upload.saveFilePart, saveBigFilePart and getFile in the node itself."""

from typing import Final

from connection_tier.files.streams import FileStreams

STREAMED_METHODS: Final = frozenset({"upload.saveFilePart", "upload.saveBigFilePart", "upload.getFile"})
"""Methods that a node answers itself."""

__all__ = ["STREAMED_METHODS", "FileStreams"]
