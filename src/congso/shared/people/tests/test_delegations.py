from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from congso.kernel.errors import InvalidInput, NotFound, NotPermitted
from congso.kernel.ids import new_id
from congso.shared.areas.dated import period
from congso.shared.journal.models import JournalLine
from congso.shared.organs.models import OrganKind
from congso.shared.organs.tests.factories import OrganFactory
from congso.shared.people.capacity import MayNotSign, capacity_for
from congso.shared.people.delegations import NotAHeadBelow, OnlyTheHeadDelegates, delegate_signature, revoke_signature
from congso.shared.people.tests.factories import DAY, PositionFactory, SigningDelegationFactory, actor_of

pytestmark = pytest.mark.django_db
NOON = datetime(2023, 11, 29, 5, tzinfo=UTC)


@pytest.fixture
def chair():
    return PositionFactory(chair=True)


@pytest.fixture
def head(chair):
    """The head of the office that serves the chair's committee."""
    return PositionFactory(organ=OrganFactory(kind=OrganKind.OFFICE, serves=chair.organ), head=True)


def delegate(giver, receiver, by=None, **more):
    fields = {
        "type_codes": ["QĐ"],
        "scope": "Quyết định khen thưởng",
        "decision_number": "12/GUQ-UBND",
        "decision_date": date(2023, 11, 28),
        "starts": DAY,
        "ends": date(2024, 1, 1),
        "now": NOON,
        **more,
    }
    actor = actor_of(by or giver)
    return delegate_signature(giver.id, to_position_id=receiver.id, by=actor, **fields)


class TestDelegateSignature:
    def test_the_head_of_the_office_signs_until_the_last_day(self, chair, head):
        delegation = delegate(chair, head)

        signs = {"organ_id": chair.organ_id, "type_code": "QĐ"}
        assert capacity_for(head, on=date(2023, 12, 31), **signs).code == "TUQ."
        with pytest.raises(MayNotSign):
            capacity_for(head, on=date(2024, 1, 1), **signs)
        line = JournalLine.objects.get(subject_id=delegation.id)
        assert (line.act, line.facts["last"]) == ("people.signing_delegated", "2023-12-31")

    def test_only_who_has_the_authority_gives_it(self, chair, head):
        with pytest.raises(NotPermitted):
            delegate(chair, head, by=head)

    def test_a_deputy_does_not_give_it(self, chair, head):
        deputy = PositionFactory(organ=chair.organ, deputy=True)
        with pytest.raises(OnlyTheHeadDelegates):
            delegate(deputy, head)

    def test_the_receiver_does_not_pass_it_on(self, chair, head):
        delegate(chair, head)
        delegation_of_the_committees_paper = {"type_codes": ["QĐ"]}
        below = PositionFactory(organ=head.organ, title="Chuyên viên")
        with pytest.raises(NotAHeadBelow):
            delegate(head, below, **delegation_of_the_committees_paper)
        with pytest.raises(MayNotSign):
            capacity_for(below, organ_id=chair.organ_id, on=DAY, type_code="QĐ")

    def test_a_specialist_does_not_receive_it(self, chair, head):
        with pytest.raises(NotAHeadBelow):
            delegate(chair, PositionFactory(organ=head.organ))

    def test_the_head_of_another_organ_does_not_receive_it(self, chair):
        with pytest.raises(NotAHeadBelow):
            delegate(chair, PositionFactory(head=True, organ=OrganFactory(kind=OrganKind.OFFICE)))

    @pytest.mark.parametrize(
        "missing",
        [{"decision_number": " "}, {"scope": ""}, {"type_codes": []}, {"ends": DAY}],
        ids=lambda it: next(iter(it)),
    )
    def test_it_must_be_written_and_limited(self, chair, head, missing):
        with pytest.raises(InvalidInput):
            delegate(chair, head, **missing)

    def test_a_position_that_is_over_is_not_found(self, head):
        former = PositionFactory(chair=True, valid=period(date(2021, 7, 1), DAY))
        with pytest.raises(NotFound):
            delegate(former, head, by=head)


class TestRevokeSignature:
    @pytest.fixture
    def delegation(self, chair, head):
        return SigningDelegationFactory(from_position=chair, to_position=head)

    def revoke(self, delegation, by):
        return revoke_signature(delegation.id, by=actor_of(by), now=NOON)

    def test_it_is_void_at_once(self, chair, head, delegation):
        self.revoke(delegation, by=chair)

        with pytest.raises(MayNotSign):
            capacity_for(head, organ_id=chair.organ_id, on=DAY, type_code="QĐ")
        assert JournalLine.objects.get(subject_id=delegation.id).act == "people.signing_delegation_revoked"

    def test_another_leader_of_the_organ_may(self, chair, delegation):
        assert self.revoke(delegation, by=PositionFactory(organ=chair.organ, deputy=True)).revoked_at == NOON

    def test_the_receiver_may_not(self, head, delegation):
        with pytest.raises(NotPermitted):
            self.revoke(delegation, by=head)

    def test_what_is_void_is_not_found_again(self, chair, delegation):
        self.revoke(delegation, by=chair)
        with pytest.raises(NotFound):
            self.revoke(delegation, by=chair)
        with pytest.raises(NotFound):
            revoke_signature(new_id(), by=actor_of(chair), now=NOON)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"valid": period(DAY)}, "signing_delegation_is_limited_in_time"),
        ({"decision_number": ""}, "signing_delegation_is_in_writing"),
        ({"type_codes": []}, "signing_delegation_names_types"),
    ],
)
def test_the_database_refuses_what_the_decree_forbids(chair, head, wrong, sentence):
    with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
        SigningDelegationFactory(from_position=chair, to_position=head, **wrong)
