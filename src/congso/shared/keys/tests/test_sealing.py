import hashlib

import pytest

from congso.kernel.ids import new_id
from congso.shared.journal.sealing import SealSignature
from congso.shared.keys.sealing import check_seal, sign_seal
from congso.shared.keys.tests.factories import made_key

pytestmark = pytest.mark.django_db

DIGEST = hashlib.sha256(b"lines").digest()


def test_a_seal_checks_with_the_journals_own_key():
    signature = sign_seal(DIGEST)

    assert check_seal(DIGEST, signature)
    assert not check_seal(hashlib.sha256(b"other lines").digest(), signature)
    assert sign_seal(DIGEST).key_id == signature.key_id


def test_no_other_key_seals_the_journal():
    signature = sign_seal(DIGEST)

    assert not check_seal(DIGEST, SealSignature(key_id=str(made_key().id), value=signature.value))
    assert not check_seal(DIGEST, SealSignature(key_id=str(new_id()), value=signature.value))
