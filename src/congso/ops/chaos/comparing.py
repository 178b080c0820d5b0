"""Hold the people's own log against what is there: nothing lost, nothing doubled, everything still proven."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from procrastinate.contrib.django.models import ProcrastinateJob

from congso.kernel import clock
from congso.modules.documents.kinds import DocumentState, IncomingState
from congso.modules.documents.models import Document, Incoming
from congso.modules.signing.models import ItemState, SignatureItem
from congso.modules.signing.pdf.checking import check_pdf
from congso.shared import files
from congso.shared.files.errors import FileMissing
from congso.shared.files.models import StoredFile
from congso.shared.journal.models import JournalLine
from congso.shared.journal.sealing import seal_lines
from congso.shared.journal.verification import verify
from congso.shared.keys import queries as keys
from congso.shared.numbering.models import Counter as Series
from congso.shared.numbering.models import NumberTaken

# Acts that are done once to a paper, whatever died meanwhile.
ONCE: Final = (
    "documents.submitted",
    "documents.signed",
    "documents.numbered",
    "documents.sealed",
    "documents.issued",
    "documents.delivered",
    "documents.arrived",
    "documents.validated",
    "documents.registered",
    "documents.bulk_begun",
)
_LEFT_IN_SERVICE: Final = ("todo", "doing")


@dataclass(frozen=True, slots=True)
class Compared:
    """What was compared, and every difference, in Vietnamese."""

    acknowledged: Mapping[str, int]
    papers: int
    arrivals: int
    signatures: int
    problems: Sequence[str] = field(default_factory=tuple)


def compare(lines: Iterable[Mapping[str, Any]], *, receivers: int) -> Compared:
    """Compare the log with database, journal, series of numbers and files.

    :param receivers: how many organs each paper goes to.
    """
    noted = list(lines)
    seal_lines(now=clock.now())
    sealed = list(Document.objects.exclude(sealed_pdf=None).order_by("id"))
    problems = [
        *_of_people(noted),
        *_of_acts(noted),
        *_of_numbers(noted),
        *_of_arrivals(receivers),
        *_of_signatures(sealed),
        *_of_files(),
        *_of_jobs(),
        *(problem.text for problem in verify().problems),
    ]
    return Compared(
        acknowledged=Counter(str(line["what"]) for line in noted),
        papers=Document.objects.count(),
        arrivals=Incoming.objects.count(),
        signatures=2 * len(sealed),
        problems=tuple(problems),
    )


def _of_people(noted: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for line in noted:
        if line["what"] in {"stuck", "refused", "signed_out"}:
            yield f"người dùng bị kẹt: {dict(line)}"


def _of_acts(noted: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    done = Counter(JournalLine.objects.values_list("act", "subject_id"))
    for line in noted:
        act = str(line["what"])
        if "id" in line and not done[act, UUID(line["id"])]:
            yield f"mất: {act} của {line['id']} đã báo xong nhưng không có trong nhật ký"
    for (act, subject_id), times in done.items():
        if act in ONCE and times > 1:
            yield f"lặp: {act} của {subject_id} có {times} dòng nhật ký"
    for document in Document.objects.exclude(state=DocumentState.ISSUED).order_by("id"):
        yield f"dở dang: văn bản {document.id} còn ở bước “{document.get_state_display()}”"


def _of_numbers(noted: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    numbers = {document.id: document.number_text for document in Document.objects.all()}
    for line in noted:
        if line.get("number") and numbers.get(UUID(line["id"])) != line["number"]:
            yield f"số của {line['id']} đã báo là {line['number']}, nay là {numbers.get(UUID(line['id']))}"
    for series in Series.objects.order_by("series"):
        taken = sorted(NumberTaken.objects.filter(series=series.series).values_list("number", flat=True))
        if taken != list(range(1, series.last_number + 1)):
            yield f"sổ {series.series} có số lặp hoặc trống: {taken}, đã cấp đến {series.last_number}"
    bearers = Counter(NumberTaken.objects.filter(cancelled_at=None).values_list("series", "subject_id"))
    yield from (f"{subject} giữ {times} số trong {series}" for (series, subject), times in bearers.items() if times > 1)


def _of_arrivals(receivers: int) -> Iterator[str]:
    arrived = Counter(Incoming.objects.values_list("document", flat=True))
    for document_id in Document.objects.filter(state=DocumentState.ISSUED).values_list("id", flat=True):
        if arrived[document_id] != receivers:
            yield f"văn bản {document_id} đến {arrived[document_id]} nơi, phải là {receivers}"
    waiting = Incoming.objects.filter(state=IncomingState.ARRIVED).count()
    if waiting:
        yield f"{waiting} văn bản đến chưa được kiểm tra chữ ký"


def _of_signatures(sealed: Sequence[Document]) -> Iterator[str]:
    roots, now = keys.training_roots(), clock.now()
    for document in sealed:
        try:
            verdict = check_pdf(files.read(str(document.sealed_pdf_id)), roots=roots, moment=now)
        except FileMissing:
            continue  # told by the files
        if not (verdict.passed and verdict.has_passed("leader") and verdict.has_passed("organ")):
            yield f"chữ ký của {document.id} không còn hợp lệ: {verdict.texts}"
    made = Counter(SignatureItem.objects.filter(state=ItemState.SIGNED).values_list("subject_id", "field"))
    yield from (f"{subject} được ký {times} lần ở {part}" for (subject, part), times in made.items() if times > 1)
    ended = SignatureItem.objects.exclude(state=ItemState.SIGNED).values_list("subject_id", "state", "failure")
    yield from (f"chữ ký của {subject}: {state} {failure}" for subject, state, failure in ended)


def _of_files() -> Iterator[str]:
    for sha256 in StoredFile.objects.order_by("sha256").values_list("sha256", flat=True):
        try:
            files.read(sha256)
        except FileMissing:
            yield f"tệp {sha256} có trong sổ nhưng mất hoặc hỏng trên đĩa"


def _of_jobs() -> Iterator[str]:
    for job in ProcrastinateJob.objects.filter(status="failed"):
        yield f"việc nền {job.task_name} bỏ dở hẳn sau {job.attempts} lần"
    for job in ProcrastinateJob.objects.filter(status__in=_LEFT_IN_SERVICE, queue_name__in=["documents", "signing"]):
        yield f"việc nền {job.task_name} còn chưa làm"
