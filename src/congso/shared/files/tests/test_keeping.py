import hashlib
import io
import time

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from PIL import Image

from congso.shared import files
from congso.shared.files import media
from congso.shared.files.errors import (
    FileEmpty,
    FileMissing,
    FileNameMisleads,
    FileTooLarge,
    FileTooManyPixels,
    FileTypeNotAccepted,
    FileUnsafe,
)
from congso.shared.files.jobs import remove_leftovers
from congso.shared.files.keeping import path_of
from congso.shared.files.leftovers import remove_leftovers_in
from congso.shared.files.models import StoredFile
from congso.shared.files.tests.factories import PDF, archive, docx, image, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    durable = {"BACKEND": "congso.shared.files.storage.DurableFolder", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": durable}


def store(content, name="tệp", media_types=tuple(media.KNOWN), max_bytes=10_000_000):
    return files.store(content, name=name, media_types=media_types, max_bytes=max_bytes)


class TestStore:
    @pytest.mark.parametrize(
        ("content", "name", "media_type"),
        [
            (PDF, "kế hoạch.pdf", media.PDF),
            (docx(), "Dự thảo.DOCX", media.DOCX),
            (xlsx(), "bảng.xlsx", media.XLSX),
            (image("PNG"), "ảnh.png", media.PNG),
            (image("JPEG"), "ảnh.jpeg", media.JPEG),
            (image("WEBP"), "ảnh.webp", media.WEBP),
            ("họ tên,năm sinh\n".encode(), "danh sách.csv", media.PLAIN),
            (PDF, "không đuôi", media.PDF),
        ],
    )
    def test_a_content_is_known_by_its_bytes_and_comes_back_the_same(self, content, name, media_type):
        stored = store(content, name)

        assert (stored.sha256, stored.size, stored.media_type) == (
            hashlib.sha256(content).hexdigest(),
            len(content),
            media_type,
        )
        assert files.read(stored.sha256) == content

    def test_the_same_content_is_kept_once(self):
        assert store(PDF, "a.pdf") == store(PDF, "b.pdf")
        assert StoredFile.objects.count() == 1

    def test_a_content_that_a_crash_left_half_written_is_written_again(self):
        path = path_of(hashlib.sha256(PDF).hexdigest())
        default_storage.save(path, ContentFile(PDF[:10]))

        stored = store(PDF)

        assert files.read(stored.sha256) == PDF


class TestRefusals:
    def test_empty(self):
        with pytest.raises(FileEmpty, match="không có nội dung"):
            store(b"", "trống.pdf")

    def test_too_large_says_both_sizes(self):
        with pytest.raises(FileTooLarge, match="2,5\u00a0MB, quá mức cho phép là 1,0\u00a0MB"):
            store(b"x" * 2_500_000, "to.txt", max_bytes=1_000_000)

    @pytest.mark.parametrize("content", [b"MZ\x90\x00\x03", b"\x7fELF", b"\x00" * 20, b"abc\x07", b"\xff\xfe\x00"])
    def test_an_unknown_kind(self, content):
        with pytest.raises(FileTypeNotAccepted):
            store(content)

    def test_a_known_kind_that_is_not_taken_here(self):
        with pytest.raises(FileTypeNotAccepted, match="PDF"):
            store(image("PNG"), "ảnh.png", media_types=[media.PDF])

    @pytest.mark.parametrize(("content", "name"), [(PDF, "a.docx"), (image("PNG"), "a.jpg"), (b"abc", "a.pdf")])
    def test_a_name_that_says_another_kind(self, content, name):
        with pytest.raises(FileNameMisleads):
            store(content, name)

    def test_nothing_is_kept_and_the_act_around_may_go_on(self):
        with pytest.raises(FileNameMisleads):
            store(PDF, "a.exe")

        assert not StoredFile.objects.exists()
        assert not default_storage.exists(path_of(hashlib.sha256(PDF).hexdigest()))


def bomb():
    return docx("word/media/image1.png", content="0" * 20_000_000)


def with_lying_sizes():
    """A zip whose directory says that its parts are larger than the file: they overlap."""
    packed = bytearray(docx())
    place = packed.rindex(b"PK\x01\x02")
    packed[place + 20 : place + 24] = (10_000_000).to_bytes(4, "little")
    return bytes(packed)


class TestHostileContent:
    @pytest.mark.parametrize(
        "content",
        [
            pytest.param(PDF + archive("word/document.xml"), id="a PDF that is a zip too"),
            pytest.param(image("PNG") + archive("word/document.xml"), id="an image that is a zip too"),
            pytest.param(PDF[:-7], id="a PDF without its end"),
            pytest.param(b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, id="an image that is none"),
            pytest.param(b"GIF89a".join([b"RIFF\x00\x00\x00\x00WEBP", b""]), id="a WebP that is none"),
            pytest.param(bomb(), id="a zip bomb"),
            pytest.param(with_lying_sizes(), id="parts that overlap"),
            pytest.param(docx("../../etc/passwd"), id="a part that climbs out"),
            pytest.param(docx("..\\..\\boot.ini"), id="a part that climbs out on Windows"),
            pytest.param(docx("/etc/passwd"), id="a part with an absolute name"),
            pytest.param(docx("c:/boot.ini"), id="a part on a drive"),
            pytest.param(docx("word/vbaProject.bin"), id="macros"),
            pytest.param(docx(*(f"word/{number}.xml" for number in range(2_001))), id="too many parts"),
        ],
    )
    def test_is_refused(self, content):
        with pytest.raises(FileUnsafe):
            store(content)

    @pytest.mark.parametrize("side", [8_000, 10_000, 14_000])
    def test_an_image_of_a_hundred_megapixels_is_refused_by_its_header(self, side):
        buffer = io.BytesIO()
        Image.new("1", (side, side)).save(buffer, "PNG")
        start = time.monotonic()

        with pytest.raises(FileTooManyPixels, match="60 triệu điểm ảnh"):
            store(buffer.getvalue())

        assert time.monotonic() - start < 1

    @pytest.mark.parametrize(
        "content", [archive("a.txt"), b"PK\x03\x04" + b"\x00" * 100, b"PK", b"#!/bin/sh\n" + docx()]
    )
    def test_other_archives_are_no_known_kind(self, content):
        with pytest.raises(FileTypeNotAccepted):
            store(content)


class TestRead:
    def test_a_content_that_is_gone(self):
        with pytest.raises(FileMissing):
            files.read("ab" * 32)

    def test_a_content_that_was_changed_on_the_disk(self):
        stored = store(PDF)
        default_storage.delete(path_of(stored.sha256))
        default_storage.save(path_of(stored.sha256), ContentFile(b"other"))

        with pytest.raises(FileMissing):
            files.read(stored.sha256)


class TestLeftovers:
    @pytest.fixture(autouse=True)
    def _everything_is_old(self, monkeypatch, settings):
        monkeypatch.setattr("congso.shared.files.leftovers.KEPT_FOR", -1)

    def test_a_content_of_a_transaction_that_failed_is_removed_and_others_stay(self):
        kept = store(PDF)
        with transaction.atomic():
            lost = store(image("PNG")).sha256
            transaction.set_rollback(True)

        assert default_storage.exists(path_of(lost))
        remove_leftovers(timestamp=0)
        remove_leftovers(timestamp=0)

        assert not default_storage.exists(path_of(lost))
        assert files.read(kept.sha256) == PDF

    def test_a_young_content_stays(self, monkeypatch):
        monkeypatch.setattr("congso.shared.files.leftovers.KEPT_FOR", 3600)
        path = path_of("ab" * 32)
        default_storage.save(path, ContentFile(b"x"))

        assert remove_leftovers_in("ab") == 0
        assert default_storage.exists(path)


def test_the_database_refuses_a_name_that_is_no_hash():
    with pytest.raises(IntegrityError, match="stored_file_is_named_by_its_sha256"):
        StoredFile.objects.create(sha256="x", size=1, media_type="a", stored_at="2023-11-29T00:00Z")
