"""In which capacity a position signs a document of an organ (thẩm quyền ký).

Decree 30/2020/NĐ-CP, article 13 (who signs) and annex I, part II, item 7 (how it is printed):

- a collegiate organ: its head signs for the collective (TM.), a deputy for the head (KT.);
- an organ under a head (a department, an office): its head signs with the title alone, a deputy for the head (KT.);
- who was given the head's powers (giao quyền) signs as acting (Q.);
- the head of a unit of the organ, or of an office or department that serves it, signs certain types by order (TL.), and
  the deputy of that head may do so in turn;
- whoever was authorised in writing, for a time and a subject, signs by delegation (TUQ.).
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from congso.kernel.errors import DomainError
from congso.shared.areas.dated import in_force
from congso.shared.organs import queries as organs
from congso.shared.organs.models import Organ, OrganKind
from congso.shared.people.models import Position, Rank, Role, SigningDelegation

# How the collective of a collegiate organ is printed; other organs are led by one head.
COLLECTIVES: dict[str, str] = {
    OrganKind.PEOPLES_COMMITTEE: "ỦY BAN NHÂN DÂN",
    OrganKind.PEOPLES_COUNCIL: "HỘI ĐỒNG NHÂN DÂN",
    OrganKind.FATHERLAND_FRONT: "BAN THƯỜNG TRỰC",
    OrganKind.UNION: "BAN THƯỜNG VỤ",
    OrganKind.PARTY_COMMITTEE: "BAN THƯỜNG VỤ",
}
# How the head of a collegiate organ is called where a subordinate signs for it.
HEADS: dict[str, str] = {
    OrganKind.PEOPLES_COMMITTEE: "CHỦ TỊCH",
    OrganKind.PEOPLES_COUNCIL: "CHỦ TỊCH",
    OrganKind.FATHERLAND_FRONT: "CHỦ TỊCH",
    OrganKind.PARTY_COMMITTEE: "BÍ THƯ",
}
# Types that do not decide or regulate, so that working rules commonly let a unit's head sign them by order: official
# letter, notice, invitation, letter of introduction, slips, copies.
BY_ORDER_TYPES = frozenset({"", "CV", "TB", "GM", "GGT", "PG", "PC", "PB", "SY", "TrS", "SL"})

_ACTING, _DEPUTY, _STANDING = "QUYỀN ", "PHÓ ", " THƯỜNG TRỰC"


class MayNotSign(DomainError):
    code = "people.may_not_sign"
    message = _(
        "%(title)s không có thẩm quyền ký loại văn bản này của cơ quan. "
        "Trình người đứng đầu ký, hoặc cần có văn bản ủy quyền (TUQ.) còn hiệu lực."
    )


@dataclass(frozen=True, slots=True)
class SigningCapacity:
    """A capacity and how it is printed.

    :param code: ``TM.``, ``Q.``, ``KT.``, ``TL.``, ``TUQ.``, or nothing where a head signs with the title alone.
    :param lines: above the signature, line by line: ``("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")``.
    """

    code: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signer:
    """What the rules need of a position: its title, role, rank and unit, and of which kind its organ is."""

    title: str
    role: str
    rank: str
    organ_kind: str
    unit_name: str = ""
    is_acting: bool = False

    @property
    def leads_its_organ(self) -> bool:
        """Whether it is head or deputy of the organ itself; a head within a collegiate organ leads a unit of it."""
        leading = {Role.LEADER} if self.organ_kind in COLLECTIVES else {Role.LEADER, Role.HEAD}
        return self.rank != Rank.MEMBER and self.role in leading and not self.unit_name

    @property
    def printed_title(self) -> str:
        return self.title.upper().removeprefix(_ACTING)

    @property
    def title_of_its_head(self) -> str:
        """The title that this position leads under, or is the deputy of: “Phó Chủ tịch” gives “CHỦ TỊCH”."""
        return self.printed_title.removeprefix(_DEPUTY).removesuffix(_STANDING)


def own_capacity(signer: Signer) -> SigningCapacity | None:
    """Return in which capacity the head or a deputy of an organ signs that organ's own documents, or ``None``."""
    if not signer.leads_its_organ:
        return None
    collective = COLLECTIVES.get(signer.organ_kind)
    if signer.rank == Rank.DEPUTY:
        return SigningCapacity("KT.", (f"KT. {signer.title_of_its_head}", signer.printed_title))
    title = f"Q. {signer.title_of_its_head}" if signer.is_acting else signer.printed_title
    if collective is None:
        return SigningCapacity("Q." if signer.is_acting else "", (title,))
    return SigningCapacity("Q." if signer.is_acting else "TM.", (f"TM. {collective}", title))


def capacity_by_order(signer: Signer, *, head_title: str, type_code: str) -> SigningCapacity | None:
    """Return the capacity of a unit's head, or of the head's deputy, who signs by order (TL.), or ``None``."""
    if type_code not in BY_ORDER_TYPES or signer.rank == Rank.MEMBER:
        return None
    below: tuple[str, ...] = (signer.printed_title,)
    if signer.rank == Rank.DEPUTY:
        below = (f"KT. {signer.title_of_its_head}", signer.printed_title)
    return SigningCapacity("TL.", (f"TL. {head_title}", *below))


def capacity_by_delegation(signer: Signer, *, head_title: str) -> SigningCapacity:
    """Return the capacity of who was authorised in writing (TUQ.)."""
    return SigningCapacity("TUQ.", (f"TUQ. {head_title}", signer.printed_title))


def capacity_for(position: Position, *, organ_id: UUID, on: date, type_code: str) -> SigningCapacity:
    """Return in which capacity ``position`` signs a document of that type and organ on that day.

    :raises MayNotSign: the position gives no such right, or does not hold on that day.
    """
    if not _holds(position, on):
        raise MayNotSign(title=position.title)
    signer = signer_of(position)
    capacity = own_capacity(signer) if position.organ_id == organ_id else None
    if capacity is None:
        capacity = _capacity_given(position, signer, organ_id=organ_id, on=on, type_code=type_code)
    if capacity is None:
        raise MayNotSign(title=position.title)
    return capacity


def signer_of(position: Position) -> Signer:
    """Return what the rules need of a position."""
    return Signer(
        title=position.title,
        role=position.role,
        rank=position.rank,
        organ_kind=position.organ.kind,
        unit_name=position.unit_name,
        is_acting=position.is_acting,
    )


def _capacity_given(
    position: Position, signer: Signer, *, organ_id: UUID, on: date, type_code: str
) -> SigningCapacity | None:
    """Return the capacity that another gave: in writing, else by order within the organ or from an office of it."""
    delegation = delegations_in_force(on).filter(to_position=position, from_position__organ=organ_id)
    given = delegation.filter(type_codes__contains=[type_code]).select_related("from_position__organ").first()
    if given is not None:
        return capacity_by_delegation(signer, head_title=signer_of(given.from_position).title_of_its_head)
    if organ_id not in organs.organs_served(position.organ_id, on):
        return None
    return capacity_by_order(signer, head_title=_title_of_head(organ_id, on), type_code=type_code)


def delegations_in_force(on: date) -> QuerySet[SigningDelegation]:
    """Return the delegations that hold on that day, given by a position that still holds."""
    return SigningDelegation.objects.filter(
        in_force(on), in_force(on, "from_position__"), in_force(on, "to_position__"), revoked_at=None
    )


def _title_of_head(organ_id: UUID, on: date) -> str:
    heads = Position.objects.filter(in_force(on), organ=organ_id, rank=Rank.HEAD, unit_name="")
    head = heads.select_related("organ").order_by("-role").first()  # a leader before a head
    if head is not None:
        return signer_of(head).title_of_its_head
    return HEADS.get(Organ.objects.values_list("kind", flat=True).get(id=organ_id), "THỦ TRƯỞNG")


def _holds(position: Position, on: date) -> bool:
    return on in position.valid
