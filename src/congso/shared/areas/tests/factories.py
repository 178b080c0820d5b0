"""Areas for tests."""

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from congso.kernel.vietnamese import sort_key
from congso.shared.areas.dated import period
from congso.shared.areas.models import Area, AreaKind, AreaName, AreaPlace, House, HousePlace

BEGINNING = date(2020, 1, 1)


class AreaFactory(DjangoModelFactory[Area]):
    """A commune with a name, in a ``parent`` if one is given."""

    class Meta:
        model = Area
        skip_postgeneration_save = True

    kind = AreaKind.COMMUNE
    valid = factory.LazyFunction(lambda: period(BEGINNING))

    @factory.post_generation
    def name(self: Any, create: bool, name: str | None, **_more: Any) -> None:  # noqa: FBT001 - the library's signature
        name = name or "Mẫu"
        full_name = f"{self.get_kind_display()} {name}"
        AreaName.objects.create(area=self, name=name, full_name=full_name, sort_key=sort_key(name), valid=self.valid)

    @factory.post_generation
    def parent(self: Any, create: bool, parent: Area | None, **_more: Any) -> None:  # noqa: FBT001 - as above
        if parent is not None:
            AreaPlace.objects.create(area=self, parent=parent, valid=self.valid)


class HouseFactory(DjangoModelFactory[House]):
    """A house, standing in an ``area`` if one is given."""

    class Meta:
        model = House
        skip_postgeneration_save = True

    is_generated = True

    @factory.post_generation
    def area(self: Any, create: bool, area: Area | None, **more: Any) -> None:  # noqa: FBT001 - as above
        if area is not None:
            HousePlace.objects.create(house=self, area=area, valid=more.get("valid", area.valid))
