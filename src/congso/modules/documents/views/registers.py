"""The registers on screen and in print."""

import re
from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from congso.kernel import clock
from congso.kernel.web import ActorRequest
from congso.modules.documents import permissions
from congso.modules.documents.queries import registers
from congso.shared.authz import guarded

FIRST_YEAR = 2000
YEAR = re.compile(r"[0-9]{4}")


@guarded(permissions.READ_REGISTER)
@require_GET
def outgoing(request: ActorRequest) -> HttpResponse:
    """Show the register of outgoing papers of a year, with the numbers that were cancelled."""
    organ_id, year = registers.organ_of_registers(request.actor), _year(request)
    page = registers.OUTGOING_ORDER.page(registers.outgoing(organ_id, year), request.GET)
    context = {
        "title": _("Sổ văn bản đi"),
        "back": reverse("documents:outgoing"),
        "back_label": _("Văn bản đi"),
        "columns": registers.OUTGOING_COLUMNS,
        "rows": registers.outgoing_rows(page.rows),
        "cancelled": registers.cancelled_numbers(organ_id, year),
    }
    return render(request, "documents/register.html", _with_year(context, year) | {"page": page})


@guarded(permissions.READ_REGISTER)
@require_GET
def incoming(request: ActorRequest) -> HttpResponse:
    """Show the register of incoming papers of a year."""
    organ_id, year = registers.organ_of_registers(request.actor), _year(request)
    page = registers.INCOMING_ORDER.page(registers.incoming(organ_id, year), request.GET)
    context = {
        "title": _("Sổ văn bản đến"),
        "back": reverse("documents:incoming"),
        "back_label": _("Văn bản đến"),
        "columns": registers.INCOMING_COLUMNS,
        "rows": registers.incoming_rows(page.rows),
    }
    return render(request, "documents/register.html", _with_year(context, year) | {"page": page})


def _year(request: ActorRequest) -> int:
    asked = request.GET.get("nam", "")
    this_year = clock.today().year
    return int(asked) if YEAR.fullmatch(asked) and FIRST_YEAR <= int(asked) <= this_year else this_year


def _with_year(context: Mapping[str, object], year: int) -> dict[str, object]:
    return {**context, "year": year, "older_year": year - 1 if year > FIRST_YEAR else None}
