"""The command ``congso``."""
