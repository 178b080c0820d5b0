"""Dossiers are destroyed by two persons and a decision, and nothing that others hold goes with them."""

from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from congso.kernel import clock
from congso.kernel.errors import NotFound, NotPermitted
from congso.kernel.ids import new_id
from congso.modules.documents import commands
from congso.modules.documents.dossiers import destroying, errors, exporting, filling
from congso.modules.documents.models import Document, DossierExport, DossierState, WorkDossier
from congso.modules.documents.tests.dossiers import close, make_dossier, put_file, put_paper
from congso.modules.documents.tests.factories import NOW, DocumentFactory, make_commune
from congso.modules.documents.tests.worker import run_jobs
from congso.shared.accounts.tests.factories import sign_in
from congso.shared.files.models import StoredFile
from congso.shared.journal.models import JournalLine

pytestmark = pytest.mark.django_db
LONG_AFTER = datetime(2026, 1, 5, 3, 0, tzinfo=clock.HANOI)
SHORT = {"retention": "07", "other_years": 2}


@pytest.fixture
def office():
    return make_commune()


@pytest.fixture
def dossier(office):
    """One of two years with a paper and a file, closed in 2023."""
    with clock.at(NOW):
        made = make_dossier(office, **SHORT)
        put_paper(made, office)
        put_file(made, office)
        return close(made, office)


def actor(office, role):
    return office.actor(role, on=date(2026, 1, 5))


def propose(office, dossier, by="clerk", now=LONG_AFTER):
    return destroying.propose_destruction(dossier.id, new_id(), reason="Hết hạn", by=actor(office, by), now=now)


def decision(office, **more):
    return DocumentFactory(author=office.author, organ=office.organ, type_code="QĐ", issued=True, **more)


def destroy(office, dossier, paper, by="chair"):
    return destroying.destroy_dossier(dossier.id, paper.id if paper else None, by=actor(office, by), now=LONG_AFTER)


class TestDestroy:
    def test_its_own_files_go_and_papers_stay(self, office, dossier, django_capture_on_commit_callbacks):
        paper, picture = dossier.items.get(file=None), dossier.items.exclude(file=None).get()
        commands.mark_read(picture.id, picture.file_id, by=actor(office, "chair"), now=NOW)
        propose(office, dossier)

        with django_capture_on_commit_callbacks(execute=True):
            done = destroy(office, dossier, decision(office))

        dossier.refresh_from_db()
        assert (dossier.state, done.papers, done.files) == (DossierState.DESTROYED, 1, 1)
        assert not dossier.items.exists()
        assert not StoredFile.objects.filter(sha256=picture.file_id).exists()
        assert Document.objects.filter(id=paper.document_id).exists()
        acts = list(JournalLine.objects.filter(subject_id=dossier.id).order_by("id").values_list("act", flat=True))
        assert acts[-2:] == ["documents.destruction_proposed", "documents.dossier_destroyed"]

    def test_a_file_that_another_dossier_holds_stays(self, office, dossier, django_capture_on_commit_callbacks):
        with clock.at(NOW):
            other = make_dossier(office, notation="02")
            kept = put_file(other, office)
        propose(office, dossier)

        with django_capture_on_commit_callbacks(execute=True):
            destroy(office, dossier, decision(office))

        assert StoredFile.objects.filter(sha256=kept.file_id).exists()

    def test_what_was_written_out_of_it_goes_too(self, office, dossier, django_capture_on_commit_callbacks):
        with clock.at(NOW):
            filling_gone = dossier.items.get(file=None)
            filling_gone.delete()  # its file is made up
            exporting.ask_for_export(new_id(), dossier.id, by=office.actor("author"), now=NOW)
            run_jobs()
        written = DossierExport.objects.get().file_id
        propose(office, dossier)

        with django_capture_on_commit_callbacks(execute=True):
            destroy(office, dossier, decision(office))

        assert written
        assert not StoredFile.objects.filter(sha256=written).exists()

    def test_not_without_an_issued_decision_of_the_organ(self, office, dossier):
        propose(office, dossier)

        for paper in (None, decision(make_commune("Tế Lợi")), decision(office, recalled_at=NOW)):
            with pytest.raises(destroying.NoDecision):
                destroy(office, dossier, paper)

    def test_not_before_its_time_and_never_what_is_kept_for_good(self, office, dossier):
        with pytest.raises(destroying.RetentionNotOver):
            propose(office, dossier, now=datetime(2025, 12, 31, 20, 0, tzinfo=clock.HANOI))
        WorkDossier.objects.filter(id=dossier.id).update(retention="01", other_years=None)
        with pytest.raises(destroying.RetentionNotOver, match="Vĩnh viễn"):
            propose(office, dossier)

    def test_two_persons(self, office, dossier):
        WorkDossier.objects.filter(id=dossier.id).update(keeper=office.chair)
        propose(office, dossier, by="chair")

        with pytest.raises(destroying.SamePerson):
            destroy(office, dossier, decision(office))
        assert destroy(office, dossier, decision(office), by="reviewer").decided_by_id == office.reviewer.id

    def test_who_may_not(self, office, dossier):
        with pytest.raises(NotPermitted):
            propose(office, dossier, by="reviewer")
        with pytest.raises(NotFound):
            propose(make_commune("Tế Lợi"), dossier)
        propose(office, dossier)
        with pytest.raises(NotPermitted):
            destroy(office, dossier, decision(office), by="clerk")
        with pytest.raises(destroying.AlreadyProposed):
            propose(office, dossier)

    def test_a_leader_lets_it_stay_with_a_reason(self, office, dossier):
        propose(office, dossier)
        with pytest.raises(errors.ReasonMissing):
            destroying.refuse_destruction(dossier.id, reason="", by=actor(office, "chair"), now=LONG_AFTER)

        destroying.refuse_destruction(dossier.id, reason="Còn vụ việc", by=actor(office, "chair"), now=LONG_AFTER)

        assert dossier.items.count() == 2
        with pytest.raises(destroying.NothingProposed):
            destroy(office, dossier, decision(office))


def test_the_pages_lead_through_it(office, dossier):
    paper = decision(office)
    clerk, chair = Client(), Client()
    at = {
        name: reverse(f"documents:{name}", args=[dossier.id])
        for name in ("dossier", "propose_destruction", "destroy_dossier")
    }
    with clock.at(LONG_AFTER):
        sign_in(clerk, office.clerk)
        sign_in(chair, office.chair)
        assert "Đề nghị tiêu hủy" in clerk.get(at["dossier"]).text
        clerk.post(at["propose_destruction"], {"once": new_id(), "reason": "Hết hạn"})
        assert paper.number_text in chair.get(at["dossier"]).text
        chair.post(at["destroy_dossier"], {"decision": paper.id})
        page = clerk.get(at["dossier"]).text

    assert "Đã tiêu hủy" in page
    assert paper.number_text in page


def test_the_list_goes_on_in_other_dossiers(office, dossier):
    item = dossier.items.get(file=None)
    with clock.at(NOW):
        other = make_dossier(office, notation="02")
        filling.put_in(other.id, "document", item.document_id, by=office.actor("author"), now=NOW)
    propose(office, dossier)
    destroy(office, dossier, decision(office))

    assert other.items.get().document_id == item.document_id
