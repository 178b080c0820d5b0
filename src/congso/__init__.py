"""Công Số: the open-source digital office of a Vietnamese locality."""

__version__ = "0.1.0"
