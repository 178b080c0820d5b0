"""Fixtures for tests that belong to no single module."""

from tests.browser import chromium, desktop, phone

__all__ = ["chromium", "desktop", "phone"]
