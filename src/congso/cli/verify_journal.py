"""``congso verify-journal``: say whether every line of the journal is as it was sealed."""

import re
from collections.abc import Sequence
from importlib import import_module

import django

from congso.cli import options
from congso.cli.options import Misunderstood
from congso.ops.installed import Installation
from congso.ops.telling import fail, print_result, step


def run(arguments: Sequence[str]) -> int:
    noted = read_anchor(options.read(arguments, values=["--anchor"]).get("--anchor"))
    installed = Installation.present()
    if not installed.is_made:
        return fail(f"Chưa có hệ thống nào ở {installed.folder}.")
    with installed.database():
        django.setup()
        return verify(noted)


def read_anchor(text: str | None) -> tuple[int, bytes] | None:
    """Read number and hash of a seal that was noted elsewhere: ``12:9f86…``.

    :raises Misunderstood: it is not of that form.
    """
    if text is None:
        return None
    found = re.fullmatch(r"([0-9]{1,12}):([0-9a-f]{64})", text)
    if found is None:
        raise Misunderstood(f"“{text}” không phải là số và mã niêm phong, dạng 12:9f86…")
    return int(found[1]), bytes.fromhex(found[2])


def verify(noted: tuple[int, bytes] | None = None) -> int:
    """Verify the journal of the installation that is set up; say what was found; return the exit code.

    :param noted: number and hash of a seal noted elsewhere, which must still be in the chain.
    """
    verification = import_module("congso.shared.journal.verification")
    with step("Kiểm tra nhật ký"):
        report = verification.verify(anchor=verification.Anchor(*noted) if noted else None)
    for sentence in report.sentences():
        print_result(sentence)
    return 0 if report.is_sound else 1
