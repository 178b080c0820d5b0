"""What the module's views share: what was typed, keys of forms, the way back with a word, rows of signatures."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header

from congso.kernel.errors import InvalidInput
from congso.kernel.web import ActorRequest
from congso.modules.documents.models import Document
from congso.modules.signing import public as signing


def taken[F: forms.Form](form: F) -> dict[str, Any]:
    """Return what was typed into a short form.

    :raises InvalidInput: the first thing that is wrong, in words.
    """
    if not form.is_valid():
        raise InvalidInput(detail=next(iter(form.errors.values()))[0])
    return form.cleaned_data


def key_of(request: ActorRequest) -> UUID | None:
    """Return the key of the form that was sent, if it has one that can be read."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def to_document(request: ActorRequest, document_id: UUID, said: str | Promise) -> HttpResponse:
    """Say what was done, on the paper's page, or on the first one if the paper has left the actor's hands."""
    messages.success(request, str(said))
    if Document.objects.visible_to(request.actor).filter(id=document_id).exists():
        return HttpResponseRedirect(reverse("documents:detail", args=[document_id]))
    return HttpResponseRedirect(reverse("desk:home"))


def picture_addresses(document_id: UUID) -> Callable[[str], str]:
    """Return what gives the address of a picture of a paper's body by its SHA-256."""
    return lambda sha256: reverse("documents:picture", args=[document_id, sha256])


def to_incoming(request: ActorRequest, incoming_id: UUID, said: str | Promise) -> HttpResponse:
    """Go to the page of an incoming paper and say what was done."""
    messages.success(request, str(said))
    return HttpResponseRedirect(reverse("documents:incoming_detail", args=[incoming_id]))


def file_answer(content: bytes, media_type: str, name: str, *, is_shown: bool = False) -> HttpResponse:
    """Give a file, byte by byte, to be saved under ``name``, or to be shown by the browser."""
    header = content_disposition_header(as_attachment=not is_shown, filename=name) or "attachment"
    return HttpResponse(content, content_type=media_type, headers={"Content-Disposition": header})


def signature_rows(verdict: signing.Verdict | None) -> list[dict[str, Any]]:
    """Return the signatures of a file for ``ui/components/verdict.html``."""
    return [
        {
            "name": found.signer,
            "role": found.capacity or found.organ,
            "at": found.signed_at,
            "is_organ": found.is_organ,
            "note": "" if found.outcome == signing.Outcome.PASSED else " ".join(found.texts),
            "verdict": found.outcome.value,
        }
        for found in (verdict.signatures if verdict else ())
    ]
