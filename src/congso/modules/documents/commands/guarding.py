"""What is told of secret content: that somebody was stopped, never what it was."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, Final
from uuid import UUID

from django.db import transaction

from congso.kernel.actor import Actor
from congso.modules.documents.secrecy import SecretContent
from congso.shared import journal
from congso.shared.journal.models import JournalLine

# A page that saves by itself asks every few seconds: one line tells it.
TOLD_ONCE_IN: Final = timedelta(minutes=10)


def notes_secrets[**P, R](command: Callable[Concatenate[UUID, P], R]) -> Callable[Concatenate[UUID, P], R]:
    """Let a command whose content was refused as secret be on record, though it left nothing else.

    Stands above the command's ``transaction.atomic``; its first argument is the record's id, ``by`` and ``now`` are
    keywords.
    """

    @wraps(command)
    def noting(subject_id: UUID, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(subject_id, *args, **kwargs)
        except SecretContent:
            said: dict[str, Any] = dict(kwargs)
            note_secret_refused(subject_id, by=said["by"], now=said["now"])
            raise

    return noting


@transaction.atomic(durable=True)
def note_secret_refused(subject_id: UUID, *, by: Actor, now: datetime) -> None:
    """Record that content with a secrecy stamp was turned away: who, when and for which record, no more."""
    told = JournalLine.objects.filter(
        subject_id=subject_id, act="documents.secret_refused", person_id=by.person_id, at__gt=now - TOLD_ONCE_IN
    )
    if not told.exists():
        journal.record("documents.secret_refused", subject_id=subject_id, by=by, at=now)


def note_stated_step(subject_id: UUID, *, by: Actor, now: datetime) -> None:
    """Record that the officer stated that what looks like a stamp is none; inside the act that takes the content in."""
    journal.record("documents.stated_not_secret", subject_id=subject_id, by=by, at=now)
