"""Templates of one's own and groups of receivers."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.errors import DomainError, NotPermitted
from congso.kernel.ids import new_id
from congso.kernel.web import ActorRequest
from congso.modules.documents import commands, permissions
from congso.modules.documents.forms import GroupForm, SavedNameForm
from congso.modules.documents.models import AddressGroup
from congso.modules.documents.queries import choices
from congso.modules.documents.queries.lists import register_organ
from congso.modules.documents.queries.reusing import access_group, groups_of, templates_of
from congso.modules.documents.views.parts import taken
from congso.shared.authz import guarded


@guarded(permissions.DRAFT)
@require_GET
def templates(request: ActorRequest) -> HttpResponse:
    """List the templates to begin from."""
    permissions.DRAFT.require(request.actor, None)
    # Each button brings the id of the draft that it begins: pressed twice, it begins one.
    rows = [(row, new_id()) for row in templates_of(request.actor)]
    return render(request, "documents/templates.html", {"rows": rows})


@guarded(permissions.EDIT)
@require_POST
def save_template(request: ActorRequest, document_id: UUID, template_id: UUID) -> HttpResponse:
    """Keep a draft as a template."""
    name = taken(SavedNameForm(request.POST))["name"]
    commands.save_template(template_id, document_id, name=name, by=request.actor, now=clock.now())
    return _back("documents:templates", request, _("Đã lưu mẫu"))


@guarded(permissions.USE_SAVED)
@require_POST
def begin(request: ActorRequest, template_id: UUID, document_id: UUID) -> HttpResponse:
    """Begin a draft from a template."""
    document = commands.begin_from_template(document_id, template_id, by=request.actor, now=clock.now())
    return HttpResponseRedirect(reverse("documents:edit", args=[document.id]))


@guarded(permissions.CHANGE_SAVED)
@require_POST
def rename_template(request: ActorRequest, template_id: UUID) -> HttpResponse:
    name = taken(SavedNameForm(request.POST))["name"]
    commands.rename_template(template_id, name=name, by=request.actor, now=clock.now())
    return _back("documents:templates", request, _("Đã đổi tên mẫu"))


@guarded(permissions.SHARE_SAVED)
@require_POST
def share_template(request: ActorRequest, template_id: UUID) -> HttpResponse:
    is_shared = request.POST.get("shared") == "1"
    commands.share_template(template_id, is_shared=is_shared, by=request.actor, now=clock.now())
    return _back("documents:templates", request, _("Đã dùng chung mẫu") if is_shared else _("Đã thôi dùng chung"))


@guarded(permissions.CHANGE_SAVED)
@require_POST
def drop_template(request: ActorRequest, template_id: UUID) -> HttpResponse:
    commands.drop_template(template_id, by=request.actor, now=clock.now())
    return _back("documents:templates", request, _("Đã xóa mẫu"))


@guarded(permissions.DRAFT)
@require_GET
def groups(request: ActorRequest) -> HttpResponse:
    """List the groups of receivers."""
    permissions.DRAFT.require(request.actor, None)
    rows = groups_of(request.actor, clock.today())
    return render(request, "documents/groups.html", {"rows": rows, "new_id": new_id()})


@guarded(permissions.DRAFT)
@require_http_methods(["GET", "POST"])
def group(request: ActorRequest, group_id: UUID) -> HttpResponse:
    """Show the form of a group, new or one's own, or keep it."""
    form = _group_form(request, group_id)
    permissions.DRAFT.require(request.actor, None)
    if request.method == "POST" and form.is_valid():
        try:
            name, organs = form.cleaned_data["name"], form.organs(clock.today())
            commands.save_group(group_id, organs, name=name, by=request.actor, now=clock.now())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _back("documents:groups", request, _("Đã lưu nhóm nơi nhận"))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "documents/group.html", {"form": form, "group_id": group_id}, status=status)


@guarded(permissions.SHARE_SAVED)
@require_POST
def share_group(request: ActorRequest, group_id: UUID) -> HttpResponse:
    is_shared = request.POST.get("shared") == "1"
    commands.share_group(group_id, is_shared=is_shared, by=request.actor, now=clock.now())
    return _back("documents:groups", request, _("Đã dùng chung nhóm") if is_shared else _("Đã thôi dùng chung"))


@guarded(permissions.CHANGE_SAVED)
@require_POST
def drop_group(request: ActorRequest, group_id: UUID) -> HttpResponse:
    commands.drop_group(group_id, by=request.actor, now=clock.now())
    return _back("documents:groups", request, _("Đã xóa nhóm nơi nhận"))


def _group_form(request: ActorRequest, group_id: UUID) -> GroupForm:
    organ_id = _organ(request.actor)
    initial = {}
    known: list[UUID] = []
    if AddressGroup.objects.filter(id=group_id).exists():
        found = access_group(group_id, by=request.actor, to=permissions.CHANGE_SAVED)
        known = list(found.members.order_by("place").values_list("organ_id", flat=True))
        initial = {"name": found.name, "to": [str(one) for one in known]}
    offered = choices.recipients(organ_id, clock.today(), chosen=known)
    return GroupForm(request.POST or None, initial=initial, organ_id=organ_id, offered=offered)


def _organ(actor: Actor) -> UUID:
    organ_id = register_organ(actor) or actor.organ_id
    if organ_id is None:
        raise NotPermitted
    return organ_id


def _back(route: str, request: ActorRequest, said: str | Promise) -> HttpResponse:
    messages.success(request, str(said))
    return HttpResponseRedirect(reverse(route))
