import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from congso.shared.files.storage import DurableFolder


@pytest.fixture
def folder(tmp_path):
    return DurableFolder(location=tmp_path / "files")


def test_file_and_new_folders_are_flushed_before_it_returns(folder, monkeypatch):
    flushed = []
    monkeypatch.setattr(os, "fsync", lambda handle: flushed.append(str(Path(f"/proc/self/fd/{handle}").readlink())))

    folder.save("sha256/ab/abcd", ContentFile(b"x"))

    waiting, *folders = flushed
    assert waiting.startswith(f"{folder.location}/sha256/ab/.abcd.")
    root = folder.location
    assert set(folders) == {f"{root}/sha256/ab", f"{root}/sha256", root, str(Path(root).parent)}
    with folder.open("sha256/ab/abcd") as file:
        assert file.read() == b"x"


def test_the_same_name_is_put_in_the_same_place(folder):
    folder.save("sha256/ab/abcd", ContentFile(b"hal"))

    assert folder.save("sha256/ab/abcd", ContentFile(b"whole")) == "sha256/ab/abcd"
    assert folder.listdir("sha256/ab") == ([], ["abcd"])


def test_a_write_that_fails_leaves_nothing(folder, monkeypatch):
    def broken(_handle):
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", broken)

    with pytest.raises(OSError, match="disk full"):
        folder.save("sha256/ab/abcd", ContentFile(b"x"))
    assert folder.listdir("sha256/ab") == ([], [])
