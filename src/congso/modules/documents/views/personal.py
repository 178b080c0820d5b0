"""Papers that were sent to a person by name."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from congso.kernel import clock
from congso.kernel.web import ActorRequest
from congso.modules.documents import permissions
from congso.modules.documents.models import Document
from congso.modules.documents.queries import access_personal, lists
from congso.modules.documents.views.parts import signature_rows
from congso.modules.signing import public as signing
from congso.shared.authz import guarded, signed_in
from congso.shared.organs.queries import OrganLabel, labels
from congso.shared.ui.words import vn_date


@signed_in
@require_GET
def listed(request: ActorRequest) -> HttpResponse:
    """Show what was sent to the person, newest first."""
    page = lists.PERSONAL_ORDER.page(lists.sent_to_me(request.actor), request.GET)
    senders = labels({recipient.document.organ_id for recipient in page.rows}, on=clock.today())
    rows = [(recipient, senders.get(recipient.document.organ_id)) for recipient in page.rows]
    return render(request, "documents/personal.html", {"page": page, "rows": rows})


@guarded(permissions.SEE_PERSONAL)
@require_GET
def detail(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Show one of them: its pages and what its signatures are worth; never how it came about."""
    recipient = access_personal(document_id, by=request.actor)
    document = recipient.document
    file_id = document.file_id or ""
    verdict = signing.kept_verdict(file_id)
    sender = labels([document.organ_id], on=clock.today()).get(document.organ_id)
    return render(
        request,
        "documents/personal_detail.html",
        {
            "recipient": recipient,
            "document": document,
            "sender": sender,
            "page_numbers": range(1, document.pages + 1),
            "verdict": verdict,
            "signatures": signature_rows(verdict),
            "facts": _facts(document, sender),
        },
    )


def _facts(document: Document, sender: OrganLabel | None) -> list[tuple[str, str | Promise]]:
    facts: list[tuple[str, str | Promise]] = [
        (_("Loại"), document.type_name),
        (_("Nơi gửi"), sender.name if sender else ""),
        (_("Người ký"), document.signer_name),
        (_("Độ khẩn"), document.get_urgency_display()),
    ]
    if document.reply_due_date:
        facts.append((_("Nơi gửi hẹn trả lời"), vn_date(document.reply_due_date)))
    return facts
