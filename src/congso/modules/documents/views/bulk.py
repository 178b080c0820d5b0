"""The clerk's work by step, and one act on many papers: chosen, confirmed, followed."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.kernel import clock
from congso.kernel.errors import NotFound
from congso.kernel.web import ActorRequest
from congso.modules.documents import commands
from congso.modules.documents.commands.bulk import MOST_PAPERS, NothingChosen
from congso.modules.documents.commands.bulk_acts import ACTS
from congso.modules.documents.queries import bulk as runs
from congso.modules.documents.signables import KIND
from congso.shared.authz import signed_in
from congso.shared.ui import forms

SEAL = "seal"


@signed_in
@require_GET
def clerk(request: ActorRequest, step: str = "") -> HttpResponse:
    """Show what waits for the clerk's acts, step by step, to be ticked."""
    counts = runs.counts_waiting(request.actor)
    step = step or next((key for key, count in counts.items() if count), "number")
    if step not in runs.STEPS:
        raise NotFound
    rows = runs.rows_waiting(step, request.actor)
    tabs = [
        {
            "label": known.label,
            "url": reverse("documents:clerk", args=[key]),
            "is_present": key == step,
            "count": counts[key],
        }
        for key, known in runs.STEPS.items()
    ]
    context = {
        "tabs": tabs,
        "step": runs.STEPS[step],
        "rows": rows[: runs.MOST_SHOWN],
        "count": counts[step],
        "box": "id" if step == SEAL else "chosen",
        "act_url": reverse("signing:confirm", args=[KIND]) if step == SEAL else reverse("documents:bulk", args=[step]),
        "takes_all": step != SEAL and len(rows) > runs.MOST_SHOWN,
        "under_way": runs.runs_under_way(request.actor),
    }
    return render(request, "documents/clerk.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def confirm(request: ActorRequest, act: str) -> HttpResponse:
    """Show exactly which papers an act will be done on; sent, let the worker do it."""
    if act not in ACTS or ACTS[act].from_a_list:
        raise NotFound
    if request.method == "POST":
        run = commands.begin_bulk(
            forms.once_id(request.POST),
            act=act,
            subject_ids=_ids(request.POST.getlist("chosen")),
            by=request.actor,
            now=clock.now(),
        )
        return HttpResponseRedirect(reverse("documents:bulk_run", args=[run.id]))
    ids = None if "all" in request.GET else _ids(request.GET.getlist("chosen"))
    rows = runs.chosen_rows(act, ids, request.actor, most=MOST_PAPERS)
    if not rows and not ids:
        raise NothingChosen
    missing = len(ids) - len(rows) if ids is not None else 0
    context = {"act": ACTS[act], "key": act, "rows": rows, "missing": missing, "today": clock.today()}
    return render(request, "documents/bulk_confirm.html", context)


@signed_in
@require_GET
def run(request: ActorRequest, run_id: UUID) -> HttpResponse:
    """Show how far a run is, and what came of each paper."""
    context: dict[str, Any] = {"page": runs.run_page(run_id, by=request.actor)}
    template = "documents/bulk_run.html"
    return render(request, f"{template}#progress" if request.htmx else template, context)


@signed_in
@require_POST
def stop(request: ActorRequest, run_id: UUID) -> HttpResponse:
    commands.stop_bulk(run_id, by=request.actor, now=clock.now())
    return HttpResponseRedirect(reverse("documents:bulk_run", args=[run_id]))


@signed_in
@require_POST
def repeat(request: ActorRequest, run_id: UUID) -> HttpResponse:
    commands.repeat_bulk(run_id, by=request.actor, now=clock.now())
    return HttpResponseRedirect(reverse("documents:bulk_run", args=[run_id]))


def _ids(texts: Iterable[str]) -> list[UUID]:
    try:
        return list(dict.fromkeys(UUID(text) for text in texts))
    except ValueError:
        raise NotFound from None
