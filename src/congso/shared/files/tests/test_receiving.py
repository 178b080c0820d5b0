"""Uploads are held in memory, never on a disk."""

import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from congso.shared.files import receiving
from congso.shared.files.errors import FileTooLarge


def upload(*sizes):
    """Return the files of a request as a view sees them."""
    sent = [SimpleUploadedFile(f"tệp {place}.pdf", b"x" * size) for place, size in enumerate(sizes)]
    return RequestFactory().post("/", {"files": sent}).FILES.getlist("files")


def test_a_large_file_never_touches_the_disk(monkeypatch):
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", pytest.fail)

    [received] = upload(6_000_000)

    assert (received.name, len(received.read())) == ("tệp 0.pdf", 6_000_000)


def test_what_is_over_the_limit_is_let_go_and_refused_when_it_is_read(monkeypatch):
    monkeypatch.setattr(receiving, "MOST_RECEIVED", 100_000)

    first, second = upload(60_000, 200_000)

    assert len(first.read()) == 60_000
    assert second.size == 200_000
    with pytest.raises(FileTooLarge, match="quá mức cho phép"):
        second.read()
