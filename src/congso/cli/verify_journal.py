"""``congso verify-journal``: say whether every line of the journal is as it was sealed."""

from collections.abc import Sequence
from importlib import import_module

import django

from congso.cli import options
from congso.ops.installed import Installation
from congso.ops.telling import fail, print_result, step


def run(arguments: Sequence[str]) -> int:
    options.read(arguments)
    installed = Installation.present()
    if not installed.is_made:
        return fail(f"Chưa có hệ thống nào ở {installed.folder}.")
    with installed.database():
        django.setup()
        return verify()


def verify() -> int:
    """Verify the journal of the installation that is set up; say what was found; return the exit code."""
    with step("Kiểm tra nhật ký"):
        report = import_module("congso.shared.journal.verification").verify()
    for sentence in report.sentences():
        print_result(sentence)
    return 0 if report.is_sound else 1
