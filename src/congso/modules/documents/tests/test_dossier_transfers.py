"""Dossiers go to the archive by minutes that both sides sign."""

import pytest
from django.test import Client
from django.urls import reverse

from congso.kernel import clock
from congso.kernel.errors import NotFound, NotPermitted
from congso.kernel.ids import new_id
from congso.modules.documents import commands
from congso.modules.documents.dossiers import closing, errors, transfer_signables, transfers
from congso.modules.documents.models import DossierState, DossierTransfer, TransferState
from congso.modules.documents.tests.dossiers import close, make_dossier, put_file
from congso.modules.documents.tests.factories import NOW, make_commune
from congso.modules.documents.tests.worker import run_jobs
from congso.modules.signing import public as signing
from congso.shared.accounts.tests.factories import sign_in
from congso.shared.files import pages
from congso.shared.journal.models import JournalLine
from congso.shared.keys.tests.factories import PIN, made_key
from congso.shared.notify.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def present():
    with clock.at(NOW):
        yield


@pytest.fixture
def office():
    return make_commune()


def closed(office, notation="01.TCCB", **more):
    dossier = make_dossier(office, notation=notation, **more)
    put_file(dossier, office, by=more.get("by", "author"))
    return close(dossier, office, by=more.get("by", "author"))


def offer(office, *dossiers, by="author"):
    return transfers.offer_transfer(new_id(), [one.id for one in dossiers], by=office.actor(by), now=NOW)


def sign(transfer, by):
    transfer.refresh_from_db()
    commands.mark_read(transfer.id, str(transfer.file_id), by=by, now=NOW)
    [info] = transfer_signables.describe([transfer.id], by)
    signing.request_signatures([info.order], pin=PIN, by=by, now=NOW)
    run_jobs(twice=True)
    transfer.refresh_from_db()


class TestTransfer:
    def test_it_is_agreed_signed_by_both_and_frozen(self, office):
        made_key("person", office.author.person_id, now=NOW)
        made_key("organ", office.organ.id, now=NOW)
        first, second = closed(office), closed(office, "02.TCCB", title="Hồ sơ có “ngoặc”, ký hiệu #lạ & *dài*")
        transfer = offer(office, first, second)
        transfers.refuse_dossier(transfer.id, second.id, reason="Thiếu biên bản", by=office.actor("clerk"), now=NOW)
        transfers.accept_transfer(transfer.id, by=office.actor("clerk"), now=NOW)

        sign(transfer, office.actor("author"))
        assert transfer.state == TransferState.GIVER_SIGNED
        sign(transfer, office.actor("clerk"))

        assert transfer.state == TransferState.DONE
        verdict = signing.kept_verdict(transfer.signed_pdf_id)
        assert verdict.has_passed("leader", "organ")
        assert "01.TCCB/2023" in "".join(pages.texts(transfer.signed_pdf_id))
        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.state, second.state) == (DossierState.ARCHIVED, DossierState.CLOSED)
        acts = set(JournalLine.objects.filter(subject_id__in=[first.id, transfer.id]).values_list("act", flat=True))
        assert {"documents.dossier_archived", "documents.transfer_signed", "documents.transfer_accepted"} <= acts
        with pytest.raises(errors.DossierNotClosed):
            closing.reopen_dossier(first.id, reason="x", by=office.actor("author"), now=NOW)

    def test_what_all_is_refused_is_over_and_may_be_offered_again(self, office):
        dossier = closed(office)
        transfer = offer(office, dossier)

        over = transfers.refuse_dossier(transfer.id, dossier.id, reason="Thiếu", by=office.actor("clerk"), now=NOW)

        assert over.state == TransferState.DROPPED
        assert offer(office, dossier).state == TransferState.OFFERED
        assert Notice.objects.filter(position=office.author).exists()

    def test_the_giver_takes_it_back_before_anybody_signed(self, office):
        dossier = closed(office)
        transfer = offer(office, dossier)
        transfers.accept_transfer(transfer.id, by=office.actor("clerk"), now=NOW)

        transfers.drop_transfer(transfer.id, by=office.actor("author"), now=NOW)

        dossier.refresh_from_db()
        assert dossier.state == DossierState.CLOSED
        with pytest.raises(transfers.TransferMovedOn):
            transfers.drop_transfer(transfer.id, by=office.actor("author"), now=NOW)

    def test_who_may_not(self, office):
        dossier = closed(office)
        transfer = offer(office, dossier)

        with pytest.raises(NotPermitted):
            transfers.accept_transfer(transfer.id, by=office.actor("chair"), now=NOW)
        with pytest.raises(NotPermitted):
            transfers.drop_transfer(transfer.id, by=office.actor("clerk"), now=NOW)
        with pytest.raises(NotFound):
            transfers.access_transfer(transfer.id, by=make_commune("Tế Lợi").actor("clerk"))

    def test_nobody_gives_to_themselves(self, office):
        transfer = offer(office, closed(office, by="clerk"), by="clerk")

        with pytest.raises(transfers.OwnTransfer):
            transfers.accept_transfer(transfer.id, by=office.actor("clerk"), now=NOW)

    def test_only_closed_dossiers_kept_five_years_or_more_go(self, office):
        with pytest.raises(errors.DossierNotClosed):
            offer(office, make_dossier(office))
        with pytest.raises(transfers.NotForTheArchive):
            offer(office, closed(office, "3", retention="07", other_years=4))
        with pytest.raises(transfers.NothingToHandOver):
            offer(office)
        with pytest.raises(NotPermitted):
            offer(office, closed(office, "4"), by="clerk")

    def test_a_failed_signature_is_said_and_can_be_asked_again(self, office):
        transfer = offer(office, closed(office))
        transfers.accept_transfer(transfer.id, by=office.actor("clerk"), now=NOW)

        transfers.note_failed_transfer_signature(transfer.id, code="signing.activation_expired")

        transfer.refresh_from_db()
        assert transfer.signing_failure
        assert transfer_signables.describe([transfer.id], office.actor("author"))
        assert not transfer_signables.describe([transfer.id], office.actor("clerk"))

    def test_a_signature_of_an_earlier_file_moves_nothing(self, office):
        transfer = offer(office, closed(office))
        transfers.accept_transfer(transfer.id, by=office.actor("clerk"), now=NOW)

        moved = transfers.take_transfer_signature(
            transfer.id, field="leader", file_sha256="ab" * 32, signed_sha256="cd" * 32, now=NOW
        )

        assert moved is None


class TestPages:
    def at(self, name, *args):
        return reverse(f"documents:{name}", args=args)

    def browser(self, position):
        client = Client()
        sign_in(client, position)
        return client

    def test_from_the_dossier_to_the_minutes(self, office):
        dossier = closed(office)
        author, clerk = self.browser(office.author), self.browser(office.clerk)
        assert "Nộp lưu hồ sơ" in author.get(self.at("dossier", dossier.id)).text

        author.post(self.at("offer_dossiers"), {"once": new_id(), "chosen": [dossier.id]})
        transfer = DossierTransfer.objects.get()
        assert "Nhận và lập biên bản" in clerk.get(self.at("dossier_transfer", transfer.id)).text
        clerk.post(self.at("accept_transfer", transfer.id))
        assert "Ký biên bản" in author.get(self.at("dossier_transfer", transfer.id)).text
        assert author.get(self.at("dossier_transfer_page", transfer.id, 1))["Content-Type"] == "image/webp"
        assert author.get(self.at("dossier_transfer_pdf", transfer.id)).content.startswith(b"%PDF")
        assert "Giao nộp ngày" in clerk.get(self.at("dossier_transfers")).text
        assert transfer_signables.describe([transfer.id], office.actor("author"))[0].read_at
