"""The board, and the register lines behind each of its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.errors import NotFound
from congso.kernel.web import ActorRequest
from congso.portals.overseer import boards, boundaries
from congso.portals.overseer.scope import (
    Scope,
    choices,
    name_of,
    own_of,
    read_period,
    read_place,
    scope_of,
    write_period,
    write_place,
)
from congso.shared.authz import guarded
from congso.shared.figures import REGISTRY, Line
from congso.shared.figures.commands import Question, inspect
from congso.shared.figures.folding import catch_up
from congso.shared.figures.permissions import INSPECT, inspected
from congso.shared.figures.queries import Part, Value
from congso.shared.organs import queries as organs

PARTS = {
    Part.DENOMINATOR: gettext_lazy("Đã gửi"),
    Part.NUMERATOR: gettext_lazy("Đã ký số"),
    Part.GAP: gettext_lazy("Chưa ký số"),
}


@dataclass(frozen=True, slots=True)
class PartTab:
    label: str | Promise
    url: str
    is_present: bool
    count: int


@dataclass(frozen=True, slots=True)
class MapTab:
    label: str
    url: str
    is_present: bool


@guarded(INSPECT)
@require_GET
def board(request: ActorRequest) -> HttpResponse:
    """Show each figure of the own organ and of those below, and the chosen one with its trend."""
    today, complete_until = clock.today(), catch_up(now=clock.now())
    asked = _asked(request, today)
    values = boards.read(asked)
    where = _where(asked.scope, asked.organ_id)
    return render(
        request,
        "overseer/board.html",
        {
            "figures": list(REGISTRY.figures.values()),
            "asked": asked,
            "rows": boards.rows_of(asked, values, all_label=_("Tất cả")),
            "card": boards.card_of(asked, values, where=where),
            "maps": [
                MapTab(choice.label, asked.url_in(choice.day), choice.is_present)
                for choice in boundaries.choices(asked.scope.changes, asked.scope.day, today)
            ],
            "boundaries": boundaries.write_day(asked.scope.day, today),
            "periods": choices(today),
            "period": write_period(asked.period),
            "period_name": name_of(asked.period),
            "caught_up_at": complete_until,
        },
    )


@guarded(INSPECT)
@require_GET
def cards(request: ActorRequest) -> HttpResponse:
    """Show this year's figures of the own organ alone, for the side of the home page."""
    today = clock.today()
    catch_up(now=clock.now())
    own = own_of(request.actor, today)
    return render(request, "overseer/cards.html", {"cells": boards.own_cells(own, today=today)})


@guarded(INSPECT)
@never_cache
@require_GET
def opened(request: ActorRequest, figure: str, part: str) -> HttpResponse:
    """List the register lines that a number counts; looking is an act and stands in the journal."""
    today = clock.today()
    scope = _scope(request, today)
    organ_id = _organ(request, scope)
    if part not in list(Part):
        raise NotFound
    question = Question(
        figure,
        organ_ids=scope.all_within(organ_id),
        period=read_period(request.GET.get("ky", ""), today),
        boundaries=scope.day,
        part=Part(part),
        after=read_place(request.GET.get("sau", "")),
    )
    found = inspect(question, by=request.actor, now=clock.now())
    asked = boards.Asked(scope, question.period, found.figure, organ_id, today)
    context = {
        "found": found,
        "part": part,
        "tabs": _tabs(asked, found.value, question.part),
        "lines": _lines(found.lines, request.actor, today),
        "where": _where(scope, organ_id),
        "when": name_of(question.period),
        "back": asked.url(figure, organ_id),
        "older": _older(request.GET, found.more),
    }
    return render(request, "overseer/opened.html", context)


def _lines(lines: Sequence[Line], actor: Actor, today: date) -> list[tuple[Line, str, bool]]:
    """Return each line with the organ's name, and whether the organ is the actor's own, whose papers open."""
    names = organs.labels({line.organ_id for line in lines}, today)
    return [(line, names[line.organ_id].short_name, line.organ_id in actor.serves) for line in lines]


def _older(query: QueryDict, more: tuple[date, UUID] | None) -> str:
    if more is None:
        return ""
    changed = query.copy()
    changed["sau"] = write_place(more)
    return f"?{changed.urlencode()}"


def _asked(request: ActorRequest, today: date) -> boards.Asked:
    scope = _scope(request, today)
    code = request.GET.get("chi-tieu", "") or _first_ratio()
    if code not in REGISTRY.figures:
        raise NotFound
    period = read_period(request.GET.get("ky", ""), today)
    organ_id = _organ(request, scope)
    if organ_id is None and len(scope.organ_ids) == 1:
        (organ_id,) = scope.organ_ids
    return boards.Asked(scope, period, REGISTRY.figures[code], organ_id, today)


def _scope(request: ActorRequest, today: date) -> Scope:
    """Return the rows to look at; those of other boundaries only if the actor may look into each."""
    scope = scope_of(request.actor, today, boundaries.read_day(request.GET.get("ranh-gioi", ""), today))
    if scope.day != today:
        INSPECT.require(request.actor, inspected(scope.rows, today))
    return scope


def _tabs(asked: boards.Asked, value: Value, present: Part) -> list[PartTab]:
    """Return the parts of a ratio to choose from; a plain number has one and no tabs."""
    if value.den is None:
        return []
    counts = {Part.DENOMINATOR: value.den, Part.NUMERATOR: value.num, Part.GAP: value.gap}
    return [PartTab(PARTS[part], asked.url_of_lines(part), part == present, count) for part, count in counts.items()]


def _first_ratio() -> str:
    return next((code for code, figure in REGISTRY.figures.items() if figure.den), next(iter(REGISTRY.figures)))


def _organ(request: ActorRequest, scope: Scope) -> UUID | None:
    """Return the chosen row; one that the actor does not oversee is not there."""
    text = request.GET.get("don-vi", "")
    try:
        return scope.row(UUID(text) if text else None)
    except ValueError:
        raise NotFound from None


def _where(scope: Scope, organ_id: UUID | None) -> str:
    if organ_id is not None:
        return scope.names[organ_id]
    below = [row for row in scope.rows if row != scope.own]
    if len(below) == len(scope.rows):
        return _("%(count)s đơn vị") % {"count": len(below)}
    return _("%(organ)s và %(count)s đơn vị cấp dưới") % {"organ": scope.names[scope.own], "count": len(below)}
