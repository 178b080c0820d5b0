import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.errors import NotFound
from congso.kernel.ids import new_id
from congso.modules.signing import commands, jobs, queries
from congso.modules.signing.commands import making, requesting
from congso.modules.signing.models import ItemState, SignatureItem, SignatureRequest, ValidationReport
from congso.modules.signing.tests.factories import NOW, closed, numbered, paper
from congso.modules.signing.tests.signables import stored
from congso.modules.signing.verdict import Outcome
from congso.shared import files
from congso.shared.journal.models import JournalLine
from congso.shared.keys import commands as keys
from congso.shared.keys.models import Key
from congso.shared.keys.pins import PinWrong
from congso.shared.keys.tests.factories import PIN, clerk_of, enrolled_key, made_key

pytestmark = pytest.mark.django_db


def ask(orders, *, by, pin=PIN, now=NOW, confirmation=None):
    return commands.request_signatures(orders, pin=pin, by=by, now=now, confirmation=confirmation)


def run(request_id, now=NOW):
    with clock.at(now):
        jobs.sign_request(request_id=str(request_id))


def published(monkeypatch):
    heard = []
    monkeypatch.setattr(making.events, "publish", heard.append)
    return heard


class TestRequestSignatures:
    def test_a_confirmed_paper_waits_for_the_worker(self, shelf, leader):
        order = shelf.put(leader.person_id)

        request_id = ask([order], by=leader)

        item = SignatureItem.objects.get(request_id=request_id)
        assert (item.state, item.file_sha256, item.subject_id) == ("waiting", order.file_sha256, order.subject_id)
        line = JournalLine.objects.get(subject_id=order.subject_id)
        assert (line.act, line.person_id) == ("signing.confirmed", leader.person_id)
        assert line.facts["file"] == order.file_sha256

    def test_a_batch_is_one_job(self, shelf, leader):
        request_id = ask([shelf.put(leader.person_id), shelf.put(leader.person_id)], by=leader)

        with connection.cursor() as cursor:
            cursor.execute("SELECT args ->> 'request_id' FROM procrastinate_jobs WHERE task_name = 'signing.sign'")
            assert cursor.fetchall() == [(str(request_id),)]

    def test_a_wrong_pin_signs_nothing_and_is_counted(self, shelf, leader):
        order = shelf.put(leader.person_id)

        with pytest.raises(PinWrong, match=r"còn 4 lần\. Chưa văn bản nào được ký"):
            ask([order], by=leader, pin="000000")

        assert not SignatureRequest.objects.exists()
        assert Key.objects.get(owner_id=leader.person_id).wrong_pins == 1

    def test_nobody_signs_with_anothers_key(self, shelf, leader):
        order = shelf.put(leader.person_id)

        with pytest.raises(requesting.NoKey):
            ask([order], by=replace(leader, person_id=new_id()))

    def test_only_the_organs_records_clerk_seals(self, shelf):
        organ_id = new_id()
        enrolled_key("organ", organ_id)
        order = shelf.put(organ_id, owner_kind="organ", signature="organ", pdf=numbered())

        with pytest.raises(requesting.NoKey):
            ask([order], by=clerk_of(organ_id, "leader"))
        with pytest.raises(requesting.NoKey):
            ask([order], by=clerk_of(new_id()))
        assert ask([order], by=clerk_of(organ_id))

    def test_who_has_no_certificate_is_told(self, shelf):
        somebody = Actor(account_id=new_id(), person_id=new_id(), position_id=new_id())

        with pytest.raises(requesting.NoKey, match="chưa có chứng thư"):
            ask([shelf.put(somebody.person_id)], by=somebody)

    def test_an_ended_certificate_signs_nothing(self, shelf, leader):
        with pytest.raises(requesting.CertificateNotValid, match="29/11/2023 đến 31/12/2024"):
            ask([shelf.put(leader.person_id)], by=leader, now=NOW + timedelta(days=800))

    def test_a_paper_that_changed_since_it_was_shown_is_not_signed(self, shelf, leader):
        order = shelf.put(leader.person_id)
        shelf.change(order, paper())

        with pytest.raises(requesting.FileChanged, match="đã đổi sau khi mở trang ký"):
            ask([order], by=leader)

    def test_a_paper_that_was_not_opened_is_not_signed(self, shelf, leader):
        with pytest.raises(requesting.NotReadYet, match="Chưa mở đọc"):
            ask([shelf.put(leader.person_id, read_at=None)], by=leader)

    def test_one_unread_paper_stops_the_whole_batch(self, shelf, leader):
        orders = [shelf.put(leader.person_id), shelf.put(leader.person_id, read_at=None)]

        with pytest.raises(requesting.NotReadYet):
            ask(orders, by=leader)

        assert not SignatureItem.objects.exists()

    def test_an_obstacle_is_said(self, shelf, leader):
        with pytest.raises(requesting.NotNow, match=r"Đang chờ xem xét"):
            ask([shelf.put(leader.person_id, obstacle="Đang chờ xem xét.")], by=leader)

    def test_a_paper_that_one_may_not_see_is_not_found(self, shelf, leader):
        order = shelf.put(leader.person_id)
        shelf.hidden.add(order.subject_id)

        with pytest.raises(NotFound):
            ask([order], by=leader)

    def test_nothing_ticked_is_said(self, leader):
        with pytest.raises(requesting.NothingToSign):
            ask([], by=leader)

    def test_too_many_at_once_are_refused(self, shelf, leader, monkeypatch):
        monkeypatch.setattr(requesting, "MOST_ITEMS", 1)

        with pytest.raises(requesting.TooManyToSign, match="nhiều nhất 1 văn bản"):
            ask([shelf.put(leader.person_id), shelf.put(leader.person_id)], by=leader)

    def test_the_same_page_sent_twice_is_one_request(self, shelf, leader):
        order, confirmation = shelf.put(leader.person_id), new_id()

        first = ask([order], by=leader, confirmation=confirmation)

        assert ask([order], by=leader, confirmation=confirmation) == first
        assert SignatureItem.objects.count() == 1

    def test_a_paper_that_is_being_signed_is_not_asked_for_again(self, shelf, leader):
        order = shelf.put(leader.person_id)
        ask([order], by=leader)

        with pytest.raises(requesting.AlreadyAsked):
            ask([order], by=leader)

        assert queries.is_being_signed(order.kind, order.subject_id)

    def test_two_keys_are_two_confirmations(self, shelf, leader):
        with pytest.raises(ValueError, match="one key"):
            ask([shelf.put(leader.person_id), shelf.put(new_id())], by=leader)


class TestTheJob:
    def test_it_signs_each_paper_stores_it_and_tells(self, shelf, leader, monkeypatch):
        heard = published(monkeypatch)
        orders = [shelf.put(leader.person_id), shelf.put(leader.person_id)]
        request_id = ask(orders, by=leader)

        run(request_id)

        items = list(SignatureItem.objects.order_by("place"))
        assert [item.state for item in items] == ["signed", "signed"]
        assert [event.subject_id for event in heard] == [order.subject_id for order in orders]
        assert heard[0].file_sha256 == items[0].signed_file_sha256 != heard[0].signed_sha256 == orders[0].file_sha256
        assert commands.validate_file(items[0].signed_file_sha256, now=NOW).has_passed("leader")

    def test_it_leaves_a_line_by_the_system(self, shelf, leader):
        order = shelf.put(leader.person_id)

        run(ask([order], by=leader))

        assert JournalLine.objects.get(subject_id=order.subject_id, act="signing.signed").is_system

    def test_it_runs_twice_and_signs_once(self, shelf, leader, monkeypatch):
        heard = published(monkeypatch)
        request_id = ask([shelf.put(leader.person_id)], by=leader)

        run(request_id)
        run(request_id)

        assert len(heard) == 1

    def test_killed_in_the_middle_it_goes_on_where_it_was(self, shelf, leader, monkeypatch):
        heard = published(monkeypatch)
        request_id = ask([shelf.put(leader.person_id), shelf.put(leader.person_id)], by=leader)
        first, _second = queries.waiting_items(request_id)
        commands.sign_item(first, now=NOW)

        with clock.at(NOW + timedelta(minutes=3)):
            jobs.sweep(0)

        assert [event.subject_id for event in heard] == list(
            SignatureItem.objects.order_by("place").values_list("subject_id", flat=True)
        )

    def test_the_sweep_leaves_fresh_requests_to_their_job(self, shelf, leader):
        ask([shelf.put(leader.person_id)], by=leader)

        with clock.at(NOW + timedelta(minutes=1)):
            jobs.sweep(0)

        assert SignatureItem.objects.get().state == ItemState.WAITING

    def test_after_a_quarter_of_an_hour_the_owner_must_confirm_again(self, shelf, leader, monkeypatch):
        heard = published(monkeypatch)
        request_id = ask([shelf.put(leader.person_id)], by=leader)

        run(request_id, now=NOW + timedelta(minutes=15))

        assert [event.code for event in heard] == ["signing.activation_expired"]
        assert "mở lại để xác nhận" in queries.progress_of(request_id, by=leader).failed[0].reason

    def test_a_revoked_key_signs_nothing_more(self, shelf, leader, monkeypatch):
        heard = published(monkeypatch)
        request_id = ask([shelf.put(leader.person_id)], by=leader)
        keys.revoke_key(Key.objects.get(owner_id=leader.person_id).id, organ_id=new_id(), by=Actor.system(), now=NOW)

        run(request_id)

        assert [event.code for event in heard] == ["signing.key_unusable"]

    @pytest.mark.parametrize(("pdf", "code"), [(paper, "signing.field_missing"), (numbered, "signing.field_taken")])
    def test_a_file_that_cannot_take_the_signature_fails_with_its_reason(self, shelf, leader, monkeypatch, pdf, code):
        heard = published(monkeypatch)

        run(ask([shelf.put(leader.person_id, pdf=pdf())], by=leader))

        assert [event.code for event in heard] == [code]

    def test_one_that_stops_for_no_known_reason_does_not_stop_the_others(self, shelf, leader, monkeypatch):
        request_id = ask([shelf.put(leader.person_id), shelf.put(leader.person_id)], by=leader)
        first, second = queries.waiting_items(request_id)
        sign_item = commands.sign_item

        def stumble(item_id, **facts):
            if item_id == first:
                raise RuntimeError
            return sign_item(item_id, **facts)

        monkeypatch.setattr(commands, "sign_item", stumble)
        logging.getLogger(jobs.__name__).setLevel(logging.CRITICAL)

        with pytest.raises(jobs.SomeNotSigned):
            run(request_id)

        assert queries.waiting_items(request_id) == [first]
        assert SignatureItem.objects.get(id=second).state == ItemState.SIGNED

    def test_the_seal_closes_what_the_leader_signed(self, shelf):
        organ_id = new_id()
        made_key("organ", organ_id)
        order = shelf.put(organ_id, owner_kind="organ", signature="organ", pdf=numbered())

        run(ask([order], by=clerk_of(organ_id)))

        verdict = commands.validate_file(SignatureItem.objects.get().signed_file_sha256, now=NOW)
        assert {found.field for found in verdict.signatures if found.outcome == Outcome.PASSED} == {"organ"}


def test_the_pin_is_nowhere_but_in_its_request(shelf, leader, caplog):
    pin = "918273"
    keys.change_pin(Key.objects.get(owner_id=leader.person_id).id, old=PIN, new=pin, by=leader, now=NOW)
    order = shelf.put(leader.person_id)

    with caplog.at_level(logging.DEBUG):
        with pytest.raises(PinWrong) as refusal:
            ask([order], by=leader, pin="918274")
        run(ask([order], by=leader, pin=pin))

    assert pin not in caplog.text
    assert "918274" not in f"{refusal.value!r} {refusal.value} {caplog.text}"
    assert not tables_that_hold(pin)
    assert not tables_that_hold("918274")


def tables_that_hold(text):
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            query = f'SELECT count(*) FROM "{table}" AS row_ WHERE row_::text LIKE %s'  # noqa: S608 - our own tables
            cursor.execute(query, [f"%{text}%"])
            if cursor.fetchone()[0]:
                found.append(table)
        return found


class TestValidateFile:
    def test_the_report_is_kept_and_the_file_is_not_read_again(self, monkeypatch):
        sha256 = stored(closed())
        first = commands.validate_file(sha256, now=NOW)
        monkeypatch.setattr(files, "read", lambda _sha256: pytest.fail("read again"))

        assert commands.validate_file(sha256, now=NOW) == first == queries.kept_verdict(sha256)

    def test_a_file_that_hangs_on_a_foreign_root_is_checked_afresh_and_not_concluded(self):
        verdict = commands.validate_file(stored(closed()), now=NOW)

        assert verdict.reasons == ("unknown_authority",)
        assert ValidationReport.objects.get().holds_until is None

    def test_a_passed_report_holds_to_the_certificates_end(self, shelf, leader):
        run(ask([shelf.put(leader.person_id)], by=leader))
        sha256 = SignatureItem.objects.get().signed_file_sha256
        assert commands.validate_file(sha256, now=NOW).passed

        later = commands.validate_file(sha256, now=NOW + timedelta(days=800))

        assert later.reasons == ("certificate_expired",)

    def test_a_lost_file_is_said(self):
        with pytest.raises(files.errors.FileMissing):
            commands.validate_file("0" * 64, now=NOW)

    def test_a_file_that_was_never_checked_has_no_verdict_yet(self):
        assert queries.kept_verdict("0" * 64) is None


class TestProgress:
    def test_it_counts_what_is_done_and_names_what_failed(self, shelf, leader):
        request_id = ask(
            [shelf.put(leader.person_id), shelf.put(leader.person_id, pdf=paper(), title="Báo cáo")], by=leader
        )
        before = queries.progress_of(request_id, by=leader)

        run(request_id)

        after = queries.progress_of(request_id, by=leader)
        assert (before.done, before.total, before.is_over) == (0, 2, False)
        assert (after.signed, [failed.title for failed in after.failed], after.is_over) == (1, ["Báo cáo"], True)

    def test_another_person_does_not_learn_of_it(self, shelf, leader):
        request_id = ask([shelf.put(leader.person_id)], by=leader)

        for stranger in (replace(leader, person_id=new_id()), Actor.anonymous(), Actor.system()):
            with pytest.raises(NotFound):
                queries.progress_of(request_id, by=stranger)


def test_the_database_refuses_two_open_signatures_of_one_field(shelf, leader):
    item = SignatureItem.objects.get(request_id=ask([shelf.put(leader.person_id)], by=leader))
    item.pk, item.place = new_id(), 1

    with pytest.raises(IntegrityError, match="signature_item_is_asked_for_once_at_a_time"), transaction.atomic():
        item.save(force_insert=True)


def test_the_database_refuses_a_signed_item_without_its_file(shelf, leader):
    request_id = ask([shelf.put(leader.person_id)], by=leader)

    with pytest.raises(IntegrityError, match="signature_item_says_how_it_ended"), transaction.atomic():
        SignatureItem.objects.filter(request_id=request_id).update(state=ItemState.SIGNED, ended_at=NOW)
