"""Uploads are held in memory, never on a disk."""

import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse

from congso.kernel.actor import Actor
from congso.kernel.ids import new_id
from congso.shared.accounts.tests.factories import sign_in
from congso.shared.files import receiving
from congso.shared.files.errors import FileFromNobody, FileTooLarge
from congso.shared.people.tests.factories import PositionFactory

SOMEBODY = Actor(account_id=new_id(), person_id=new_id())


def upload(*sizes, by=SOMEBODY):
    """Return the files of a request as a view sees them."""
    sent = [SimpleUploadedFile(f"tệp {place}.pdf", b"x" * size) for place, size in enumerate(sizes)]
    request = RequestFactory().post("/", {"files": sent})
    request.actor = by
    return request.FILES.getlist("files")


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


@pytest.mark.parametrize("by", [Actor.anonymous(), None])
def test_nothing_of_who_has_not_signed_in_is_held(by):
    [received] = upload(60_000, by=by)

    assert received.size == 60_000
    with pytest.raises(FileFromNobody, match="Chưa đăng nhập"):
        received.read()


@pytest.mark.django_db
@pytest.mark.parametrize(("is_signed_in", "limit"), [(True, receiving.MOST_RECEIVED), (False, 0)])
def test_who_sends_is_known_before_the_form_is_read(monkeypatch, is_signed_in, limit):
    limits = []
    monkeypatch.setattr(receiving.InMemory, "file_complete", lambda self, _size: limits.append(self._limit))
    client = Client(enforce_csrf_checks=True)
    if is_signed_in:
        sign_in(client, PositionFactory())

    answer = client.post(reverse("accounts:login"), {"file": SimpleUploadedFile("a.pdf", b"x")})

    assert (answer.status_code, limits) == (403, [limit])
