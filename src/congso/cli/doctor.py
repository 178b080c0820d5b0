"""``congso doctor``: look at the installation and say what to do, in plain words."""

import os
from collections.abc import Sequence

import django

from congso.cli import options
from congso.ops.installed import Installation
from congso.ops.telling import print_result

_SIGNS = {"GOOD": "✓", "WATCH": "!", "BAD": "✗"}


def run(arguments: Sequence[str]) -> int:
    options.read(arguments)
    installed = Installation.present()
    if not installed.is_made:
        print_result(f"Chưa có hệ thống nào ở {installed.folder}. Chạy “congso up” hoặc “make demo” trước.")
        return 1
    installed.set_environment()
    os.environ.setdefault("CONGSO_POOL_SECONDS", "5")
    django.setup()
    return _examine(installed)


def _examine(installed: Installation) -> int:
    from congso.shared.checkup import CHECKUP, State  # noqa: PLC0415 - filled by setup

    print_result(f"Khám hệ thống ở {installed.folder}")
    worst, has_database = State.GOOD, True
    for check in CHECKUP.checks.values():
        if check.needs_database and not has_database:
            print_result(f"- {check.label}: chưa xem được vì chưa có cơ sở dữ liệu")
            continue
        finding = check.look()
        print_result(f"{_SIGNS[finding.state.name]} {check.label}: {finding.said}")
        if finding.cure:
            print_result(f"    → {finding.cure}")
        if finding.state is State.BAD:
            worst = State.BAD
            has_database = has_database and check.code != "ops.database"
    return 0 if worst is State.GOOD else 1
