"""``congso restore TỆP``: bring a backup back into an empty folder."""

from collections.abc import Sequence
from pathlib import Path

import django

from congso.cli import options, verify_journal
from congso.ops import backups, serving
from congso.ops.installed import Installation
from congso.ops.supervisor import ServerNotStarted
from congso.ops.telling import fail, step, tell


def run(arguments: Sequence[str]) -> int:
    source = Path(options.read(arguments, words=["TỆP"])["TỆP"]).resolve()
    try:
        kind = backups.check(source).kind
        folder = Installation.default("demo" if kind == "demo" else "office").folder
        with step(f"Khôi phục vào {folder}"):
            restored = backups.restore(source, folder)
    except (backups.BackupUnusable, ServerNotStarted) as error:
        return fail(str(error))
    with restored.database():
        django.setup()
        # The backup may be of an older release.
        serving.bring_up_to_date()
        code = verify_journal.verify()
    tell(f"Đã khôi phục. Chạy “congso {'demo' if restored.kind == 'demo' else 'up'}” để mở lại hệ thống.")
    return code
