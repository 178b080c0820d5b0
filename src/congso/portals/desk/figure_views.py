"""Figures, and what they open onto."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from congso.kernel import clock
from congso.kernel.errors import InvalidInput
from congso.kernel.web import ActorRequest
from congso.portals.desk import scoreboard
from congso.shared.authz import guarded, signed_in
from congso.shared.figures import commands
from congso.shared.figures.commands import Question
from congso.shared.figures.declarations import REGISTRY
from congso.shared.figures.folding import catch_up
from congso.shared.figures.periods import Period
from congso.shared.figures.permissions import INSPECT
from congso.shared.figures.queries import Part
from congso.shared.organs import queries as organs

MOST_ORGANS = 300
PARTS = {
    Part.NUMERATOR: gettext_lazy("Đạt"),
    Part.DENOMINATOR: gettext_lazy("Tất cả"),
    Part.GAP: gettext_lazy("Chưa đạt"),
}


@dataclass(frozen=True, slots=True)
class PartTab:
    label: str | Promise
    url: str
    is_present: bool
    count: int | None


@signed_in
@require_GET
def figures(request: ActorRequest) -> HttpResponse:
    """Show the figures of the actor's organ and of those below it."""
    today, until = clock.today(), catch_up(now=clock.now())
    periods = scoreboard.period_choices(request.GET.get("ky", ""), today)
    chosen = next(choice for choice in periods if choice.is_present)
    context = {
        "periods": periods,
        "rows": scoreboard.rows(request.actor, chosen.period, today=today),
        "figures": list(REGISTRY.figures.values()),
        "until": until,
    }
    return render(request, "desk/figures.html", context)


@signed_in
@require_GET
def figure_cards(request: ActorRequest) -> HttpResponse:
    """Show this year's figures of the actor's organ, for the side of the home page."""
    catch_up(now=clock.now())
    cards = scoreboard.cards(request.actor, today=clock.today())
    return render(request, "desk/figures.html#cards", {"cards": cards})


@guarded(INSPECT)
@never_cache
@require_GET
def figure(request: ActorRequest) -> HttpResponse:
    """Show the very records that a number counts; that they were looked at is noted."""
    asked = _question(request.GET)
    opened = commands.inspect(asked, by=request.actor, now=clock.now())
    names = organs.labels({line.organ_id for line in opened.lines} | set(asked.organ_ids), asked.boundaries)
    context = {
        "opened": opened,
        "period": asked.period,
        "organ": names[next(iter(asked.organ_ids))].short_name if len(asked.organ_ids) == 1 else "",
        "organs": len(asked.organ_ids),
        "lines": [(line, names[line.organ_id].short_name) for line in opened.lines],
        "tabs": _tabs(asked, opened) if opened.figure.den else [],
        "older": _older(request.GET, opened.more),
    }
    return render(request, "desk/figure.html", context)


def _tabs(asked: Question, opened: commands.Opened) -> list[PartTab]:
    value = opened.value
    counts = {Part.NUMERATOR: value.num, Part.DENOMINATOR: value.den, Part.GAP: value.gap}
    return [
        PartTab(
            label=label,
            url=scoreboard.address(asked.figure, asked.organ_ids, asked.period, part, boundaries=asked.boundaries),
            is_present=part == asked.part,
            count=counts[part],
        )
        for part, label in PARTS.items()
    ]


def _question(query: QueryDict) -> Question:
    """Read what the address asks.

    :raises InvalidInput: it was not made by the page of figures.
    """
    asked = {name: str(value) for name, value in query.items()}
    try:
        organ_ids = frozenset(map(UUID, asked["coquan"].split(",")))
        start, last = date.fromisoformat(asked["tu"]), date.fromisoformat(asked["den"])
        found = Question(
            figure=asked["ma"],
            organ_ids=organ_ids,
            period=Period(start, last + timedelta(days=1)),
            boundaries=date.fromisoformat(asked["dia-gioi"]),
            part=Part(asked.get("phan", Part.NUMERATOR)),
            after=_place(asked.get("sau", "")),
        )
    except (KeyError, ValueError, OverflowError):
        raise InvalidInput(detail=_("địa chỉ số liệu không đủ")) from None
    if len(organ_ids) > MOST_ORGANS or start > last:
        raise InvalidInput(detail=_("địa chỉ số liệu không đúng"))
    return found


def _place(text: str) -> tuple[date, UUID] | None:
    if not text:
        return None
    day, _separator, record_id = text.partition("_")
    return date.fromisoformat(day), UUID(record_id)


def _older(query: QueryDict, more: tuple[date, UUID] | None) -> str:
    if more is None:
        return ""
    changed = query.copy()
    changed["sau"] = f"{more[0].isoformat()}_{more[1]}"
    return f"?{changed.urlencode()}"
