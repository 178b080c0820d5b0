"""Figures: the board, and the register lines behind a number."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from ninja import Query, Router

from congso.kernel import clock
from congso.kernel.web import ActorRequest
from congso.portals.overseer.boards import apart_with_values, percent
from congso.portals.overseer.scope import read_period, read_place, scope_of, write_period, write_place
from congso.shared.api.schemas import Given, Named
from congso.shared.authz import guarded
from congso.shared.figures import REGISTRY, Line, queries
from congso.shared.figures.commands import Question, inspect
from congso.shared.figures.folding import catch_up
from congso.shared.figures.permissions import INSPECT
from congso.shared.figures.queries import Part, Value

router = Router(tags=["Số liệu"])


class FigureGiven(Given):
    code: str
    name: str
    how: str
    is_ratio: bool


class ValueGiven(Given):
    """A number, or the two sums of a ratio; ``percent`` is cut off after two places, and nothing if unknown."""

    figure: str
    numerator: int
    denominator: int | None
    percent: Decimal | None

    @classmethod
    def of(cls, code: str, value: Value) -> Self:
        return cls(figure=code, numerator=value.num, denominator=value.den, percent=percent(value))


class RowGiven(Given):
    organ: Named
    values: list[ValueGiven]


class BoardGiven(Given):
    """Every figure of the own organ and of those one level below, in one period."""

    period: str
    figures: list[FigureGiven]
    rows: list[RowGiven]
    total: list[ValueGiven]


class LineGiven(Given):
    """A line of a register, never the content of a record."""

    id: UUID
    organ: UUID
    date: date
    number: str
    type_name: str
    subject: str

    @classmethod
    def of(cls, line: Line) -> Self:
        return cls(
            id=line.id,
            organ=line.organ_id,
            date=line.day,
            number=line.number,
            type_name=str(line.kind),
            subject=line.subject,
        )


class OpenedGiven(Given):
    value: ValueGiven
    items: list[LineGiven]
    next: str | None


When = Annotated[
    str,
    Query(max_length=7, pattern=r"^[0-9-]*$", description="Năm hoặc tháng: `2023`, `2023-11`. Bỏ trống là năm nay."),
]
Row = Annotated[UUID | None, Query(description="Một cơ quan trong bảng. Bỏ trống là tất cả.")]
After = Annotated[
    str, Query(max_length=60, pattern=r"^[0-9a-f_-]*$", description="Lấy tiếp: giá trị `next` của lần trước.")
]


@router.get("", response=BoardGiven, summary="Số liệu của cơ quan mình và cấp dưới trực tiếp trong một kỳ")
@guarded(INSPECT)
def get_board(request: ActorRequest, period: When = "") -> BoardGiven:
    today = clock.today()
    catch_up(now=clock.now())
    scope, when, codes = scope_of(request.actor, today, today), read_period(period, today), list(REGISTRY.figures)
    values = queries.board(codes, scope.all_within(None), [when], boundaries=today)

    def values_of(row: UUID | None) -> list[ValueGiven]:
        within = scope.all_within(row)
        return [ValueGiven.of(code, queries.total(values, code, when, within)) for code in codes]

    return BoardGiven(
        period=write_period(when),
        figures=[
            FigureGiven(code=one.code, name=str(one.label), how=str(one.how), is_ratio=one.den is not None)
            for one in REGISTRY.figures.values()
        ],
        rows=[
            RowGiven(organ=Named(id=organ_id, name=scope.names[organ_id]), values=values_of(organ_id))
            for organ_id in [*scope.rows, *apart_with_values(scope, values)]
        ],
        total=values_of(None),
    )


@router.get("/{slug:figure}/{slug:part}", response=OpenedGiven, summary="Những dòng sổ mà một con số đếm")
@guarded(INSPECT)
def open_figure(
    request: ActorRequest,
    figure: str,
    part: Part,
    period: When = "",
    organ: Row = None,
    after: After = "",
) -> OpenedGiven:
    """Mỗi lần mở được ghi vào nhật ký."""
    today = clock.today()
    scope = scope_of(request.actor, today, today)
    chosen = scope.row(organ)
    question = Question(
        figure,
        organ_ids=scope.all_within(chosen),
        period=read_period(period, today),
        boundaries=today,
        part=part,
        after=read_place(after),
    )
    found = inspect(question, by=request.actor, now=clock.now())
    return OpenedGiven(
        value=ValueGiven.of(figure, found.value),
        items=[LineGiven.of(line) for line in found.lines],
        next=write_place(found.more) or None,
    )
