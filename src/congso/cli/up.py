"""``congso up``: run an office's installation."""

from collections.abc import Sequence

from congso.cli import options
from congso.ops import serving
from congso.ops.installed import Installation


def run(arguments: Sequence[str]) -> int:
    options.read(arguments)
    return serving.run(Installation.default("office"))
