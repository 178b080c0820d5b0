"""Tamper as a superuser could, with the triggers off; the check must say what happened."""

from dataclasses import replace

import pytest

from congso.shared.journal.canonical import Content
from congso.shared.journal.models import JournalLine, Seal, SealHead
from congso.shared.journal.sealing import PORT, seal_hash, seal_lines
from congso.shared.journal.tests.factories import NOON, check, sign, tamper, write_lines
from congso.shared.journal.verification import MOST_PROBLEMS_SHOWN, Anchor, verify

CHANGE_LINE = "UPDATE journal_journalline SET"
CHANGE_SEAL = "UPDATE journal_seal SET"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _signer(monkeypatch):
    monkeypatch.setattr(PORT, "sign", sign)
    monkeypatch.setattr(PORT, "check", check)


@pytest.fixture
def ids():
    """Three seals over three lines each, and one line that waits."""
    ids = []
    for _ in range(3):
        ids += write_lines(3)
        seal_lines(now=NOON)
    write_lines()
    return ids


def codes():
    return {problem.code for problem in verify().problems}


def rehash(line_id):
    """Do as one who knows how lines are hashed."""
    line = JournalLine.objects.get(id=line_id)
    content = Content(
        line.at,
        line.act,
        line.subject_id,
        line.account_id,
        line.person_id,
        line.position_id,
        line.organ_id,
        line.is_system,
        line.facts,
    )
    tamper("UPDATE journal_journalline SET content_hash = %s WHERE id = %s", [content.hash(), line_id])


def test_an_untouched_journal_is_sound(ids):
    report = verify()

    assert report.is_sound
    assert (report.lines, report.sealed, report.waiting, report.seals) == (10, 9, 1, 3)
    assert report.waiting_since == NOON
    assert (report.last_number, report.last_hash) == (3, bytes(Seal.objects.get(number=3).hash))
    assert report.sentences()[0] == "Nhật ký nguyên vẹn: 10 dòng, 3 niêm phong."


def test_an_empty_journal_is_sound():
    assert verify().is_sound


class TestLines:
    @pytest.mark.parametrize(
        "change",
        [
            "act = 'tests.undone'",
            "at = at + interval '1 microsecond'",
            "facts = '{}'",
            "subject_id = gen_random_uuid()",
            "is_system = false",
            "person_id = gen_random_uuid(), is_system = false",
        ],
    )
    def test_a_changed_line_is_named(self, ids, change):
        tamper(f"{CHANGE_LINE} {change} WHERE id = %s", [ids[4]])

        report = verify()

        assert [problem.code for problem in report.problems] == ["line_changed"]
        assert report.sentences()[:2] == [
            "Nhật ký KHÔNG còn nguyên vẹn: 1 sai lệch.",
            f"Dòng {ids[4]} của nhật ký đã bị sửa.",
        ]

    def test_a_changed_line_with_a_new_hash_breaks_its_seal(self, ids):
        tamper("UPDATE journal_journalline SET act = 'tests.undone' WHERE id = %s", [ids[4]])
        rehash(ids[4])

        assert codes() == {"lines_differ"}

    def test_a_removed_line_is_found(self, ids):
        tamper("DELETE FROM journal_journalline WHERE id = %s", [ids[4]])

        report = verify()

        assert [problem.code for problem in report.problems] == ["lines_missing"]
        assert "Niêm phong số 2 gồm 3 dòng, nay có 2 dòng: có dòng bị xóa." in report.sentences()

    def test_all_lines_of_a_seal_removed_are_found(self, ids):
        tamper("DELETE FROM journal_journalline WHERE id = ANY(%s)", [ids[3:6]])

        assert codes() == {"lines_missing"}

    def test_an_inserted_line_is_found(self, ids):
        tamper(
            """
            INSERT INTO journal_journalline (cluster, transaction, at, act, subject_id, is_system, facts, content_hash)
            SELECT cluster, transaction, at, act, subject_id, is_system, facts, content_hash
            FROM journal_journalline WHERE id = %s
            """,
            [ids[4]],
        )

        assert codes() == {"lines_added"}

    def test_two_lines_that_changed_places_are_found(self, ids):
        tamper(
            "UPDATE journal_journalline SET transaction = CASE id WHEN %s THEN %s ELSE %s END WHERE id IN (%s, %s)",
            [ids[3], *_transactions(ids[4], ids[3]), ids[3], ids[4]],
        )

        assert codes() == {"lines_differ"}

    def test_ids_that_changed_places_are_found(self, ids):
        for before, after in ((ids[3], -1), (ids[4], ids[3]), (-1, ids[4])):
            tamper("UPDATE journal_journalline SET id = %s WHERE id = %s", [after, before])

        assert codes() == {"lines_differ"}

    def test_a_line_moved_into_another_seal_is_found(self, ids):
        tamper("UPDATE journal_journalline SET transaction = %s WHERE id = %s", [*_transactions(ids[0]), ids[4]])

        assert codes() == {"lines_added", "lines_missing"}

    def test_only_the_first_hundred_are_named_and_all_are_counted(self):
        write_lines(MOST_PROBLEMS_SHOWN + 5)
        tamper("UPDATE journal_journalline SET act = 'tests.undone'")

        report = verify()

        assert (report.problem_count, len(report.problems)) == (MOST_PROBLEMS_SHOWN + 5, MOST_PROBLEMS_SHOWN)
        assert "Và 5 sai lệch nữa." in report.sentences()


def _transactions(*line_ids):
    return [JournalLine.objects.get(id=line_id).transaction for line_id in line_ids]


class TestSeals:
    @pytest.mark.parametrize(
        "change",
        ["line_count = 2", "root = '\\x00'", "sealed_at = sealed_at + interval '1 day'", "hash = '\\x00'"],
    )
    def test_a_changed_seal_is_found(self, ids, change):
        tamper(f"{CHANGE_SEAL} {change} WHERE number = 2")

        assert "seal_changed" in codes()

    def test_a_seal_made_anew_without_the_key_is_found(self, ids):
        tamper("UPDATE journal_seal SET sealed_at = sealed_at + interval '1 day' WHERE number = 3")
        forged = seal_hash(Seal.objects.get(number=3))
        tamper("UPDATE journal_seal SET hash = %s WHERE number = 3", [forged])
        tamper("UPDATE journal_sealhead SET hash = %s", [forged])

        assert codes() == {"signature_wrong"}

    def test_a_seal_without_its_signature_is_found(self, ids):
        tamper("UPDATE journal_seal SET signature = '' WHERE number = 2")

        assert codes() == {"signature_missing"}

    @pytest.mark.parametrize("number", [1, 2])
    def test_a_removed_seal_is_found(self, ids, number):
        tamper("DELETE FROM journal_seal WHERE number = %s", [number])

        report = verify()

        assert "seal_missing" in codes()
        assert f"Mất niêm phong, từ số {number} đến số {number}." in report.sentences()

    def test_the_last_seal_removed_is_found_also_after_a_new_one(self, ids):
        tamper("DELETE FROM journal_seal WHERE number = 3")

        assert codes() == {"seal_missing"}
        seal_lines(now=NOON)
        assert "seal_missing" in codes()

    def test_an_end_written_anew_does_not_hold_the_anchor(self, ids):
        noted = Anchor(3, bytes(Seal.objects.get(number=3).hash))
        assert verify(anchor=noted).is_sound
        tamper("DELETE FROM journal_journalline WHERE id = ANY(%s)", [ids[6:]])
        tamper("DELETE FROM journal_seal WHERE number = 3")
        second = Seal.objects.get(number=2)
        SealHead.objects.update(number=2, hash=second.hash)
        seal_lines(now=NOON)

        assert verify().is_sound
        assert [problem.code for problem in verify(anchor=noted).problems] == ["anchor_differs"]
        assert not verify(anchor=replace(noted, number=9)).is_sound


class TestWithoutAKey:
    @pytest.fixture(autouse=True)
    def _no_signer(self, _signer, monkeypatch):
        monkeypatch.setattr(PORT, "sign", None)
        monkeypatch.setattr(PORT, "check", None)

    def test_unsigned_seals_are_told(self, ids):
        report = verify()

        assert (report.is_sound, report.unsigned) == (True, 3)
        assert "3 niêm phong chưa được ký vì khi đó chưa có khóa." in report.sentences()

    def test_signatures_that_nobody_can_check_are_told(self, ids):
        tamper("UPDATE journal_seal SET signature = 'x', key_id = 'k' WHERE number = 1")

        assert verify().unchecked == 1


def test_progress_is_told(ids, monkeypatch):
    monkeypatch.setattr("congso.shared.journal.verification.CHUNK", 5)
    told = []

    verify(progress=told.append)

    assert told == [5, 10]
