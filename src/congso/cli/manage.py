"""``congso manage``: Django's own commands, on the installation that is there, with its database up."""

from collections.abc import Sequence

from congso.ops.installed import Installation


def run(arguments: Sequence[str]) -> int:
    with Installation.present().database():
        from django.core.management import execute_from_command_line  # noqa: PLC0415 - after the settings are chosen

        execute_from_command_line(["congso manage", *arguments])
    return 0
