"""A paper stays PDF/A-2b through its life: drawn, numbered after the leader's signature, sealed."""

import page
import pytest

from congso.kernel import clock
from congso.modules.documents import commands
from congso.modules.documents.models import Document
from congso.modules.documents.tests.factories import NOW, make_commune, make_district
from congso.modules.documents.tests.test_story import approved, sign, with_keys
from congso.modules.documents.tests.worker import run_jobs
from congso.shared import files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def present():
    with clock.at(NOW):
        yield


@pytest.fixture
def paper():
    """A paper that has come as far as its seal, with each file of its life."""
    district = with_keys(make_district())
    document = approved(district, make_commune().organ)
    sign(document, district.actor("chair"))
    run_jobs()
    commands.number_document(document.id, by=district.actor("clerk"), now=NOW)
    sign(document, district.actor("clerk"))
    run_jobs()
    return Document.objects.get(id=document.id)


STAGES = ("approved", "signed", "numbered", "sealed")
# The checker asks that each signature covers the file to its very end. A later signature makes that impossible: each
# covers its own revision, as ISO 32000-1 (12.8.1) and veraPDF read it. Coverage is judged in ``signing.pdf.checking``.
OF_THE_LAST_REVISION = "PDFA2B-SIGNATURE-BYTERANGE-001"


def faults_of(pdf):
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_A_2B)
    return {fault.rule_id: fault.message for fault in report.failures}


def test_each_file_of_a_paper_can_be_archived(paper):
    files_of_it = {stage: files.read(getattr(paper, f"{stage}_pdf_id")) for stage in STAGES}

    found = {stage: set(faults_of(pdf)) for stage, pdf in files_of_it.items()}

    revised = {OF_THE_LAST_REVISION}
    assert found == {"approved": set(), "signed": set(), "numbered": revised, "sealed": revised}
    broken = files_of_it["approved"].replace(b"<pdfaid:part>2", b"<pdfaid:part>7")
    assert faults_of(broken)
