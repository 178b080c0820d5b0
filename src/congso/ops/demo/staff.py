"""The demo's people: generated, and plainly so. Nobody real bears these names in these places."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Literal
from uuid import UUID

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.kernel.vietnamese import fold
from congso.ops.demo.keys_to_the_door import PASSWORD, PIN
from congso.ops.telling import counting
from congso.shared.accounts import commands as accounts
from congso.shared.areas import locality as areas
from congso.shared.keys import commands as keys
from congso.shared.organs.locality import organ_id
from congso.shared.organs.queries import labels
from congso.shared.people import commands as people
from congso.shared.people.models import Position, Rank, Role

# When the demo's people took up their posts, a Monday.
IN_OFFICE_SINCE = datetime(2023, 7, 3, 8, 0, tzinfo=clock.HANOI)

_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Cao", "Đỗ", "Vũ", "Bùi", "Đặng", "Hồ", "Ngô", "Dương", "Lý", "Mai")
_MIDDLE = ("Văn", "Thị")
_GIVEN = ("Thử", "Ví Dụ", "Mẫu", "Minh Họa", "Giả Sử", "Mô Phỏng", "Đặt Ra", "Thí Nghiệm")


@dataclass(frozen=True, slots=True)
class Post:
    """One position to fill.

    :param name: the person's, where the design names one; else the next generated.
    """

    username: str
    organ: UUID
    role: Role
    title: str
    rank: Rank = Rank.MEMBER
    name: str = ""
    unit_name: str = ""


def posts() -> list[Post]:
    """Return all posts of the demo: the district's, then each commune's in the order of the codes."""
    return [*_district_posts(), *(post for commune in areas.communes() for post in _commune_posts(commune))]


def _district_posts() -> Iterator[Post]:
    district = areas.district()
    committee, office = organ_id("ubnd", district), organ_id("van-phong", district)
    culture = organ_id("van-hoa-thong-tin", district)
    yield Post("chutich.huyen", committee, Role.LEADER, "Chủ tịch", Rank.HEAD, "Lê Thị Mẫu")
    yield Post("phochutich.huyen", committee, Role.LEADER, "Phó Chủ tịch", Rank.DEPUTY, "Đỗ Văn Giả Định")
    yield Post("vanthu.huyen", committee, Role.RECORDS_CLERK, "Văn thư", name="Phạm Thị Minh Họa")
    yield Post("quantri.huyen", committee, Role.ADMINISTRATOR, "Quản trị hệ thống", name="Vũ Thị Làm Mẫu")
    yield Post("chanhvanphong.huyen", office, Role.HEAD, "Chánh Văn phòng", Rank.HEAD, "Trần Văn Ví Dụ")
    yield Post("photruongphong.huyen", office, Role.HEAD, "Phó Chánh Văn phòng", Rank.DEPUTY, "Bùi Thị Tập Huấn")
    yield Post("chuyenvien.huyen", office, Role.SPECIALIST, "Chuyên viên", name="Nguyễn Văn Thử")
    yield Post("truongphong.vhtt", culture, Role.HEAD, "Trưởng phòng", Rank.HEAD, "Đặng Văn Thí Dụ")
    yield Post("theodoi.vhtt", culture, Role.SPECIALIST, "Chuyên viên theo dõi chuyển đổi số", name="Ngô Thị Theo Dõi")
    party = organ_id("huyen-uy", district)
    yield Post("bithu.huyenuy", party, Role.LEADER, "Bí thư", Rank.HEAD, "Hồ Văn Tượng Hình")
    yield Post("vanthu.huyenuy", party, Role.RECORDS_CLERK, "Văn thư", name="Lý Thị Đặt Tên")
    yield Post("chuyenvien.huyenuy", party, Role.SPECIALIST, "Chuyên viên", name="Dương Văn Phỏng Theo")


def _commune_posts(commune: areas.Unit) -> Iterator[Post]:
    place, committee = fold(commune.name).replace(" ", ""), organ_id("ubnd", commune)
    is_story = commune.name == "Thăng Long"
    named = ("Hoàng Thị Giả Sử", "Cao Thị Mô Phỏng", "Mai Văn Tượng Trưng") if is_story else ("", "", "")
    yield Post(f"chutich.{place}", committee, Role.LEADER, "Chủ tịch", Rank.HEAD, named[1])
    yield Post(f"phochutich.{place}", committee, Role.LEADER, "Phó Chủ tịch", Rank.DEPUTY)
    yield Post(f"vanthu.{place}", committee, Role.RECORDS_CLERK, "Văn thư", name=named[0])
    office, culture = "Công chức Văn phòng - thống kê", "Công chức Văn hóa - xã hội"
    yield Post(f"vanphong.{place}", committee, Role.SPECIALIST, office, name=named[2])
    yield Post(f"vanhoa.{place}", committee, Role.SPECIALIST, culture)


def fill(wanted: Sequence[Post]) -> None:
    """Give every post its person, account and, where one signs, key. Safe to repeat."""
    named = {post.name for post in wanted}
    names = (name for name in _names() if name not in named)
    held = set(Position.objects.values_list("organ_id", "role", "title"))
    missing = [post for post in wanted if (post.organ, post.role, post.title) not in held]
    if not missing:
        return
    with counting("Đặt người vào chức vụ", len(missing)) as advance, clock.at(IN_OFFICE_SINCE):
        organs = labels({post.organ for post in wanted}, on=IN_OFFICE_SINCE.date())
        for post in wanted:
            name = post.name or next(names)
            if post in missing:
                _fill(post, name, organs[post.organ].name)
                advance()


def enrol_organs() -> None:
    """Give the committees that send papers a seal's key. Safe to repeat."""
    committees = [organ_id("ubnd", unit) for unit in (areas.district(), *areas.communes())]
    committees.append(organ_id("huyen-uy", areas.district()))
    organs = labels(committees, on=IN_OFFICE_SINCE.date())
    for committee in committees:
        name = organs[committee].name
        _enrol("organ", committee, common_name=name, organization=name, organ=committee)


def _fill(post: Post, name: str, organ_name: str) -> None:
    system, now = Actor.system(), clock.now()
    person = people.register_person(name, is_generated=True, by=system, now=now)
    accounts.create_account(person.id, username=post.username, password=PASSWORD, must_change=False, by=system, now=now)
    if post.role == Role.LEADER or post.rank == Rank.HEAD:
        _enrol("person", person.id, common_name=name, organization=organ_name, organ=post.organ)
    # Last, as a post is missing as long as nobody holds it.
    people.appoint(
        person.id,
        organ_id=post.organ,
        role=post.role,
        title=post.title,
        rank=post.rank,
        starts=date(2021, 7, 1),
        by=system,
        now=now,
    )


def enrol_desk(organ: UUID, chair: UUID) -> None:
    """Give one organ and the person in its chair, a position, their keys."""
    person = Position.objects.select_related("person").get(id=chair).person
    _enrol("organ", organ, common_name="UBND", organization="UBND", organ=organ)
    _enrol("person", person.id, common_name=person.full_name, organization="UBND", organ=organ)


def _enrol(kind: Literal["person", "organ"], owner: UUID, *, common_name: str, organization: str, organ: UUID) -> None:
    try:
        keys.enrol_key(
            kind,
            owner,
            common_name=common_name,
            organization=organization,
            organ_id=organ,
            pin=PIN,
            by=Actor.system(),
            now=IN_OFFICE_SINCE,
        )
    except keys.KeyExists:
        return


def _names() -> Iterator[str]:
    """Yield names without end, no two alike: a number tells the later rounds apart."""
    for round_number in count(1):
        for given in _GIVEN:
            for place, family in enumerate(_FAMILY):
                name = f"{family} {_MIDDLE[place % 2]} {given}"
                yield name if round_number == 1 else f"{name} {round_number}"
