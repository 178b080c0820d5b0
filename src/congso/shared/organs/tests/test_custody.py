from datetime import date

import pytest
from django.db import IntegrityError

from congso.shared.areas import dated
from congso.shared.areas.models import House
from congso.shared.areas.tests.factories import AreaFactory
from congso.shared.organs.custody import Piece, counted_with
from congso.shared.organs.models import OrganCustody, OrganPiece, PieceHouse
from congso.shared.organs.tests.factories import OrganFactory

pytestmark = pytest.mark.django_db
DAY = date(2023, 11, 29)
CHANGE = date(2025, 7, 1)


def test_an_organ_without_custody_is_counted_in_its_own_row():
    organ = OrganFactory()

    assert counted_with([organ.id], DAY) == {organ.id: {(organ.id, 0)}}


def test_a_merged_organ_is_counted_with_its_heir_from_the_merger_on():
    old, new = OrganFactory(), OrganFactory(valid=dated.period(CHANGE))
    OrganCustody.objects.create(organ=old, holder=new, valid=dated.period(CHANGE))
    rows = [old.id, new.id]

    assert counted_with(rows, DAY) == {old.id: {(old.id, 0)}, new.id: {(new.id, 0)}}
    assert counted_with(rows, CHANGE) == {old.id: set(), new.id: {(old.id, 0), (new.id, 0)}}


def test_a_piece_goes_to_its_heir_and_what_is_not_divided_stays():
    old, new = OrganFactory(), OrganFactory(valid=dated.period(CHANGE))
    OrganPiece.objects.create(organ=old, number=1, cut_from=0, area=AreaFactory())
    OrganCustody.objects.create(organ=old, piece=1, holder=new, valid=dated.period(CHANGE))

    assert counted_with([old.id], DAY) == {old.id: {Piece(old.id, 0), Piece(old.id, 1)}}
    assert counted_with([old.id], CHANGE) == {old.id: {Piece(old.id, 0)}}
    assert counted_with([new.id], CHANGE) == {new.id: {Piece(old.id, 1), Piece(new.id, 0)}}


def test_the_database_refuses_two_rows_for_a_piece_on_one_day():
    organ, holder = OrganFactory(), OrganFactory()
    OrganCustody.objects.create(organ=organ, piece=1, holder=holder, valid=dated.period(DAY, CHANGE))
    OrganCustody.objects.create(organ=organ, piece=2, holder=holder, valid=dated.period(DAY, CHANGE))

    with pytest.raises(IntegrityError, match="piece_is_counted_with_one_holder_at_a_time"):
        OrganCustody.objects.create(organ=organ, piece=1, holder=organ, valid=dated.period(DAY))


def test_the_database_refuses_a_house_in_the_undivided_piece():
    with pytest.raises(IntegrityError, match="house_is_in_a_piece_that_was_cut"):
        PieceHouse.objects.create(organ=OrganFactory(), house=House.objects.create(), piece=0)
