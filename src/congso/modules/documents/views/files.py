"""The pages of papers as pictures, their words, the signed file itself."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from congso.kernel import clock
from congso.kernel.errors import NotFound
from congso.kernel.web import ActorRequest
from congso.modules.documents import commands, papers, permissions
from congso.modules.documents.queries import access_document, access_held, access_personal
from congso.modules.documents.views.parts import file_answer
from congso.shared import files
from congso.shared.authz import guarded
from congso.shared.files import media, pages

NAMED_BY = 16
AN_HOUR = "private, max-age=3600, immutable"


@guarded(permissions.SEE)
@require_GET
def document_page(request: ActorRequest, document_id: UUID, page: int) -> HttpResponse:
    """Give one page of an outgoing paper as a picture; the first one counts as having opened it."""
    document = access_document(document_id, by=request.actor, to=permissions.SEE)
    return _picture(request, document.id, document.file_id, page)


@guarded(permissions.SEE_INCOMING)
@require_GET
def incoming_page(request: ActorRequest, incoming_id: UUID, page: int) -> HttpResponse:
    """Give one page of an incoming paper as a picture; the first one counts as having opened it."""
    incoming = access_held(incoming_id, by=request.actor)
    return _picture(request, incoming.id, incoming.file_id, page)


@guarded(permissions.SEE_PERSONAL)
@require_GET
def personal_page(request: ActorRequest, document_id: UUID, page: int) -> HttpResponse:
    """Give one page of a paper that was sent to the person by name; the first one counts as having read it."""
    file_id = _opened(request, document_id, is_first=page == 1)
    return _answer_picture(request, file_id, page)


@guarded(permissions.EDIT)
@require_GET
def preview_page(request: ActorRequest, document_id: UUID, page: int) -> HttpResponse:
    """Give one page of a draft as it will be printed, marked as a preview; never kept."""
    document = access_document(document_id, by=request.actor, to=permissions.EDIT)
    paper = papers.preview(document, now=clock.now())
    found = pages.images_of(paper.pdf, [page], width=820)
    if not found:
        raise NotFound
    return HttpResponse(found[0], content_type="image/webp", headers={"Cache-Control": "no-store"})


@guarded(permissions.SEE)
@require_GET
def document_text(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Show the words of an outgoing paper, for reading in any size and aloud."""
    document = access_document(document_id, by=request.actor, to=permissions.SEE)
    back = reverse("documents:detail", args=[document_id])
    return _text(request, document.id, document.file_id, subject=document.subject, back=back)


@guarded(permissions.SEE_INCOMING)
@require_GET
def incoming_text(request: ActorRequest, incoming_id: UUID) -> HttpResponse:
    """Show the words of an incoming paper, for reading in any size and aloud."""
    incoming = access_held(incoming_id, by=request.actor)
    back = reverse("documents:incoming_detail", args=[incoming_id])
    return _text(request, incoming.id, incoming.file_id, subject=incoming.subject, back=back)


@guarded(permissions.SEE)
@require_GET
def document_pdf(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Give the newest file of an outgoing paper, byte by byte as it was signed."""
    document = access_document(document_id, by=request.actor, to=permissions.SEE)
    return _pdf(request, document.id, document.file_id, document.number_text or document.subject)


@guarded(permissions.SEE_INCOMING)
@require_GET
def incoming_pdf(request: ActorRequest, incoming_id: UUID) -> HttpResponse:
    """Give the file of an incoming paper as it arrived: nothing is ever stamped into it."""
    incoming = access_held(incoming_id, by=request.actor)
    return _pdf(request, incoming.id, incoming.file_id, incoming.number_text)


@guarded(permissions.SEE_PERSONAL)
@require_GET
def personal_text(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Show the words of a paper that was sent to the person by name."""
    subject = access_personal(document_id, by=request.actor).document.subject
    texts = pages.texts(_opened(request, document_id))
    back = reverse("documents:personal_detail", args=[document_id])
    return render(request, "documents/text.html", {"texts": texts, "subject": subject, "back": back})


@guarded(permissions.SEE_PERSONAL)
@require_GET
def personal_pdf(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Give the file of a paper that was sent to the person by name."""
    name = access_personal(document_id, by=request.actor).document.number_text
    return _answer_pdf(files.read(_opened(request, document_id)), name)


def _opened(request: ActorRequest, document_id: UUID, *, is_first: bool = True) -> str:
    """Return the file of a paper sent by name; one that was recalled is closed to whom it went."""
    document = access_personal(document_id, by=request.actor).document
    if document.file_id is None or document.recalled_at is not None:
        raise NotFound
    if is_first:
        commands.read_personal(document_id, document.file_id, by=request.actor, now=clock.now())
    return document.file_id


def _text(request: ActorRequest, subject_id: UUID, file_id: str | None, *, subject: str, back: str) -> HttpResponse:
    if file_id is None:
        raise NotFound
    texts = pages.texts(file_id)
    commands.mark_read(subject_id, file_id, by=request.actor, now=clock.now())
    return render(request, "documents/text.html", {"texts": texts, "subject": subject, "back": back})


def _picture(request: ActorRequest, subject_id: UUID, file_id: str | None, page: int) -> HttpResponse:
    if file_id is None:
        raise NotFound
    answer = _answer_picture(request, file_id, page)
    if page == 1:
        commands.mark_read(subject_id, file_id, by=request.actor, now=clock.now())
    return answer


def _answer_picture(request: ActorRequest, file_id: str, page: int) -> HttpResponse:
    picture = pages.image(file_id, page)
    # Kept by the browser only under an address that names the file: the next signature makes another one.
    is_named = request.GET.get("tep") == file_id[:NAMED_BY]
    headers = {"Cache-Control": AN_HOUR if is_named else "no-store"}
    return HttpResponse(picture, content_type="image/webp", headers=headers)


def _pdf(request: ActorRequest, subject_id: UUID, file_id: str | None, name: str) -> HttpResponse:
    if file_id is None:
        raise NotFound
    content = files.read(file_id)
    commands.mark_read(subject_id, file_id, by=request.actor, now=clock.now())
    return _answer_pdf(content, name)


def _answer_pdf(content: bytes, name: str) -> HttpResponse:
    shown = f"{slugify(name.replace('Đ', 'D').replace('đ', 'd')) or 'van-ban'}.pdf"
    return file_answer(content, media.PDF, shown)
