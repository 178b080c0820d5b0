"""A number that somebody refilled after the seal: caught on arrival, and the page says so."""

import pytest
from django.urls import reverse

from congso.kernel import clock
from congso.modules.documents import commands
from congso.modules.documents.kinds import IncomingState, Verdict
from congso.modules.documents.models import Incoming
from congso.modules.documents.tests.factories import NOW, make_commune, make_district
from congso.modules.documents.tests.test_story import approved, sign, with_keys
from congso.modules.documents.tests.worker import run_jobs
from congso.modules.signing import public as signing
from congso.shared import files
from congso.shared.accounts.tests.factories import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def present():
    with clock.at(NOW):
        yield


@pytest.fixture
def refilled():
    """A paper whose number was changed on its way, and the commune that gets it."""
    district, commune = with_keys(make_district()), make_commune()
    document = approved(district, commune.organ)
    sign(document, district.actor("chair"))
    run_jobs()
    commands.number_document(document.id, by=district.actor("clerk"), now=NOW)
    sign(document, district.actor("clerk"))
    run_jobs()
    document = commands.issue_document(document.id, by=district.actor("clerk"), now=NOW)
    sealed = files.read(document.file_id)
    forged = signing.fill_number(sealed, number_text="99", date_text="ngày 29 tháng 11 năm 2023")
    document.sealed_pdf = files.store(forged, name="99.pdf", media_types=["application/pdf"], max_bytes=10**7)
    document.save()
    run_jobs()
    return commune


def test_it_arrives_as_not_valid_and_cannot_be_registered(refilled):
    arrival = Incoming.objects.get()

    assert (arrival.state, arrival.verdict) == (IncomingState.VALIDATED, Verdict.FAILED)


def test_the_page_says_what_happened_and_offers_no_number(refilled, client):
    arrival = Incoming.objects.get()
    sign_in(client, refilled.clerk)

    page = client.get(reverse("documents:incoming_detail", args=[arrival.id])).content.decode()

    assert "Không hợp lệ" in page
    assert "Tệp bị sửa sau khi cơ quan đóng dấu: số, ngày hoặc nội dung không còn như lúc phát hành." in page
    assert reverse("documents:register", args=[arrival.id]) not in page
