"""The demo's door: who one can be with one click, in the order of the story."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from congso.kernel import clock
from congso.shared.areas import locality as areas
from congso.shared.organs.locality import organ_id
from congso.shared.organs.queries import labels
from congso.shared.people.models import Role
from congso.shared.people.queries import PositionLabel, positions_in
from congso.shared.ui.demo import DemoRole

COMMUNE = "Thăng Long"


@dataclass(frozen=True, slots=True)
class Way:
    """One way in: what one does there, and in which position."""

    does: object
    organ: UUID
    role: Role
    title: str


def story_commune() -> UUID:
    """Return the People's Committee of the commune of the story."""
    return next(organ_id("ubnd", unit) for unit in areas.communes() if unit.name == COMMUNE)


def district_committee() -> UUID:
    """Return the People's Committee of the district."""
    return organ_id("ubnd", areas.district())


def ways() -> list[Way]:
    """Return the ways in, in the order of the story."""
    district, commune = areas.district(), story_commune()
    committee, office = district_committee(), organ_id("van-phong", district)
    culture = organ_id("van-hoa-thong-tin", district)
    return [
        Way(_("Soạn kế hoạch, trình xem xét"), office, Role.SPECIALIST, "Chuyên viên"),
        Way(_("Xem xét, ký nháy"), office, Role.HEAD, "Chánh Văn phòng"),
        Way(_("Ký số"), committee, Role.LEADER, "Chủ tịch"),
        Way(_("Cấp số, đóng dấu, phát hành về 29 xã, thị trấn"), committee, Role.RECORDS_CLERK, "Văn thư"),
        Way(_("Nhận ở xã, vào sổ văn bản đến"), commune, Role.RECORDS_CLERK, "Văn thư"),
        Way(_("Chỉ đạo ở xã: ai chủ trì, ai phối hợp, hạn nào"), commune, Role.LEADER, "Chủ tịch"),
        Way(_("Soạn báo cáo trả lời huyện"), commune, Role.SPECIALIST, "Công chức Văn hóa - xã hội"),
        Way(_("Xem số liệu của từng đơn vị"), culture, Role.SPECIALIST, "Chuyên viên theo dõi chuyển đổi số"),
    ]


def roles() -> list[DemoRole]:
    """Return the roles of the door that somebody holds today."""
    today, wanted = clock.today(), ways()
    held = {(found.organ_id, found.role, found.title): found for found in _positions(wanted)}
    organs = labels({way.organ for way in wanted}, on=today)
    return [
        DemoRole(
            position_id=found.id,
            step=number,
            title=str(way.does),
            who=f"{found.full_name}, {found.title}, {organs[way.organ].short_name}",
        )
        for number, way in enumerate(wanted, 1)
        if (found := held.get((way.organ, way.role, way.title))) is not None
    ]


def _positions(wanted: list[Way]) -> list[PositionLabel]:
    return positions_in({way.organ for way in wanted}, on=clock.today())
