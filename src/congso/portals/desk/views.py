"""Pages that belong to no single module."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from congso.kernel import clock
from congso.kernel.errors import InvalidInput, NotFound
from congso.kernel.web import ActorRequest
from congso.portals.desk.days import about_day
from congso.portals.desk.switches import SWITCHES
from congso.shared.accounts.hats import works_without_hat
from congso.shared.authz import for_everyone, signed_in
from congso.shared.search.finding import find, look
from congso.shared.search.kinds import known
from congso.shared.ui import preferences
from congso.shared.ui.demo import DEMO
from congso.shared.ui.work import WORK, Tab, grouped, tabs

HITS = 50


@works_without_hat
@for_everyone
@require_GET
def front(request: ActorRequest) -> HttpResponse:
    """Show the product, the way to sign in and, in the demo, the roles to step into."""
    if request.actor.is_authenticated and not request.GET.get("vai"):
        return HttpResponseRedirect(reverse("desk:home"))
    return render(request, "desk/front.html", {"roles": DEMO.roles() if _is_demo() else []})


@signed_in
@require_GET
def home(request: ActorRequest) -> HttpResponse:
    """Show what waits for the actor, the most urgent first."""
    today = clock.today()
    items = WORK.items(request.actor, today)
    kind = request.GET.get("loai", "")
    shown = [item for item in items if not kind or item.kind == kind]
    return render(
        request,
        "desk/home.html",
        {
            "today": today,
            "total": len(items),
            "late": sum(1 for item in items if item.due_day and item.due_day < today),
            "groups": grouped(shown, today),
            "tabs": [Tab("", _("Tất cả"), len(items)), *tabs(items)],
            "kind": kind,
            "lead": WORK.lead(request.actor, today),
            "waiting": WORK.waiting(request.actor, today),
        },
    )


@signed_in
@require_GET
def search(request: ActorRequest) -> HttpResponse:
    """Find in everything that the actor may see, with or without the marks of Vietnamese."""
    query, kind = request.GET.get("q", "").strip(), request.GET.get("loai", "")
    found_all = look(query, by=request.actor, limit=HITS)
    counts, hits = found_all.counts, found_all.hits
    if kind:
        hits = find(query, by=request.actor, kinds=[kind], limit=HITS)
    found = [Tab(name, one.label, counts[name]) for name, one in known().items() if name in counts]
    tabs_shown = [Tab("", _("Tất cả"), sum(counts.values())), *found] if len(found) > 1 else []
    context = {"query": query, "kind": kind, "hits": hits, "tabs": tabs_shown, "has_more": len(hits) == HITS}
    return render(request, "desk/search.html", context)


@signed_in
@require_GET
def day(request: ActorRequest) -> HttpResponse:
    """Say of a day as it is being typed: its weekday, and how many working days are left."""
    text = request.GET.get("ngay", "").strip()
    return HttpResponse(about_day(text, today=clock.today()) if text else "", content_type="text/plain; charset=utf-8")


@works_without_hat
@signed_in
@require_GET
def menu(request: ActorRequest) -> HttpResponse:
    """Show the account, the ways to read, and every page: the phone's «Thêm»."""
    chosen = preferences.Preferences.of(request)
    return render(request, "desk/menu.html", {"choices": [switch.shown(chosen) for switch in SWITCHES]})


@works_without_hat
@csrf_exempt  # it only changes how this browser shows pages, and must work where no session is
@for_everyone
@require_POST
def prefer(request: ActorRequest) -> HttpResponse:
    """Keep one way to read in this browser, and go back."""
    name, value = request.POST.get("name", ""), request.POST.get("value", "")
    if not preferences.is_choice(name, value):
        raise InvalidInput(detail=_("không có lựa chọn này"))
    response = HttpResponseRedirect(_page_before(request))
    preferences.remember(response, name, value)
    return response


@signed_in
@require_GET
def tour(request: ActorRequest) -> HttpResponse:
    """Show «Thử việc này»: whole, or as the line at the foot of each page."""
    if not _is_demo():
        raise NotFound
    steps = DEMO.shown_steps()
    template = "desk/tour.html#line" if request.htmx else "desk/tour.html"
    done = sum(1 for step in steps if step.is_done)
    next_step = next((step for step in steps if step.is_next), None)
    return render(request, template, {"steps": steps, "done": done, "next_step": next_step})


@works_without_hat
@for_everyone
@require_GET
def accessibility(request: ActorRequest) -> HttpResponse:
    """Say what was done so that everybody can use the pages, what is known to fail, and whom to tell."""
    return render(request, "desk/accessibility.html")


@works_without_hat
@for_everyone
@require_GET
def health(_request: ActorRequest) -> HttpResponse:
    """Answer whether the site and its database work, for the supervisor."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def _is_demo() -> bool:
    return bool(settings.CONGSO_DEMO)


def _page_before(request: ActorRequest) -> str:
    came_from = str(request.headers.get("Referer", ""))
    if url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}):
        return urlsplit(came_from)._replace(scheme="", netloc="").geturl()
    return reverse("desk:front")
