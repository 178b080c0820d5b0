"""Uploads stay in memory: what is refused at the door has never been on a disk.

Django's own handlers write files over 2.5 MB into the temp folder, where a secret paper that is then refused would stay
until the disk block is written over. Of who has not signed in nothing is kept: no form for everybody takes files.
"""

from typing import Any, Final, override

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from congso.kernel.actor import Actor
from congso.shared.files.errors import FileFromNobody, FileRefused, FileTooLarge
from congso.shared.files.names import clean_name

# Of all files of one request together.
MOST_RECEIVED: Final = 120_000_000


class NotKept(SimpleUploadedFile):
    """A file of which nothing was kept: whoever reads it gets the refusal."""

    def __init__(self, name: str, size: int, refusal: FileRefused) -> None:
        super().__init__(name, b"")
        self.size = size
        self._refusal = refusal

    @override
    def read(self, *_size: int) -> bytes:
        raise self._refusal


class InMemory(FileUploadHandler):
    """Take all files of a request into memory, up to ``MOST_RECEIVED`` bytes; none of who has not signed in."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        actor: Actor | None = getattr(request, "actor", None)
        self._is_somebodys = actor is not None and actor.is_authenticated
        self._limit = MOST_RECEIVED if self._is_somebodys else 0
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
        self._is_too_much = self._is_too_much or self._received > self._limit
        if self._is_too_much:
            self._content.clear()
        else:
            self._content += raw_data

    @override
    def file_complete(self, file_size: int) -> "UploadedFile[Any]":
        name = self.file_name or ""
        if self._is_too_much:
            return NotKept(name, file_size, self._refusal(clean_name(name), file_size))
        received, self._content = bytes(self._content), bytearray()
        return SimpleUploadedFile(name, received, self.content_type or "")

    def _refusal(self, name: str, size: int) -> FileRefused:
        return FileTooLarge.of(name, size, MOST_RECEIVED) if self._is_somebodys else FileFromNobody(name=name)
