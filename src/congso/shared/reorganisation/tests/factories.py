"""A district for tests of its reorganisation."""

from congso.shared.areas.models import AreaKind
from congso.shared.areas.tests.factories import AreaFactory
from congso.shared.organs.tests.factories import OrganFactory


class District:
    """A district with communes that have a committee, a front, and two villages each."""

    def __init__(self, *names):
        self.area = AreaFactory(kind=AreaKind.DISTRICT)
        self.committee = OrganFactory(area=self.area)
        self.communes = [AreaFactory(name=name, parent=self.area) for name in names]
        for area in self.communes:
            area.refresh_from_db()
        self.committees = [
            OrganFactory(place_name=name, area=area, parent=self.committee, **self.named(name))
            for name, area in zip(names, self.communes, strict=True)
        ]
        self.villages = {
            commune.id: [
                AreaFactory(kind=AreaKind.VILLAGE, name=village, parent=commune) for village in ("Thôn 1", "Thôn 2")
            ]
            for commune in self.communes
        }

    def named(self, name):
        unit = f"xã, phường, thị trấn {name}"
        return {"place_name__name": f"Ủy ban nhân dân {unit}", "place_name__short_name": f"UBND {unit}"}
