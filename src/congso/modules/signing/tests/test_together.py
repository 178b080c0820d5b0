"""What happens when two do the same at once: real transactions, real threads."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from congso.kernel.ids import new_id
from congso.modules.signing import commands, queries
from congso.modules.signing.models import SignatureItem, SignatureRequest
from congso.modules.signing.tests.factories import NOW
from congso.shared.journal.models import JournalLine
from congso.shared.keys.tests.factories import PIN

pytestmark = pytest.mark.django_db(transaction=True)


def both(act):
    def alone(_turn):
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(alone, range(2)))


def test_one_page_pressed_twice_is_one_request_and_two_workers_sign_once(shelf, leader):
    order, confirmation = shelf.put(leader.person_id), new_id()

    first, second = both(
        lambda: commands.request_signatures([order], pin=PIN, by=leader, now=NOW, confirmation=confirmation)
    )
    (item,) = queries.waiting_items(first)
    states = both(lambda: commands.sign_item(item, now=NOW))

    assert first == second == SignatureRequest.objects.get().id
    assert states == ["signed", "signed"]
    assert JournalLine.objects.filter(subject_id=order.subject_id, act="signing.signed").count() == 1
    assert SignatureItem.objects.get().state == "signed"
