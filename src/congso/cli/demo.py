"""``congso demo``: the demo with its own data, clock and one-click sign-in."""

from collections.abc import Sequence

from congso.cli import options
from congso.ops import serving
from congso.ops.demo import making
from congso.ops.installed import Installation


def run(arguments: Sequence[str]) -> int:
    given = options.read(arguments, flags=["--reset"])
    installed = Installation.default("demo")
    return serving.run(
        installed,
        prepare=making.prepare,
        load=making.load,
        greeting=making.GREETING,
        reset="--reset" in given,
    )
