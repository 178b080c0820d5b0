"""Jobs of the module: each makes one call inwards and is safe to run twice."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from congso.kernel import clock
from congso.modules.documents.commands import (
    bulk,
    copying,
    delivering,
    pressing,
    recalling,
    review_chain,
    sealing_attachments,
    signing,
    stacking,
)
from congso.modules.documents.dossiers import exporting, transfers
from congso.modules.documents.queries import lists
from congso.modules.documents.registers import writing

KIND = "documents.document"
ATTACHMENT = "documents.attachment"
COPY = "documents.copy"
TRANSFER = "documents.transfer"
PATIENT = RetryStrategy(max_attempts=8, exponential_wait=4)


@app.task(name="documents.take_signature", queue="documents", retry=PATIENT)
def take_signature(
    *, kind: str, subject_id: str, field: str, file_sha256: str, signed_sha256: str, **_newer: object
) -> None:
    """A signature was made: move its paper on."""
    if kind == KIND:
        signing.take_signature(
            UUID(subject_id), field=field, file_sha256=file_sha256, signed_sha256=signed_sha256, now=clock.now()
        )
    elif kind == ATTACHMENT:
        sealing_attachments.take_attachment_signature(
            UUID(subject_id), file_sha256=file_sha256, signed_sha256=signed_sha256, now=clock.now()
        )
    elif kind == COPY:
        copying.take_copy_signature(
            UUID(subject_id), file_sha256=file_sha256, signed_sha256=signed_sha256, now=clock.now()
        )
    elif kind == TRANSFER:
        transfers.take_transfer_signature(
            UUID(subject_id), field=field, file_sha256=file_sha256, signed_sha256=signed_sha256, now=clock.now()
        )


@app.task(name="documents.note_failed_signature", queue="documents", retry=PATIENT)
def note_failed_signature(*, kind: str, subject_id: str, code: str, **_newer: object) -> None:
    """A signature did not come: say so on its paper."""
    if kind == KIND:
        signing.note_failed_signature(UUID(subject_id), code=code, now=clock.now())
    elif kind == ATTACHMENT:
        sealing_attachments.note_failed_attachment_signature(UUID(subject_id), code=code)
    elif kind == COPY:
        copying.note_failed_copy_signature(UUID(subject_id), code=code)
    elif kind == TRANSFER:
        transfers.note_failed_transfer_signature(UUID(subject_id), code=code)


@app.task(name="documents.deliver", queue="documents", retry=PATIENT)
def deliver(*, document_id: str, **_newer: object) -> None:
    """Bring one issued paper to the doors of all its recipients."""
    delivering.deliver_document(UUID(document_id), now=clock.now())


@app.task(name="documents.cancel_arrivals", queue="documents", retry=PATIENT)
def cancel_arrivals(*, document_id: str, **_newer: object) -> None:
    """A paper was recalled: cancel it wherever it arrived."""
    recalling.cancel_arrivals(UUID(document_id), now=clock.now())


@app.task(name="documents.judge_arrivals", queue="documents", retry=PATIENT)
def judge_arrivals(*, document_id: str, **_newer: object) -> None:
    """Check the signatures of the paper that arrived, once for all receivers."""
    delivering.judge_arrivals(UUID(document_id), now=clock.now())


@app.task(name="documents.write_register", queue="registers", retry=PATIENT)
def write_register(*, file_id: str, **_newer: object) -> None:
    """Write a register out as a file, for who asked."""
    writing.write_file(UUID(file_id), now=clock.now())


@app.task(name="documents.file_closed_register", queue="registers", retry=PATIENT)
def file_closed_register(*, closing_id: str, **_newer: object) -> None:
    """Keep the register of a closed year as files."""
    writing.file_closing(UUID(closing_id), now=clock.now())


@app.task(name="documents.read_stack", queue="scans", retry=PATIENT)
def read_stack(*, stack_id: str, **_newer: object) -> None:
    """Read the next pages of a stack of scanned paper."""
    stacking.read_some(UUID(stack_id), now=clock.now())


@app.periodic(cron="50 3 * * *")
@app.task(name="documents.forget_stacks", queue="periodic")
def forget_stacks(timestamp: int = 0, **_newer: object) -> None:  # noqa: ARG001 - the scheduler gives it
    """Make unreadable what of scanned stacks nobody registered within a week, each night."""
    stacking.forget_stacks(now=clock.now())


@app.periodic(cron="30 3 * * *")
@app.task(name="documents.forget_register_files", queue="periodic")
def forget_register_files(timestamp: int = 0, **_newer: object) -> None:  # noqa: ARG001 - the scheduler gives it
    """Forget registers that were written out long ago, each night."""
    writing.forget_files(now=clock.now())


@app.task(name="documents.export_dossier", queue="registers", retry=PATIENT)
def export_dossier(*, export_id: str, **_newer: object) -> None:
    """Write a dossier out as a folder, for who asked."""
    exporting.write_export(UUID(export_id), now=clock.now())


@app.periodic(cron="35 3 * * *")
@app.task(name="documents.forget_dossier_exports", queue="periodic")
def forget_dossier_exports(timestamp: int = 0, **_newer: object) -> None:  # noqa: ARG001 - the scheduler gives it
    """Forget folders of dossiers that were written out long ago, each night."""
    exporting.forget_exports(now=clock.now())


@app.task(name="documents.bulk", queue="documents", retry=PATIENT)
def go_on_with_bulk(*, run_id: str, **_newer: object) -> None:
    """Do the next papers of an act on many."""
    bulk.go_on_with_bulk(UUID(run_id))


@app.periodic(cron="12 * * * *")
@app.task(name="documents.pass_over_ended", queue="periodic")
def pass_over_ended(timestamp: int = 0, **_newer: object) -> None:  # noqa: ARG001 - the scheduler gives it
    """Free the papers that wait for somebody whose position has ended, each hour."""
    now = clock.now()
    for document_id in lists.held_by_ended(clock.day_of(now)):
        review_chain.pass_over_ended(document_id, now=now)


@app.periodic(cron="20 3 * * *")
@app.task(name="documents.forget_presses", queue="periodic")
def forget_presses(timestamp: int = 0, **_newer: object) -> None:  # noqa: ARG001 - the scheduler gives it
    """Forget the keys of old forms, each night."""
    pressing.forget_presses(now=clock.now())
