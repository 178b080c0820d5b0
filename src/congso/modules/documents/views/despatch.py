"""The list of printed copies to send, and of those that were sent."""

from datetime import date
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.errors import NotPermitted
from congso.kernel.web import ActorRequest
from congso.modules.documents import commands, permissions
from congso.modules.documents.commands.recipients import SendingDayAhead
from congso.modules.documents.forms import SentOnPaperForm
from congso.modules.documents.queries import lists
from congso.shared.authz import guarded

MOST = 200


@guarded(permissions.SEND_ON_PAPER)
@require_http_methods(["GET", "POST"])
def despatch(request: ActorRequest) -> HttpResponse:
    """Show who waits for printed copies; note of those that were ticked on which day they were sent."""
    _require(request.actor)
    if request.method != "POST":
        return _shown(request, SentOnPaperForm(initial={"sent_date": clock.today()}))
    form = SentOnPaperForm(request.POST)
    if form.is_valid():
        try:
            return _noted(request, form.cleaned_data["chosen"], form.cleaned_data["sent_date"])
        except SendingDayAhead as refusal:
            form.add_error("sent_date", str(refusal))
    return _shown(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _noted(request: ActorRequest, chosen: list[UUID], sent_date: date) -> HttpResponse:
    count = commands.mark_sent_on_paper(chosen, sent_date=sent_date, by=request.actor, now=clock.now())
    messages.success(request, _("Đã ghi ngày gửi cho %(n)s nơi nhận") % {"n": count})
    return HttpResponseRedirect(reverse("documents:despatch"))


def _shown(request: ActorRequest, form: SentOnPaperForm, status: int = HTTPStatus.OK) -> HttpResponse:
    waiting = list(lists.to_send_on_paper(request.actor)[:MOST])
    context = {
        "form": form,
        "waiting": waiting,
        "copies": sum(recipient.copies for recipient in waiting),
        "sent": list(lists.sent_on_paper(request.actor)[:MOST]),
    }
    return render(request, "documents/despatch.html", context, status=status)


def _require(actor: Actor) -> None:
    organ_id = lists.register_organ(actor)
    if organ_id is None or not permissions.SEND_ON_PAPER.allows(actor, organ_id):
        raise NotPermitted
