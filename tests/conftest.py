"""Fixtures for tests that belong to no single module."""

from tests.browser import chromium, desktop, phone
from tests.journeys.demo_site import demo_site

__all__ = ["chromium", "demo_site", "desktop", "phone"]
