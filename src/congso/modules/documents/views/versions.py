"""Versions of a paper's text: keep one, compare two."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from congso.kernel import clock
from congso.kernel.errors import NotFound
from congso.kernel.web import ActorRequest
from congso.modules.documents import commands, permissions
from congso.modules.documents.comparing import count_changes
from congso.modules.documents.forms import KeepVersionForm
from congso.modules.documents.queries import access_document
from congso.modules.documents.queries.writing import PRESENT, difference, version_name
from congso.modules.documents.views.parts import taken
from congso.shared.authz import guarded


@guarded(permissions.EDIT)
@require_POST
def keep(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Keep the draft's text under a name."""
    name = taken(KeepVersionForm(request.POST))["name"]
    version = commands.keep_version(document_id, name=name, by=request.actor, now=clock.now())
    messages.success(request, _("Đã giữ phiên bản %(n)s") % {"n": version.number})
    return HttpResponseRedirect(reverse("documents:panel", args=[document_id, "phien-ban"]))


@guarded(permissions.SEE)
@require_GET
def compare(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Show what changed from one text to another; ``0`` is the text as it is now."""
    document = access_document(document_id, by=request.actor, to=permissions.SEE)
    old, new = _number(request, "tu"), _number(request, "den")
    lines = difference(document, old, new)
    context = {
        "document": document,
        "old": version_name(document, old),
        "new": version_name(document, new),
        "lines": lines,
        "changes": count_changes(lines),
        "other_way": f"?tu={new}&den={old}",
    }
    return render(request, "documents/compare.html", context)


def _number(request: ActorRequest, name: str) -> int:
    given = request.GET.get(name, str(PRESENT))
    if not given.isdecimal() or len(given) > 5:  # noqa: PLR2004 - no paper has so many
        raise NotFound
    return int(given)
