import pytest

from congso.kernel.actor import Actor
from congso.kernel.ids import new_id
from congso.modules.signing import signables
from congso.modules.signing.tests.signables import Shelf
from congso.shared.keys.tests.factories import enrolled_key


@pytest.fixture
def shelf(monkeypatch):
    """A registry of its own with one kind: papers on a shelf."""
    shelf = Shelf()
    monkeypatch.setattr(signables.registry, "_by_kind", {})
    signables.registry.register(shelf.signable())
    return shelf


@pytest.fixture
def leader(db):
    """A person with a key whose pair is not made yet."""
    leader = Actor(account_id=new_id(), person_id=new_id(), position_id=new_id(), organ_id=new_id())
    enrolled_key("person", leader.person_id)
    return leader
