from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_der_private_key
from django.db import IntegrityError, transaction

from congso.kernel.actor import Actor
from congso.kernel.clock import HANOI
from congso.kernel.errors import NotFound, NotPermitted
from congso.kernel.ids import new_id
from congso.shared.journal.models import JournalLine
from congso.shared.keys import commands, jobs, queries
from congso.shared.keys.models import Key, KeyState
from congso.shared.keys.pins import PinUnfit, PinWrong, check_pin
from congso.shared.keys.signing import KeyUnusable, sign, verify
from congso.shared.keys.tests.factories import NOW, PIN, clerk_of, enrolled_key, made_key

pytestmark = pytest.mark.django_db


def enrol(owner_id, *, by, organ_id=None, pin=PIN):
    return commands.enrol_key(
        "person",
        owner_id,
        common_name="Nguyễn Văn Thử",
        organization="UBND xã Thăng Long",
        organ_id=organ_id or new_id(),
        pin=pin,
        by=by,
        now=NOW,
    )


class TestEnrolKey:
    def test_it_costs_no_key_pair_yet(self):
        key = enrolled_key()

        assert (key.state, key.certificate) == (KeyState.ENROLLED, None)
        assert JournalLine.objects.get(subject_id=key.id).act == "keys.enrolled"

    def test_the_pin_is_kept_as_a_hash_only(self):
        key = enrolled_key()

        assert PIN not in key.pin_hash

    def test_an_administrator_enrols_for_the_own_organ(self):
        organ_id = new_id()

        key = enrol(new_id(), by=clerk_of(organ_id, "administrator"), organ_id=organ_id)

        assert key.state == KeyState.ENROLLED

    def test_nobody_enrols_for_another_organ(self):
        with pytest.raises(NotPermitted):
            enrol(new_id(), by=clerk_of(new_id(), "administrator"), organ_id=new_id())

    def test_an_owner_has_one_key_at_a_time(self):
        person_id = new_id()
        enrolled_key("person", person_id)

        with pytest.raises(commands.KeyExists, match=r"Nguyễn Văn Thử đã có chứng thư"):
            enrol(person_id, by=Actor.system())

    @pytest.mark.parametrize("pin", ["12345", "1234567", "12345a", "１２３４５６", ""])
    def test_a_pin_has_six_digits(self, pin):
        with pytest.raises(PinUnfit):
            enrol(new_id(), by=Actor.system(), pin=pin)


class TestMakePair:
    def test_the_certificate_says_for_training_only_and_follows_the_given_clock(self):
        key = made_key()

        certificate = x509.load_der_x509_certificate(bytes(key.certificate))

        assert "OU=CHỈ DÙNG ĐỂ TẬP HUẤN" in certificate.subject.rfc4514_string()
        assert "OU=CHỈ DÙNG ĐỂ TẬP HUẤN" in certificate.issuer.rfc4514_string()
        assert key.valid_from == NOW
        assert key.valid_to == datetime(2024, 12, 31, 23, 59, 59, tzinfo=HANOI)

    def test_it_hangs_on_the_one_training_root(self):
        first, second = made_key(), made_key()

        (root,) = queries.training_roots()
        for key in (first, second):
            x509.load_der_x509_certificate(bytes(key.certificate)).verify_directly_issued_by(
                x509.load_der_x509_certificate(root)
            )

    def test_the_job_runs_twice_and_makes_one_pair(self):
        key = enrolled_key()

        jobs.make(key_id=str(key.id))
        made = Key.objects.get(id=key.id)
        jobs.make(key_id=str(key.id), unknown_to_this_release=1)

        assert bytes(Key.objects.get(id=key.id).sealed) == bytes(made.sealed)
        assert list(JournalLine.objects.filter(subject_id=key.id).values_list("act", flat=True)) == [
            "keys.enrolled",
            "keys.made",
        ]

    def test_the_private_key_rests_sealed(self):
        sealed = bytes(made_key().sealed)

        with pytest.raises(ValueError, match=r"deserialize|parse|ASN|Invalid"):
            load_der_private_key(sealed, password=None)


class TestSign:
    def test_what_it_signs_its_certificate_verifies(self):
        key = made_key()

        signature = sign(key, b"van ban")

        assert verify(bytes(key.certificate), signature, b"van ban")
        assert not verify(bytes(key.certificate), signature, b"van ban!")

    def test_a_key_that_is_not_made_signs_nothing(self):
        with pytest.raises(KeyUnusable):
            sign(enrolled_key(), b"van ban")

    def test_a_revoked_key_signs_nothing(self):
        key = made_key()
        organ_id = new_id()

        commands.revoke_key(key.id, organ_id=organ_id, by=clerk_of(organ_id, "administrator"), now=NOW)

        with pytest.raises(KeyUnusable):
            sign(Key.objects.get(id=key.id), b"van ban")
        assert queries.revoked_serials() == {key.serial}
        assert JournalLine.objects.filter(subject_id=key.id, act="keys.revoked").exists()

    def test_a_key_is_revoked_once(self):
        key = made_key()
        commands.revoke_key(key.id, organ_id=new_id(), by=Actor.system(), now=NOW)

        with pytest.raises(NotFound):
            commands.revoke_key(key.id, organ_id=new_id(), by=Actor.system(), now=NOW)


class TestChangePin:
    def test_the_new_one_opens_and_the_old_one_does_not(self):
        key = enrolled_key()
        owner = Actor(account_id=new_id(), person_id=key.owner_id)

        commands.change_pin(key.id, old=PIN, new="654321", by=owner, now=NOW)

        check_pin(key.id, "654321", by=owner, now=NOW)
        with pytest.raises(PinWrong):
            check_pin(key.id, PIN, by=owner, now=NOW)

    def test_another_person_does_not_learn_that_the_key_exists(self):
        with pytest.raises(NotFound):
            commands.change_pin(
                enrolled_key().id, old=PIN, new="654321", by=Actor(account_id=new_id(), person_id=new_id()), now=NOW
            )


class TestKeyToSignWith:
    def test_a_person_uses_the_own_key(self):
        key = enrolled_key()

        assert queries.key_to_sign_with("person", key.owner_id, by=Actor(person_id=key.owner_id)) == key

    def test_nobody_else_does(self):
        key = enrolled_key()

        assert queries.key_to_sign_with("person", key.owner_id, by=Actor(person_id=new_id())) is None
        assert queries.key_to_sign_with("person", key.owner_id, by=Actor.system()) is None

    def test_the_records_clerk_uses_the_organs(self):
        organ_id = new_id()
        key = enrolled_key("organ", organ_id)

        assert queries.key_to_sign_with("organ", organ_id, by=clerk_of(organ_id)) == key
        assert queries.key_to_sign_with("organ", organ_id, by=clerk_of(organ_id, "leader")) is None
        assert queries.key_to_sign_with("organ", organ_id, by=clerk_of(new_id())) is None


def test_the_database_refuses_a_second_usable_key_of_an_owner():
    key = enrolled_key()

    with pytest.raises(IntegrityError, match="key_is_the_only_usable_one_of_its_owner"), transaction.atomic():
        Key.objects.create(owner_kind="person", owner_id=key.owner_id, pin_hash="x", enrolled_at=NOW)


def test_the_database_refuses_a_second_training_authority():
    commands.authority_key()

    with pytest.raises(IntegrityError, match="key_is_the_only_usable_one_of_its_owner"), transaction.atomic():
        Key.objects.create(owner_kind="authority", enrolled_at=NOW)


def test_the_database_refuses_a_usable_key_without_a_pair():
    key = enrolled_key()

    with pytest.raises(IntegrityError, match="key_in_use_has_a_pair_and_a_certificate"), transaction.atomic():
        Key.objects.filter(id=key.id).update(state=KeyState.ACTIVE)


def test_a_certificate_ends_with_the_next_year_in_hanoi():
    key = made_key(now=datetime(2023, 12, 31, 23, 0, tzinfo=HANOI) + timedelta(hours=2))

    assert key.valid_to == datetime(2025, 12, 31, 23, 59, 59, tzinfo=HANOI)
