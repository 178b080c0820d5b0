from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congso.shared.areas.dated import period
from congso.shared.organs.models import OrganKind
from congso.shared.organs.tests.factories import OrganFactory
from congso.shared.people.capacity import (
    BY_ORDER_TYPES,
    MayNotSign,
    Signer,
    capacity_by_order,
    capacity_for,
    own_capacity,
)
from congso.shared.people.models import Rank, Role
from congso.shared.people.tests.factories import DAY, PositionFactory, SigningDelegationFactory

signers = st.builds(
    Signer,
    title=st.sampled_from(["Chủ tịch", "Phó Chủ tịch", "Chánh Văn phòng", "Phó Trưởng phòng", "Chuyên viên"]),
    role=st.sampled_from(Role.values),
    rank=st.sampled_from(Rank.values),
    organ_kind=st.sampled_from(OrganKind.values),
    unit_name=st.sampled_from(["", "Bộ phận một cửa"]),
    is_acting=st.booleans(),
)


class TestOwnCapacity:
    def test_the_chair_signs_for_the_collective(self):
        chair = Signer("Chủ tịch", Role.LEADER, Rank.HEAD, OrganKind.PEOPLES_COMMITTEE)

        capacity = own_capacity(chair)

        assert capacity
        assert (capacity.code, capacity.lines) == ("TM.", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"))

    def test_a_deputy_signs_for_the_chair(self):
        deputy = Signer("Phó Chủ tịch", Role.LEADER, Rank.DEPUTY, OrganKind.PEOPLES_COMMITTEE)

        capacity = own_capacity(deputy)

        assert capacity
        assert (capacity.code, capacity.lines) == ("KT.", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"))

    def test_the_standing_deputy_signs_for_the_chair_not_for_a_standing_chair(self):
        deputy = Signer("Phó Chủ tịch Thường trực", Role.LEADER, Rank.DEPUTY, OrganKind.PEOPLES_COUNCIL)

        capacity = own_capacity(deputy)

        assert capacity
        assert capacity.lines == ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH THƯỜNG TRỰC")

    def test_an_acting_chair_says_so(self):
        acting = Signer("Quyền Chủ tịch", Role.LEADER, Rank.HEAD, OrganKind.PEOPLES_COMMITTEE, is_acting=True)

        capacity = own_capacity(acting)

        assert capacity
        assert (capacity.code, capacity.lines) == ("Q.", ("TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH"))

    def test_the_head_of_a_department_signs_with_the_title_only(self):
        head = Signer("Trưởng phòng", Role.HEAD, Rank.HEAD, OrganKind.DEPARTMENT)

        capacity = own_capacity(head)

        assert capacity
        assert (capacity.code, capacity.lines) == ("", ("TRƯỞNG PHÒNG",))

    def test_the_head_of_a_unit_inside_a_committee_has_no_capacity_of_its_own(self):
        assert own_capacity(Signer("Chánh Văn phòng", Role.HEAD, Rank.HEAD, OrganKind.PEOPLES_COMMITTEE)) is None

    @given(signers)
    def test_a_member_never_signs_by_right_of_the_position(self, signer):
        assert signer.rank != Rank.MEMBER or own_capacity(signer) is None

    @given(signers)
    def test_the_last_line_is_the_signers_own_title_unless_acting(self, signer):
        capacity = own_capacity(signer)
        assert capacity is None or signer.is_acting or capacity.lines[-1] == signer.printed_title

    @given(signers)
    def test_only_collegiate_organs_sign_for_a_collective(self, signer):
        capacity = own_capacity(signer)
        collegiate = signer.organ_kind not in {OrganKind.DEPARTMENT, OrganKind.OFFICE}
        assert capacity is None or capacity.code != "TM." or collegiate

    @given(signers, st.text(max_size=4))
    def test_by_order_covers_only_its_types_and_never_members(self, signer, type_code):
        capacity = capacity_by_order(signer, head_title="CHỦ TỊCH", type_code=type_code)
        assert capacity is None or (type_code in BY_ORDER_TYPES and signer.rank != Rank.MEMBER)


@pytest.fixture
def committee():
    return OrganFactory(kind=OrganKind.PEOPLES_COMMITTEE)


@pytest.fixture
def office(committee):
    return OrganFactory(kind=OrganKind.OFFICE, serves=committee)


@pytest.mark.django_db
class TestCapacityFor:
    def test_the_chair_signs_every_type_of_the_own_committee(self, committee):
        chair = PositionFactory(organ=committee, chair=True)
        assert capacity_for(chair, organ_id=committee.id, on=DAY, type_code="QĐ").code == "TM."

    def test_the_chair_of_another_committee_may_not_sign(self, committee):
        with pytest.raises(MayNotSign):
            capacity_for(PositionFactory(chair=True), organ_id=committee.id, on=DAY, type_code="CV")

    def test_the_head_of_the_office_signs_letters_by_order_of_the_chair(self, committee, office):
        head = PositionFactory(organ=office, head=True)

        capacity = capacity_for(head, organ_id=committee.id, on=DAY, type_code="CV")

        assert (capacity.code, capacity.lines) == ("TL.", ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"))

    def test_the_deputy_of_the_office_signs_by_order_for_the_head_of_the_office(self, committee, office):
        deputy = PositionFactory(organ=office, role=Role.HEAD, rank=Rank.DEPUTY, title="Phó Chánh Văn phòng")

        capacity = capacity_for(deputy, organ_id=committee.id, on=DAY, type_code="TB")

        assert capacity.lines == ("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG")

    def test_a_decision_is_not_signed_by_order(self, committee, office):
        with pytest.raises(MayNotSign):
            capacity_for(PositionFactory(organ=office, head=True), organ_id=committee.id, on=DAY, type_code="QĐ")

    def test_a_specialist_may_not_sign_and_reads_what_to_do(self, committee):
        specialist = PositionFactory(organ=committee)

        with pytest.raises(MayNotSign) as refusal:
            capacity_for(specialist, organ_id=committee.id, on=DAY, type_code="CV")

        assert str(refusal.value).startswith("Chuyên viên không có thẩm quyền ký")

    def test_a_position_that_is_over_signs_nothing(self, committee):
        former = PositionFactory(organ=committee, chair=True, valid=period(date(2021, 7, 1), DAY))
        with pytest.raises(MayNotSign):
            capacity_for(former, organ_id=committee.id, on=DAY, type_code="CV")

    def test_a_written_delegation_lets_the_head_of_the_office_sign_what_it_names(self, committee, office):
        head = PositionFactory(organ=office, head=True)
        chair = PositionFactory(organ=committee, chair=True)
        SigningDelegationFactory(from_position=chair, to_position=head, type_codes=["QĐ"])

        capacity = capacity_for(head, organ_id=committee.id, on=DAY, type_code="QĐ")

        assert (capacity.code, capacity.lines) == ("TUQ.", ("TUQ. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"))

    @pytest.mark.parametrize(
        "void",
        [
            {"valid": period(date(2023, 11, 1), DAY)},
            {"type_codes": ["KH"]},
            {"revoked_at": "2023-11-20T08:00:00Z"},
        ],
        ids=["expired", "another type", "revoked"],
    )
    def test_a_delegation_that_does_not_cover_the_day_or_the_type_gives_nothing(self, committee, office, void):
        head = PositionFactory(organ=office, head=True)
        chair = PositionFactory(organ=committee, chair=True)
        SigningDelegationFactory(from_position=chair, to_position=head, **void)

        with pytest.raises(MayNotSign):
            capacity_for(head, organ_id=committee.id, on=DAY, type_code="QĐ")

    def test_a_delegation_ends_with_the_position_that_gave_it(self, committee, office):
        head = PositionFactory(organ=office, head=True)
        former = PositionFactory(organ=committee, chair=True, valid=period(date(2021, 7, 1), DAY))
        SigningDelegationFactory(from_position=former, to_position=head)

        with pytest.raises(MayNotSign):
            capacity_for(head, organ_id=committee.id, on=DAY, type_code="QĐ")
