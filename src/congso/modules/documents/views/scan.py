"""Issue the scan of a paper that was signed by hand."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, NotFound
from congso.kernel.ids import new_id
from congso.kernel.web import ActorRequest
from congso.modules.documents import commands, permissions
from congso.modules.documents.forms import ScanForm
from congso.modules.documents.queries import choices, drafting
from congso.modules.documents.queries.access import organ_of_registers
from congso.modules.documents.queries.reusing import group_choices
from congso.modules.documents.secrecy import SecretContent
from congso.modules.documents.views.parts import to_document
from congso.shared.authz import guarded


@guarded(permissions.ISSUE_SCAN)
@require_GET
def begin(request: ActorRequest) -> HttpResponse:
    """Give the form an id of its own, so that sent twice it issues once."""
    organ_of_registers(request.actor, to=permissions.ISSUE_SCAN)
    return HttpResponseRedirect(reverse("documents:issue_scan", args=[new_id()]))


@guarded(permissions.ISSUE_SCAN)
@require_http_methods(["GET", "POST"])
def issue(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Show the form, or issue the scan: it gets its number and goes out at once."""
    organ_id = organ_of_registers(request.actor, to=permissions.ISSUE_SCAN)
    if request.method != "POST":
        return render(request, "documents/scan.html", {"form": _form(request.actor, organ_id)})
    form = _form(request.actor, organ_id, data=request.POST, files=request.FILES)
    if form.is_valid():
        try:
            document = commands.issue_paper_signed(
                document_id,
                form.said(clock.today()),
                scan=form.cleaned_data["scan"].read(),
                scan_name=form.cleaned_data["scan"].name,
                declared=form.declared,
                by=request.actor,
                now=clock.now(),
            )
        except NotFound:
            raise
        except SecretContent as refusal:
            form.refused(refusal)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return to_document(request, document.id, _("Đã phát hành bản quét %(n)s") % {"n": document.number_text})
    return render(request, "documents/scan.html", {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _form(actor: Actor, organ_id: UUID, **given: Any) -> ScanForm:
    today = clock.today()
    chosen = drafting.chosen_organs(given.get("data", {}))
    offered = {
        "signatory": choices.signatories([organ_id], today),
        "to": [*group_choices(actor), *choices.recipients(organ_id, today, chosen=chosen)],
    }
    return ScanForm(organ_id=organ_id, offered=offered, **given)
