"""The page of an outgoing paper."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from congso.kernel.web import ActorRequest
from congso.modules.documents import body as bodies
from congso.modules.documents import panels, permissions, signables
from congso.modules.documents.forms import ActForm, InitialForm, ReasonForm
from congso.modules.documents.models import Document
from congso.modules.documents.queries.pages import DocumentPage, document_page
from congso.modules.documents.views.parts import picture_addresses, signature_rows
from congso.modules.signing import public as signing
from congso.shared.authz import guarded
from congso.shared.ui.words import vn_date


@guarded(permissions.SEE)
@require_GET
def detail(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Show an outgoing paper: its pages, verdict, history, and the one next act."""
    page = document_page(document_id, by=request.actor)
    document = page.document
    failure = document.signing_failure
    return render(
        request,
        "documents/detail.html",
        {
            "page": page,
            "document": document,
            "page_numbers": range(1, document.pages + 1),
            "body_html": _draft_html(document),
            "facts": _facts(page),
            "signatures": signature_rows(page.verdict),
            "report_url": reverse("signing:report", args=[signables.KIND, document.id]),
            "failure_text": signing.failure_text(failure) if failure else "",
            "forms": _forms(),
            "panels": panels.OUTGOING.of(document, request.actor),
        },
    )


def _draft_html(document: Document) -> str:
    """Return the text while no file of it was drawn yet."""
    return "" if document.file_id else bodies.to_html(document.body, address_of=picture_addresses(document.id))


def _forms() -> dict[str, ActForm]:
    """Return a fresh form for each button; fields of the same name get ids of their own."""
    return {
        "act": ActForm(auto_id="act_%s"),
        "initial": InitialForm(auto_id="initial_%s"),
        "reason": ReasonForm(auto_id="return_%s"),
        "cancel": ReasonForm(auto_id="cancel_%s"),
        "withdraw": ReasonForm(auto_id="withdraw_%s"),
    }


def _facts(page: DocumentPage) -> list[tuple[str, str | Promise]]:
    document, people = page.document, page.people
    author = people.get(document.author_id)
    signatory = people.get(document.signatory_id) if document.signatory_id else None
    facts: list[tuple[str, str | Promise]] = [
        (_("Loại"), document.type_name),
        (_("Người soạn"), f"{author.full_name}, {author.title}" if author else ""),
        (_("Người ký"), f"{signatory.full_name}, {signatory.title}" if signatory else _("Chưa chọn")),
        (_("Độ khẩn"), document.get_urgency_display()),
    ]
    if document.reply_due_date:
        facts.append((_("Hạn trả lời"), vn_date(document.reply_due_date)))
    if document.file_id:
        facts.append((_("Mã tệp"), document.file_id[:8]))
    return facts
