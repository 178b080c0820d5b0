"""Organs for tests."""

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from congso.kernel.vietnamese import fold, sort_key
from congso.shared.areas.dated import period
from congso.shared.areas.models import Area
from congso.shared.organs.models import Organ, OrganArea, OrganKind, OrganName, OrganPlace, Relation

BEGINNING = date(2020, 1, 1)


class OrganFactory(DjangoModelFactory[Organ]):
    """A People's Committee with a name; ``serves`` or ``parent`` takes another organ, ``area`` an area."""

    class Meta:
        model = Organ
        skip_postgeneration_save = True

    kind = OrganKind.PEOPLES_COMMITTEE
    valid = factory.LazyFunction(lambda: period(BEGINNING))
    is_fictitious = True

    @factory.post_generation
    def place_name(self: Any, create: bool, place: str | None, **more: Any) -> None:  # noqa: FBT001 - the library's
        place = place or "Mẫu"
        name = more.get("name", f"Ủy ban nhân dân xã {place}")
        short_name = more.get("short_name", f"UBND xã {place}")
        OrganName.objects.create(
            organ=self,
            name=name,
            short_name=short_name,
            notation=more.get("notation", "UBND"),
            place_name=place,
            sort_key=sort_key(name),
            search_key=fold(f"{name} {short_name}"),
            valid=self.valid,
        )

    @factory.post_generation
    def serves(self: Any, create: bool, parent: Organ | None, **_more: Any) -> None:  # noqa: FBT001 - the library's
        if parent is not None:
            OrganPlace.objects.create(organ=self, parent=parent, relation=Relation.SERVES, valid=self.valid)

    @factory.post_generation
    def parent(self: Any, create: bool, parent: Organ | None, **_more: Any) -> None:  # noqa: FBT001 - the library's
        if parent is not None:
            OrganPlace.objects.create(organ=self, parent=parent, relation=Relation.SUBORDINATE, valid=self.valid)

    @factory.post_generation
    def area(self: Any, create: bool, area: Area | None, **_more: Any) -> None:  # noqa: FBT001 - the library's
        if area is not None:
            OrganArea.objects.create(organ=self, area=area, valid=self.valid)
