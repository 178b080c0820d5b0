"""Check the journal against its seals, and say in Vietnamese what is found.

What it proves: since a line was sealed, nobody changed, removed, inserted or moved it without the signing key. Whoever
holds a number and hash of an earlier seal elsewhere (a printed page, a backup) gives it as ``anchor``, which also
finds an end of the journal that was cut off and written anew.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from congso.shared.journal.canonical import Content
from congso.shared.journal.merkle import Tree
from congso.shared.journal.models import JournalLine, Seal, SealHead
from congso.shared.journal.sealing import FIRST_PREVIOUS_HASH, PORT, SealSignature, leaf, seal_hash

CHUNK = 2_000
MOST_PROBLEMS_SHOWN = 100
CONTENT = (
    "at",
    "act",
    "subject_id",
    "account_id",
    "person_id",
    "position_id",
    "organ_id",
    "is_system",
    "facts",
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A seal as it was noted elsewhere."""

    number: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it was sealed.

    :param code: ``line_changed``, ``lines_missing``, ``lines_added``, ``lines_differ``, ``seal_changed``,
        ``seal_missing``, ``seal_out_of_place``, ``signature_wrong``, ``signature_missing`` or ``anchor_differs``.
    """

    code: str
    text: str


@dataclass(slots=True)
class Report:
    """What was checked and found.

    :ivar lines: lines read; ``sealed``: of these under a seal; ``waiting``: written since the last seal.
    :ivar waiting_since: moment of the oldest waiting line. More than some minutes: the sealing job does not run.
    :ivar last_number, last_hash: the last seal, to be noted elsewhere.
    :ivar problems: the first hundred; ``problem_count``: all.
    :ivar unsigned: seals that nobody signed; ``unchecked``: whose signature nobody here can check.
    """

    lines: int = 0
    sealed: int = 0
    waiting: int = 0
    waiting_since: datetime | None = None
    seals: int = 0
    unsigned: int = 0
    unchecked: int = 0
    last_number: int = 0
    last_hash: bytes = b""
    problem_count: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return self.problem_count == 0

    def add(self, code: str, text: str) -> None:
        self.problem_count += 1
        if len(self.problems) < MOST_PROBLEMS_SHOWN:
            self.problems.append(Problem(code, text))

    def sentences(self) -> list[str]:
        """Return the report as Vietnamese sentences, the conclusion first."""
        counts = {"lines": self.lines, "seals": self.seals, "waiting": self.waiting, "problems": self.problem_count}
        if self.is_sound:
            said = [_("Nhật ký nguyên vẹn: %(lines)d dòng, %(seals)d niêm phong.") % counts]
        else:
            said = [_("Nhật ký KHÔNG còn nguyên vẹn: %(problems)d sai lệch.") % counts]
            said += [problem.text for problem in self.problems]
            if self.problem_count > len(self.problems):
                said.append(_("Và %(more)d sai lệch nữa.") % {"more": self.problem_count - len(self.problems)})
        if self.waiting:
            said.append(_("%(waiting)d dòng mới chưa đến lượt niêm phong.") % counts)
        if self.unsigned:
            said.append(_("%(n)d niêm phong chưa được ký vì khi đó chưa có khóa.") % {"n": self.unsigned})
        if self.unchecked:
            said.append(_("%(n)d chữ ký niêm phong chưa kiểm tra được ở đây.") % {"n": self.unchecked})
        if self.last_number:
            facts = {"number": self.last_number, "hash": self.last_hash.hex()}
            said.append(_("Niêm phong cuối: số %(number)d, mã %(hash)s. Nên ghi lại ở nơi khác.") % facts)
        return said


@transaction.atomic
def verify(*, anchor: Anchor | None = None, progress: Callable[[int], None] | None = None) -> Report:
    """Check every line and every seal, in memory that does not grow with them.

    :param anchor: a seal noted elsewhere, which must still be in the chain.
    :param progress: told now and then how many lines were read.
    """
    report = Report()
    _check_chain(report, anchor)
    _check_lines(report, progress)
    return report


def _check_chain(report: Report, anchor: Anchor | None) -> None:
    number, previous_hash = 0, FIRST_PREVIOUS_HASH
    anchored = anchor is None
    for seal in Seal.objects.order_by("number").iterator(CHUNK):
        report.seals += 1
        number += 1
        if seal.number != number:
            facts = {"first": number, "last": seal.number - 1}
            report.add("seal_missing", _("Mất niêm phong, từ số %(first)d đến số %(last)d.") % facts)
        elif bytes(seal.previous_hash) != previous_hash:
            report.add("seal_changed", _("Niêm phong số %(n)d không nối với niêm phong trước.") % {"n": number})
        number = seal.number
        _check_seal(report, seal)
        previous_hash = bytes(seal.hash)
        anchored = anchored or (anchor is not None and anchor == Anchor(number, previous_hash))
    report.last_number, report.last_hash = number, previous_hash if number else b""
    if not anchored:
        report.add("anchor_differs", _("Niêm phong đã ghi lại ở nơi khác không còn trong nhật ký."))
    head = SealHead.objects.first()
    if (head.number if head else 0) > number:
        report.add("seal_missing", _("Mất các niêm phong sau số %(n)d.") % {"n": number})
    elif number and (head is None or (head.number, bytes(head.hash)) != (number, previous_hash)):
        report.add("seal_changed", _("Niêm phong cuối, số %(n)d, không như lúc được ghi.") % {"n": number})


def _check_seal(report: Report, seal: Seal) -> None:
    number = {"n": seal.number}
    if seal_hash(seal) != bytes(seal.hash):
        report.add("seal_changed", _("Niêm phong số %(n)d đã bị sửa.") % number)
    if not seal.signature:
        if PORT.check is None:
            report.unsigned += 1
        else:
            report.add("signature_missing", _("Niêm phong số %(n)d không có chữ ký.") % number)
    elif PORT.check is None:
        report.unchecked += 1
    elif not PORT.check(bytes(seal.hash), SealSignature(seal.key_id, bytes(seal.signature))):
        report.add("signature_wrong", _("Chữ ký của niêm phong số %(n)d không đúng.") % number)


def _check_lines(report: Report, progress: Callable[[int], None] | None) -> None:
    seals = _SealsInOrder(report)
    order = ("cluster", "transaction", "id")
    rows: Iterator[tuple[Any, ...]] = (
        JournalLine.objects.order_by(*order).values_list(*order, "content_hash", *CONTENT).iterator(CHUNK)
    )
    for cluster, transaction_id, line_id, kept_hash, *said in rows:
        report.lines += 1
        if progress is not None and report.lines % CHUNK == 0:
            progress(report.lines)
        content = Content(*said)
        if content.hash() != bytes(kept_hash):
            report.add("line_changed", _("Dòng %(id)d của nhật ký đã bị sửa.") % {"id": line_id})
        if seals.covers((cluster, transaction_id)):
            report.sealed += 1
            seals.tree.add(leaf(cluster, transaction_id, line_id, bytes(kept_hash)))
        else:
            report.waiting += 1
            report.waiting_since = min(report.waiting_since or content.at, content.at)
    seals.finish()


class _SealsInOrder:
    """The seals in the order of the lines, each compared with the tree of its lines once these have passed."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._seals = Seal.objects.order_by("cluster", "first_transaction").iterator(CHUNK)
        self._end = (0, 0)
        self._seal: Seal | None = None
        self.tree = Tree()
        self._advance()

    def covers(self, place: tuple[int, int]) -> bool:
        """Say whether the line at ``place`` (cluster, transaction) is under a seal; places must not go back."""
        while self._seal is not None and (self._seal.cluster, self._seal.end_transaction) <= place:
            self._compare(self._seal)
            self._advance()
        return self._seal is not None and (self._seal.cluster, self._seal.first_transaction) <= place

    def finish(self) -> None:
        while self._seal is not None:
            self._compare(self._seal)
            self._advance()

    def _advance(self) -> None:
        self.tree = Tree()
        self._seal = next(self._seals, None)
        if self._seal is None:
            return
        begin = self._end[1] if self._seal.cluster == self._end[0] else 0
        if self._seal.first_transaction != begin:
            text = _("Niêm phong số %(n)d không bắt đầu ở chỗ niêm phong trước kết thúc.") % {"n": self._seal.number}
            self._report.add("seal_out_of_place", text)
        self._end = (self._seal.cluster, self._seal.end_transaction)

    def _compare(self, seal: Seal) -> None:
        facts = {"n": seal.number, "sealed": seal.line_count, "found": self.tree.size}
        counted = _("Niêm phong số %(n)d gồm %(sealed)d dòng, nay có %(found)d dòng: ") % facts
        if self.tree.size < seal.line_count:
            self._report.add("lines_missing", counted + _("có dòng bị xóa."))
        elif self.tree.size > seal.line_count:
            self._report.add("lines_added", counted + _("có dòng bị chèn thêm."))
        elif self.tree.root() != bytes(seal.root):
            text = _("Các dòng dưới niêm phong số %(n)d không còn như lúc niêm phong.") % facts
            self._report.add("lines_differ", text)
