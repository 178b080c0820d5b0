from datetime import date
from uuid import UUID, uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import DateField, UUIDField, Value

from congso.kernel.actor import Actor
from congso.kernel.prepared import prepared

pytestmark = pytest.mark.django_db
HERE, THERE = uuid4(), uuid4()


@prepared
def kinds_named(*, label, names):
    return ContentType.objects.filter(app_label=label, model__in=names).order_by("model")


@prepared
def own_desk(*, by):
    rows = ContentType.objects.filter(app_label="contenttypes")
    return rows.annotate(organ=Value(by.organ_id, UUIDField())).filter(organ__in=by.organs_where("records_clerk"))


def clerk(organ_id: UUID, *, desk: UUID) -> Actor:
    return Actor(organ_id=organ_id, serves=frozenset({organ_id}), roles=frozenset({("records_clerk", desk)}))


def test_rows_are_those_of_the_values_of_each_call():
    first = kinds_named(label="accounts", names=["account"])
    second = kinds_named(label="organs", names=["organ"])

    assert [row.model for row in first] == ["account"]
    assert [row.model for row in second] == ["organ"]


def test_collections_of_each_length_are_asked_for():
    asked = [["organ"], ["organname", "organ"], [], ["organ", "organname", "organcode"]]

    found = [[row.model for row in kinds_named(label="organs", names=names)] for names in asked]

    assert found == [["organ"], ["organ", "organname"], [], ["organ", "organcode", "organname"]]


def test_equal_values_stay_equal():
    assert kinds_named(label="organ", names=["organ"]) == []


def test_an_actor_keeps_which_of_its_organs_are_the_same():
    found = [
        bool(own_desk(by=clerk(organ, desk=desk))) for organ, desk in ((HERE, HERE), (HERE, THERE), (THERE, THERE))
    ]

    assert found == [True, False, True]


def test_rows_have_what_was_annotated():
    @prepared
    def dated(*, day):
        return ContentType.objects.filter(app_label="contenttypes").values_list(Value(day, DateField()), flat=True)

    assert dated(day=date(2023, 11, 29)) == [date(2023, 11, 29)]
    assert dated(day=date(2023, 12, 1)) == [date(2023, 12, 1)]


def test_the_query_is_written_once():
    written = []

    @prepared
    def counted(*, label):
        written.append(label)
        return ContentType.objects.filter(app_label=label)

    for label in ("organs", "people", "accounts"):
        counted(label=label)

    assert len(written) == 1
    assert written[0] not in {"organs", "people", "accounts"}


def test_each_call_asks_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        kinds_named(label="organs", names=["organ"])


def test_a_changed_value_is_refused():
    @prepared
    def shouted(*, label):
        return ContentType.objects.filter(app_label=label.upper() + "!")

    with pytest.raises(TypeError, match="as they are"):
        shouted(label="organs")


def test_a_query_that_prefetches_is_refused():
    @prepared
    def fetched(*, label):
        return ContentType.objects.filter(app_label=label).prefetch_related("permission_set")

    with pytest.raises(TypeError, match="prefetch"):
        fetched(label="organs")


def test_other_kinds_of_values_are_refused():
    with pytest.raises(TypeError, match="cannot be a value"):
        kinds_named(label=1.5, names=[])
