from datetime import date

import pytest
from django.db import IntegrityError, transaction

from congso.kernel.errors import InvalidInput, NotFound, NotPermitted
from congso.kernel.ids import new_id
from congso.shared.accounts.lending import NotAColleague, RightsNotLent, lend_rights, return_rights
from congso.shared.accounts.queries import actor_for
from congso.shared.accounts.tests.factories import RightsDelegationFactory
from congso.shared.accounts.tests.moments import NOON
from congso.shared.areas.dated import period
from congso.shared.journal.models import JournalLine
from congso.shared.organs.tests.factories import OrganFactory
from congso.shared.people.tests.factories import DAY, PositionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return PositionFactory(clerk=True)


@pytest.fixture
def colleague(clerk):
    return PositionFactory(organ=clerk.organ)


def lend(lender, borrower, by, **more):
    fields = {"reason": "Nghỉ phép", "starts": DAY, "ends": date(2023, 12, 10), "now": NOON, **more}
    return lend_rights(lender.id, to_position_id=borrower.id, by=actor_for(by.id, on=DAY), **fields)


class TestLendRights:
    def test_the_borrower_has_the_role_for_the_period_only(self, clerk, colleague):
        loan = lend(clerk, colleague, by=clerk)

        assert actor_for(colleague.id, on=DAY).has_role("records_clerk", in_organ=clerk.organ_id)
        assert not actor_for(colleague.id, on=date(2023, 12, 10)).has_role("records_clerk", in_organ=clerk.organ_id)
        line = JournalLine.objects.get(subject_id=loan.id)
        assert (line.act, line.facts["last"]) == ("accounts.rights_lent", "2023-12-09")

    def test_the_office_of_a_committee_may_stand_in_for_its_clerk(self, clerk):
        helper = PositionFactory(organ=OrganFactory(serves=clerk.organ))
        lend(clerk, helper, by=clerk)
        assert actor_for(helper.id, on=DAY).has_role("records_clerk", in_organ=clerk.organ_id)

    @pytest.mark.parametrize("who", ["chair", "administrator"])
    def test_who_leads_or_administers_the_organ_may_do_it_for_an_absent_clerk(self, clerk, colleague, who):
        assert lend(clerk, colleague, by=PositionFactory(organ=clerk.organ, **{who: True}))

    def test_the_borrower_does_not_help_himself(self, clerk, colleague):
        with pytest.raises(NotPermitted):
            lend(clerk, colleague, by=colleague)

    def test_the_rights_of_a_leader_are_not_lent(self, clerk, colleague):
        chair = PositionFactory(organ=clerk.organ, chair=True)
        with pytest.raises(RightsNotLent):
            lend(chair, colleague, by=chair)

    def test_a_stranger_gets_nothing(self, clerk):
        with pytest.raises(NotAColleague):
            lend(clerk, PositionFactory(), by=clerk)

    @pytest.mark.parametrize("wrong", [{"reason": " "}, {"ends": DAY}])
    def test_reason_and_period_must_be_given(self, clerk, colleague, wrong):
        with pytest.raises(InvalidInput):
            lend(clerk, colleague, by=clerk, **wrong)

    def test_a_position_that_is_over_lends_nothing(self, colleague):
        former = PositionFactory(organ=colleague.organ, clerk=True, valid=period(date(2021, 7, 1), DAY))
        administrator = PositionFactory(organ=colleague.organ, administrator=True)
        with pytest.raises(NotFound):
            lend(former, colleague, by=administrator)


class TestReturnRights:
    def test_they_are_gone_at_once(self, clerk, colleague):
        loan = RightsDelegationFactory(from_position=clerk, to_position=colleague)

        return_rights(loan.id, by=actor_for(clerk.id, on=DAY), now=NOON)

        assert not actor_for(colleague.id, on=DAY).has_role("records_clerk", in_organ=clerk.organ_id)
        assert JournalLine.objects.get(subject_id=loan.id).act == "accounts.rights_returned"

    def test_a_bystander_may_not(self, clerk, colleague):
        loan = RightsDelegationFactory(from_position=clerk, to_position=colleague)
        bystander = PositionFactory(organ=clerk.organ)
        with pytest.raises(NotPermitted):
            return_rights(loan.id, by=actor_for(bystander.id, on=DAY), now=NOON)

    def test_what_is_returned_is_not_found_again(self, clerk, colleague):
        loan = RightsDelegationFactory(from_position=clerk, to_position=colleague, revoked_at=NOON)
        with pytest.raises(NotFound):
            return_rights(loan.id, by=actor_for(clerk.id, on=DAY), now=NOON)
        with pytest.raises(NotFound):
            return_rights(new_id(), by=actor_for(clerk.id, on=DAY), now=NOON)


def test_a_loan_ends_with_the_position_that_lends():
    former = PositionFactory(clerk=True, valid=period(date(2021, 7, 1), DAY))
    borrower = PositionFactory(organ=former.organ)
    RightsDelegationFactory(from_position=former, to_position=borrower)
    assert not actor_for(borrower.id, on=DAY).has_role("records_clerk", in_organ=former.organ_id)


def test_the_database_refuses_a_loan_without_end():
    with pytest.raises(IntegrityError, match="rights_delegation_is_limited_in_time"), transaction.atomic():
        RightsDelegationFactory(valid=period(DAY))
