import stat

import pytest

from congso.kernel.ids import new_id
from congso.shared.checkup import State
from congso.shared.keys import masterkey
from congso.shared.keys.examination import keys_open
from congso.shared.keys.tests.factories import made_key


@pytest.fixture
def folder(settings, tmp_path):
    settings.DATA_FOLDER = tmp_path / "data"
    return settings.DATA_FOLDER


def test_it_is_made_at_first_use_and_only_its_owner_reads_it(folder):
    sealed = masterkey.seal(b"secret", about=(about := new_id()))

    assert masterkey.unseal(sealed, about=about) == b"secret"
    assert stat.S_IMODE((folder / "keys.master").stat().st_mode) == 0o600
    assert [file.name for file in folder.iterdir()] == ["keys.master"]


def test_what_is_sealed_for_one_does_not_open_for_another(folder):
    sealed = masterkey.seal(b"secret", about=new_id())

    with pytest.raises(masterkey.MasterKeyMismatch):
        masterkey.unseal(sealed, about=new_id())


def test_a_key_that_another_process_made_first_is_kept(folder):
    folder.mkdir()
    (folder / "keys.master").write_bytes(b"k" * 32)

    masterkey._make(folder / "keys.master")

    assert (folder / "keys.master").read_bytes() == b"k" * 32
    assert [file.name for file in folder.iterdir()] == ["keys.master"]


@pytest.mark.django_db
class TestTheDoctor:
    def test_it_is_content_while_keys_open(self):
        assert keys_open().state == State.GOOD
        made_key()
        assert keys_open().said == "Khóa ký mở được"

    def test_it_finds_the_master_key_of_another_installation(self, folder):
        made_key()
        folder.joinpath("keys.master").write_bytes(b"k" * 32)
        masterkey._master_key.cache_clear()

        assert keys_open().state == State.BAD
