"""A dossier written out as a folder: asked for, followed, taken away."""

from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from congso.kernel import clock
from congso.kernel.errors import NotFound
from congso.kernel.web import ActorRequest
from congso.modules.documents.dossiers import exporting, permissions
from congso.modules.documents.dossiers.access import access_dossier
from congso.modules.documents.dossiers.pages import exports_of
from congso.modules.documents.models import DossierExport
from congso.modules.documents.views.dossiers import to_dossier
from congso.shared.authz import guarded
from congso.shared.files import media
from congso.shared.files.keeping import opened
from congso.shared.ui.forms import once_id


@guarded(permissions.SEE)
@require_POST
def ask(request: ActorRequest, dossier_id: UUID) -> HttpResponse:
    """Let the folder be written."""
    exporting.ask_for_export(once_id(request.POST), dossier_id, by=request.actor, now=clock.now())
    return to_dossier(dossier_id, "#xuat")


@guarded(permissions.SEE)
@require_GET
def progress(request: ActorRequest, dossier_id: UUID) -> HttpResponse:
    """Show how far one's exports of a dossier are."""
    dossier = access_dossier(dossier_id, by=request.actor, to=permissions.SEE)
    exports = exports_of(dossier, by=request.actor)
    return render(request, "documents/parts/dossier_exports.html", {"dossier": dossier, "exports": exports})


@guarded(permissions.SEE)
@require_GET
def download(request: ActorRequest, dossier_id: UUID, export_id: UUID) -> FileResponse:
    """Give the folder to who asked for it."""
    dossier = access_dossier(dossier_id, by=request.actor, to=permissions.SEE)
    export = DossierExport.objects.filter(id=export_id, dossier=dossier, asked_by=request.actor.position_id).first()
    if export is None or export.file_id is None:
        raise NotFound
    name = f"{exporting.folder_name(dossier)}.zip"
    return FileResponse(opened(export.file_id), as_attachment=True, filename=name, content_type=media.ZIP)
