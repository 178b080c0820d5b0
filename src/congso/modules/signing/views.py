"""Confirm what is signed, follow it, read what a check found."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from congso.kernel import clock
from congso.kernel.errors import DomainError, NotFound
from congso.kernel.web import ActorRequest
from congso.modules.signing import commands, confirmation, permissions, queries
from congso.modules.signing.commands.requesting import NoLongerWaiting
from congso.modules.signing.forms import ConfirmForm
from congso.modules.signing.verdict import Outcome, Verdict
from congso.shared.authz import guarded
from congso.shared.keys.pins import PinLocked, PinWrong


@guarded(permissions.CONFIRM)
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "POST"])
def confirm(request: ActorRequest, kind: str) -> HttpResponse:
    """Show exactly what will be signed (``?id=…&id=…``); with the PIN, ask for it."""
    if request.method != "POST":
        return _confirm_page(request, kind, ConfirmForm())
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _confirm_page(request, kind, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        request_id = _request_signatures(request, kind, form.cleaned_data)
    except (PinWrong, PinLocked) as refusal:
        form.add_error("pin", str(refusal))
        return _confirm_page(request, kind, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except NoLongerWaiting as refusal:
        return _confirm_page(request, kind, ConfirmForm(), error=str(refusal), status=HTTPStatus.CONFLICT)
    except NotFound:
        raise
    except DomainError as refusal:
        return _confirm_page(request, kind, ConfirmForm(), error=str(refusal), status=refusal.status)
    return HttpResponseRedirect(reverse("signing:progress", args=[request_id]))


@guarded(permissions.FOLLOW)
@require_GET
def progress(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """Show how far a request is; asks again by itself until it is over."""
    found = queries.progress_of(request_id, by=request.actor)
    context = {"progress": found, "next_url": _next_url(request, found)}
    return render(request, "signing/progress.html#progress" if request.htmx else "signing/progress.html", context)


@guarded(permissions.SEE_REPORT)
@require_http_methods(["GET", "POST"])
def report(request: ActorRequest, kind: str, subject_id: UUID) -> HttpResponse:
    """Show what the last check of a record's file found; check again on request."""
    file = confirmation.signable_of(kind).file_of(subject_id, request.actor)
    if request.method == "POST":
        commands.check_again(file.sha256, now=clock.now())
        return HttpResponseRedirect(reverse("signing:report", args=[kind, subject_id]))
    verdict = queries.kept_verdict(file.sha256)
    context: dict[str, Any] = {"file": file, "verdict": verdict, "checked_at": queries.checked_at(file.sha256)}
    if verdict is not None:
        context |= {"signatures": signature_rows(verdict), "is_passed": verdict.outcome == Outcome.PASSED}
    return render(request, "signing/report.html", context)


def signature_rows(verdict: Verdict) -> list[dict[str, object]]:
    """Return the signatures of a file for ``ui/components/verdict.html``."""
    return [
        {
            "name": found.signer,
            "role": found.capacity or found.organ,
            "at": found.signed_at,
            "is_organ": found.is_organ,
            "note": " ".join(found.texts),
            "verdict": found.outcome.value,
        }
        for found in verdict.signatures
    ]


def _request_signatures(request: ActorRequest, kind: str, typed: dict[str, Any]) -> UUID:
    shown = confirmation.open_token(typed["confirmation"], by=request.actor)
    earlier = queries.confirmed_request(shown.id, by=request.actor)
    if earlier is not None:
        return earlier
    ticked = _ids(request.POST.getlist("chosen"))
    return commands.request_signatures(
        confirmation.orders_of(shown, ticked, kind=kind, by=request.actor),
        pin=typed["pin"],
        by=request.actor,
        now=clock.now(),
        confirmation=shown.id,
    )


def _confirm_page(
    request: ActorRequest, kind: str, form: ConfirmForm, *, error: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    page = confirmation.page_for(kind, _ids(request.GET.getlist("id")), by=request.actor)
    context = {
        "page": page,
        "form": form,
        "error": error,
        "token": confirmation.token_for(page, by=request.actor),
        "ticked": _ids(request.POST.getlist("chosen"))
        if form.errors
        else [row.info.order.subject_id for row in page.yes],
    }
    return render(request, "signing/confirm.html", context, status=status)


def _next_url(request: ActorRequest, found: queries.Progress) -> str:
    signable = confirmation.signable_of(found.kind)
    if found.total == 1:
        try:
            return signable.file_of(found.subject_ids[0], request.actor).url
        except NotFound:
            pass
    return signable.done_url()


def _ids(texts: Iterable[str]) -> list[UUID]:
    try:
        return list(dict.fromkeys(UUID(text) for text in texts))
    except ValueError:
        raise NotFound from None
