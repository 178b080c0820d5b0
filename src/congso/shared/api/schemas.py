"""Bases of what the API takes and gives, and the parts that many answers have."""

from dataclasses import replace
from typing import Annotated, Self
from uuid import UUID

from django.db.models import Model, QuerySet
from ninja import Header, Query, Schema
from pydantic import ConfigDict, Field

from congso.shared.organs.queries import OrganLabel
from congso.shared.people.queries import PositionLabel
from congso.shared.ui.paging import Keyset, Slice

LONGEST_LIST = 100

PLACE = r"^[A-Za-z0-9_=-]*$"
NO_NUL = r"^[^\x00]*$"
MOST_LETTERS = 100
# Plain names, and all in one place: the framework reads through no ``type`` alias, and merges no two constraints.
Search = Annotated[
    str, Query(max_length=MOST_LETTERS, pattern=NO_NUL, description="Tìm theo chữ, có dấu hoặc không dấu.")
]
TypeCode = Annotated[str, Query(alias="type", max_length=16, pattern=NO_NUL, description="Mã loại văn bản, ví dụ KH.")]
PressKey = Annotated[
    UUID | None,
    Header(
        alias="Idempotency-Key",
        description="UUID do chương trình tự sinh cho mỗi việc. Gửi lại cùng khóa thì việc chỉ được làm một lần.",
    ),
]


class Taken(Schema):
    """What a program sends: a word that the API does not know is refused, not passed over."""

    model_config = ConfigDict(extra="forbid")


class Given(Schema):
    """What the API answers."""


class Named(Given):
    """Something known elsewhere by its id, with the name to show."""

    id: UUID
    name: str

    @classmethod
    def organ(cls, organ_id: UUID, label: OrganLabel | None) -> Self:
        return cls(id=organ_id, name=label.name if label else "")

    @classmethod
    def position(cls, label: PositionLabel | None) -> Self | None:
        return None if label is None else cls(id=label.id, name=f"{label.full_name}, {label.title}")


class Place(Taken):
    """Which part of a long list is asked for."""

    after: str = Field("", max_length=400, pattern=PLACE, description="Lấy tiếp: giá trị `next` của lần trước.")
    before: str = Field("", max_length=400, pattern=PLACE, description="Trở lại: giá trị `previous` của lần trước.")
    limit: int = Field(30, ge=1, le=LONGEST_LIST, description="Số dòng mỗi lần.")

    def of[T: Model](self, rows: QuerySet[T], order: Keyset[T]) -> Slice[T]:
        """Return the asked rows of a list.

        :raises InvalidInput: the place is none that this list gave.
        """
        return replace(order, size=self.limit).slice(rows, after=self.after, before=self.before)


class Listed[T](Given):
    """Part of a long list, newest first."""

    items: list[T]
    next: str | None
    previous: str | None

    @classmethod
    def of(cls, items: list[T], found: "Slice[object]") -> Self:  # type: ignore[type-var]  # any model's rows
        return cls(items=items, next=found.older or None, previous=found.newer or None)
