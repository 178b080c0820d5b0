from datetime import date

import pytest

from congso.shared.areas import dated
from congso.shared.areas.models import SuccessionKind
from congso.shared.organs.lineage import Lineage
from congso.shared.organs.models import OrganKind, OrganSuccession
from congso.shared.organs.queries import committees_by_branch
from congso.shared.organs.tests.factories import OrganFactory

pytestmark = pytest.mark.django_db
DAY, CHANGE = date(2023, 11, 29), date(2025, 7, 1)


def follow(olds, news, kind):
    for old in olds:
        for new in news:
            OrganSuccession.objects.create(from_organ=old, to_organ=new, kind=kind, decision="1/NQ", date=CHANGE)
    return Lineage.read([OrganKind.PEOPLES_COMMITTEE])


def olds_and_news(olds, news):
    return [
        [OrganFactory(valid=valid) for _ in range(n)]
        for n, valid in ((olds, dated.period(DAY, CHANGE)), (news, dated.period(CHANGE)))
    ]


def test_heirs_stand_for_whom_they_follow_and_forerunners_for_whom_is_not_yet():
    olds, (new,) = olds_and_news(2, 1)
    lineage = follow(olds, [new], SuccessionKind.MERGE)

    assert lineage.stand_in([olds[0].id], CHANGE) == {new.id}
    assert lineage.stand_in([olds[0].id], DAY) == {olds[0].id}
    assert lineage.stand_in([new.id], DAY) == {old.id for old in olds}


def test_what_is_not_divided_stands_apart_where_all_heirs_are_seen():
    (old,), news = olds_and_news(1, 2)
    lineage = follow([old], news, SuccessionKind.SPLIT)

    assert lineage.apart([new.id for new in news], CHANGE) == [old.id]
    assert lineage.apart([news[0].id], CHANGE) == []
    assert set(lineage.apart([old.id], DAY)) == {new.id for new in news}
    assert lineage.was_split(old.id)


def test_a_dissolved_organ_is_nobodys_past():
    (district,), news = olds_and_news(1, 2)
    lineage = follow([district], news, SuccessionKind.DISSOLUTION)

    assert lineage.stand_in([district.id], CHANGE) == {new.id for new in news}
    assert lineage.stand_in([news[0].id], DAY) == frozenset()


def test_the_days_of_change_are_those_of_all_relatives():
    olds, news = olds_and_news(2, 1)
    lineage = follow(olds, news, SuccessionKind.MERGE)

    assert lineage.days_of_change([olds[0].id]) == [CHANGE]
    assert lineage.days_of_change([OrganFactory().id]) == []


def test_an_organ_without_successions_lives_on_every_day():
    organ = OrganFactory()

    assert Lineage.read([OrganKind.PEOPLES_COMMITTEE]).stand_in([organ.id], CHANGE) == {organ.id}


def test_a_tree_is_summed_up_by_branch_as_it_was_on_the_day():
    province = OrganFactory()
    district = OrganFactory(parent=province, valid=dated.period(DAY, CHANGE))
    communes = [OrganFactory(parent=district, valid=dated.period(DAY, CHANGE)) for _ in range(2)]
    new = OrganFactory(parent=province, valid=dated.period(CHANGE))
    OrganFactory(parent=province, kind=OrganKind.PARTY_COMMITTEE)

    assert committees_by_branch(province.id, DAY) == {district.id: {district.id, *(each.id for each in communes)}}
    assert committees_by_branch(province.id, CHANGE) == {new.id: {new.id}}
