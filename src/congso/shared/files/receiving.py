"""Uploads stay in memory: what is refused at the door has never been on a disk.

Django's own handlers write files over 2.5 MB into the temp folder, where a secret paper that is then refused would stay
until the disk block is written over.
"""

from typing import Any, Final, override

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from congso.shared.files.errors import FileTooLarge
from congso.shared.files.names import clean_name

# Of all files of one request together.
MOST_RECEIVED: Final = 120_000_000


class TooMuch(SimpleUploadedFile):
    """A file of which nothing was kept: whoever reads it gets the refusal."""

    def __init__(self, name: str, size: int) -> None:
        super().__init__(name, b"")
        self.size = size

    @override
    def read(self, *_size: int) -> bytes:
        raise FileTooLarge.of(clean_name(str(self.name)), int(self.size or 0), MOST_RECEIVED)


class InMemory(FileUploadHandler):
    """Take all files of a request into memory, up to ``MOST_RECEIVED`` bytes."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._received = 0
        self._content = bytearray()
        self._is_too_much = False

    @override
    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._content, self._is_too_much = bytearray(), False

    @override
    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._received += len(raw_data)
        self._is_too_much = self._is_too_much or self._received > MOST_RECEIVED
        if self._is_too_much:
            self._content.clear()
        else:
            self._content += raw_data

    @override
    def file_complete(self, file_size: int) -> "UploadedFile[Any]":
        name = self.file_name or ""
        if self._is_too_much:
            return TooMuch(name, file_size)
        received, self._content = bytes(self._content), bytearray()
        return SimpleUploadedFile(name, received, self.content_type or "")
