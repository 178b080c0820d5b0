import pytest
from django.test import Client


@pytest.fixture
def another_client():
    """Make more browsers."""
    return Client
