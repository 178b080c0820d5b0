"""What goes into a dossier and out of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.kernel import clock
from congso.kernel.errors import DomainError, NotFound
from congso.kernel.web import ActorRequest
from congso.modules.documents import commands
from congso.modules.documents import permissions as paper_permissions
from congso.modules.documents.dossier_forms import DossierFilterForm, FilesForm, PutInForm
from congso.modules.documents.dossiers import filling, permissions
from congso.modules.documents.dossiers.access import access_dossier, access_open
from congso.modules.documents.dossiers.filling import PaperKind
from congso.modules.documents.dossiers.listing import my_open_dossiers
from congso.modules.documents.dossiers.pages import papers_to_tick
from congso.modules.documents.models import DossierItem
from congso.modules.documents.queries.access import access_document, access_incoming
from congso.modules.documents.secrecy import SecretContent
from congso.modules.documents.views.dossiers import shown, to_dossier
from congso.modules.documents.views.parts import file_answer
from congso.shared import files
from congso.shared.authz import guarded
from congso.shared.ui.forms import once_id

KINDS: dict[str, PaperKind] = {"di": "document", "den": "incoming"}
EDITING = "?sua=1"


@guarded(permissions.KEEP)
@require_http_methods(["GET", "POST"])
def pick(request: ActorRequest, dossier_id: UUID, direction: str) -> HttpResponse:
    """Offer papers to tick; sent, let the worker put them in one by one."""
    if direction not in KINDS:
        raise NotFound
    dossier = access_dossier(dossier_id, by=request.actor, to=permissions.KEEP)
    kind = KINDS[direction]
    if request.method == "POST":
        run = commands.begin_bulk(
            once_id(request.POST),
            act=f"file_{kind}",
            subject_ids=[_uuid(text) for text in request.POST.getlist("chosen")],
            target_id=dossier.id,
            by=request.actor,
            now=clock.now(),
        )
        return HttpResponseRedirect(reverse("documents:bulk_run", args=[run.id]))
    form = DossierFilterForm(request.GET)
    form.fields["q"].label = _("Từ trong trích yếu")
    words = form.cleaned_data.get("q", "") if form.is_valid() else ""
    tabs = [
        {
            "label": label,
            "url": reverse("documents:dossier_pick", args=[dossier.id, key]),
            "is_present": key == direction,
        }
        for key, label in (("di", _("Văn bản đi")), ("den", _("Văn bản đến")))
    ]
    context = {
        "dossier": dossier,
        "tabs": tabs,
        "papers": papers_to_tick(dossier, kind, words, by=request.actor),
        "is_incoming": kind == "incoming",
        "filter_form": form,
        "is_filtered": bool(words),
    }
    return render(request, "documents/dossier_pick.html", context)


@guarded(permissions.KEEP)
@require_POST
def put_document(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """Put an outgoing paper into the dossier that its panel offered."""
    access_document(document_id, by=request.actor, to=paper_permissions.SEE)
    back = reverse("documents:panel", args=[document_id, "ho-so"])
    return _put(request, "document", document_id, back)


@guarded(permissions.KEEP)
@require_POST
def put_incoming(request: ActorRequest, incoming_id: UUID) -> HttpResponse:
    """Put an incoming paper into the dossier that its panel offered."""
    access_incoming(incoming_id, by=request.actor, to=paper_permissions.SEE_INCOMING)
    back = reverse("documents:incoming_panel", args=[incoming_id, "ho-so"])
    return _put(request, "incoming", incoming_id, back)


@guarded(permissions.KEEP)
@require_POST
def add_files(request: ActorRequest, dossier_id: UUID) -> HttpResponse:
    """Take the files in, each for itself: those that cannot be taken are named with the reason."""
    dossier = access_open(dossier_id, by=request.actor, to=permissions.KEEP)
    form = FilesForm(request.POST, request.FILES)
    taken = _add(request, dossier_id, form) if form.is_valid() else 0
    if form.errors:
        return shown(request, dossier, files_form=form)
    messages.success(request, _("Đã thêm %(n)s tệp") % {"n": taken})
    return to_dossier(dossier_id)


@guarded(permissions.SEE)
@require_GET
def download(request: ActorRequest, dossier_id: UUID, item_id: UUID) -> HttpResponse:
    """Give a file of the dossier's own, byte by byte."""
    dossier = access_dossier(dossier_id, by=request.actor, to=permissions.SEE)
    item = DossierItem.objects.filter(id=item_id, dossier=dossier).select_related("file").first()
    if item is None or item.file is None:
        raise NotFound
    content = files.read(item.file.sha256)
    commands.mark_read(item.id, item.file.sha256, by=request.actor, now=clock.now())
    return file_answer(content, item.file.media_type, item.name)


@guarded(permissions.KEEP)
@require_POST
def take_out(request: ActorRequest, dossier_id: UUID, item_id: UUID) -> HttpResponse:
    return _done(request, filling.take_out, dossier_id, item_id)


@guarded(permissions.KEEP)
@require_POST
def put_back(request: ActorRequest, dossier_id: UUID, item_id: UUID) -> HttpResponse:
    return _done(request, filling.put_back, dossier_id, item_id)


@guarded(permissions.KEEP)
@require_POST
def note(request: ActorRequest, dossier_id: UUID, item_id: UUID) -> HttpResponse:
    return _done(request, filling.note_item, dossier_id, item_id, note=request.POST.get("note", ""))


@guarded(permissions.KEEP)
@require_POST
def move(request: ActorRequest, dossier_id: UUID, item_id: UUID) -> HttpResponse:
    return _done(request, filling.move_item, dossier_id, item_id, up=request.POST.get("up") == "1")


def _done(
    request: ActorRequest, command: Callable[..., object], dossier_id: UUID, item_id: UUID, **given: Any
) -> HttpResponse:
    command(dossier_id, item_id, **given, by=request.actor, now=clock.now())
    return to_dossier(dossier_id, EDITING)


def _put(request: ActorRequest, kind: PaperKind, paper_id: UUID, back: str) -> HttpResponse:
    form = PutInForm(request.POST, dossiers=my_open_dossiers(request.actor))
    if form.is_valid():
        filling.put_in(form.cleaned_data["dossier"], kind, paper_id, by=request.actor, now=clock.now())
        messages.success(request, _("Đã cho vào hồ sơ"))
    else:
        messages.error(request, _("Chọn một hồ sơ đang mở rồi bấm Cho vào hồ sơ."))
    return HttpResponseRedirect(back)


def _add(request: ActorRequest, dossier_id: UUID, form: FilesForm) -> int:
    """Put each file in; what is wrong with one goes onto the form, the others are kept."""
    taken = 0
    for place, file in enumerate(form.cleaned_data["chosen"]):
        try:
            filling.add_file(
                dossier_id,
                uuid5(form.cleaned_data["key"], str(place)),
                file.read(),
                name=file.name,
                declared=form.declared,
                by=request.actor,
                now=clock.now(),
            )
        except SecretContent as refusal:
            form.refused(refusal)
        except NotFound:
            raise
        except DomainError as refusal:
            form.add_error("chosen", str(refusal))
        else:
            taken += 1
    return taken


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None
